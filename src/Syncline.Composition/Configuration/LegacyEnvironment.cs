using System.Globalization;
using Syncline.Connectors;

namespace Syncline.Composition.Configuration;

/// <summary>The environment names of the scripts that Syncline replaces, so that their users keep their <c>.env</c>.</summary>
/// <remarks>
/// Without a configuration file they are the configuration. With one, what they say about a run and about paging and pace goes before it; keys and addresses
/// count only where the file says nothing, so that a file that points at the sandbox is never led to the real account by a forgotten variable.
/// </remarks>
internal sealed class LegacyEnvironment(Variables variables, Problems problems)
{
    public const string SyncName = "linkedin-to-attio";

    /// <summary>Provider, setting, and the name it had.</summary>
    private static readonly (string Provider, string Setting, string Variable)[] Pace =
    [
        ("heyreach", "page_size", "HR_PAGE_LIMIT"),
        ("heyreach", "page_size", "HR_INBOX_LIMIT"),
        ("heyreach", "requests_per_2s", "HR_MAX_REQS_PER_2S"),
        ("heyreach", "concurrency", "CONCURRENCY"),
        ("attio", "concurrency", "CONCURRENCY"),
    ];

    public RunDefaults Defaults => new()
    {
        IsDryRun = IsOn("AT_DRY_RUN"),
        IsFull = IsOn("HR_FORCE_INBOX"),
        Limit = Number("MAX_LEADS"),
        MaxPages = Number("HR_MAX_INBOX_BATCHES"),
        OutputFolder = variables.Find("OUTPUT_DIR"),
    };

    /// <summary>The configuration the names stand for, when there is no file.</summary>
    public SynclineConfiguration Invent(string folder)
    {
        bool reads = variables.Find("HR_API_KEY") is not null;
        bool writes = variables.Find("ATTIO_API_KEY") is not null;
        if (!reads && !writes)
        {
            problems.Error(null, $"There is no {ConfigurationReader.FileName} in {folder}, and neither HR_API_KEY nor ATTIO_API_KEY is set. 'syncline init' writes a configuration.");
        }
        List<ConnectionConfiguration> connections = [];
        if (reads) connections.Add(new("heyreach", "heyreach", new Dictionary<string, string> { ["api_key"] = "${HR_API_KEY}" }, null));
        if (writes) connections.Add(new("attio", "attio", new Dictionary<string, string> { ["api_key"] = "${ATTIO_API_KEY}" }, null));
        return new(folder, null) { Connections = connections, Syncs = reads && writes ? [new(SyncName, ["heyreach"], ["attio"], null)] : [] };
    }

    /// <summary>What the names say, laid over a configuration.</summary>
    public SynclineConfiguration LayOver(SynclineConfiguration configuration, IReadOnlyList<IProvider> providers)
    {
        if (variables.Find("HR_LIST_IDS") is not null && configuration.Connections.Any(c => c.Provider == "heyreach"))
        {
            problems.Warn(null, "HR_LIST_IDS is set and not used: the inbox is read as a whole, and HeyReach's conversations do not say which list their lead came from.");
        }
        ConnectionConfiguration[] changed = [.. configuration.Connections.Select(c => IsOnlyOne(configuration, c) ? LayOver(c, providers) : c)];
        EnrichmentConfiguration enrichment = configuration.Enrichment with
        {
            OnImport = Switch("AUTO_ENRICH_ON_IMPORT") ?? configuration.Enrichment.OnImport,
            ThenSync = Switch("AUTO_SYNC_AFTER_ENRICH") ?? configuration.Enrichment.ThenSync,
        };
        return configuration with { Enrichment = enrichment, Connections = changed, Maps = [.. configuration.Maps, .. MatchRules(configuration)] };
    }

    private static bool IsOnlyOne(SynclineConfiguration configuration, ConnectionConfiguration connection) =>
        configuration.Connections.Count(c => c.Provider == connection.Provider) == 1;

    private ConnectionConfiguration LayOver(ConnectionConfiguration connection, IReadOnlyList<IProvider> providers)
    {
        Dictionary<string, string> settings = new(connection.Settings, StringComparer.Ordinal);
        HashSet<string> known = [.. providers.Where(p => p.Name == connection.Provider).SelectMany(p => p.Settings).Select(s => s.Name)];
        foreach ((string provider, string setting, string variable) in Pace)
        {
            if (provider == connection.Provider && known.Contains(setting) && Number(variable) is { } value) settings[setting] = value.ToString(CultureInfo.InvariantCulture);
        }
        foreach ((string setting, string? value) in Addresses(connection.Provider))
        {
            if (value is not null && known.Contains(setting)) settings.TryAdd(setting, value);
        }
        return connection with { Settings = settings };
    }

    private IEnumerable<(string Setting, string? Value)> Addresses(string provider) => provider switch
    {
        "heyreach" => [("base_url", variables.Find("HR_BASE") ?? Before("HR_GET_CONVERSATIONS_V2_URL", "/inbox/"))],
        "hubspot" => [("client_secret", variables.Find("HUBSPOT_CLIENT_SECRET"))],
        "attio" => [("base_url", Before("AT_PEOPLE_UPSERT_URL", "/v2/") ?? Before("AT_MESSAGES_UPSERT_URL", "/v2/")), ("people_object", ObjectOf("AT_PEOPLE_UPSERT_URL")), ("messages_object", ObjectOf("AT_MESSAGES_UPSERT_URL"))],
        _ => [],
    };

    private string? Before(string variable, string part) =>
        variables.Find(variable) is { } url && url.IndexOf(part, StringComparison.OrdinalIgnoreCase) is > 0 and int end ? url[..end] : null;

    private string? ObjectOf(string variable)
    {
        const string part = "/objects/";
        if (variables.Find(variable) is not { } url || url.IndexOf(part, StringComparison.Ordinal) is not (> 0 and int start)) return null;
        string rest = url[(start + part.Length)..];
        return rest.Split('/', '?')[0] is { Length: > 0 } slug ? slug : null;
    }

    /// <summary>The attribute people are matched by holds the LinkedIn slug, unless it is one that holds something else already.</summary>
    private IEnumerable<MapOverride> MatchRules(SynclineConfiguration configuration)
    {
        string? attribute = variables.Find("AT_PEOPLE_MATCH_ATTRIBUTE");
        if (attribute is null or "linkedin" or "linkedin_url_6" or "email_addresses") return [];
        return configuration.Connections.Where(c => c.Provider == "attio" && IsOnlyOne(configuration, c) && !configuration.Maps.Any(m => m.Connection == c.Name && m.Canonical == "linkedin"))
            .Select(c => new MapOverride(c.Name, Records.RecordKind.Person, "linkedin", attribute, null));
    }

    private bool IsOn(string variable) => variables.Find(variable)?.Trim().ToLowerInvariant() is "1" or "true" or "yes";

    private bool? Switch(string variable) => variables.Find(variable) is { Length: > 0 } ? IsOn(variable) : null;

    /// <summary>Null where the name is not set, and for 0, which meant "no limit".</summary>
    private int? Number(string variable)
    {
        if (variables.Find(variable) is not { } text) return null;
        if (int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int number)) return number == 0 ? null : number;
        problems.Error(null, $"The environment variable {variable} must be a whole number, not '{text}'.");
        return null;
    }
}
