namespace Syncline.Sandbox.HubSpot;

/// <summary>What a HubSpot portal of the sandbox starts with.</summary>
public sealed class HubSpotSandboxOptions
{
    /// <summary>All ids, lags and shuffles come from it.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>False lets tests and benchmarks run without 429s; the knobs change it later.</summary>
    public bool LimitsOn { get; init; } = true;

    /// <summary>Private-app tokens with their scopes, separated by spaces; an asterisk stands for all.</summary>
    public IReadOnlyDictionary<string, string> Tokens { get; init; } = new Dictionary<string, string>();

    public long PortalId { get; init; } = 62_515;

    /// <summary>The app that <see cref="Tokens"/> belong to, and the sourceId of its writes.</summary>
    public long AppId { get; init; } = 54_321;

    /// <summary>Signs webhooks, and proves the app when it asks for OAuth tokens.</summary>
    public string ClientSecret { get; init; } = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";

    public string ClientId { get; init; } = "00000000-0000-4000-8000-000000054321";

    /// <summary>Where an authorization may lead back to, exactly.</summary>
    public IReadOnlyList<string> RedirectUris { get; init; } = ["http://localhost:5070/oauth/callback"];

    /// <summary>The key for app-level settings, <c>hapikey</c>.</summary>
    public string DeveloperKey { get; init; } = "sandbox-developer-key";

    /// <summary>The day of the daily limit begins at its midnight.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.CreateCustomTimeZone("US/Eastern", TimeSpan.FromHours(-5), "US/Eastern", "US/Eastern");
}
