using System.Globalization;
using Syncline.Composition.Telling;
using Syncline.Server.Hosting;
using Syncline.Server.Runs;
using Syncline.Server.Security;
using Syncline.Storage;
using Syncline.Storage.Serving;

namespace Syncline.Server.Failures;

/// <summary>Failures over HTTP.</summary>
internal static class FailureEndpoints
{
    private const int MostRows = 500;

    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder failures = api.MapGroup("/failures").WithTags("Failures");
        failures.MapGet("/", ListAsync).WithSummary("Records that were set aside, each with its reason; with skipped=true what was left out by rule.");
        failures.MapPost("/retry", RetryAsync).RequireAuthorization(Roles.Operator).WithSummary("Tries some again, or all of a sync; the runs go on beside the answer.").ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> ListAsync(SqliteStore store, string? sync, string? connection, string? code, long? run, bool? skipped, long? after, int? take, CancellationToken cancellationToken)
    {
        int size = Math.Clamp(take ?? 50, 1, MostRows);
        IReadOnlyList<NumberedLetter> found = await store.DeadLetters.ListAsync(new() { Sync = sync, Connection = connection, Code = code, RunId = run, Skipped = skipped ?? false }, after, size + 1, cancellationToken);
        FailureView[] items = [.. found.Take(size).Select(FailureView.Of)];
        return TypedResults.Ok(new Paged<FailureView>(items, found.Count > size ? items[^1].Id.ToString(CultureInfo.InvariantCulture) : null));
    }

    private static async Task<IResult> RetryAsync(FailureDesk desk, HttpContext context, RetryRequest request, CancellationToken cancellationToken)
    {
        IReadOnlyList<LiveRun> begun = request switch
        {
            { Ids.Count: > 0, Sync: null } => await desk.RetryAsync(request.Ids, context.User.Who(), cancellationToken),
            { Sync: { } sync, Ids: null or { Count: 0 } } => [await desk.RetryAllAsync(sync, context.User.Who(), cancellationToken)],
            _ => throw new UsageException("Which failures are to be tried again?", "Give ids, or a sync for all of it."),
        };
        return TypedResults.Accepted($"/api/v1/runs/live/{begun[0].Id}", new RetryView([.. begun.Select(LiveView.Of)]));
    }
}
