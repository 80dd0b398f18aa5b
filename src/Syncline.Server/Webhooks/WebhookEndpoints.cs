using Syncline.Composition.Webhooks;
using System.Globalization;
using System.Security.Claims;
using Syncline.Server.Hosting;
using Syncline.Server.Security;
using Syncline.Storage;
using Syncline.Storage.Serving;

namespace Syncline.Server.Webhooks;

/// <summary>Webhooks over HTTP: what was delivered, and what is registered.</summary>
internal static class WebhookEndpoints
{
    private const int MostRows = 200;

    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder hooks = api.MapGroup("/webhooks").WithTags("Webhooks");
        hooks.MapGet("/deliveries", ListAsync).WithSummary("Deliveries, newest first, by connection and state (pending, done, failed).");
        hooks.MapGet("/deliveries/{id:long}", FindAsync).WithSummary("One delivery.");
        hooks.MapGet("/deliveries/{id:long}/body", BodyAsync).RequireAuthorization(Roles.Admin).WithSummary("A delivery's body as it came.");
        hooks.MapPost("/deliveries/{id:long}/replay", ReplayAsync).RequireAuthorization(Roles.Operator).WithSummary("Has one delivery worked on again.");
        hooks.MapPost("/deliveries/replay-failed", ReplayFailedAsync).RequireAuthorization(Roles.Operator).WithSummary("Has all failed deliveries worked on again, of one connection or of all.");
        hooks.MapGet("/registrations", RegistrationsAsync).WithSummary("Each connection's webhooks.");
        hooks.MapPut("/registrations/{connection}", RegisterAsync).RequireAuthorization(Roles.Admin).WithSummary("Makes what is missing of a connection's webhooks at its provider.");
        hooks.MapDelete("/registrations/{connection}", RemoveAsync).RequireAuthorization(Roles.Admin).WithSummary("Removes a connection's webhooks at its provider.");
    }

    private static async Task<IResult> ListAsync(SqliteStore store, string? connection, string? state, string? after, int? take, CancellationToken cancellationToken)
    {
        int most = Math.Clamp(take ?? 50, 1, MostRows);
        long? before = long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out long id) ? id : null;
        IReadOnlyList<InboxRow> rows = await store.Inbox.ListAsync(connection, state, before, most, cancellationToken);
        return TypedResults.Ok(new Paged<DeliveryView>([.. rows.Select(DeliveryView.Of)], rows.Count == most ? rows[^1].Id.ToString(CultureInfo.InvariantCulture) : null));
    }

    private static async Task<IResult> FindAsync(SqliteStore store, long id, CancellationToken cancellationToken) =>
        await store.Inbox.FindAsync(id, cancellationToken) is { } row ? TypedResults.Ok(DeliveryView.Of(row)) : Unknown(id);

    private static async Task<IResult> BodyAsync(SqliteStore store, ClaimsPrincipal user, long id, CancellationToken cancellationToken)
    {
        if (await store.Inbox.FindAsync(id, cancellationToken) is not { } row) return Unknown(id);
        await store.AuditLog.WriteAsync(user.Who(), "webhook.body", $"delivery {id}", null, cancellationToken);
        return TypedResults.Bytes(row.Body, "application/octet-stream");
    }

    private static async Task<IResult> ReplayAsync(SqliteStore store, InboxBell bell, ClaimsPrincipal user, long id, CancellationToken cancellationToken)
    {
        if (await store.Inbox.FindAsync(id, cancellationToken) is null) return Unknown(id);
        int replayed = await store.Inbox.ReplayAsync([id], cancellationToken);
        await store.AuditLog.WriteAsync(user.Who(), "webhook.replay", $"delivery {id}", null, cancellationToken);
        bell.Ring();
        return TypedResults.Ok(new ReplayedView(replayed));
    }

    private static async Task<IResult> ReplayFailedAsync(SqliteStore store, InboxBell bell, ClaimsPrincipal user, string? connection, CancellationToken cancellationToken)
    {
        int replayed = await store.Inbox.ReplayFailedAsync(connection, cancellationToken);
        await store.AuditLog.WriteAsync(user.Who(), "webhook.replay-failed", connection, null, cancellationToken);
        bell.Ring();
        return TypedResults.Ok(new ReplayedView(replayed));
    }

    private static async Task<IResult> RegistrationsAsync(Registrations registrations, Refusals refusals, CancellationToken cancellationToken) =>
        TypedResults.Ok<IReadOnlyList<RegistrationView>>([.. (await registrations.ListAsync(cancellationToken)).Select(h => RegistrationView.Of(h, refusals.Of(h.Connection)))]);

    private static async Task<IResult> RegisterAsync(Registrations registrations, Refusals refusals, SqliteStore store, ClaimsPrincipal user, string connection, CancellationToken cancellationToken)
    {
        ConnectionWebhooks hooks = await registrations.RegisterAsync(connection, cancellationToken);
        await store.AuditLog.WriteAsync(user.Who(), "webhook.register", connection, null, cancellationToken);
        return TypedResults.Ok(RegistrationView.Of(hooks, refusals.Of(connection)));
    }

    private static async Task<IResult> RemoveAsync(Registrations registrations, Refusals refusals, SqliteStore store, ClaimsPrincipal user, string connection, CancellationToken cancellationToken)
    {
        ConnectionWebhooks hooks = await registrations.RemoveAsync(connection, cancellationToken);
        await store.AuditLog.WriteAsync(user.Who(), "webhook.remove", connection, null, cancellationToken);
        return TypedResults.Ok(RegistrationView.Of(hooks, refusals.Of(connection)));
    }

    private static IResult Unknown(long id) => TypedResults.Problem($"There is no delivery {id}.", statusCode: StatusCodes.Status404NotFound);
}
