using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;

namespace Syncline.Server.Security;

/// <summary>A signed-in user as his cookie carries him.</summary>
internal sealed class Principals : IUserClaimsPrincipalFactory<Account>
{
    public const string StampClaim = "stamp";

    Task<ClaimsPrincipal> IUserClaimsPrincipalFactory<Account>.CreateAsync(Account user)
    {
        ClaimsIdentity identity = new(IdentityConstants.ApplicationScheme, ClaimTypes.Name, ClaimTypes.Role);
        identity.AddClaim(new(ClaimTypes.NameIdentifier, user.Id.ToString(CultureInfo.InvariantCulture)));
        identity.AddClaim(new(ClaimTypes.Name, user.Name));
        identity.AddClaim(new(ClaimTypes.Role, user.Role));
        identity.AddClaim(new(StampClaim, user.Row.SecurityStamp));
        return Task.FromResult(new ClaimsPrincipal(identity));
    }
}
