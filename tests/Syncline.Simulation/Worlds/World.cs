using System.Net.Http;
using Syncline.Connectors;
using Syncline.Connectors.Attio;
using Syncline.Connectors.HeyReach;
using Syncline.Limits;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Merging;
using Syncline.Sandbox;
using Syncline.Sandbox.Attio;
using Syncline.Sandbox.Faults;
using Syncline.Sandbox.HeyReach;
using Syncline.Sandbox.Hosting;
using Syncline.Simulation.Bugs;
using Syncline.Simulation.Crashing;
using Syncline.Simulation.Time;
using Syncline.Storage;
using Syncline.Syncs;

namespace Syncline.Simulation.Worlds;

/// <summary>The whole of it under one seed: two simulated providers, a network with faults, a hub in memory, and the engine as a process that can die.</summary>
internal sealed class World : IDisposable
{
    public const string Sync = "linkedin-to-attio";
    private const string HeyReachKey = "sim-heyreach-key";
    private static readonly string AttioToken = new('a', 64);

    private static readonly Fault[] Faults =
    [
        Fault.ResetBefore, Fault.ResetAfter, Fault.ServerError, Fault.ServerErrorAfter, Fault.BadGateway, Fault.BadGatewayAfter, Fault.Unavailable,
        Fault.Slow(TimeSpan.FromSeconds(4)), Fault.Slow(TimeSpan.FromSeconds(90)),
    ];

    // A file system in memory where there is one: a thousand seeds make some hundred thousand commits.
    private static readonly string Scratch = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    private readonly IPlantedBug _bug;
    private readonly string _database;
    private MemoryRunLocks _locks = new();
    private SqliteDatabase _open;

    public World(Scenario scenario, IPlantedBug? bug = null)
    {
        Scenario = scenario;
        _bug = bug ?? new NoBug();
        Random = new(scenario.Seed);
        Clock = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        HeyReach = new(new HeyReachSandboxOptions { Seed = scenario.Seed, ApiKeys = [HeyReachKey] }, Clock);
        Attio = new(new AttioSandboxOptions { Seed = scenario.Seed, Tokens = new Dictionary<string, string> { [AttioToken] = AllScopes } }, Clock);
        Gate = new([HeyReach, Attio], Clock) { Latency = scenario.Latency };
        _database = Path.Combine(Directory.CreateDirectory(Path.Combine(Scratch, $"syncline-sim-{Guid.NewGuid():n}")).FullName, "hub.db");
        _open = OpenDatabase();
        SetUp();
    }

    public const string AllScopes = "record_permission:read-write object_configuration:read-write list_entry:read-write list_configuration:read-write note:read-write user_management:read";

    public Scenario Scenario { get; }

    public Random Random { get; }

    public VirtualClock Clock { get; }

    public HeyReachSimulator HeyReach { get; }

    public AttioSimulator Attio { get; }

    public SandboxGate Gate { get; }

    public CrashSwitch Crash { get; } = new();

    public SqliteStore Store => new(_open);

    /// <summary>Runs the sync once, as one process; false when it died on the way.</summary>
    public RunRow? Run(RunOptions options)
    {
        SyncRunner runner = new(Stores(), Clock);
        Task<RunRow> run = runner.RunAsync(new(Sync, ["heyreach"], ["attio"]) { WithNotes = Scenario.WithNotes }, OpenEnds(), options, _ => { }, CancellationToken.None);
        while (!run.IsCompleted && !Crash.HasCrashed)
        {
            if (!Clock.FireNext()) throw new InvalidOperationException("Nothing is waiting for time and the run does not end: it is stuck.");
        }
        if (run.IsCompleted && !Crash.HasCrashed) return run.GetAwaiter().GetResult();
        Die();
        return null;
    }

    /// <summary>Faults on or off from now on.</summary>
    public void Disturb(bool on) => Gate.Faults = on && Scenario.FaultShare > 0 ? new RandomFaults(Scenario.Seed * 31, Scenario.FaultShare, Faults) : new NoFaults();

    public void Dispose()
    {
        _open.Dispose();
        Directory.Delete(Path.GetDirectoryName(_database)!, recursive: true);
    }

    private void SetUp()
    {
        HeyReach.Populate(Scenario.Lively ? HeyReachWorld.Lively(Scenario.People) : HeyReachWorld.Plain(Scenario.People, 1 + (Scenario.Seed % 4)));
        if (Scenario.TwoReferences)
        {
            AttioWorkspaces.LinkedInAsFound(Attio);
            Attio.DefineOption("linkedin_messages", "direction", "Inbound");
            Attio.DefineOption("linkedin_messages", "direction", "Outbound");
        }
        else
        {
            AttioWorkspaces.LinkedInReady(Attio);
        }
        Turn("attio", "query-lag", Scenario.QueryLag.ToString());
        if (Scenario.LowerLimit is { } limit) Turn("attio", "writes-per-second", limit.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (Scenario.V3Missing) Turn("heyreach", "v3-missing", "true");
    }

    private void Turn(string provider, string knob, string value) => Gate.Simulators.Single(s => s.Provider == provider).Knobs.Single(k => k.Name == knob).Set(value);

    private void Die()
    {
        _open.Abort();
        Clock.Forget();
        _locks = new();
        _open = OpenDatabase();
        Crash.Set(null);
    }

    private SqliteDatabase OpenDatabase() => SqliteDatabase.Open(_database, Clock, new SqliteOptions { Synchronous = Synchronous.Off, Random = new(Scenario.Seed) });

    private RunStores Stores()
    {
        SqliteStore store = Store;
        IHub hub = _bug.Wrap(new CrashingHub(store.Hub, Crash));
        IJournal journal = _bug.Wrap(new CrashingJournal(store.Journal, Crash));
        return new(hub, journal, store.Runs, _locks);
    }

    private SyncEnds OpenEnds()
    {
        Governor governor = new(Clock, Store.Rates);
        Connection heyreach = new HeyReachProvider().Open(SettingsOf("heyreach", HeyReachKey, ("page_size", Scenario.PageSize.ToString(System.Globalization.CultureInfo.InvariantCulture))), Parts(governor, "heyreach"));
        Connection attio = new AttioProvider().Open(SettingsOf("attio", AttioToken), Parts(governor, "attio"));
        MapSet maps = new MapSet().Add("heyreach", heyreach.Maps).Add("attio", _bug.Wrap(attio.Maps));
        Dictionary<string, CallPermits> permits = new() { ["heyreach"] = heyreach.Permits, ["attio"] = attio.Permits };
        return new([.. heyreach.Sources.Select(_bug.Wrap)], [_bug.Wrap(attio.Destination!)], maps, permits);
    }

    private ConnectorParts Parts(Governor governor, string provider)
    {
        HttpMessageHandler network = _bug.Wrap(new CrashingHandler(new SandboxHandler(Gate, provider, Clock, "/" + provider), Crash), Clock);
        return new(new HttpMessageInvoker(network), Clock, governor, Priority.Schedule) { Budgets = _bug.BudgetsOf(provider) };
    }

    private static ConnectionSettings SettingsOf(string name, string key, params (string Name, string Value)[] more) => new(name, setting => setting switch
    {
        "api_key" => key,
        "base_url" => name == "heyreach" ? "http://127.0.0.1/heyreach/api/public" : "http://127.0.0.1/attio",
        _ => more.Where(m => m.Name == setting).Select(m => m.Value).FirstOrDefault(),
    });
}
