using Syncline.Limits;
using Syncline.Records;

namespace Syncline.Connectors.Explorium;

/// <summary>What is looked up about a company, each at a price of its own.</summary>
/// <param name="Word">As the setting names it.</param>
/// <param name="Route">As the path names it.</param>
internal sealed record ExploriumFacts(string Word, string Route, IReadOnlyList<string> Fields)
{
    public static IReadOnlyList<ExploriumFacts> All { get; } =
    [
        new("firmographics", "firmographics", ["industry", "description", "employee_range", "revenue_range", "city", "state", "country", "website", "linkedin"]),
        new("technographics", "technographics", ["technologies"]),
        new("funding", "funding_and_acquisition", ["funding_total", "last_funding_round", "investors"]),
    ];
}

/// <summary>What is looked up about people.</summary>
internal enum ExploriumContactData
{
    None,
    Email,
    Phone,
    Both,
}

/// <summary>An Explorium connection's settings but for the key, read and checked when it is opened.</summary>
internal sealed record ExploriumOptions
{
    public const string Name = "explorium";
    public const string DefaultBase = "https://api.explorium.ai";

    /// <summary>Counts entities: a call about fifty companies takes fifty permits.</summary>
    public const string Budget = "entities";

    /// <summary>The most entities that one call may hold.</summary>
    public const int MostEntities = 50;

    public static IReadOnlyList<SettingDefinition> Definitions { get; } =
    [
        new("api_key", "An API key from Explorium's admin pages.") { IsRequired = true, IsSecret = true },
        new("base_url", "Where the API is reached, without a version; plain http only on this machine.") { Default = DefaultBase },
        new("api_version", "The first part of every path.") { Default = "v1" },
        new("partner_id", "Sent as partner-id, for accounts that are asked for it."),
        new("facts", "What is looked up about companies, each for credits of its own: firmographics, technographics, funding; comma-separated, or none.") { Default = "firmographics" },
        new("contacts", "What is looked up about people who lack it: none, email, phone or both.") { Default = "none" },
        new("credits_match", "Credits that finding one company or person costs at the most; Explorium does not publish it.") { Default = "1" },
        new("credits_facts", "Credits that one kind of facts about one company costs at the most.") { Default = "1" },
        new("credits_contacts", "Credits that the contact data of one person cost at the most; Explorium names 2 for e-mail addresses alone, else 5.") { Default = "2 or 5" },
        new("entities_per_minute", "The pace, 50 to 200; Explorium allows 200 companies and people a minute, over all calls with the key.") { Default = "200" },
    ];

    public required string Connection { get; init; }

    public Uri BaseAddress { get; init; } = new(DefaultBase);

    public string Version { get; init; } = "v1";

    public string? PartnerId { get; init; }

    public IReadOnlyList<ExploriumFacts> Facts { get; init; } = [];

    public ExploriumContactData Contacts { get; init; }

    public decimal CreditsMatch { get; init; } = 1;

    public decimal CreditsFacts { get; init; } = 1;

    public decimal CreditsContacts { get; init; } = 5;

    public int EntitiesPerMinute { get; init; } = 200;

    public IReadOnlyList<RateBudget> Budgets => [new(Budget, EntitiesPerMinute, TimeSpan.FromMinutes(1))];

    /// <exception cref="ProviderException">A setting cannot be used; the message says which and why.</exception>
    public static ExploriumOptions From(ConnectionSettings settings)
    {
        ExploriumContactData contacts = Enum.Parse<ExploriumContactData>(settings.Choice("contacts", Name, "none", "email", "phone", "both"), ignoreCase: true);
        return new()
        {
            Connection = settings.Name,
            BaseAddress = settings.Address("base_url", DefaultBase, Name),
            Version = settings.Text("api_version", "v1").Trim('/', ' '),
            PartnerId = settings.Text("partner_id", "").Trim() is { Length: > 0 } partner ? partner : null,
            Facts = FactsOf(settings),
            Contacts = contacts,
            CreditsMatch = settings.Amount("credits_match", 0, 1, Name),
            CreditsFacts = settings.Amount("credits_facts", 0, 1, Name),
            CreditsContacts = settings.Amount("credits_contacts", 0, contacts == ExploriumContactData.Email ? 2 : 5, Name),
            EntitiesPerMinute = settings.Whole("entities_per_minute", MostEntities, 200, 200, Name),
        };
    }

    private static IReadOnlyList<ExploriumFacts> FactsOf(ConnectionSettings settings)
    {
        string[] words = [.. settings.Text("facts", "firmographics").ToLowerInvariant().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()];
        if (words is ["none"]) return [];
        bool isUsable = words.Length > 0 && words.All(w => ExploriumFacts.All.Any(f => f.Word == w));
        return isUsable ? [.. ExploriumFacts.All.Where(f => words.Contains(f.Word))] : throw settings.Unusable("facts", Name, $"none, or some of: {string.Join(", ", ExploriumFacts.All.Select(f => f.Word))}");
    }
}
