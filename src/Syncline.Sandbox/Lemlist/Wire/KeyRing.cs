using System.Text;
using Syncline.Sandbox.Lemlist.Office;

namespace Syncline.Sandbox.Lemlist.Wire;

/// <summary>A key of the team and what it has left of the limit.</summary>
/// <param name="user">Null for a key whose user is gone.</param>
internal sealed class ApiKey(LemlistUser? user)
{
    public LemlistUser? User { get; set; } = user;

    /// <summary>The user is blocked.</summary>
    public bool IsBlocked { get; set; }

    /// <summary>The key's team is gone.</summary>
    public bool HasBadTeam { get; set; }

    public RateCount Rate { get; } = new();
}

/// <summary>The keys that open the team.</summary>
internal sealed class KeyRing(LemlistBehaviour behaviour)
{
    // No key has this text.
    private const string NoKey = "\0";

    private readonly Dictionary<string, ApiKey> _keys = new(StringComparer.Ordinal);

    public void Add(string text, LemlistUser user)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        _keys.TryAdd(text, new(user));
    }

    public bool Remove(string text) => _keys.Remove(text);

    public ApiKey Get(string text) => _keys.GetValueOrDefault(text) ?? throw new ArgumentException("There is no such key.", nameof(text));

    /// <summary>The key a request came with, known or refused; whether its user may act is asked later, after the limit.</summary>
    public ApiKey Find(SandboxRequest request)
    {
        string sent = Sent(request) ?? throw Refuse.Text(400, "No API key provided");
        return _keys.GetValueOrDefault(sent) ?? throw Refuse.Text(401, "The authentication you supplied is incorrect");
    }

    public static void CheckUser(ApiKey key)
    {
        if (key.User is null) throw Refuse.Text(404, "No user found for this API key");
        if (key.HasBadTeam) throw Refuse.Text(400, "Bad team");
        if (key.IsBlocked) throw Refuse.Text(403, "User linked to this API key is blocked");
    }

    private string? Sent(SandboxRequest request)
    {
        if (request.Header("Authorization") is { Length: > 0 } header) return OfHeader(header);
        return behaviour.AccessToken && request.Parameter("access_token") is { Length: > 0 } token ? token : null;
    }

    // The user name is empty and the key is the password. A key before the colon is a user name: the password behind it is empty, and no key.
    private static string? OfHeader(string header)
    {
        const string scheme = "Basic ";
        Span<byte> bytes = stackalloc byte[512];
        if (!header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) || !Convert.TryFromBase64String(header[scheme.Length..].Trim(), bytes, out int length)) return NoKey;
        string pair = Encoding.UTF8.GetString(bytes[..length]);
        if (pair is ":" or "") return null;
        return pair.StartsWith(':') ? pair[1..] : NoKey;
    }
}
