using System.Globalization;
using Syncline.Limits;
using Syncline.Records;

namespace Syncline.Connectors.Lemlist;

/// <summary>A Lemlist connection's settings but for the key, read and checked when it is opened.</summary>
internal sealed record LemlistOptions
{
    public const string Name = "lemlist";
    public const string DefaultBase = "https://api.lemlist.com/api";
    public const string Budget = "calls";

    /// <summary>The most that <c>GET /contacts</c> and <c>GET /companies</c> take as limit.</summary>
    public const int MostContacts = 500;

    /// <summary>The most that <c>GET /activities</c> takes as limit; what it does above is not known.</summary>
    public const int MostActivities = 100;

    /// <summary>The most ids or addresses that one call looks up.</summary>
    public const int MostIds = 100;

    public static IReadOnlyList<SettingDefinition> Definitions { get; } =
    [
        new("api_key", "An API key from Lemlist under Settings, Integrations; it belongs to one user in one team.") { IsRequired = true, IsSecret = true },
        new("base_url", "Where the API is reached; plain http only on this machine.") { Default = DefaultBase },
        new("auth", "'basic' sends the key in the Authorization header; 'query' as access_token in the address, as older integrations do: such addresses end up in logs.") { Default = "basic" },
        new("page_size", "Contacts or companies read with one call, 1 to 500; activities are at most 100.") { Default = "500" },
        CheckedSettings.Concurrency,
        CheckedSettings.WebhookSecret,
        new("overlap", "How far before the last reading's start an incremental reading of activities begins, as 12h or 2d; once a day it is 14 days whatever is set here.") { Default = "24h" },
        new("contacts_every", "How long after a complete reading of contacts and companies the next one is due, as 0m, 6h or 1d; people who appear in new activities are read with those at once.") { Default = "1d" },
        new("bots", "'skip' leaves out opens and clicks that Lemlist takes for a machine's; 'mark' reads them with the status 'bot'.") { Default = "skip" },
        new("group_events", "'skip' leaves out activities that only repeat another one (contacted, hooked, attracted, warmed, interested, notInterested); 'keep' reads them, too.") { Default = "skip" },
        new("campaign", "The campaign, by id or by its name if that is unique, into which people are put when this connection is written to; without it only contacts are kept."),
        new("deduplicate", "true refuses a person whose e-mail address is in another campaign already.") { Default = "true" },
        new("delete_contacts", "true deletes the contact, with its leads in all campaigns and its activities, when a person is to be deleted; false takes it out of the campaign only.") { Default = "false" },
        new("requests_per_2s", "The pace of calls, 1 to 20 in 2 seconds; Lemlist allows 20 for everything that uses the key.") { Default = "16" },
    ];

    public required string Connection { get; init; }

    public Uri BaseAddress { get; init; } = new(DefaultBase);

    public bool KeyInQuery { get; init; }

    public int PageSize { get; init; } = MostContacts;

    public TimeSpan Overlap { get; init; } = TimeSpan.FromHours(24);

    public TimeSpan ContactsEvery { get; init; } = TimeSpan.FromDays(1);

    public bool KeepsBots { get; init; }

    public bool KeepsGroups { get; init; }

    /// <summary>Id or name; null where only contacts are written.</summary>
    public string? Campaign { get; init; }

    public bool Deduplicates { get; init; } = true;

    public bool DeletesContacts { get; init; }

    public int RequestsPer2Seconds { get; init; } = 16;

    /// <summary>20 in 2 seconds are published, over all routes and for everybody who uses the key.</summary>
    public IReadOnlyList<RateBudget> Budgets => [new(Budget, RequestsPer2Seconds, TimeSpan.FromSeconds(2))];

    /// <exception cref="ProviderException">A setting cannot be used; the message says which and why.</exception>
    public static LemlistOptions From(ConnectionSettings settings) => new()
    {
        Connection = settings.Name,
        BaseAddress = settings.Address("base_url", DefaultBase, Name),
        KeyInQuery = settings.Choice("auth", Name, "basic", "query") == "query",
        PageSize = settings.Whole("page_size", 1, MostContacts, MostContacts, Name),
        Overlap = settings.Duration("overlap", TimeSpan.FromHours(24), Name),
        ContactsEvery = settings.Duration("contacts_every", TimeSpan.FromDays(1), Name),
        KeepsBots = settings.Choice("bots", Name, "skip", "mark") == "mark",
        KeepsGroups = settings.Choice("group_events", Name, "skip", "keep") == "keep",
        Campaign = settings.Text("campaign", "").Trim() is { Length: > 0 } campaign ? campaign : null,
        Deduplicates = settings.Choice("deduplicate", Name, "true", "false") == "true",
        DeletesContacts = settings.Choice("delete_contacts", Name, "false", "true") == "true",
        RequestsPer2Seconds = settings.Whole("requests_per_2s", 1, 20, 16, Name),
    };

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
