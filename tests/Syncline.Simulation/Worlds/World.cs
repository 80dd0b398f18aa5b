using System.Net.Http;
using Syncline.Connectors;
using Syncline.Enriching;
using Syncline.Extraction;
using Syncline.Limits;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Merging;
using Syncline.Records;
using Syncline.Sandbox;
using Syncline.Sandbox.Attio;
using Syncline.Sandbox.Faults;
using Syncline.Sandbox.HeyReach;
using Syncline.Sandbox.Hosting;
using Syncline.Sandbox.HubSpot;
using Syncline.Sandbox.Quo;
using Syncline.Simulation.Bugs;
using Syncline.Simulation.Crashing;
using Syncline.Simulation.Judging;
using Syncline.Simulation.Time;
using Syncline.Storage;
using Syncline.Syncs;

namespace Syncline.Simulation.Worlds;

/// <summary>The whole of it under one seed: simulated providers, a network with faults, a hub in memory, and the engine as a process that can die.</summary>
internal sealed class World : IDisposable
{
    private static readonly Fault[] Faults =
    [
        Fault.ResetBefore, Fault.ResetAfter, Fault.ServerError, Fault.ServerErrorAfter, Fault.BadGateway, Fault.BadGatewayAfter, Fault.Unavailable,
        Fault.Slow(TimeSpan.FromSeconds(4)), Fault.Slow(TimeSpan.FromSeconds(90)),
    ];

    // A file system in memory where there is one: a thousand seeds make some hundred thousand commits.
    private static readonly string Scratch = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    private readonly IPlantedBug _bug;
    private readonly Accounts _accounts;
    private readonly History _history;
    private readonly Announcements? _announcements;
    private readonly string _database;
    private MemoryRunLocks _locks = new();
    private SqliteDatabase _open;

    public World(Scenario scenario, History history, IPlantedBug? bug = null)
    {
        Scenario = scenario;
        _bug = bug ?? new NoBug();
        _history = history;
        Random = new(scenario.Seed);
        Clock = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        _accounts = new(scenario, Clock);
        Facts = new(new(scenario.Seed * 23), Clock);
        Gate = new(_accounts.All, Clock) { Latency = scenario.Latency };
        _database = Path.Combine(Directory.CreateDirectory(Path.Combine(Scratch, $"syncline-sim-{Guid.NewGuid():n}")).FullName, "hub.db");
        _open = OpenDatabase();
        history.Moment = () => Gate.Ledger.Count;
        Watch(new NoFaults(), (_, _) => { });
        _accounts.Furnish(history);
        if (scenario.Announces) _announcements = scenario.Flow.Connections.Contains("hubspot") ? new HubSpotHooks(HubSpot) : new AttioHooks(Attio);
    }

    public Scenario Scenario { get; }

    public Random Random { get; }

    public VirtualClock Clock { get; }

    public HeyReachSimulator HeyReach => _accounts.HeyReach;

    public AttioSimulator Attio => _accounts.Attio;

    public QuoSimulator Quo => _accounts.Quo;

    public HubSpotSimulator HubSpot => _accounts.HubSpot;

    public Facts Facts { get; }

    public SandboxGate Gate { get; }

    public CrashSwitch Crash { get; } = new();

    public SqliteStore Store => new(_open);

    /// <summary>What a sync has set aside or skipped.</summary>
    public IReadOnlyList<DeadLetter> DeadLetters(string sync) => [.. DeadLetters(sync, skipped: false), .. DeadLetters(sync, skipped: true)];

    /// <summary>The hub's links of a connection, by remote id.</summary>
    /// <param name="stream">Null for all of its streams.</param>
    public Dictionary<string, Link> Links(string connection, string? stream)
    {
        Task<Dictionary<string, Link>> read = ReadAsync();
        return read.IsCompleted ? read.Result : throw new InvalidOperationException("Reading the hub must not wait.");

        async Task<Dictionary<string, Link>> ReadAsync()
        {
            Dictionary<string, Link> links = [];
            await foreach (Link link in Store.Hub.LinksOfConnectionAsync(connection, stream, CancellationToken.None)) links[link.Key.Id] = link;
            return links;
        }
    }

    /// <summary>Everything the hub holds about these.</summary>
    public IReadOnlyDictionary<long, GoldenRecord> Golden(IReadOnlyCollection<long> ids) => Store.Hub.LoadAsync(ids, CancellationToken.None).Result;

    /// <summary>Word from a provider that no run has made use of yet, faults on its way included.</summary>
    public IReadOnlyList<Hint> Announced()
    {
        if (_announcements is null) return [];
        string provider = _announcements.Connection;
        Await(_announcements.OpenAsync(_accounts.Open(provider, Parts(new(Clock, Store.Rates), provider)).Webhooks!, Clock.GetUtcNow()));
        return _announcements.Waiting;
    }

    /// <summary>Runs a sync once, as one process; null when it died on the way.</summary>
    public RunRow? Run(SyncDefinition sync, RunOptions options)
    {
        Begin(options);
        SyncRunner runner = new(Stores(), Clock);
        DeletePolicy deletes = sync.Deletes with { MostShare = Scenario.DeleteShare };
        Task<RunRow> run = runner.RunAsync(sync with { WithNotes = Scenario.WithNotes, Deletes = deletes }, OpenEnds(sync), options, _ => { }, CancellationToken.None);
        Await(run);
        if (run.IsCompleted && !Crash.HasCrashed)
        {
            RunRow row = run.GetAwaiter().GetResult();
            if (options.Hints.Count > 0 && row.State is RunState.Done or RunState.DoneWithDeadLetters) _announcements!.Forget();
            return row;
        }
        Die();
        return null;
    }

    /// <summary>Faults from now on, and life goes on while requests are under way.</summary>
    public void Disturb(IReadOnlyList<ILife> lives)
    {
        Facts.Failures = Scenario.FaultShare;
        HeyReach.BetweenPages = () => Each(l => l.BetweenPages());
        IFaultPlan faults = Scenario.FaultShare > 0 ? new RandomFaults(Scenario.Seed * 31, Scenario.FaultShare, Faults) : new NoFaults();
        Watch(faults, (provider, request) => Each(l => l.During(provider, request)));

        void Each(Action<ILife> act)
        {
            foreach (ILife life in lives) act(life);
        }
    }

    /// <summary>No fault any more, and nothing happens but the engine's doing.</summary>
    public void LeaveAlone()
    {
        Watch(new NoFaults(), (_, _) => { });
        HeyReach.BetweenPages = null;
        Facts.Failures = 0;
        Accounts.Turn(Quo, "throttle-next", "0");
    }

    public void Dispose()
    {
        _open.Dispose();
        Directory.Delete(Path.GetDirectoryName(_database)!, recursive: true);
    }

    private IReadOnlyList<DeadLetter> DeadLetters(string sync, bool skipped) => Store.Journal.DeadLettersAsync(sync, skipped, 10_000, CancellationToken.None).Result;

    private void Watch(IFaultPlan faults, Action<string, SandboxRequest> meanwhile) => Gate.Faults = new Witness(Quo, _history, faults, meanwhile);

    private void Begin(RunOptions options)
    {
        _history.Starts.Add(_history.Moment());
        _history.Contacts.KnownAtStart = Quo.ContactCount;
        foreach (Hint hint in options.Hints.Where(h => h.IsDeletion || h.MergedInto is not null)) _history.Contacts.Announced.TryAdd(hint.Key.Id, _history.Moment());
    }

    private void Await(Task work)
    {
        while (!work.IsCompleted && !Crash.HasCrashed)
        {
            if (!Clock.FireNext()) throw new InvalidOperationException("Nothing is waiting for time and the work does not end: it is stuck.");
        }
    }

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
        return new(hub, journal, store.Runs, _locks) { Enrichments = Scenario.Flow.IsEnriched ? store.Enrichments : null };
    }

    private SyncEnds OpenEnds(SyncDefinition sync)
    {
        Governor governor = new(Clock, Store.Rates);
        Dictionary<string, Connection> opened = sync.From.Concat(sync.To).Distinct(StringComparer.Ordinal).ToDictionary(name => name, name => _accounts.Open(name, Parts(governor, name)));
        MapSet maps = new();
        foreach ((string name, Connection connection) in opened) maps.Add(name, _bug.Wrap(connection.Maps));
        return new(
            [.. sync.From.SelectMany(name => opened[name].Sources).Select(_bug.Wrap)],
            [.. sync.To.Select(name => _bug.Wrap(opened[name].Destination!))],
            maps,
            opened.ToDictionary(c => c.Key, c => c.Value.Permits))
        {
            Enrichments = Scenario.Flow.IsEnriched ? [new(Facts, EnrichmentTerms.Default)] : [],
        };
    }

    private ConnectorParts Parts(Governor governor, string provider)
    {
        HttpMessageHandler network = _bug.Wrap(new CrashingHandler(new SandboxHandler(Gate, provider, Clock, "/" + provider), Crash), Clock);
        return new(new HttpMessageInvoker(network), Clock, governor, Priority.Schedule) { Budgets = _bug.BudgetsOf(provider) };
    }
}
