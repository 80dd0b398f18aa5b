using System.Globalization;

namespace Syncline.Sandbox.HubSpot.Wire;

/// <summary>
/// The limits: ten rolling seconds per app (associations beside them), searches per account and second, and a day per account, from midnight in the portal's
/// time zone, for all but OAuth apps. A refused request takes nothing.
/// </summary>
internal sealed class RateLimiter(HubSpotBehaviour behaviour, TimeZoneInfo zone)
{
    private readonly RollingWindow _searches = new(TimeSpan.FromSeconds(1));
    private DateOnly _day;
    private int _usedToday;

    /// <summary>Used since the portal's midnight.</summary>
    public int UsedToday(DateTimeOffset now)
    {
        DateOnly today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        if (today != _day) (_day, _usedToday) = (today, 0);
        return _usedToday;
    }

    public void Take(Credential credential, Pool pool, DateTimeOffset now)
    {
        if (!behaviour.LimitsOn || pool == Pool.None) return;
        bool countsToday = credential.Kind != HubSpotCredentialKind.OAuth && (pool != Pool.Search || behaviour.SearchCountsToDay);
        if (countsToday && UsedToday(now) >= behaviour.RequestsPerDay) throw Refuse.Throttled(Refuse.Daily, behaviour.RetryAfter);
        RollingWindow window = Window(credential, pool);
        if (window.Count(now) >= Most(credential, pool)) throw Refuse.Throttled(pool == Pool.Search ? Refuse.Secondly : Refuse.TenSecondly, behaviour.RetryAfter);
        window.Take(now);
        if (countsToday) _usedToday++;
    }

    /// <summary>What an answer tells of the limits; a search tells nothing.</summary>
    public void Describe(Dictionary<string, string> headers, Credential credential, Pool pool, DateTimeOffset now)
    {
        if (!behaviour.LimitsOn || pool is Pool.Search or Pool.None) return;
        (int most, int used) = (Most(credential, pool), Window(credential, pool).Count(now));
        headers["X-HubSpot-RateLimit-Interval-Milliseconds"] = "10000";
        headers["X-HubSpot-RateLimit-Max"] = Text(most);
        headers["X-HubSpot-RateLimit-Remaining"] = Text(Math.Max(0, most - used));
        headers["X-HubSpot-RateLimit-Secondly"] = Text(most / 10);
        headers["X-HubSpot-RateLimit-Secondly-Remaining"] = Text(most / 10);
        if (credential.Kind == HubSpotCredentialKind.OAuth) return;
        headers["X-HubSpot-RateLimit-Daily"] = Text(behaviour.RequestsPerDay);
        headers["X-HubSpot-RateLimit-Daily-Remaining"] = Text(Math.Max(0, behaviour.RequestsPerDay - UsedToday(now)));
    }

    private RollingWindow Window(Credential credential, Pool pool) => pool switch
    {
        Pool.Search => _searches,
        Pool.Associations => credential.Windows.Associations,
        _ => credential.Windows.General,
    };

    private int Most(Credential credential, Pool pool) => pool switch
    {
        Pool.Search => behaviour.SearchesPerSecond,
        Pool.Associations => behaviour.AssociationsPerTenSeconds,
        _ => credential.Kind == HubSpotCredentialKind.OAuth ? behaviour.OAuthRequestsPerTenSeconds : behaviour.RequestsPerTenSeconds,
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
