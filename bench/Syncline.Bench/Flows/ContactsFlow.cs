using System.Globalization;
using System.Text.Json.Nodes;
using Syncline.Connectors;
using Syncline.Connectors.Attio;
using Syncline.Connectors.Quo;
using Syncline.Limits;
using Syncline.Mapping;
using Syncline.Sandbox;
using Syncline.Sandbox.Attio;
using Syncline.Sandbox.Quo;
using Syncline.Simulation.Time;
using Syncline.Storage;
using Syncline.Syncs;

namespace Syncline.Bench.Flows;

/// <summary>Attio people into Quo contacts: two simulated providers, a database file, the engine between.</summary>
internal sealed class ContactsFlow : IDisposable
{
    private const int Seed = 11;
    private const int PeopleACompany = 5;

    private readonly int _pace;
    private readonly TimeProvider _clock;
    private readonly AttioSimulator _attio;
    private readonly string _folder = Directory.CreateTempSubdirectory("syncline-bench-").FullName;
    private readonly SqliteDatabase _database;
    private readonly List<string> _people = [];

    /// <param name="pace">The published limits times this, on both sides; 0 switches them off.</param>
    /// <param name="latency">How long each answer takes.</param>
    public ContactsFlow(int people, int pace, TimeSpan latency, TimeProvider clock)
    {
        (_pace, _clock) = (pace, clock);
        _attio = AttioWorkspaces.LinkedInReady(new(new AttioSandboxOptions { Seed = Seed, LimitsOn = pace > 0, Tokens = new Dictionary<string, string> { [Keys.Attio] = Keys.AttioScopes } }, clock));
        QuoSimulator quo = new(new() { Seed = Seed, LimitsOn = pace > 0, ApiKeys = [Keys.Quo] }, clock);
        quo.Behaviour.RequestsPerSecond *= Math.Max(1, pace);
        foreach (Knob limit in _attio.Knobs.Where(k => k.Name is "reads-per-second" or "writes-per-second")) limit.Set(Times(limit.Get(), Math.Max(1, pace)));
        Gate = new([_attio, quo], clock) { Latency = latency };
        Gate.Ledger.KeepBodies = false;
        _database = SqliteDatabase.Open(Path.Combine(_folder, "hub.db"), clock, new SqliteOptions { Random = new(Seed) });
        Fill(people);
    }

    public SandboxGate Gate { get; }

    public async Task RunAsync(Network network)
    {
        SqliteStore store = new(_database);
        SyncRunner runner = new(new(store.Hub, store.Journal, store.Runs, new MemoryRunLocks()), _clock);
        Governor governor = new(_clock, store.Rates);
        Connection attio = new AttioProvider().Open(network.SettingsOf("attio", Keys.Attio), PartsOf(network, "attio", governor));
        Connection quo = new QuoProvider().Open(network.SettingsOf("quo", Keys.Quo), PartsOf(network, "quo", governor));
        MapSet maps = new MapSet().Add("attio", attio.Maps).Add("quo", quo.Maps);
        SyncEnds ends = new(attio.Sources, [quo.Destination!], maps, new Dictionary<string, CallPermits> { ["attio"] = attio.Permits, ["quo"] = quo.Permits });
        RunRow row = await runner.RunAsync(new("attio-to-quo", ["attio"], ["quo"]), ends, RunOptions.Incremental, _ => { }, CancellationToken.None);
        if (row.State != RunState.Done) throw new InvalidOperationException($"The measured run ended {row.State}: {row.Detail} ({row.Tally.DeadLetters.ToString(CultureInfo.InvariantCulture)} dead letters).");
    }

    /// <summary>Somebody gives one person a new title.</summary>
    public void EditOne() => _attio.EditByPerson("people", _people[_people.Count / 2], "job_title", "Head of everything");

    /// <summary>What both providers saw since it was last asked.</summary>
    public ContactCalls Calls()
    {
        IReadOnlyList<LedgerEntry> entries = Gate.Ledger.Entries;
        ContactCalls calls = ContactCalls.Of(entries);
        Gate.Ledger.Clear();
        return calls;
    }

    public void Dispose()
    {
        _database.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Fill(int people)
    {
        string company = "";
        for (int i = 0; i < people; i++)
        {
            if (i % PeopleACompany == 0) company = _attio.CreateByPerson("companies", new() { ["name"] = $"Example {i / PeopleACompany}" });
            // Rows of one instant are another matter than rows of five thousand.
            if (_clock is VirtualClock virtually) virtually.Advance(TimeSpan.FromMilliseconds(200));
            _people.Add(_attio.CreateByPerson("people", Person(i, company)));
        }
    }

    private static JsonObject Person(int number, string company) => new()
    {
        ["name"] = new JsonObject { ["first_name"] = $"Ada {number}", ["last_name"] = "Example", ["full_name"] = $"Ada {number} Example" },
        ["email_addresses"] = new JsonArray($"ada{number}@example.com"),
        ["phone_numbers"] = new JsonArray(string.Create(CultureInfo.InvariantCulture, $"+1212{2000000 + number:0000000}")),
        ["job_title"] = "Engineer",
        ["company"] = new JsonArray(new JsonObject { ["target_object"] = "companies", ["target_record_id"] = company }),
    };

    private ConnectorParts PartsOf(Network network, string provider, Governor governor) =>
        new(network.InvokerOf(provider), _clock, governor, Priority.Schedule) { Budgets = _pace switch { 0 => [], 1 => null, _ => Scaled(provider) } };

    private RateBudget[] Scaled(string provider) =>
        [.. (provider == "quo" ? new[] { ("calls", 10) } : [("reads", 100), ("writes", 25)]).Select(b => new RateBudget(b.Item1, b.Item2 * _pace, TimeSpan.FromSeconds(1)))];

    private static string Times(string figure, int factor) => (int.Parse(figure, CultureInfo.InvariantCulture) * factor).ToString(CultureInfo.InvariantCulture);
}

/// <summary>Calls that both sides saw.</summary>
internal sealed record ContactCalls(int AttioReads, int QuoReads, int QuoWrites, int ThrottledLate)
{
    public static ContactCalls Of(IReadOnlyList<LedgerEntry> entries)
    {
        DateTimeOffset settled = entries.Count == 0 ? default : entries[0].At + TimeSpan.FromSeconds(1);
        int writes = entries.Count(e => e.Provider == "quo" && e.Request.Method != "GET");
        return new(entries.Count(e => e.Provider == "attio"), entries.Count(e => e.Provider == "quo") - writes, writes, entries.Count(e => e.Status == 429 && e.At > settled));
    }
}
