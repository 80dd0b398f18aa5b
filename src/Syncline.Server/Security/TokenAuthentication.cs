using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Syncline.Storage;
using Syncline.Storage.Serving;

namespace Syncline.Server.Security;

/// <summary>Signs a request in by <c>Authorization: Bearer syncline_…</c>.</summary>
internal sealed class TokenAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, SqliteStore store) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Token";
    private const string Bearer = "Bearer ";

    /// <summary>True when the request brings a token, good or not.</summary>
    public static bool IsUsedBy(HttpRequest request) => request.Headers.Authorization.ToString().StartsWith(Bearer, StringComparison.OrdinalIgnoreCase);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!IsUsedBy(Request)) return AuthenticateResult.NoResult();
        string token = Request.Headers.Authorization.ToString()[Bearer.Length..].Trim();
        ApiTokenRow? known = await store.ApiTokens.FindByHashAsync(TokenSecret.HashOf(token), Context.RequestAborted);
        DateTimeOffset now = TimeProvider.GetUtcNow();
        if (known is null || known.ExpiresAt <= now) return AuthenticateResult.Fail("This token is unknown, deleted or expired.");
        await store.ApiTokens.TouchAsync(known.Id, now, Context.RequestAborted);
        ClaimsIdentity identity = new([new(ClaimTypes.Name, $"token {known.Name}"), .. RoleOf(known)], Name, ClaimTypes.Name, ClaimTypes.Role);
        return AuthenticateResult.Success(new(new(identity), Name));
    }

    /// <summary>A token's scopes are roles; the widest counts.</summary>
    private static IEnumerable<Claim> RoleOf(ApiTokenRow token) =>
        Roles.All.LastOrDefault(token.Scopes.Contains) is { } role ? [new(ClaimTypes.Role, role)] : [];
}
