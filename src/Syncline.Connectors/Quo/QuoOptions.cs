using Syncline.Records;

namespace Syncline.Connectors.Quo;

/// <summary>A connection's settings but for the key, read and checked when it is opened.</summary>
internal sealed record QuoOptions
{
    public const string Contacts = "contacts";
    public const string DefaultBase = "https://api.quo.com";

    /// <summary>The most one page may hold, on either surface.</summary>
    public const int MaxPage = 50;

    /// <summary>More repeated <c>externalIds</c> than this make v1 read the list as an object and answer 400. Source: production notes of the Left Hook integration, 2026-04.</summary>
    public const int MaxIds = 20;

    private const int LongestSource = 72;

    /// <summary>A listing has been seen to miss a contact for two seconds after it was made; a lost request may itself still be on its way.</summary>
    public static TimeSpan SettleTime { get; } = TimeSpan.FromSeconds(3);

    private static readonly string[] ReservedWords = ["device", "zapier", "google-people", "other"], ReservedBeginnings = ["openphone", "csv"];

    public static IReadOnlyList<SettingDefinition> Definitions { get; } =
    [
        new("api_key", "An API key of a workspace owner or admin (workspace settings, API), best as ${QUO_API_KEY}; it works about 30 seconds after it was made.") { IsRequired = true, IsSecret = true },
        new("base_url", "Where the API is, without a version; plain http is allowed for loopback addresses only.") { Default = DefaultBase },
        new("source", "The label that new contacts carry in Quo, 1 to 72 characters; none of Quo's own words (openphone…, csv…, device, zapier, google-people, other).") { Default = "attio" },
        new("ids_from", "CONNECTION/STREAM whose record ids become the contacts' externalId; a person who is not there gets Syncline's own id.") { Default = "attio/people" },
        new("phone_region", "US or CA: the country of numbers written without + and country code. Without it such numbers are not written, and listed."),
        new("skip_without_phone", "false also creates contacts without a phone number, which Quo's app never shows.") { Default = "true" },
        new("read_only_sources", "Sources of contacts that Quo's own CRM integrations keep: they are never written. Comma-separated.") { Default = "hubspot, salesforce" },
        new("page_size", "Contacts a page when they are read, 1 to 50.") { Default = "50" },
        CheckedSettings.WebhookSecret,
    ];

    public required string Connection { get; init; }

    public Uri BaseUrl { get; init; } = new(DefaultBase + "/");

    public string Source { get; init; } = "attio";

    /// <summary>The stream whose record ids become the contacts' external ids.</summary>
    public StreamId IdsFrom { get; init; } = new("attio", "people");

    /// <summary>The country of numbers without a country code; null when nothing is assumed.</summary>
    public string? PhoneRegion { get; init; }

    public bool SkipsWithoutPhone { get; init; } = true;

    public IReadOnlyList<string> ReadOnlySources { get; init; } = ["hubspot", "salesforce"];

    public int PageSize { get; init; } = MaxPage;

    /// <summary>The word of Quo's own that a source is or begins with; null for a label that anybody may use.</summary>
    public static string? ReservedIn(string source) => ReservedWords.FirstOrDefault(w => w.Equals(source, StringComparison.OrdinalIgnoreCase))
        ?? ReservedBeginnings.FirstOrDefault(b => source.StartsWith(b, StringComparison.OrdinalIgnoreCase));

    public bool IsReadOnly(string? source) => source is not null && ReadOnlySources.Contains(source, StringComparer.OrdinalIgnoreCase);

    /// <exception cref="ProviderException">A setting has a value that cannot be used.</exception>
    public static QuoOptions From(ConnectionSettings settings) => new()
    {
        Connection = settings.Name,
        BaseUrl = new(settings.Address("base_url", DefaultBase, "quo").AbsoluteUri.TrimEnd('/') + "/"),
        Source = SourceOf(settings),
        IdsFrom = IdsFromOf(settings),
        PhoneRegion = RegionOf(settings),
        SkipsWithoutPhone = FlagOf(settings, "skip_without_phone", otherwise: true),
        ReadOnlySources = settings.Text("read_only_sources", "hubspot, salesforce").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        PageSize = settings.Whole("page_size", 1, MaxPage, MaxPage, "quo"),
    };

    private static string SourceOf(ConnectionSettings settings)
    {
        string source = settings.Text("source", "attio").Trim();
        if (ReservedIn(source) is { } reserved) throw settings.Unusable("source", "quo", $"a label of your own: Quo keeps '{reserved}'{(ReservedBeginnings.Contains(reserved) ? " and everything that begins with it" : "")} for itself");
        return source.Length is > 0 and <= LongestSource ? source : throw settings.Unusable("source", "quo", $"a label of 1 to {LongestSource} characters");
    }

    private static StreamId IdsFromOf(ConnectionSettings settings) =>
        settings.Text("ids_from", "attio/people").Split('/', StringSplitOptions.TrimEntries) is [{ Length: > 0 } connection, { Length: > 0 } stream]
            ? new(connection, stream)
            : throw settings.Unusable("ids_from", "quo", "a connection and one of its streams, as attio/people");

    private static string? RegionOf(ConnectionSettings settings) => settings.Text("phone_region", "").Trim().ToUpperInvariant() switch
    {
        "" => null,
        "US" => "US",
        "CA" => "CA",
        _ => throw settings.Unusable("phone_region", "quo", "US or CA; numbers of other countries must come with + and country code"),
    };

    private static bool FlagOf(ConnectionSettings settings, string name, bool otherwise) => settings.Text(name, otherwise ? "true" : "false").Trim().ToLowerInvariant() switch
    {
        "true" => true,
        "false" => false,
        _ => throw settings.Unusable(name, "quo", "true or false"),
    };
}
