using System.Globalization;
using System.Text.Json.Nodes;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;
using Syncline.Merging;
using Syncline.Records;
using Syncline.Server.Contacts;
using Syncline.Server.Hosting;
using Syncline.Server.Security;
using Syncline.Storage;

namespace Syncline.Server.Conflicts;

/// <summary>Conflicts over HTTP.</summary>
internal static class ConflictEndpoints
{
    private const int MostRows = 500;

    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder conflicts = api.MapGroup("/conflicts").WithTags("Conflicts");
        conflicts.MapGet("/", ListAsync).WithSummary("Fields on which two sides disagree and that wait for a person.");
        conflicts.MapPost("/{id}/decide", DecideAsync).RequireAuthorization(Roles.Operator).WithSummary("Decides one: the hub takes the value at once, every destination with its next run.").ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> ListAsync(SqliteStore store, long? after, int? take, CancellationToken cancellationToken)
    {
        (IReadOnlyList<OpenConflict> items, long? next) = await ConflictPages.ReadAsync(store, after ?? 0, Math.Clamp(take ?? 50, 1, MostRows), cancellationToken);
        return TypedResults.Ok(new Paged<ConflictView>([.. items.Select(ConflictView.Of)], next?.ToString(CultureInfo.InvariantCulture)));
    }

    private static async Task<IResult> DecideAsync(ContactDesk desk, SqliteStore store, HttpContext context, string id, DecideRequest request, CancellationToken cancellationToken)
    {
        Side side = request switch
        {
            { Take: "ours", Value: null } => Side.Ours,
            { Take: "theirs", Value: null } => Side.Theirs,
            { Take: null, Value: not null } => Side.Own,
            _ => throw new UsageException("Whose value is it to be?", "Give take as ours or theirs, or a value."),
        };
        OpenConflict open = await ConflictId.FindAsync(store, id, cancellationToken);
        return TypedResults.Ok(DecidedView.Of(open.Conflict.Field, await desk.SettleAsync(open.Golden, open.Conflict, side, request.Value, request.Pin ?? false, context.User.Who(), cancellationToken)));
    }
}

/// <summary>How a conflict is decided.</summary>
/// <param name="Take"><c>ours</c> or <c>theirs</c>; null with a value of one's own.</param>
/// <param name="Value">As a person types it; several of a list are parted by <c>;</c>.</param>
/// <param name="Pin">No source changes the field any more.</param>
internal sealed record DecideRequest(string? Take, string? Value, bool? Pin);

/// <summary>An open conflict as the API shows it.</summary>
/// <param name="Base">What both held when they last agreed; null where that is not known.</param>
/// <param name="Ours">The hub's value, with where it came from, by which rule and when.</param>
/// <param name="Place">The remote record that says otherwise.</param>
internal sealed record ConflictView(string Id, string Record, string Field, JsonNode? Base, JsonNode? Ours, string? OursFrom, string? OursRule, DateTimeOffset? OursAt, JsonNode? Theirs, string Place, long Run, DateTimeOffset At)
{
    public static ConflictView Of(OpenConflict open) => new(
        open.Id, open.Golden.Reference.Text, open.Conflict.Field, RunJson.Of(open.Conflict.Base), RunJson.Of(open.Ours), open.Origin?.Source.ToString(), open.Origin?.Rule, open.Origin?.At,
        RunJson.Of(open.Conflict.Theirs), open.Conflict.Place.ToString(), open.Conflict.RunId, open.Conflict.At);
}
