using System.Globalization;
using Syncline.Limits;
using Syncline.Records;

namespace Syncline.Connectors.HeyReach;

/// <summary>A HeyReach connection's settings but for the key, read once and checked when the connection is opened.</summary>
/// <param name="BaseAddress">Where the public API starts.</param>
/// <param name="PageSize">Conversations a page, 1 to 100.</param>
/// <param name="Overlap">How far before the watermark an incremental reading starts: HeyReach back-dates messages it ingests late.</param>
/// <param name="LooksUpCampaigns">True asks for each lead's campaigns where the listing names none: one call more for each lead read.</param>
/// <param name="RequestsPer2Seconds">The pace, 1 to 10.</param>
internal sealed record HeyReachOptions(Uri BaseAddress, int PageSize, TimeSpan Overlap, bool LooksUpCampaigns, int RequestsPer2Seconds)
{
    public const string DefaultBase = "https://api.heyreach.io/api/public";
    public const string Budget = "calls";

    public static IReadOnlyList<SettingDefinition> Definitions { get; } =
    [
        new("api_key", "The workspace's API key, from HeyReach under Integrations; the MCP key is another one and is refused.") { IsRequired = true, IsSecret = true },
        new("base_url", "Where the API is reached; plain http only on this machine.") { Default = DefaultBase },
        new("page_size", "Conversations read with one call, 1 to 100.") { Default = "100" },
        CheckedSettings.Concurrency,
        CheckedSettings.WebhookSecret,
        new("overlap", "How far before the last reading's start an incremental reading begins, as 30m, 2h or 1d; once a day it is 7 days whatever is set here.") { Default = "30m" },
        new("campaigns", "'listed' takes the campaign the inbox names, often none; 'lookup' asks for each lead's campaigns, at one call more for each lead read.") { Default = "listed" },
        new("requests_per_2s", "The pace of calls, 1 to 10 in 2 seconds; HeyReach publishes 300 a minute.") { Default = "8" },
    ];

    /// <summary>300 a minute is published; the shorter window keeps below the second reading, 10 in 2 s, as well.</summary>
    public IReadOnlyList<RateBudget> Budgets => [new(Budget, 300, TimeSpan.FromMinutes(1)), new(Budget, RequestsPer2Seconds, TimeSpan.FromSeconds(2))];

    /// <exception cref="ProviderException">A setting cannot be used; the message says which and why.</exception>
    public static HeyReachOptions Read(ConnectionSettings settings) => new(
        settings.Address("base_url", DefaultBase, "heyreach"),
        settings.Whole("page_size", 1, 100, 100, "heyreach"),
        Duration(settings, "overlap", TimeSpan.FromMinutes(30)),
        Choice(settings, "campaigns", "listed", "lookup") == "lookup",
        settings.Whole("requests_per_2s", 1, 10, 8, "heyreach"));

    private static string Choice(ConnectionSettings settings, string name, params ReadOnlySpan<string> choices)
    {
        string text = settings.Text(name, choices[0]).ToLowerInvariant();
        return choices.Contains(text) ? text : throw settings.Unusable(name, "heyreach", "one of: " + string.Join(", ", choices));
    }

    private static TimeSpan Duration(ConnectionSettings settings, string name, TimeSpan otherwise)
    {
        if (settings.Find(name) is not { Length: > 0 } text) return otherwise;
        TimeSpan? unit = char.ToLowerInvariant(text[^1]) switch
        {
            's' => TimeSpan.FromSeconds(1),
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            'd' => TimeSpan.FromDays(1),
            _ => null,
        };
        bool isUsable = int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count <= 100_000;
        return unit is { } one && isUsable ? count * one : throw settings.Unusable(name, "heyreach", "a number with its unit, as 30m, 2h or 1d");
    }
}
