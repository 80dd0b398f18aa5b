using Syncline.Sandbox.HubSpot.Records;

namespace Syncline.Sandbox.HubSpot.Wire;

/// <summary>The bearer tokens there are.</summary>
internal sealed class CredentialRing(HubSpotPortal portal)
{
    private readonly Dictionary<string, Credential> _byToken = new(StringComparer.Ordinal);
    private readonly Dictionary<(HubSpotCredentialKind Kind, long AppId), AppWindows> _windows = [];

    /// <param name="life">Null for a token that lives until it is taken away.</param>
    public Credential Add(string token, string scopes, HubSpotCredentialKind kind, long appId, TimeSpan? life = null)
    {
        if (!_windows.TryGetValue((kind, appId), out AppWindows? windows)) _windows[(kind, appId)] = windows = new();
        bool isNamed = kind != HubSpotCredentialKind.ServiceKey || portal.Behaviour.ServiceKeysNameApp;
        ChangeSource source = isNamed ? ChangeSource.Integration(appId, $"App {appId}") : new("INTEGRATION", null);
        HashSet<string> names = [.. scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        return _byToken[token] = new(token, kind, appId, names, source, portal.Now + life) { Windows = windows };
    }

    public Credential? Find(string token) => _byToken.GetValueOrDefault(token);

    public bool Remove(string token) => _byToken.Remove(token);

    public Credential Authenticate(SandboxRequest request)
    {
        const string scheme = "Bearer ";
        if (request.Header("Authorization") is not { } header || !header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) throw Refuse.NoCredentials();
        Credential known = Find(header[scheme.Length..].Trim()) ?? throw Refuse.NoCredentials();
        return known.ExpiresAt is { } end && end <= portal.Now ? throw Refuse.Expired(end, portal.Now) : known;
    }
}
