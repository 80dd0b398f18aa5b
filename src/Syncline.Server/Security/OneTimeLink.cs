using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Syncline.Server.Security;

/// <summary>The way in for whoever started the server and reads its terminal: good once, and not for long.</summary>
internal sealed class OneTimeLink(TimeProvider clock)
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    private readonly Lock _gate = new();
    private (string Code, DateTimeOffset Until)? _open;

    /// <summary>A new code; an earlier one is void.</summary>
    public string Issue()
    {
        string code = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        lock (_gate) _open = (code, clock.GetUtcNow() + Life);
        return code;
    }

    /// <summary>True once for the right code.</summary>
    public bool Redeem(string? code)
    {
        lock (_gate)
        {
            if (code is null || _open is not { } open || clock.GetUtcNow() >= open.Until) return false;
            if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(code), Encoding.UTF8.GetBytes(open.Code))) return false;
            _open = null;
            return true;
        }
    }
}
