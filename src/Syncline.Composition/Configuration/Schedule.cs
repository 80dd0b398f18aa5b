using Quartz;

namespace Syncline.Composition.Configuration;

/// <summary>When a sync runs by itself: so often, or at the times of a crontab line.</summary>
/// <param name="Every">Null where a crontab line says when.</param>
/// <param name="Cron">The line as it is written; null where an interval says how often.</param>
/// <param name="Zone">Whose clock the line means.</param>
/// <param name="Jitter">Each run begins up to so much later.</param>
internal sealed record Schedule(TimeSpan? Every, string? Cron, TimeZoneInfo Zone, TimeSpan Jitter)
{
    // A line of a crontab names no year: what comes after this comes again.
    private static readonly DateTimeOffset AnyTime = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Null where the sync is only run by somebody; with a problem where what stands there is no schedule.</summary>
    public static Schedule? Read(YamlSection section)
    {
        TimeSpan? every = Durations.Read(section, "every");
        string? cron = section.Text("cron");
        TimeZoneInfo zone = ZoneOf(section);
        TimeSpan jitter = Durations.Read(section, "jitter") ?? TimeSpan.Zero;
        if (every is not null && cron is not null) section.Wrong("cron", "stands beside 'every'. One of them says when the sync runs: leave the other out");
        if (cron is not null && CronExpression.TryParse(cron, CronFormat.Unix, out CronExpression? line))
        {
            if (line.GetNextValidTimeAfter(AnyTime) is null) section.Wrong("cron", $"names a time that never comes: '{cron}'. Its month has no such day");
        }
        else if (cron is not null) section.Wrong("cron", $"is no line of a crontab: '{cron}'. Write minute, hour, day, month and day of the week, as 0 7 * * 1-5");
        return every is null && cron is null ? null : new(every, cron, zone, jitter);
    }

    /// <summary>In words that need no translation: <c>15m</c>, or the line of the crontab.</summary>
    public override string ToString() => Every is { } every ? Durations.Write(every) : $"{Cron} ({Zone.Id})";

    /// <summary>The first time after another at which it is due, jitter left out.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset last) =>
        Every is { } every ? last + every : CronExpression.Parse(Cron!, CronFormat.Unix).WithTimeZone(Zone).GetNextValidTimeAfter(last);

    private static TimeZoneInfo ZoneOf(YamlSection section)
    {
        if (section.Text("time_zone") is not { } id) return TimeZoneInfo.Utc;
        if (TimeZoneInfo.TryFindSystemTimeZoneById(id, out TimeZoneInfo? zone)) return zone;
        section.Wrong("time_zone", $"is no time zone this machine knows: '{id}'. Write it as Europe/Paris");
        return TimeZoneInfo.Utc;
    }
}
