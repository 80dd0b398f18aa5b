using System.Net.Http;
using Syncline.Composition.Configuration;
using Syncline.Composition.Secrets;
using Syncline.Composition.Telling;
using Syncline.Connectors;
using Syncline.Enriching;
using Syncline.Limits;
using Syncline.Mapping;
using Syncline.Merging;
using Syncline.Planning;
using Syncline.Storage;
using Syncline.Syncs;

namespace Syncline.Composition.Workspaces;

/// <summary>What several workspaces of one process use together: one writing connection, one pace.</summary>
internal sealed record SharedHub(SqliteStore Store, HttpMessageInvoker Http, Governor Governor, CredentialVault Vault);

/// <summary>One working folder, opened: configuration, database and connections, each when it is first asked for.</summary>
internal sealed class Workspace : IDisposable
{
    private readonly Surroundings _surroundings;
    private readonly string? _configFile;
    private readonly Lazy<SynclineConfiguration> _configuration;
    private readonly Lazy<SqliteStore> _store;
    private readonly Lazy<SqliteStore> _looking;
    private readonly Lazy<HttpMessageInvoker> _http;
    private readonly Lazy<Governor> _governor;
    private readonly Dictionary<string, Connection> _connections = new(StringComparer.Ordinal);
    private readonly Lock _opening = new();
    private readonly SharedHub? _shared;
    private readonly Lazy<CredentialVault?> _vault;
    private IRateLedger? _otherLedger;

    /// <param name="shared">Used and left open; null opens its own when it is first asked for.</param>
    public Workspace(Surroundings surroundings, string? configFile, string? dataFolder, SharedHub? shared = null)
    {
        _shared = shared;
        _surroundings = surroundings;
        _configFile = FindConfiguration(surroundings.WorkingFolder, configFile);
        Folder = _configFile is null ? surroundings.WorkingFolder : Path.GetDirectoryName(_configFile)!;
        DataFolder = dataFolder is null ? Path.Combine(Folder, ".syncline") : Path.GetFullPath(Path.Combine(surroundings.WorkingFolder, dataFolder));
        Variables = new(surroundings.Variable, Path.Combine(Folder, ".env"));
        _configuration = new(() => Proposed ?? new ConfigurationReader(surroundings.Providers, Variables).Read(Folder, _configFile));
        _store = new(() => shared?.Store ?? new(SqliteDatabase.Open(DatabaseFile, surroundings.Clock)));
        _looking = new(() => new(SqliteDatabase.OpenReadOnly(DatabaseFile, surroundings.Clock)));
        _http = new(() => shared?.Http ?? new(surroundings.Http()));
        // Nothing is made for a command that only looks: where there is no database, nothing is stored in it.
        _vault = new(() => shared is not null ? shared.Vault : HasDatabase ? new(Store, DataFolder, surroundings.Clock) : null);
        _governor = new(() => shared?.Governor ?? new(surroundings.Clock, _otherLedger ?? Store.Rates));
    }

    /// <summary>The configuration's folder, else the working folder.</summary>
    public string Folder { get; }

    public string DataFolder { get; }

    public Variables Variables { get; }

    /// <summary>Null while everything comes from the environment.</summary>
    public string? ConfigurationFile => _configFile;

    /// <summary>Worked with in the place of what the file says, to try it; null is the file's.</summary>
    public SynclineConfiguration? Proposed { get; init; }

    /// <summary>What the calls of this workspace's connections wait behind.</summary>
    public Priority Priority { get; init; } = Priority.Manual;

    public TimeProvider Clock => _surroundings.Clock;

    /// <summary>Null where there is no database yet.</summary>
    public CredentialVault? Vault => _vault.Value;

    public string DatabaseFile => Path.Combine(DataFolder, "hub.db");

    public bool HasDatabase => File.Exists(DatabaseFile);

    public SynclineConfiguration Configuration => _configuration.Value;

    /// <summary>The configuration, or an empty one where none was ever written: what needs no connection works without.</summary>
    public SynclineConfiguration ConfigurationOrNone =>
        _configFile is null && Variables.Find("HR_API_KEY") is null && Variables.Find("ATTIO_API_KEY") is null ? new(Folder, null) : Configuration;

    public bool HasReadConfiguration => _configuration.IsValueCreated;

    /// <summary>The hub; made when there is none.</summary>
    public SqliteStore Store => _store.Value;

    /// <summary>The hub to look at, also while another process writes.</summary>
    /// <exception cref="StorageException">There is none.</exception>
    public SqliteStore Looking => _looking.Value;

    public IHub Hub => Store.Hub;

    public HttpMessageInvoker Http => _http.Value;

    public RunStores RunStores => new(Store.Hub, Store.Journal, Store.Runs, new FileRunLocks(Path.Combine(DataFolder, "locks"))) { Enrichments = Store.Enrichments, Batches = Store.Batches };

    public Governor Governor => _governor.Value;

    /// <summary>Paces calls without a database: for commands that must not make one.</summary>
    public void PaceWith(IRateLedger ledger) => _otherLedger = ledger;

    /// <exception cref="UsageException">There is no such sync, or several and none was named.</exception>
    public SyncConfiguration FindSync(string? name)
    {
        IReadOnlyList<SyncConfiguration> syncs = Configuration.Syncs;
        string[] names = [.. syncs.Select(s => s.Name)];
        if (name is null && syncs.Count == 1) return syncs[0];
        if (syncs.Count == 0) throw new UsageException("No sync is configured.", "Add one under syncs in the configuration.");
        if (name is null) throw new UsageException("Which sync?", $"Name one of: {string.Join(", ", names)}.");
        return syncs.FirstOrDefault(s => s.Name == name) ?? throw new UsageException($"There is no sync '{name}'.", Suggestion.For(name, names).Trim());
    }

    /// <summary>Opens a connection; makes no call. The same connection is opened once.</summary>
    /// <exception cref="ConfigurationException">A variable it needs is not set.</exception>
    public Connection Open(string name)
    {
        // A server's requests share one workspace to look with.
        lock (_opening) return OpenOnce(name);
    }

    private Connection OpenOnce(string name)
    {
        if (_connections.TryGetValue(name, out Connection? known)) return known;
        string[] names = [.. Configuration.Connections.Select(c => c.Name)];
        ConnectionConfiguration connection = Configuration.Connections.FirstOrDefault(c => c.Name == name)
            ?? throw new UsageException($"There is no connection '{name}'.", Suggestion.For(name, names).Trim() is { Length: > 0 } hint ? hint : "Add it under connections in the configuration.");
        Require([name]);
        if (connection.Limits.Count > 0) Governor.Limit(name, connection.Limits);
        ConnectionSettings settings = new(name, setting => Find(connection, setting)) { Folder = Folder };
        ConnectorParts parts = new(Http, Clock, Governor, Priority) { Budgets = connection.IsUnlimited ? [] : null, Overlay = Overlaid, Leads = () => HasDatabase ? Store.Leads : null };
        Connection opened = _surroundings.Providers.First(p => p.Name == connection.Provider).Open(settings, parts);
        opened = opened with { Maps = Overlaid(opened.Maps) };
        CheckLimits(connection, opened);
        return _connections[name] = opened;

        IReadOnlyList<FieldMap> Overlaid(IReadOnlyList<FieldMap> shipped) => MapOverlay.Apply(shipped, [.. Configuration.Maps.Where(m => m.Connection == name)]);
    }

    /// <summary>A connection's maps with the user's rules over them, without anything it would need for a call.</summary>
    public IReadOnlyList<FieldMap> MapsOf(string connection) =>
        OpenedOrNull(connection) is { } opened ? opened.Maps : ConnectionCheck.MapsOf(_surroundings.Providers, Variables, Configuration, connection);

    /// <summary>A setting of a connection as it is now; null when it is not set.</summary>
    public string? FindSetting(string connection, string setting) => ConfigurationOrNone.Connections.FirstOrDefault(c => c.Name == connection) is { } found ? Find(found, setting) : null;

    public SyncEnds EndsOf(SyncConfiguration sync)
    {
        string[] names = [.. sync.From.Concat(sync.To).Concat(sync.Enrich ?? []).Where(n => n != SyncScope.WholeHub).Distinct(StringComparer.Ordinal)];
        Require(names);
        MapSet maps = new();
        foreach (string name in names) maps.Add(name, Open(name).Maps);
        return new(
            [.. sync.From.Where(n => n != SyncScope.WholeHub).SelectMany(n => Open(n).Sources)],
            [.. sync.To.Select(n => Open(n).Destination!)],
            maps,
            names.ToDictionary(n => n, n => Open(n).Permits))
        {
            Enrichments = [.. (sync.Enrich ?? []).SelectMany(n => Open(n).Enrichers, (n, enricher) => new Enrichment(enricher, Configuration.Enrichment.TermsOf(n)))],
        };
    }

    /// <summary>The enrichers of a sync that also answer in batches.</summary>
    public IEnumerable<IBatchEnricher> BatchEnrichersOf(SyncConfiguration sync) => (sync.Enrich ?? []).SelectMany(n => Open(n).Enrichers).OfType<IBatchEnricher>();

    public void Dispose()
    {
        if (_looking.IsValueCreated) _looking.Value.Database.Dispose();
        if (_shared is not null) return;
        if (_http.IsValueCreated) _http.Value.Dispose();
        if (_store.IsValueCreated) _store.Value.Database.Dispose();
    }

    private Connection? OpenedOrNull(string name)
    {
        lock (_opening) return _connections.GetValueOrDefault(name);
    }

    private string? Find(ConnectionConfiguration connection, string setting) =>
        !connection.Settings.TryGetValue(setting, out string? raw) ? null : Variables.NamesIn(raw).Any() && Vault?.Find(connection.Name, setting) is { } stored ? stored : Variables.Expand(raw);

    private static string? FindConfiguration(string workingFolder, string? named)
    {
        if (named is not null)
        {
            string file = Path.GetFullPath(Path.Combine(workingFolder, named));
            return File.Exists(file) ? file : throw new UsageException($"There is no configuration file {file}.", "'syncline init' writes one.");
        }
        string usual = Path.Combine(workingFolder, ConfigurationReader.FileName);
        return File.Exists(usual) ? usual : null;
    }

    /// <summary>Every variable these connections need, all missing ones at once.</summary>
    private void Require(IReadOnlyCollection<string> names)
    {
        List<Problem> missing = [];
        foreach (ConnectionConfiguration connection in Configuration.Connections.Where(c => names.Contains(c.Name)))
        {
            IReadOnlyList<SettingDefinition> known = _surroundings.Providers.First(p => p.Name == connection.Provider).Settings;
            foreach ((string setting, string raw) in connection.Settings)
            {
                string? meaning = known.FirstOrDefault(s => s.Name == setting)?.Description;
                if (Variables.NamesIn(raw).Any() && Vault?.Holds(connection.Name, setting) == true) continue;
                IEnumerable<string> unset = Variables.NamesIn(raw).Where(v => Variables.Find(v) is null);
                missing.AddRange(unset.Select(v => new Problem(connection.At, $"The variable {v} is not set; connections.{connection.Name}.{setting} needs it.{(meaning is null ? "" : $" {meaning}")}")));
            }
        }
        if (missing.Count > 0) throw new ConfigurationException(Configuration.File, missing, $"Set it in the environment or in {Path.Combine(Folder, ".env")}.");
    }

    private void CheckLimits(ConnectionConfiguration connection, Connection opened)
    {
        Problem[] unknown =
        [
            .. connection.Limits.Where(l => opened.Permits.RateOf(l.Name) is null)
                .Select(l => new Problem(connection.At, $"connections.{connection.Name}.limits names '{l.Name}', but {connection.Provider} has no limit of that name.")),
        ];
        if (unknown.Length > 0) throw new ConfigurationException(Configuration.File, unknown, "docs/configuration.md lists the limits of each provider.");
    }
}
