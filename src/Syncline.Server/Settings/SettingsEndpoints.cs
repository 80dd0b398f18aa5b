using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Syncline.Server.Hosting;
using Syncline.Server.Security;
using Syncline.Storage;
using Syncline.Storage.Serving;

namespace Syncline.Server.Settings;

/// <summary>Tokens, users and the audit log over HTTP; administrators only.</summary>
internal static class SettingsEndpoints
{
    private const int MostEntries = 200;

    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder settings = api.MapGroup("").WithTags("Settings").RequireAuthorization(Roles.Admin);
        settings.MapGet("/tokens", async (SqliteStore store, CancellationToken token) => TypedResults.Ok<IReadOnlyList<TokenView>>([.. (await store.ApiTokens.ListAsync(token)).Select(TokenView.Of)])).WithSummary("API tokens; never the tokens themselves.");
        settings.MapPost("/tokens", AddTokenAsync).WithSummary("Makes a token. The answer is the only place it is ever shown.").WithMetadata(SecretBody.Marker);
        settings.MapDelete("/tokens/{id:long}", DeleteTokenAsync).WithSummary("A deleted token signs nobody in from now on.");
        settings.MapGet("/users", async (SqliteStore store, CancellationToken token) => TypedResults.Ok<IReadOnlyList<UserView>>([.. (await store.Users.ListAsync(token)).Select(UserView.Of)])).WithSummary("Who may sign in.");
        settings.MapPost("/users", AddUserAsync).WithSummary("Adds a user with a password of at least 12 characters.").WithMetadata(SecretBody.Marker);
        settings.MapDelete("/users/{id:long}", DeleteUserAsync).WithSummary("Removes a user; one administrator always stays.");
        settings.MapGet("/audit", AuditAsync).WithSummary("Who did what, newest first.");
    }

    private static async Task<IResult> AuditAsync(SqliteStore store, long? after, int? take, CancellationToken cancellationToken)
    {
        int most = Math.Clamp(take ?? 50, 1, MostEntries);
        IReadOnlyList<AuditEntry> entries = await store.AuditLog.ListAsync(after, most + 1, cancellationToken);
        return TypedResults.Ok(new Paged<AuditEntry>([.. entries.Take(most)], entries.Count > most ? entries[most - 1].Id.ToString(CultureInfo.InvariantCulture) : null));
    }

    private static async Task<IResult> AddTokenAsync(People people, HttpContext context, TokenRequest request, CancellationToken cancellationToken)
    {
        (ApiTokenRow token, string secret) = await people.AddTokenAsync(request.Name, request.Role, request.ExpiresAt, context.User.Who(), cancellationToken);
        return TypedResults.Created($"/api/v1/tokens/{token.Id}", new NewTokenView(token.Id, token.Name, secret));
    }

    private static async Task<IResult> DeleteTokenAsync(People people, HttpContext context, long id, CancellationToken cancellationToken) =>
        await people.DeleteTokenAsync(id, context.User.Who(), cancellationToken) ? TypedResults.NoContent() : TypedResults.Problem($"There is no token {id}.", statusCode: StatusCodes.Status404NotFound);

    private static async Task<IResult> AddUserAsync(People people, HttpContext context, UserRequest request, CancellationToken cancellationToken)
    {
        (Account? added, IdentityResult result) = await people.AddUserAsync(request.Name, request.Role, request.Password, context.User.Who(), cancellationToken);
        return added is not null ? TypedResults.Created($"/api/v1/users/{added.Id}", UserView.Of(added.Row)) : Refused(result);
    }

    private static async Task<IResult> DeleteUserAsync(People people, HttpContext context, long id, CancellationToken cancellationToken)
    {
        IdentityResult result = await people.DeleteUserAsync(id, context.User.Who(), cancellationToken);
        return result.Succeeded ? TypedResults.NoContent() : Refused(result);
    }

    private static IResult Refused(IdentityResult result) => TypedResults.Problem(title: string.Join(' ', result.Errors.Select(e => e.Description)), statusCode: StatusCodes.Status400BadRequest);
}

/// <param name="Role">viewer, operator or admin.</param>
/// <param name="ExpiresAt">Null is never.</param>
internal sealed record TokenRequest(string Name, string Role, DateTimeOffset? ExpiresAt);

/// <param name="Token">Shown here and never again.</param>
internal sealed record NewTokenView(long Id, string Name, string Token);

internal sealed record TokenView(long Id, string Name, IReadOnlyList<string> Scopes, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? UsedAt)
{
    public static TokenView Of(ApiTokenRow t) => new(t.Id, t.Name, t.Scopes, t.CreatedBy, t.CreatedAt, t.ExpiresAt, t.UsedAt);
}

/// <param name="Role">viewer, operator or admin.</param>
internal sealed record UserRequest(string Name, string Role, string Password);

internal sealed record UserView(long Id, string Name, string Role, DateTimeOffset CreatedAt, DateTimeOffset? SignedInAt, DateTimeOffset? LockedUntil)
{
    public static UserView Of(UserRow u) => new(u.Id, u.Name, u.Role, u.CreatedAt, u.SignedInAt, u.LockedUntil);
}
