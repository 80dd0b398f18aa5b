using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.Logging;
using Syncline.Storage;

namespace Syncline.Server.Security;

/// <summary>Asks of a page that stays open whether its user may still be there: a cookie is looked at with a request, and such a page makes none.</summary>
internal sealed class OpenPages(ILoggerFactory logger, SqliteStore store) : RevalidatingServerAuthenticationStateProvider(logger)
{
    /// <summary>As long as a cookie is believed.</summary>
    protected override TimeSpan RevalidationInterval => SignIn.BelievedFor;

    /// <returns>False for a user who is removed, or has another password since. A token has no stamp, and opens no pages.</returns>
    public async Task<bool> MayStayAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (user.FindFirstValue(Principals.StampClaim) is not { } stamp) return true;
        return long.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), NumberStyles.None, CultureInfo.InvariantCulture, out long id) && await store.Users.FindAsync(id, cancellationToken) is { } row && row.SecurityStamp == stamp;
    }

    protected override Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) => MayStayAsync(authenticationState.User, cancellationToken);
}
