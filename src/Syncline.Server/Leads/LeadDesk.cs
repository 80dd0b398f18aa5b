using Syncline.Composition.Configuration;
using Syncline.Composition.Leads;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;
using Syncline.Extraction;
using Syncline.Leads;
using Syncline.Limits;
using Syncline.Records;
using Syncline.Server.Hosting;
using Syncline.Server.Runs;

namespace Syncline.Server.Leads;

/// <summary>A sync that carries the list of leads to a connection.</summary>
/// <param name="List">The connection that reads the list.</param>
/// <param name="Destination">The connection that is written.</param>
internal sealed record LeadRoute(string Sync, string List, string Destination);

/// <summary>Finds leads, says where they stand, and sends one on its way.</summary>
internal sealed class LeadDesk(Premises premises, RunDesk runs, LiveRuns live)
{
    private const string Provider = "leads", Stream = "leads", Crm = "attio";

    /// <summary>The ways to Attio, in the order of the configuration; none where nothing carries leads there.</summary>
    /// <exception cref="ConfigurationException">The configuration cannot be read.</exception>
    public IReadOnlyList<LeadRoute> Routes()
    {
        SynclineConfiguration configuration = premises.Current.ConfigurationOrNone;
        HashSet<string> lists = NamesOf(configuration, Provider), destinations = NamesOf(configuration, Crm);
        return [.. from sync in configuration.Syncs
                   from list in sync.From.Where(lists.Contains).Take(1)
                   from destination in sync.To.Where(destinations.Contains)
                   select new LeadRoute(sync.Name, list, destination)];
    }

    /// <summary>Why a connection cannot be used, which its configuration tells without a call; null when it can.</summary>
    public ErrorReport? WhyClosed(string connection)
    {
        try
        {
            premises.Current.Open(connection);
            return null;
        }
        catch (Exception closed) when (closed is ConfigurationException or UsageException)
        {
            return ErrorReport.Of(closed);
        }
    }

    /// <param name="id">As it stands in an address, where a slash of an id keeps its escape.</param>
    public async Task<ListedLead?> FindAsync(string id, CancellationToken cancellationToken) =>
        await premises.Store.Leads.FindAsync(id, cancellationToken) ?? (id.Contains("%2F", StringComparison.OrdinalIgnoreCase) ? await premises.Store.Leads.FindAsync(id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase), cancellationToken) : null);

    public Task<LeadStanding> StandingAsync(string id, CancellationToken cancellationToken) => new LeadStandings(premises.Current.ConfigurationOrNone, premises.Store).FindAsync(id, cancellationToken);

    /// <summary>Begins the sync that carries leads to Attio, for this lead alone.</summary>
    /// <param name="sync">Null takes the only one there is.</param>
    /// <exception cref="UsageException">No such sync, several without a name, or a key that is not set.</exception>
    /// <exception cref="Syncline.Syncs.SyncBusyException">It runs already.</exception>
    public LiveRun Sync(ListedLead lead, string? sync, string by)
    {
        LeadRoute route = RouteOf(sync);
        if (WhyClosed(route.Destination) is { } closed) throw new UsageException(closed.Message, closed.Remedy ?? "");
        return runs.StartSync(route.Sync, runs.OptionsOf(route.Sync) with { Hints = [new Hint(KeyOf(route, lead.Id))] }, by, Priority.Manual);
    }

    /// <summary>The sync of this lead that goes at this moment, whoever began it; null when none does.</summary>
    public LiveRun? UnderWay(string id) => Routes().Select(r => live.UnderWay.FirstOrDefault(run => run.Title == r.Sync && run.About == KeyOf(r, id).ToString())).FirstOrDefault(run => run is not null);

    private static RecordKey KeyOf(LeadRoute route, string id) => new(route.List, Stream, id);

    private LeadRoute RouteOf(string? sync)
    {
        IReadOnlyList<LeadRoute> routes = Routes();
        string names = string.Join(", ", routes.Select(r => r.Sync).Distinct());
        if (routes.Count == 0) throw new UsageException("No sync carries leads to Attio.", "Add one under syncs in the configuration, from a connection with provider: leads to one with provider: attio.");
        if (sync is null && names.Contains(',', StringComparison.Ordinal)) throw new UsageException("Which sync?", $"Name one of: {names}.");
        return routes.FirstOrDefault(r => sync is null || r.Sync == sync) ?? throw new UsageException($"No sync '{sync}' carries leads to Attio.", $"Name one of: {names}.");
    }

    private static HashSet<string> NamesOf(SynclineConfiguration configuration, string provider) => [.. configuration.Connections.Where(c => c.Provider == provider).Select(c => c.Name)];
}
