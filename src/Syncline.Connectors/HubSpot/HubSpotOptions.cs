using System.Globalization;
using Syncline.Limits;
using Syncline.Records;

namespace Syncline.Connectors.HubSpot;

/// <summary>How a webhook delivery proves where it is from.</summary>
internal enum HubSpotSignature
{
    V3,
    V2,

    /// <summary>Without a time in it: a delivery can be replayed for ever.</summary>
    V1,
}

/// <summary>A connection's settings but for the secrets, read and checked when it is opened.</summary>
internal sealed record HubSpotOptions
{
    public const string DefaultBase = "https://api.hubapi.com";

    /// <summary>Inputs of one batch call on objects, at the most.</summary>
    public const int MaxBatch = 100;

    /// <summary>Rows of a page of a listing, at the most.</summary>
    public const int MaxPage = 100;

    public const string Calls = "calls", Search = "search", Associations = "associations";

    /// <summary>A lost request may still be on its way; reads by id and by unique value do not lag.</summary>
    public static TimeSpan SettleTime { get; } = TimeSpan.FromSeconds(2);

    /// <summary>Until the search index shows a write: "a few moments" by the documents, seconds to minutes in practice.</summary>
    public static TimeSpan SearchLag { get; } = TimeSpan.FromSeconds(15);

    /// <summary>So far back a window of changes begins again: what the index showed too late is met by the next reading.</summary>
    public static TimeSpan Overlap { get; } = TimeSpan.FromMinutes(10);

    private static readonly Dictionary<string, int> Tiers = new(StringComparer.Ordinal) { ["starter"] = 100, ["professional"] = 190, ["addon"] = 250 };

    public static IReadOnlyList<SettingDefinition> Definitions { get; } =
    [
        new("token", "A private-app token or a service key, best as ${HUBSPOT_TOKEN}. Leave it out for OAuth.") { IsSecret = true },
        new("client_id", "OAuth: the app's client id."),
        new("client_secret", "The app's client secret: for OAuth, and to check webhooks.") { IsSecret = true },
        new("refresh_token", "OAuth: the refresh token of the installation in this portal.") { IsSecret = true },
        new("base_url", "Where the API is; plain http is allowed for loopback addresses only.") { Default = DefaultBase },
        new("tier", "What the account allows in ten seconds: starter (100 calls), professional (190) or addon (250). `syncline doctor` compares it with what HubSpot says.") { Default = "professional" },
        new("external_id_property", "A unique custom text property that carries Syncline's id on contacts, companies and deals; records are then looked for by it first. `syncline doctor --fix` creates it."),
        new("reconcile_every", "How often everything is listed, to find what no time of change shows: archived records, changed associations, calculated values. 24h, 7d.") { Default = "24h" },
        new("daily_reserve", "Calls of the day that are left to the portal's other apps: a run stops when only so many remain.") { Default = "1000" },
        new("page_size", "Records a page when they are read, 1 to 100.") { Default = "100" },
        new("webhook_url", "The whole address that HubSpot's app calls, with its query, where that is another one than this server's own: v3 and v2 sign it."),
        new("webhook_signature", "v3, or for an app that cannot send it v2 or v1.") { Default = "v3" },
        CheckedSettings.Concurrency,
    ];

    public required string Connection { get; init; }

    public Uri BaseUrl { get; init; } = new(DefaultBase);

    public int PerTenSeconds { get; init; } = 190;

    /// <summary>Name of the unique property with our id; null when there is none.</summary>
    public string? ExternalId { get; init; }

    public TimeSpan ReconcileEvery { get; init; } = TimeSpan.FromHours(24);

    public int DailyReserve { get; init; } = 1_000;

    public int PageSize { get; init; } = MaxPage;

    public string? WebhookUrl { get; init; }

    public HubSpotSignature Signature { get; init; }

    /// <summary>Searches are limited for the whole account, 5 a second: one is left to others. Associations have a pool of their own.</summary>
    public IReadOnlyList<RateBudget> Budgets =>
    [
        new(Calls, PerTenSeconds, TimeSpan.FromSeconds(10)),
        new(Search, 4, TimeSpan.FromSeconds(1)),
        new(Associations, 100, TimeSpan.FromSeconds(10)),
    ];

    /// <exception cref="ProviderException">A setting has a value that cannot be used.</exception>
    public static HubSpotOptions From(ConnectionSettings settings) => new()
    {
        Connection = settings.Name,
        BaseUrl = settings.Address("base_url", DefaultBase, "hubspot"),
        PerTenSeconds = Tiers.TryGetValue(settings.Text("tier", "professional").Trim().ToLowerInvariant(), out int calls) ? calls : throw settings.Unusable("tier", "hubspot", "starter, professional or addon"),
        ExternalId = ExternalIdOf(settings),
        ReconcileEvery = DurationOf(settings, "reconcile_every", "24h"),
        DailyReserve = settings.Whole("daily_reserve", 0, 1_000_000, 1_000, "hubspot"),
        PageSize = settings.Whole("page_size", 1, MaxPage, MaxPage, "hubspot"),
        WebhookUrl = settings.Find("webhook_url") is { Length: > 0 } ? settings.Address("webhook_url", "", "hubspot").OriginalString : null,
        Signature = settings.Text("webhook_signature", "v3").Trim().ToLowerInvariant() switch
        {
            "v3" => HubSpotSignature.V3,
            "v2" => HubSpotSignature.V2,
            "v1" => HubSpotSignature.V1,
            _ => throw settings.Unusable("webhook_signature", "hubspot", "v3, v2 or v1"),
        },
    };

    private static string? ExternalIdOf(ConnectionSettings settings)
    {
        string name = settings.Text("external_id_property", "").Trim();
        if (name.Length == 0) return null;
        bool isName = char.IsAsciiLetterLower(name[0]) && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');
        return isName ? name : throw settings.Unusable("external_id_property", "hubspot", "a property's name: lower-case letters, digits and underscores");
    }

    private static TimeSpan DurationOf(ConnectionSettings settings, string name, string otherwise)
    {
        string text = settings.Text(name, otherwise).Trim();
        bool isNumber = int.TryParse(text.AsSpan(0, Math.Max(0, text.Length - 1)), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is > 0 and < 10_000;
        return (isNumber, text.LastOrDefault()) switch
        {
            (true, 'm') => TimeSpan.FromMinutes(number),
            (true, 'h') => TimeSpan.FromHours(number),
            (true, 'd') => TimeSpan.FromDays(number),
            _ => throw settings.Unusable(name, "hubspot", "a number of minutes, hours or days: 30m, 24h, 7d"),
        };
    }
}
