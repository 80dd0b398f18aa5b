using Syncline.Composition.Workspaces;
using Syncline.Server.Security;
using Syncline.Server.Syncs;

namespace Syncline.Server.Runs;

/// <summary>Taking runs back, over HTTP.</summary>
internal static class UndoEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder undo = api.MapGroup("/runs/{id:long}/undo").WithTags("Runs");
        undo.MapGet("/", async (UndoDesk desk, long id, CancellationToken token) => TypedResults.Ok(UndoView.Of(await desk.PreviewAsync(id, token)))).WithSummary("What taking the run back would do; nothing is done.");
        undo.MapPost("/", async (UndoDesk desk, HttpContext context, long id, UndoRequest? request, CancellationToken token) => SyncEndpoints.Begun(await desk.StartAsync(id, request?.Force ?? false, context.User.Who(), token)))
            .RequireAuthorization(Roles.Operator).WithSummary("Takes the run back: what it wrote everywhere, and what it changed in the hub.");
    }
}

/// <summary>How a run is taken back.</summary>
/// <param name="Force">Also what people have changed since.</param>
internal sealed record UndoRequest(bool? Force);

/// <summary>What taking a run back would do at the destinations; in the hub it restores what the run changed and nobody has changed since.</summary>
internal sealed record UndoView(RunView Run, IReadOnlyList<UndoneWrites> Writes)
{
    public static UndoView Of(UndoPreview preview) => new(RunView.Of(preview.Run), [.. preview.Writes.Select(w => new UndoneWrites(w.Stream.Connection, w.Stream.Name, w.Verb.ToString().ToLowerInvariant(), w.Count, UndoPreview.Undone(w.Verb)))]);
}

/// <summary>Writes of one kind at one place.</summary>
/// <param name="Verb">What the run did: create, update, replace, delete.</param>
/// <param name="Becomes">In words, what becomes of them.</param>
internal sealed record UndoneWrites(string Connection, string Stream, string Verb, long Count, string Becomes);
