using System.Globalization;
using System.Net.Http;
using Syncline.Connectors;
using Syncline.Connectors.Attio;
using Syncline.Connectors.HeyReach;
using Syncline.Limits;
using Syncline.Mapping;
using Syncline.Sandbox;
using Syncline.Sandbox.Attio;
using Syncline.Sandbox.HeyReach;
using Syncline.Storage;
using Syncline.Syncs;

namespace Syncline.Bench.Flows;

/// <summary>HeyReach into Attio as a user runs it: two simulated providers, a database file, the engine between.</summary>
internal sealed class Flow : IDisposable
{
    private const int Seed = 11;

    private readonly FlowOptions _options;
    private readonly TimeProvider _clock;
    private readonly HeyReachSimulator _heyreach;
    private readonly string _folder = Directory.CreateTempSubdirectory("syncline-bench-").FullName;
    private readonly SqliteDatabase _database;

    public Flow(FlowOptions options, TimeProvider clock)
    {
        (_options, _clock) = (options, clock);
        _heyreach = new(new HeyReachSandboxOptions { Seed = Seed, ApiKeys = [Keys.HeyReach], Limits = LimitsOf(options.HasLimits) }, clock);
        _heyreach.Populate(HeyReachWorld.Plain(options.People, options.LeastMessages) with { MessagesAtMost = options.MostMessages });
        Gate = NewGate();
        _database = SqliteDatabase.Open(Path.Combine(_folder, "hub.db"), clock, new SqliteOptions { Random = new(Seed) });
    }

    /// <summary>The sandbox as the engine met it.</summary>
    public SandboxGate Gate { get; }

    /// <summary>The same inbox beside a workspace as it was before the run, for the plain loop.</summary>
    public SandboxGate FreshGate() => NewGate();

    /// <param name="network">How to reach the sandbox.</param>
    public async Task<RunRow> RunAsync(Network network, CancellationToken cancellationToken)
    {
        SqliteStore store = new(_database);
        SyncRunner runner = new(new(store.Hub, store.Journal, store.Runs, new MemoryRunLocks()), _clock);
        Governor governor = new(_clock, store.Rates);
        Connection heyreach = new HeyReachProvider().Open(network.SettingsOf("heyreach", Keys.HeyReach), PartsOf(network, "heyreach", governor));
        Connection attio = new AttioProvider().Open(network.SettingsOf("attio", Keys.Attio), PartsOf(network, "attio", governor));
        MapSet maps = new MapSet().Add("heyreach", heyreach.Maps).Add("attio", attio.Maps);
        SyncEnds ends = new(heyreach.Sources, [attio.Destination!], maps, new Dictionary<string, CallPermits> { ["heyreach"] = heyreach.Permits, ["attio"] = attio.Permits });
        RunRow row = await runner.RunAsync(new("linkedin-to-attio", ["heyreach"], ["attio"]), ends, RunOptions.Incremental, _ => { }, cancellationToken);
        return row.State == RunState.Done ? row : throw new InvalidOperationException($"The measured run ended {row.State}: {row.Detail} ({row.Tally.DeadLetters.ToString(CultureInfo.InvariantCulture)} dead letters).");
    }

    public void Dispose()
    {
        _database.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private SandboxGate NewGate()
    {
        AttioSimulator attio = new(new AttioSandboxOptions { Seed = Seed, LimitsOn = _options.HasLimits, Tokens = new Dictionary<string, string> { [Keys.Attio] = Keys.AttioScopes } }, _clock);
        SandboxGate gate = new([_heyreach, AttioWorkspaces.LinkedInReady(attio)], _clock) { Latency = _options.Latency };
        gate.Ledger.KeepBodies = _options.KeepsBodies;
        return gate;
    }

    private ConnectorParts PartsOf(Network network, string provider, Governor governor) =>
        new(network.InvokerOf(provider), _clock, governor, Priority.Schedule) { Budgets = _options.HasLimits ? null : [] };

    private static HeyReachLimits LimitsOf(bool on) => on ? HeyReachLimits.PerMinute : HeyReachLimits.Off;
}
