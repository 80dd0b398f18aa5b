using Syncline.Composition.Telling;
using Syncline.Syncs;

namespace Syncline.Server.Figures;

/// <summary>What was read and written in one stretch of time, in records.</summary>
internal sealed record ThroughputBucket(DateTimeOffset From, DateTimeOffset To, long Read, long Written);

/// <summary>One sync's records over time, oldest first.</summary>
internal sealed record SyncThroughput(string Sync, IReadOnlyList<ThroughputBucket> Buckets)
{
    public long Read => Buckets.Sum(b => b.Read);

    public long Written => Buckets.Sum(b => b.Written);
}

/// <summary>How far back is looked.</summary>
internal enum ThroughputSpan
{
    /// <summary>24 hours, by the hour.</summary>
    Day,

    /// <summary>Seven days, by the day.</summary>
    Week,
}

/// <summary>Puts what runs did into stretches of time.</summary>
/// <remarks>The log has a run's start, end and sums: what it did is spread evenly between the two.</remarks>
internal static class Throughput
{
    /// <exception cref="UsageException">It is neither of the two.</exception>
    public static ThroughputSpan Read(string? span) => span switch
    {
        null or "" or "24h" => ThroughputSpan.Day,
        "7d" => ThroughputSpan.Week,
        _ => throw new UsageException($"There is no span '{span}'.", "Give 24h or 7d."),
    };

    /// <summary>Records changed at destinations; what was only recognised there is none.</summary>
    public static long Written(RunTally tally) => tally.Created + tally.Updated + tally.Deleted;

    /// <summary>Where one stretch ends and the next begins, from the earliest to the end of the one that is going on.</summary>
    public static IReadOnlyList<DateTimeOffset> Edges(ThroughputSpan span, DateTimeOffset now, TimeZoneInfo zone)
    {
        DateTimeOffset local = TimeZoneInfo.ConvertTime(now, zone);
        if (span == ThroughputSpan.Week) return [.. Enumerable.Range(-6, 8).Select(day => Midnight(local.Date.AddDays(day), zone))];
        DateTimeOffset hour = local.AddTicks(-(local.TimeOfDay.Ticks % TimeSpan.TicksPerHour));
        return [.. Enumerable.Range(-23, 25).Select(h => TimeZoneInfo.ConvertTime(hour.AddHours(h), zone))];
    }

    /// <summary>By sync, without those that did nothing in that time.</summary>
    public static IReadOnlyList<SyncThroughput> Of(IEnumerable<RunRow> runs, IReadOnlyList<DateTimeOffset> edges, DateTimeOffset now) =>
    [
        .. runs.GroupBy(r => r.Sync, StringComparer.Ordinal).Select(g => new SyncThroughput(g.Key, Buckets([.. g], edges, now)))
            .Where(s => s.Read + s.Written > 0).OrderBy(s => s.Sync, StringComparer.Ordinal),
    ];

    private static ThroughputBucket[] Buckets(RunRow[] runs, IReadOnlyList<DateTimeOffset> edges, DateTimeOffset now) =>
        [.. edges.Zip(edges.Skip(1), (from, to) => new ThroughputBucket(from, to, runs.Sum(r => Within(r, r.Tally.Seen, from, to, now)), runs.Sum(r => Within(r, Written(r.Tally), from, to, now))))];

    /// <summary>Whole records: what is lost by rounding in one stretch is in the next.</summary>
    private static long Within(RunRow run, long count, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
    {
        // Of a run that ended without a word only the start is known.
        DateTimeOffset end = run.EndedAt ?? (run.State == RunState.Running ? now : run.StartedAt);
        return Until(to) - Until(from);

        long Until(DateTimeOffset edge) => edge >= end && edge > run.StartedAt ? count : edge <= run.StartedAt ? 0 : (long)(count * ((edge - run.StartedAt) / (end - run.StartedAt)));
    }

    private static DateTimeOffset Midnight(DateTime day, TimeZoneInfo zone) => new(day, zone.GetUtcOffset(day));
}
