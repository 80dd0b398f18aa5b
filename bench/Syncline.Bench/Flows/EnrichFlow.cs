using Syncline.Bench.Reporting;
using Syncline.Connectors;
using Syncline.Connectors.Claude;
using Syncline.Connectors.Csv;
using Syncline.Enriching;
using Syncline.Extraction;
using Syncline.Limits;
using Syncline.Mapping;
using Syncline.Sandbox;
using Syncline.Sandbox.Anthropic;
using Syncline.Storage;
using Syncline.Syncs;

namespace Syncline.Bench.Flows;

/// <summary>What one pass over the people did.</summary>
/// <param name="Calls">As the model's side saw them.</param>
internal sealed record EnrichRun(Span Span, int Calls, EnrichmentCount Count);

/// <summary>People of a CSV file in the hub, and a simulated language model that is asked about them; limits off.</summary>
internal sealed class EnrichFlow : IDisposable
{
    private const int Seed = 11;
    private const string Model = "claude";

    private readonly ScratchFolder _folder = new();
    private readonly SqliteDatabase _database;
    private readonly SandboxGate _gate;

    public EnrichFlow()
    {
        _gate = new([new AnthropicSimulator(new AnthropicSandboxOptions { Seed = Seed, LimitsOn = false, ApiKeys = [Keys.Anthropic] }, TimeProvider.System)], TimeProvider.System);
        _gate.Ledger.KeepBodies = false;
        _database = SqliteDatabase.Open(Path.Combine(_folder.Path, "hub.db"), TimeProvider.System, new SqliteOptions { Random = new(Seed) });
    }

    public async Task ImportAsync(int people)
    {
        CsvSource source = await CsvSource.OpenAsync(new("leads", await CsvPeople.WriteAsync(_folder.Path, people, withCompanies: true)), CancellationToken.None);
        await RunAsync("import", new([source], [], new MapSet().Add("leads", source.Maps), new Dictionary<string, CallPermits>()));
    }

    /// <param name="sync">Each sync goes through the hub on its own.</param>
    public async Task<EnrichRun> EnrichAsync(string sync)
    {
        Network network = Network.InProcess(_gate, TimeProvider.System);
        Governor governor = new(TimeProvider.System, new SqliteStore(_database).Rates);
        Connection claude = new ClaudeProvider().Open(network.SettingsOf("anthropic", Keys.Anthropic) with { Name = Model }, new(network.InvokerOf("anthropic"), TimeProvider.System, governor, Priority.Schedule) { Budgets = [] });
        SyncEnds ends = new([], [], new(), new Dictionary<string, CallPermits>()) { Enrichments = [.. claude.Enrichers.Select(e => new Enrichment(e, EnrichmentTerms.Default))] };
        _gate.Ledger.Clear();
        RunRow? row = null;
        Span span = await Span.OfAsync(async () => row = await RunAsync(sync, ends));
        return new(span, _gate.Ledger.Entries.Count, row!.Tally.Enriched[Model]);
    }

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    private async Task<RunRow> RunAsync(string sync, SyncEnds ends)
    {
        SqliteStore store = new(_database);
        SyncRunner runner = new(new(store.Hub, store.Journal, store.Runs, new MemoryRunLocks()) { Enrichments = store.Enrichments }, TimeProvider.System);
        RunRow row = await runner.RunAsync(new(sync, ["leads"], []), ends, RunOptions.Incremental, _ => { }, CancellationToken.None);
        return row.State == RunState.Done ? row : throw new InvalidOperationException($"The measured run ended {row.State}: {row.Detail}");
    }
}
