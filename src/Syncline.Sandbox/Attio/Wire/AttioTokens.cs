using System.Text;

namespace Syncline.Sandbox.Attio.Wire;

/// <summary>An access token of the workspace. Its actor is what its writes are signed with.</summary>
internal sealed record AttioToken(string Text, IReadOnlySet<string> Scopes, Guid Id, DateTime IssuedAt)
{
    public AttioActor Actor { get; } = new("api-token", Id);

    public string ScopeText => string.Join(' ', Scopes.Order(StringComparer.Ordinal));

    /// <summary>Read-write includes read.</summary>
    public bool Has(Scope needed) => Scopes.Contains($"{needed.Name}:read-write") || (!needed.Writes && Scopes.Contains($"{needed.Name}:read"));
}

/// <summary>A scope that an endpoint needs.</summary>
internal sealed record Scope(string Name, bool Writes)
{
    public override string ToString() => $"{Name}:{(Writes ? "read-write" : "read")}";
}

/// <summary>The tokens that the workspace knows, and who a request comes from.</summary>
internal sealed class AttioTokens
{
    /// <summary>Characters of every access token.</summary>
    public const int Length = 64;

    private readonly Dictionary<string, AttioToken> _known = new(StringComparer.Ordinal);

    public void Add(AttioToken token) => _known[token.Text] = token;

    public bool Remove(string token) => _known.Remove(token);

    public IEnumerable<AttioToken> All => _known.Values;

    public AttioToken? Find(string? token) => token is null ? null : _known.GetValueOrDefault(token);

    public AttioToken Authenticate(SandboxRequest request)
    {
        string? sent = Sent(request) ?? throw Refuse.Unauthorized(
            "The Authorization header was not provided. Please provide an Authorization header of the form \"Bearer <token>\".");
        if (sent.Length != Length)
        {
            throw Refuse.Unauthorized("The API Key provided was the wrong length (API Keys should be 64 characters long).");
        }
        return Find(sent) ?? throw Refuse.Unauthorized(
            "The API Key provided could not be found. This is most commonly caused by the token having been revoked.");
    }

    /// <summary>The token as sent: Bearer, or the user name of HTTP Basic. Null without a usable header.</summary>
    public static string? Sent(SandboxRequest request)
    {
        string? header = request.Header("Authorization")?.Trim();
        if (header is null) return null;
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return header[7..].Trim();
        return header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) ? UserName(header[6..].Trim()) : null;
    }

    private static string UserName(string encoded)
    {
        Span<byte> bytes = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, bytes, out int count) ? Encoding.UTF8.GetString(bytes[..count]).Split(':')[0] : "";
    }
}
