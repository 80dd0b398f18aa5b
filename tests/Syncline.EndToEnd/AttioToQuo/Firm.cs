using System.Net.Http;
using System.Text.Json.Nodes;
using Syncline.Conformance.Time;
using Syncline.Connectors;
using Syncline.Connectors.Attio;
using Syncline.Connectors.Quo;
using Syncline.Extraction;
using Syncline.Limits;
using Syncline.Mapping;
using Syncline.Sandbox;
using Syncline.Sandbox.Attio;
using Syncline.Sandbox.Hosting;
using Syncline.Sandbox.Quo;
using Syncline.Storage;
using Syncline.Syncs;

namespace Syncline.EndToEnd.AttioToQuo;

/// <summary>Attio and Quo at their real limits and a database file, in time that passes at once. A process can die in it and another begin.</summary>
internal sealed class Firm : IDisposable
{
    private const string QuoKey = "quo-sandbox-key", Scopes = "record_permission:read-write object_configuration:read-write";

    private static readonly string AttioKey = new('a', 64);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("syncline-firm-");
    private readonly List<SqliteDatabase> _databases = [];
    private readonly SandboxGate _gate;
    private int _people;

    public Firm()
    {
        Attio = AttioWorkspaces.LinkedInReady(new(new() { Tokens = new Dictionary<string, string> { [AttioKey] = Scopes } }, Clock));
        Quo = new(new() { ApiKeys = [QuoKey] }, Clock);
        _gate = new([Attio, Quo], Clock);
    }

    public QuickClock Clock { get; } = new(new(2026, 5, 20, 9, 30, 0, TimeSpan.Zero));

    public AttioSimulator Attio { get; }

    public QuoSimulator Quo { get; }

    public IReadOnlyList<SandboxRequest> QuoCalls => [.. _gate.Ledger.Entries.Where(e => e.Provider == "quo").Select(e => e.Request)];

    public SyncDefinition Sync { get; set; } = new("attio-to-quo", ["attio"], ["quo"]);

    public IReadOnlyList<SandboxRequest> AttioCalls => [.. _gate.Ledger.Entries.Where(e => e.Provider == "attio").Select(e => e.Request)];

    public int Throttled => _gate.Ledger.Entries.Count(e => e.Status == 429);

    public void AddPeople(int count)
    {
        for (int i = 0; i < count; i++)
        {
            Clock.Pass(TimeSpan.FromMilliseconds(200));
            Attio.CreateByPerson("people", new()
            {
                ["name"] = new JsonObject { ["first_name"] = $"Ada{++_people}", ["last_name"] = "Example", ["full_name"] = $"Ada{_people} Example" },
                ["phone_numbers"] = new JsonArray($"+1212{2000000 + _people}"),
            });
        }
        Clock.Pass(TimeSpan.FromMinutes(1));
    }

    /// <returns>The record's id.</returns>
    public string AddPerson(string name, string phone)
    {
        Clock.Pass(TimeSpan.FromSeconds(1));
        return Attio.CreateByPerson("people", new()
        {
            ["name"] = new JsonObject { ["first_name"] = name, ["last_name"] = "Example", ["full_name"] = $"{name} Example" },
            ["email_addresses"] = new JsonArray($"{name.ToLowerInvariant()}@example.com"),
            ["phone_numbers"] = new JsonArray(phone),
        });
    }

    public void ForgetCalls() => _gate.Ledger.Clear();

    /// <summary>One process's run, to its end.</summary>
    public Task<RunRow> RunAsync(CancellationToken cancellationToken) => RunAsync(RunOptions.Incremental, dying: null, cancellationToken);

    public Task<RunRow> RunAsync(RunOptions options, CancellationToken cancellationToken) => RunAsync(options, dying: null, cancellationToken);

    /// <summary>What Attio's hooks that are due say, as the connector opens them.</summary>
    public async Task<IReadOnlyList<Hint>> HintsAsync(string secret, CancellationToken cancellationToken)
    {
        IWebhooks webhooks = Open(new AttioProvider(), AttioKey, new(Clock, new LocalRateLedger()), null).Webhooks!;
        List<Hint> hints = [];
        foreach (AttioHook hook in Attio.Webhooks.TakeDue())
        {
            Attio.Webhooks.Answer(hook, 200);
            Dictionary<string, string> headers = new(hook.Headers, StringComparer.OrdinalIgnoreCase);
            hints.AddRange((await webhooks.OpenAsync(new(headers.GetValueOrDefault, System.Text.Encoding.UTF8.GetBytes(hook.Body)), secret, Clock.GetUtcNow(), cancellationToken))!.Hints);
        }
        return hints;
    }

    /// <summary>A process that dies when Quo has carried out its n-th create: nothing it still does reaches anybody.</summary>
    public async Task DieAtAsync(int create, CancellationToken cancellationToken)
    {
        Death death = new(create);
        // It is left waiting for an answer for ever, as a dead process is by its provider.
        _ = RunAsync(RunOptions.Incremental, death, cancellationToken);
        await death.Died.WaitAsync(cancellationToken);
        // Nobody dies in the middle of a transaction and keeps its lock: the dead one's database is closed while none of its writers is in it.
        SqliteDatabase database = _databases[^1];
        await new SqliteStore(database).Hub.BeginAsync(cancellationToken);
        database.Dispose();
    }

    public void Dispose()
    {
        foreach (SqliteDatabase database in _databases) database.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task<RunRow> RunAsync(RunOptions options, Death? dying, CancellationToken cancellationToken)
    {
        SqliteDatabase database = SqliteDatabase.Open(Path.Combine(_folder.FullName, "hub.db"), Clock, new SqliteOptions());
        _databases.Add(database);
        SqliteStore store = new(database);
        // Each process of its own: the shared ledger would make the next one wait for the dead one's slots.
        Governor governor = new(Clock, new LocalRateLedger());
        Connection attio = Open(new AttioProvider(), AttioKey, governor, null), quo = Open(new QuoProvider(), QuoKey, governor, dying);
        Connection[] both = [attio, quo];
        SyncEnds ends = new([.. Sync.From.SelectMany(name => both.Single(c => c.Name == name).Sources)], [.. Sync.To.Select(name => both.Single(c => c.Name == name).Destination!)], new MapSet().Add("attio", attio.Maps).Add("quo", quo.Maps), new Dictionary<string, CallPermits> { ["attio"] = attio.Permits, ["quo"] = quo.Permits });
        return await new SyncRunner(new(store.Hub, store.Journal, store.Runs, new MemoryRunLocks()), Clock).RunAsync(Sync, ends, options, _ => { }, cancellationToken);
    }

    private Connection Open(IProvider provider, string key, Governor governor, Death? dying)
    {
        HttpMessageHandler sandbox = new SandboxHandler(_gate, provider.Name, Clock);
        if (dying is not null)
        {
            dying.InnerHandler = sandbox;
            sandbox = dying;
        }
        return provider.Open(new(provider.Name, name => name == "api_key" ? key : null), new(new HttpMessageInvoker(sandbox), Clock, governor, Priority.Schedule));
    }

    /// <summary>Lets creates through up to the one at which everything stops.</summary>
    private sealed class Death(int at) : DelegatingHandler
    {
        private readonly TaskCompletionSource _died = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _creates;

        public Task Died => _died.Task;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            int create = request.Method == HttpMethod.Post ? Interlocked.Increment(ref _creates) : 0;
            if (Volatile.Read(ref _creates) <= at)
            {
                HttpResponseMessage answer = await base.SendAsync(request, cancellationToken);
                if (create < at) return answer;
                _died.TrySetResult();
            }
            await new TaskCompletionSource().Task;
            throw new InvalidOperationException("Nobody wakes the dead.");
        }
    }
}
