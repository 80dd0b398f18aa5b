using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Syncline.Composition.Imports;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;
using Syncline.Imports;
using Syncline.Limits;
using Syncline.Server.Browse;
using Syncline.Server.Hosting;
using Syncline.Server.Runs;
using Syncline.Syncs;

namespace Syncline.Server.Imports;

/// <summary>Takes records into files beside the configuration, and looks at those that were taken.</summary>
internal sealed class ImportDesk(Premises premises, BrowseDesk browse, LiveRuns live) : IDisposable
{
    /// <summary>Records of one import.</summary>
    public const int MostRecords = 5000;

    // Rows of the index that are looked through at a time.
    private const int Searched = 500;

    // One folder, one repository: commits follow each other.
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Begins an import. Its result is an <see cref="ImportOutcome"/>.</summary>
    /// <param name="place"><c>companies</c>, <c>people</c>, or the slug of a list.</param>
    /// <exception cref="UsageException">No such connection, or nothing is named.</exception>
    public async Task<LiveRun> StartAsync(string? connection, string place, IReadOnlyCollection<string> ids, string by, CancellationToken cancellationToken)
    {
        string name = browse.NameOf(connection);
        if (ids.Count == 0) throw new UsageException("Which records?", "Name them by their ids.");
        if (ids.Count > MostRecords) throw new UsageException($"{ids.Count} records were named; an import takes {MostRecords} at the most.", "Import them in several parts.");
        if (premises.Current.Configuration.Defaults.IsDryRun) throw new UsageException("AT_DRY_RUN is set: nothing is imported.", "Unset it, in the environment or in .env.");
        if (string.IsNullOrWhiteSpace(place)) throw new UsageException("Which kind of records?", "Name companies, people or the slug of a list.");
        await premises.Store.AuditLog.WriteAsync(by, "imported records", $"{ids.Count} of {name}/{place}", null, cancellationToken);
        return live.Start("import", $"{name}/{place}", by, (run, token) => ImportAsync(run, name, place, ids, token));
    }

    /// <summary>Where a record is read again from.</summary>
    public static string PlaceOf(ImportEntry entry) => entry.List ?? (entry.Type switch { "company" => "companies", "person" => "people", _ => entry.Type });

    /// <summary>Imported records in the order of their files.</summary>
    /// <param name="search">A piece of the name or the file, in any case; null for all.</param>
    /// <param name="after">The file after which to go on.</param>
    /// <returns>So many at the most, and the file after which the next page begins.</returns>
    public async Task<Paged<ImportEntry>> ListAsync(string connection, string? type, string? search, string? after, int take, CancellationToken cancellationToken)
    {
        List<ImportEntry> found = [];
        string? reached = after;
        bool isEnd = false;
        while (!isEnd && found.Count <= take)
        {
            IReadOnlyList<ImportEntry> some = await premises.Store.Imports.ListAsync(connection, type, reached, Searched, cancellationToken);
            found.AddRange(some.Where(e => search is null || e.Name.Contains(search, StringComparison.OrdinalIgnoreCase) || e.File.Contains(search, StringComparison.OrdinalIgnoreCase)));
            (isEnd, reached) = (some.Count < Searched, some.Count > 0 ? some[^1].File : reached);
        }
        return new([.. found.Take(take)], found.Count > take ? found[take - 1].File : null);
    }

    public async Task<ImportEntry?> FindAsync(string? connection, string id, CancellationToken cancellationToken)
    {
        foreach (string name in connection is null ? browse.Connections() : [connection])
        {
            if ((await premises.Store.Imports.FindAsync(name, [id], cancellationToken)).GetValueOrDefault(id) is { } entry) return entry;
        }
        return null;
    }

    /// <summary>A record's file as it is now; null when it is not there.</summary>
    public async Task<string?> TextAsync(ImportEntry entry, CancellationToken cancellationToken) =>
        await new ImportFolder(premises.Folder).FindAsync(entry.File, cancellationToken) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    /// <summary>What a record's file says about it; null when there is none, or none that can be read.</summary>
    public async Task<JsonObject?> AttributesAsync(ImportEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            return await TextAsync(entry, cancellationToken) is { } text && JsonNode.Parse(text) is JsonObject root && root["attributes"] is JsonObject attributes ? attributes.DeepClone().AsObject() : null;
        }
        catch (JsonException)
        {
            // Somebody's own edit, or a file in the middle of a merge.
            return null;
        }
    }

    /// <summary>The commits of a record's file, newest first.</summary>
    /// <exception cref="GitException">Git is not there, or fails.</exception>
    public Task<IReadOnlyList<PastState>> PastAsync(ImportEntry entry, int take, CancellationToken cancellationToken) => new RecordPast(new(new(premises.Folder))).OfAsync(entry.File, take, cancellationToken);

    public void Dispose() => _turn.Dispose();

    private async Task<RunRow?> ImportAsync(LiveRun run, string connection, string place, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            Tell(run, connection, 0, ids.Count);
            using Workspace workspace = premises.Open(Priority.Manual);
            WatchedBrowser browser = new(workspace.Open(connection).Browser!, done => Tell(run, connection, done, ids.Count), cancellationToken);
            RecordImport import = new(browser, connection, new(premises.Folder), new(new(premises.Folder)), premises.Store.Imports, premises.Clock);
            ImportOutcome outcome = await import.RunAsync(place, ids, CancellationToken.None);
            foreach (ImportedFile file in outcome.Files) run.Say($"{file.Action.ToString().ToLowerInvariant()} {file.File}");
            foreach (string id in outcome.Missing) run.Say($"{id} is not there any more.");
            run.Say(outcome.Commit is { } commit ? $"Commit {commit}" : "Nothing had to be committed.");
            run.Result = outcome;
            return null;
        }
        finally
        {
            _turn.Release();
        }
    }

    private static void Tell(LiveRun run, string connection, long done, long total) => run.Report(new(RunPhase.Reading, connection, done, total, RunTally.Empty));
}

/// <summary>Where a record's page is.</summary>
internal static class ImportAddress
{
    public static string Of(ImportEntry entry) => $"imports/{Uri.EscapeDataString(entry.Connection)}/{Uri.EscapeDataString(entry.Id)}";
}
