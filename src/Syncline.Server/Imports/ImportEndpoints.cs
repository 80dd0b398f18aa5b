using System.Text.Json.Nodes;
using Syncline.Composition.Imports;
using Syncline.Composition.Telling;
using Syncline.Imports;
using Syncline.Server.Browse;
using Syncline.Server.Hosting;
using Syncline.Server.Runs;
using Syncline.Server.Security;
using Syncline.Server.Syncs;

namespace Syncline.Server.Imports;

/// <summary>Imported records over HTTP.</summary>
internal static class ImportEndpoints
{
    private const int MostRows = 200, MostCommits = 100;

    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder imports = api.MapGroup("/imports").WithTags("Imports");
        imports.MapGet("/", ListAsync).WithSummary("Imported records in the order of their files; type, search, connection, after, take.");
        imports.MapGet("/{id}", FindAsync).WithSummary("One imported record with its file as it is now.");
        imports.MapGet("/{id}/history", HistoryAsync).WithSummary("The commits of a record's file, newest first, and what each changed.");
        imports.MapPost("/attio", StartAsync).RequireAuthorization(Roles.Operator).WithSummary("Takes chosen records of Attio into files, in one commit.").Produces<LiveView>(StatusCodes.Status202Accepted);
        imports.MapGet("/attio/{run}", Outcome).WithSummary("What an import came to, by the id that its beginning answered with.");
    }

    private static async Task<IResult> ListAsync(ImportDesk desk, BrowseDesk browse, string? connection, string? type, string? search, string? after, int? take, CancellationToken cancellationToken)
    {
        Paged<ImportEntry> page = await desk.ListAsync(browse.NameOf(connection), type, search, after, Math.Clamp(take ?? 50, 1, MostRows), cancellationToken);
        return TypedResults.Ok(new Paged<ImportView>([.. page.Items.Select(ImportView.Of)], page.Next));
    }

    private static async Task<IResult> FindAsync(ImportDesk desk, string id, string? connection, CancellationToken cancellationToken) =>
        await desk.FindAsync(connection, id, cancellationToken) is { } entry ? TypedResults.Ok(new ImportWholeView(ImportView.Of(entry), await desk.AttributesAsync(entry, cancellationToken))) : Unknown(id);

    private static async Task<IResult> HistoryAsync(ImportDesk desk, string id, string? connection, int? take, CancellationToken cancellationToken)
    {
        if (await desk.FindAsync(connection, id, cancellationToken) is not { } entry) return Unknown(id);
        IReadOnlyList<PastState> past = await desk.PastAsync(entry, Math.Clamp(take ?? 50, 1, MostCommits), cancellationToken);
        return TypedResults.Ok<IReadOnlyList<PastView>>([.. past.Select(PastView.Of)]);
    }

    private static async Task<IResult> StartAsync(ImportDesk desk, BrowseDesk browse, HttpContext context, ImportRequest request, CancellationToken cancellationToken)
    {
        string name = browse.NameOf(request.Connection);
        browse.Open(name);
        return SyncEndpoints.Begun(await desk.StartAsync(name, request.Place ?? "", request.Ids ?? [], context.User.Who(), cancellationToken));
    }

    private static IResult Outcome(LiveRuns live, string run) => live.Find(run) switch
    {
        { Kind: "import" } found => TypedResults.Ok(new ImportRunView(LiveView.Of(found), found.Result is ImportOutcome outcome ? OutcomeView.Of(outcome) : null)),
        _ => TypedResults.Problem($"This server knows of no import {run}.", statusCode: StatusCodes.Status404NotFound),
    };

    private static IResult Unknown(string id) => TypedResults.Problem(title: $"No record '{id}' was imported.", statusCode: StatusCodes.Status404NotFound);
}

/// <param name="Connection">May be left out where one connection is Attio's.</param>
/// <param name="Place">companies, people, or the slug of a list.</param>
/// <param name="Ids">Of the records; of a list's entries those of the entries.</param>
internal sealed record ImportRequest(string? Connection, string? Place, IReadOnlyList<string>? Ids);

/// <summary>An imported record.</summary>
/// <param name="Type">company, person, list_entry.</param>
/// <param name="File">Relative to the folder of the configuration.</param>
/// <param name="State">synced, pending (in no commit yet), error (not at the provider any more).</param>
internal sealed record ImportView(string Connection, string Type, string Id, string Name, string? WebUrl, string? List, string File, DateTimeOffset ImportedAt, string State)
{
    public static ImportView Of(ImportEntry e) => new(e.Connection, e.Type, e.Id, e.Name, e.WebUrl, e.List, e.File, e.ImportedAt, e.State.ToString().ToLowerInvariant());
}

/// <param name="Attributes">As the file has them; null when there is no such file.</param>
internal sealed record ImportWholeView(ImportView Record, JsonObject? Attributes);

/// <summary>One commit of a record's file.</summary>
internal sealed record PastView(string Commit, DateTimeOffset At, string Author, string Subject, IReadOnlyList<ImportedChange> Changes)
{
    public static PastView Of(PastState s) => new(s.Version.Id, s.Version.At, s.Version.Author, s.Version.Subject, s.Changes);
}

/// <param name="Outcome">Null until it is over, and where it failed.</param>
internal sealed record ImportRunView(LiveView Run, OutcomeView? Outcome);

/// <summary>What an import came to.</summary>
/// <param name="Missing">Ids that the provider does not have any more.</param>
/// <param name="Commit">Null when nothing had to be committed.</param>
internal sealed record OutcomeView(IReadOnlyList<OutcomeFileView> Files, IReadOnlyList<string> Missing, string? Commit)
{
    public static OutcomeView Of(ImportOutcome o) => new([.. o.Files.Select(f => new OutcomeFileView(f.Record.Id, f.Record.Name, f.File, f.Action.ToString().ToLowerInvariant(), f.Changes))], o.Missing, o.Commit);
}

/// <param name="Action">added, updated, unchanged, or held: somebody's uncommitted change was left alone.</param>
internal sealed record OutcomeFileView(string Id, string Name, string File, string Action, IReadOnlyList<ImportedChange> Changes);
