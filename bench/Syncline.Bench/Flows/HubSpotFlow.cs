using System.Globalization;
using Syncline.Connectors;
using Syncline.Connectors.Csv;
using Syncline.Connectors.HubSpot;
using Syncline.Extraction;
using Syncline.Limits;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Simulation.Time;
using Syncline.Storage;
using Syncline.Syncs;

namespace Syncline.Bench.Flows;

/// <summary>The engine on a database file, with a HubSpot portal on one side of it.</summary>
internal sealed class HubSpotFlow : IDisposable
{
    private const int Seed = 11;

    private readonly int _pace;
    private readonly TimeProvider _clock;
    private readonly SqliteDatabase _database;

    /// <param name="pace">The published limits times this; 0 switches them off.</param>
    public HubSpotFlow(string folder, int pace, TimeProvider clock)
    {
        (_pace, _clock) = (pace, clock);
        _database = SqliteDatabase.Open(Path.Combine(folder, "hub.db"), clock, new SqliteOptions { Random = new(Seed) });
    }

    /// <summary>A file's rows into the portal.</summary>
    public Task<RunRow> ImportAsync(Network network, string file)
    {
        Connection rows = new CsvProvider().Open(new("leads", setting => setting == "path" ? file : null), PartsOf(network, new(_clock, new SqliteStore(_database).Rates)));
        return RunAsync(network, (hubSpot, maps) => new(
            new("leads-to-hubspot", ["leads"], ["hubspot"]), Ends(rows.Sources.Select(OfThisClock), [hubSpot.Destination!], maps.Add("leads", rows.Maps), hubSpot)));
    }

    /// <summary>The portal's people and their companies into the hub.</summary>
    public Task<RunRow> ReadAsync(Network network) => RunAsync(network, (hubSpot, maps) => new(
        new("hubspot-to-hub", ["hubspot"], []), Ends(hubSpot.Sources.Where(s => s.Stream.Id.Name is "companies" or "contacts"), [], maps, hubSpot)));

    public void Dispose() => _database.Dispose();

    private async Task<RunRow> RunAsync(Network network, Func<Connection, MapSet, (SyncDefinition Sync, SyncEnds Ends)> define)
    {
        SqliteStore store = new(_database);
        Connection hubSpot = new HubSpotProvider().Open(network.SettingsOf("hubspot", Keys.HubSpot), PartsOf(network, new(_clock, store.Rates)));
        (SyncDefinition sync, SyncEnds ends) = define(hubSpot, new MapSet().Add("hubspot", hubSpot.Maps));
        SyncRunner runner = new(new(store.Hub, store.Journal, store.Runs, new MemoryRunLocks()), _clock);
        RunRow row = await runner.RunAsync(sync, ends, RunOptions.Incremental, _ => { }, CancellationToken.None);
        return row.State == RunState.Done ? row : throw new InvalidOperationException($"The measured run ended {row.State}: {row.Detail} ({row.Tally.DeadLetters.ToString(CultureInfo.InvariantCulture)} dead letters).");
    }

    private static SyncEnds Ends(IEnumerable<ISource> sources, IReadOnlyList<IDestination> destinations, MapSet maps, Connection hubSpot) =>
        new([.. sources], destinations, maps, new Dictionary<string, CallPermits> { ["hubspot"] = hubSpot.Permits });

    private ISource OfThisClock(ISource source) => _clock is VirtualClock ? new StandingStill(source) : source;

    private ConnectorParts PartsOf(Network network, Governor governor) => new(network.InvokerOf("hubspot"), _clock, governor, Priority.Schedule) { Budgets = Portal.BudgetsAt(_pace) };
}
