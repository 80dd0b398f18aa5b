namespace Syncline.Sandbox.HubSpot.Wire;

/// <summary>What a person granted the app: a code, good for one exchange.</summary>
internal sealed record AuthorizationCode(string RedirectUri, string Scopes, DateTimeOffset ExpiresAt);

/// <summary>Codes and refresh tokens of the portal's app.</summary>
internal sealed class Grants(HubSpotPortal portal, CredentialRing credentials)
{
    private readonly Dictionary<string, AuthorizationCode> _codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _refresh = new(StringComparer.Ordinal);

    /// <summary>A person says yes.</summary>
    public string Authorize(string redirectUri, string scopes)
    {
        if (!portal.Options.RedirectUris.Contains(redirectUri)) throw new ArgumentException($"{redirectUri} is not registered.", nameof(redirectUri));
        string code = portal.Chance.Id().ToString();
        _codes[code] = new(redirectUri, scopes, portal.Now + portal.Behaviour.CodeLife);
        return code;
    }

    /// <summary>Null when the code is unknown, used or too old.</summary>
    public AuthorizationCode? Take(string code) => _codes.Remove(code, out AuthorizationCode? found) && found.ExpiresAt > portal.Now ? found : null;

    public string NewRefresh(string scopes)
    {
        string token = $"na1-{portal.Chance.Id()}";
        _refresh[token] = scopes;
        return token;
    }

    /// <summary>The scopes of a refresh token, or null when it is unknown or revoked.</summary>
    public string? ScopesOf(string refresh) => _refresh.GetValueOrDefault(refresh);

    public bool Revoke(string refresh) => _refresh.Remove(refresh);

    /// <summary>Uninstalling ends every grant of the app.</summary>
    public void RevokeAll() => _refresh.Clear();

    public Credential NewAccess(string scopes) =>
        credentials.Add($"{portal.Chance.Id():N}{portal.Chance.Id():N}{portal.Chance.Id():N}", scopes, HubSpotCredentialKind.OAuth, portal.Options.AppId, portal.Behaviour.TokenLife);
}
