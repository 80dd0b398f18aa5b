using System.Net.Http;
using Syncline.Connectors;
using Syncline.Connectors.Attio;
using Syncline.Connectors.HeyReach;
using Syncline.Limits;
using Syncline.Mapping;
using Syncline.Storage;
using Syncline.Syncs;

namespace Syncline.Cli.Demo;

/// <summary>The engine as a user's own run has it, its two connections pointed at the sandbox.</summary>
internal sealed class DemoEngine : IDisposable
{
    public const string Sync = "linkedin-to-attio";

    private readonly SqliteDatabase _database;
    private readonly HttpMessageInvoker _http;
    private readonly SyncRunner _runner;
    private readonly SyncEnds _ends;

    private DemoEngine(SqliteDatabase database, HttpMessageInvoker http, Connection heyreach, Connection attio, string folder, TimeProvider clock)
    {
        (_database, _http, Attio) = (database, http, attio);
        Store = new(database);
        _runner = new(new(Store.Hub, Store.Journal, Store.Runs, new FileRunLocks(Path.Combine(folder, "locks"))), clock);
        Dictionary<string, CallPermits> permits = new() { ["heyreach"] = heyreach.Permits, ["attio"] = attio.Permits };
        _ends = new(heyreach.Sources, [attio.Destination!], new MapSet().Add("heyreach", heyreach.Maps).Add("attio", attio.Maps), permits);
    }

    public SqliteStore Store { get; }

    public Connection Attio { get; }

    public static DemoEngine Open(DemoOptions options, Uri sandbox, HttpMessageHandler handler, TimeProvider clock)
    {
        SqliteDatabase database = SqliteDatabase.Open(Path.Combine(options.Folder, "hub.db"), clock);
        HttpMessageInvoker http = new(handler);
        ConnectorParts parts = new(http, clock, new(clock, new SqliteStore(database).Rates), Priority.Manual) { Budgets = options.IsFast ? [] : null };
        Connection heyreach = new HeyReachProvider().Open(SettingsOf("heyreach", DemoSandbox.HeyReachKey, sandbox + "heyreach/api/public"), parts);
        Connection attio = new AttioProvider().Open(SettingsOf("attio", DemoSandbox.AttioKey, sandbox + "attio"), parts);
        return new(database, http, heyreach, attio, options.Folder, clock);
    }

    /// <summary>Lets the doctor look at the bare workspace and make what a sync needs, as <c>doctor --fix</c> does.</summary>
    /// <returns>What was made, in the doctor's words.</returns>
    public async Task<IReadOnlyList<string>> FurnishAsync(CancellationToken cancellationToken)
    {
        List<string> made = [];
        foreach (Finding finding in await Attio.Doctor.ExamineAsync(Attio.Maps, cancellationToken))
        {
            if (finding.FixAsync is not { } fix) continue;
            await fix(cancellationToken);
            made.Add(finding.FixDescription ?? finding.Subject);
        }
        return made;
    }

    public Task<RunRow> RunAsync(Action<RunProgress> report, CancellationToken cancellationToken) =>
        _runner.RunAsync(new(Sync, ["heyreach"], ["attio"]), _ends, RunOptions.Incremental, report, cancellationToken);

    public void Dispose()
    {
        _http.Dispose();
        _database.Dispose();
    }

    private static ConnectionSettings SettingsOf(string name, string key, string address) => new(name, setting => setting switch
    {
        "api_key" => key,
        "base_url" => address,
        _ => null,
    });
}
