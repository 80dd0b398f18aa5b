using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Syncline.Server.Hosting;
using Syncline.Server.Security;
using Syncline.Storage;
using Syncline.Syncs;

namespace Syncline.Server.Runs;

/// <summary>Runs over HTTP: the log of all of them, and those under way.</summary>
internal static class RunEndpoints
{
    private const int MostRows = 200;
    private const int LongestWait = 60;

    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder runs = api.MapGroup("/runs").WithTags("Runs");
        runs.MapGet("/", ListAsync).WithSummary("Runs, newest first; those of webhooks with kind=webhook alone.");
        runs.MapGet("/{id:long}", FindAsync).WithSummary("One run of the log.");
        runs.MapGet("/live", (LiveRuns live) => TypedResults.Ok<IReadOnlyList<LiveView>>([.. live.All.Select(LiveView.Of)])).WithSummary("Work under way in this server, and what lately ended.");
        runs.MapGet("/live/{id}", FindLiveAsync).WithSummary("One piece of work, while it goes and for a while after. With wait=SECONDS, up to 60, the answer comes when it is over, or then.");
        runs.MapPost("/live/{id}/cancel", Cancel).RequireAuthorization(Roles.Operator).WithSummary("Asks it to stop at the next safe place.");
        api.MapGet("/events", Watch).WithTags("Runs").WithSummary("Every change of a run, as server-sent events.");
    }

    private static async Task<IResult> ListAsync(SqliteStore store, string? sync, string? kind, long? after, int? take, CancellationToken cancellationToken)
    {
        int most = Math.Clamp(take ?? 50, 1, MostRows);
        IReadOnlyList<RunRow> runs = await store.Runs.ListAsync(new(sync, kind, after), most + 1, cancellationToken);
        return TypedResults.Ok(new Paged<RunView>([.. runs.Take(most).Select(RunView.Of)], runs.Count > most ? runs[most - 1].Id.ToString(CultureInfo.InvariantCulture) : null));
    }

    private static async Task<IResult> FindAsync(SqliteStore store, long id, CancellationToken cancellationToken) =>
        await store.Runs.FindAsync(id, cancellationToken) is { } run ? TypedResults.Ok(RunView.Of(run)) : TypedResults.Problem($"There is no run {id}.", statusCode: StatusCodes.Status404NotFound);

    private static async Task<IResult> FindLiveAsync(LiveRuns live, TimeProvider clock, string id, int? wait, CancellationToken cancellationToken)
    {
        if (live.Find(id) is not { } run) return Unknown(id);
        try
        {
            if (wait is > 0) await live.WaitAsync(run, cancellationToken).WaitAsync(TimeSpan.FromSeconds(Math.Min(wait.Value, LongestWait)), clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            // It goes on: the answer says how far it is.
        }
        return TypedResults.Ok(LiveView.Of(run));
    }

    private static IResult Cancel(LiveRuns live, string id)
    {
        if (live.Find(id) is not { } run) return Unknown(id);
        run.Stop();
        return TypedResults.Accepted((string?)null, LiveView.Of(run));
    }

    private static IResult Watch(LiveRuns live, CancellationToken cancellationToken) => TypedResults.ServerSentEvents(EventsAsync(live, cancellationToken));

    private static async IAsyncEnumerable<SseItem<LiveView>> EventsAsync(LiveRuns live, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A slow reader misses steps, never the last state of a run: what is dropped is the oldest.
        Channel<LiveRun> changes = Channel.CreateBounded<LiveRun>(new BoundedChannelOptions(256) { FullMode = BoundedChannelFullMode.DropOldest });
        live.Changed += Note;
        try
        {
            foreach (LiveRun run in live.UnderWay) yield return new(LiveView.Of(run), "run");
            await foreach (LiveRun run in changes.Reader.ReadAllAsync(cancellationToken)) yield return new(LiveView.Of(run), "run");
        }
        finally
        {
            live.Changed -= Note;
        }

        void Note(LiveRun run) => changes.Writer.TryWrite(run);
    }

    private static IResult Unknown(string id) => TypedResults.Problem($"This server knows of no work {id}.", statusCode: StatusCodes.Status404NotFound);
}
