using Microsoft.AspNetCore.Mvc;
using Syncline.Composition.Configuration;
using Syncline.Composition.Imports;
using Syncline.Composition.Logging;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;
using Syncline.Connectors.Csv;
using Syncline.Limits;
using Syncline.Records;
using Syncline.Server.Hosting;
using Syncline.Server.Runs;
using Syncline.Server.Security;
using Syncline.Syncs;

namespace Syncline.Server.Intake;

/// <summary>The three steps of a record's way, each by itself: into the hub, enriched, out to a system.</summary>
internal static class IntakeEndpoints
{
    // A million rows of an ordinary export.
    private const long LargestFile = 300L * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder intake = api.MapGroup("").WithTags("Import, enrich, sync").RequireAuthorization(Roles.Operator);
        intake.MapPost("/import/csv", ImportFileAsync).Accepts<string>("text/csv").WithSummary("Reads a CSV file, sent as the body, into the hub. ?name= says what its rows are kept under; kind, key, encoding and delimiter may be given as well.").Produces<LiveView>(StatusCodes.Status202Accepted).WithMetadata(new RequestSizeLimitAttribute(LargestFile));
        intake.MapPost("/import/{connection}", Import).WithSummary("Reads a connection, by its name or its provider's, through every sync that reads it; enriches and writes as the configuration says.").Produces<BegunView>(StatusCodes.Status202Accepted);
        intake.MapPost("/enrich", Enrich).WithSummary("Asks the enrichers about what the hub holds, then writes it. Reads no source.").Produces<BegunView>(StatusCodes.Status202Accepted);
        intake.MapPost("/sync/{connection}", Write).WithSummary("Writes what the hub holds to a connection, by its name or its provider's. Reads no source.").Produces<BegunView>(StatusCodes.Status202Accepted);
    }

    /// <summary>Removes files whose import did not come to its end before the server did. For one that starts, alone in its folder.</summary>
    public static void Forget(string dataFolder)
    {
        DirectoryInfo folder = new(FolderIn(dataFolder));
        if (!folder.Exists) return;
        foreach (FileInfo left in folder.EnumerateFiles("*.csv")) left.Delete();
    }

    private static string FolderIn(string dataFolder) => Path.Combine(dataFolder, "uploads");

    private static async Task<IResult> ImportFileAsync(HttpContext context, Premises premises, LiveRuns live, AuditTrail trail, string? name, string? kind, string? key, string? encoding, string? delimiter, CancellationToken cancellationToken)
    {
        string file = Path.Combine(Directory.CreateDirectory(FolderIn(premises.DataFolder)).FullName, $"{Guid.NewGuid():N}.csv");
        try
        {
            await using (FileStream kept = new(file, FileMode.CreateNew)) await context.Request.Body.CopyToAsync(kept, cancellationToken);
            CsvOptions options = new(name ?? "upload", file)
            {
                Kind = kind is null ? null : KindOf(kind),
                KeyColumn = key,
                Encoding = encoding,
                Delimiter = delimiter is null ? null : CsvDelimiter.Find(delimiter) ?? throw new UsageException($"delimiter '{delimiter}' must be {CsvDelimiter.Allowed}.", "Write it as delimiter=; or delimiter=tab."),
            };
            Workspace workspace = premises.Open(Priority.Manual);
            CsvImport import = new(workspace, trail);
            CsvSource source = await import.OpenAsync(options, cancellationToken);
            LiveRun run = live.Start("import", options.Connection, context.User.Who(), (running, token) => ThenDelete(file, workspace, () => import.RunAsync(options, source, running.Report, token)));
            return TypedResults.Accepted($"/api/v1/runs/live/{run.Id}", LiveView.Of(run));
        }
        catch
        {
            File.Delete(file);
            throw;
        }
    }

    private static IResult Import(Premises premises, RunDesk desk, HttpContext context, string connection)
    {
        (string name, SynclineConfiguration configuration) = NameOf(premises, connection);
        EnrichmentConfiguration enrichment = configuration.Enrichment;
        return Begin(desk, context, configuration.Syncs.Where(s => s.From.Contains(name)), $"No sync reads '{name}'.", sync => desk.OptionsOf(sync.Name) with { Writes = enrichment.ThenSync });
    }

    private static IResult Enrich(Premises premises, RunDesk desk, HttpContext context, EnrichRequest? request)
    {
        SynclineConfiguration configuration = premises.Current.Configuration;
        IEnumerable<SyncConfiguration> syncs = request?.Sync is { } named ? [premises.Current.FindSync(named)] : configuration.Syncs;
        return Begin(desk, context, syncs.Where(s => s.Enrich is not null), "No such sync has enrichers.", _ => new()
        {
            OnlyOutbound = true,
            Writes = request?.NoSync != true && configuration.Enrichment.ThenSync,
            RetriesAll = request?.Retry == true,
            InBatches = request?.Batch == true,
        });
    }

    private static IResult Write(Premises premises, RunDesk desk, HttpContext context, string connection)
    {
        (string name, SynclineConfiguration configuration) = NameOf(premises, connection);
        return Begin(desk, context, configuration.Syncs.Where(s => s.To.Contains(name)), $"No sync writes '{name}'.", sync => desk.OptionsOf(sync.Name) with { OnlyOutbound = true, Enriches = false });
    }

    private static IResult Begin(RunDesk desk, HttpContext context, IEnumerable<SyncConfiguration> syncs, string otherwise, Func<SyncConfiguration, RunOptions> optionsOf)
    {
        SyncConfiguration[] all = [.. syncs];
        if (all.Length == 0) throw new UsageException(otherwise, "Add one under syncs in the configuration.");
        (List<LiveView> begun, SyncBusyException? busy) = ([], null);
        foreach (SyncConfiguration sync in all)
        {
            try
            {
                begun.Add(LiveView.Of(desk.StartSync(sync.Name, optionsOf(sync), context.User.Who(), Priority.Manual)));
            }
            catch (SyncBusyException running)
            {
                busy = running;
            }
        }
        return busy is null || begun.Count > 0 ? TypedResults.Accepted((string?)null, new BegunView(begun)) : throw busy;
    }

    /// <summary>A connection by its own name, or by its provider's where there is only one of that provider.</summary>
    private static (string Name, SynclineConfiguration Configuration) NameOf(Premises premises, string text)
    {
        SynclineConfiguration configuration = premises.Current.Configuration;
        if (configuration.Connections.Any(c => c.Name == text)) return (text, configuration);
        ConnectionConfiguration[] ofProvider = [.. configuration.Connections.Where(c => c.Provider == text)];
        if (ofProvider.Length == 1) return (ofProvider[0].Name, configuration);
        throw new UsageException($"There is no connection '{text}'.", $"Name one of: {string.Join(", ", configuration.Connections.Select(c => c.Name))}.");
    }

    private static RecordKind KindOf(string text) => text is "person" or "company" or "deal" ? new(text) : throw new UsageException($"kind '{text}' is none of person, company, deal.", "Leave it out to let the columns decide.");

    private static async Task<RunRow?> ThenDelete(string file, Workspace workspace, Func<Task<RunRow>> work)
    {
        using (workspace)
        {
            try
            {
                return await work();
            }
            finally
            {
                File.Delete(file);
            }
        }
    }
}

/// <param name="Sync">All syncs with enrichers when left out.</param>
/// <param name="Retry">Ask again about every record that failed, due or not.</param>
/// <param name="Batch">Send what is due as a batch where an enricher answers in batches.</param>
/// <param name="NoSync">Write nothing to the destinations.</param>
internal sealed record EnrichRequest(string? Sync, bool? Retry, bool? Batch, bool? NoSync);

/// <summary>The runs that were begun, without syncs that run already; each can be watched by its id.</summary>
internal sealed record BegunView(IReadOnlyList<LiveView> Runs);
