using System.Text.Json;
using Syncline.Sandbox.HubSpot.Wire;

namespace Syncline.Sandbox.HubSpot.Endpoints;

/// <summary>Tokens for codes and refresh tokens. The consent page says yes by itself.</summary>
internal sealed class OAuthEndpoints(HubSpotPortal portal, CredentialRing credentials, Grants grants)
{
    private const long UserId = 9_000_001;

    public IEnumerable<Route> Routes() =>
    [
        Open("GET", "/oauth/authorize", Consent), Open("POST", "/oauth/token", Token), Open("POST", "/oauth/token/introspect", Introspect), Open("POST", "/oauth/token/revoke", Revoke),
        Open("POST", "/oauth/introspect", Introspect), Open("POST", "/oauth/revoke", Revoke),
        Open("GET", "/oauth/access-tokens/{token}", call => Describe(credentials.Find(call[0])?.Scopes, call[0], "access")),
        Open("GET", "/oauth/refresh-tokens/{token}", call => Describe(grants.ScopesOf(call[0])?.Split(' '), call[0], "refresh")),
        Open("DELETE", "/oauth/refresh-tokens/{token}", call => grants.Revoke(call[0]) ? Answers.Empty : throw Refuse.NotFound()),
        new("DELETE", "/appinstalls/external-install", static _ => [], Uninstall),
    ];

    private static Route Open(string method, string path, Func<Call, SandboxResponse> handle) => new(method, path, static _ => [], handle) { IsOpen = true, Pool = Pool.None };

    private SandboxResponse Consent(Call call)
    {
        string redirect = call.Parameter("redirect_uri") ?? "";
        if (call.Parameter("client_id") != portal.Options.ClientId) return Problem("BAD_CLIENT_ID", "client_id is unknown", "invalid_client");
        if (!portal.Options.RedirectUris.Contains(redirect)) return Problem("BAD_REDIRECT_URI", "redirect_uri is not registered", "invalid_request");
        string code = grants.Authorize(redirect, call.Parameter("scope") ?? "oauth");
        string state = call.Parameter("state") is { } given ? $"&state={Uri.EscapeDataString(given)}" : "";
        string location = $"{redirect}{(redirect.Contains('?', StringComparison.Ordinal) ? '&' : '?')}code={code}{state}";
        return new(302, ContentType: null) { Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Location"] = location } };
    }

    private SandboxResponse Token(Call call)
    {
        IReadOnlyDictionary<string, string> form = call.Form();
        if (BadClient(form) is { } problem) return problem;
        return form.GetValueOrDefault("grant_type") switch
        {
            "authorization_code" => Exchange(form),
            "refresh_token" when grants.ScopesOf(form.GetValueOrDefault("refresh_token", "")) is { } scopes => Granted(scopes, form["refresh_token"]),
            "refresh_token" => Problem("BAD_REFRESH_TOKEN", "missing or invalid refresh token", "invalid_grant"),
            _ => Problem("BAD_GRANT_TYPE", "missing or unknown grant type", "unsupported_grant_type"),
        };
    }

    private SandboxResponse Exchange(IReadOnlyDictionary<string, string> form)
    {
        if (grants.Take(form.GetValueOrDefault("code", "")) is not { } code) return Problem("BAD_AUTH_CODE", "missing or unknown auth code", "invalid_grant");
        return code.RedirectUri == form.GetValueOrDefault("redirect_uri")
            ? Granted(code.Scopes, grants.NewRefresh(code.Scopes))
            : Problem("BAD_REDIRECT_URI", "missing or invalid redirect uri", "invalid_grant");
    }

    private SandboxResponse Granted(string scopes, string refresh)
    {
        Credential made = grants.NewAccess(scopes);
        return Answers.Object(writer =>
        {
            writer.WriteString("access_token", made.Token);
            writer.WriteString("refresh_token", refresh);
            writer.WriteNumber("expires_in", (long)portal.Behaviour.TokenLife.TotalSeconds);
            writer.WriteString("token_type", "bearer");
            writer.WriteString("token_use", "access_token");
            writer.WriteNumber("hub_id", portal.Options.PortalId);
            writer.WriteNumber("user_id", UserId);
            writer.WriteArray("scopes", scopes.Split(' '), static (w, s) => w.WriteStringValue(s));
        });
    }

    private SandboxResponse Introspect(Call call)
    {
        IReadOnlyDictionary<string, string> form = call.Form();
        if (BadClient(form) is { } problem) return problem;
        string token = form.GetValueOrDefault("token", "");
        Credential? access = credentials.Find(token) is { } known && (known.ExpiresAt is null || known.ExpiresAt > portal.Now) ? known : null;
        bool isRefresh = grants.ScopesOf(token) is not null;
        return Answers.Object(writer =>
        {
            writer.WriteBoolean("active", access is not null || isRefresh);
            if (access is null && !isRefresh) return;
            WriteGrant(writer, access?.Scopes ?? (IEnumerable<string>)grants.ScopesOf(token)!.Split(' '));
            writer.WriteString("token_use", isRefresh ? "refresh_token" : "access_token");
            if (access?.ExpiresAt is { } end) writer.WriteNumber("expires_in", (long)(end - portal.Now).TotalSeconds);
        });
    }

    private SandboxResponse Revoke(Call call)
    {
        IReadOnlyDictionary<string, string> form = call.Form();
        if (BadClient(form) is { } problem) return problem;
        string token = form.GetValueOrDefault("token", "");
        if (!grants.Revoke(token)) credentials.Remove(token);
        return new(200, "{}");
    }

    private SandboxResponse Describe(IEnumerable<string>? scopes, string token, string kind) => scopes is null ? throw Refuse.NotFound() : Answers.Object(writer =>
    {
        writer.WriteString("token", token);
        writer.WriteString("token_type", kind);
        WriteGrant(writer, scopes);
    });

    private void WriteGrant(Utf8JsonWriter writer, IEnumerable<string> scopes)
    {
        writer.WriteNumber("hub_id", portal.Options.PortalId);
        writer.WriteNumber("app_id", portal.Options.AppId);
        writer.WriteString("client_id", portal.Options.ClientId);
        writer.WriteNumber("user_id", UserId);
        writer.WriteArray("scopes", scopes, static (w, s) => w.WriteStringValue(s));
    }

    private SandboxResponse Uninstall(Call call)
    {
        grants.RevokeAll();
        credentials.Remove(call.Credential.Token);
        return Answers.Empty;
    }

    private SandboxResponse? BadClient(IReadOnlyDictionary<string, string> form)
    {
        if (form.GetValueOrDefault("client_id") != portal.Options.ClientId) return Problem("BAD_CLIENT_ID", "missing or unknown client id", "invalid_client");
        return form.GetValueOrDefault("client_secret") == portal.Options.ClientSecret ? null : Problem("BAD_CLIENT_SECRET", "missing or invalid client secret", "invalid_client");
    }

    private SandboxResponse Problem(string status, string message, string error) => Answers.Object(writer =>
    {
        writer.WriteString("status", status);
        writer.WriteString("message", message);
        writer.WriteString("correlationId", portal.Chance.Id().ToString());
        writer.WriteString("error", error);
        writer.WriteString("error_description", message);
    }, 400);
}
