using Syncline.Limits;

namespace Syncline.Server.Figures;

/// <summary>A share of a limit, 0 to 1, at one time.</summary>
internal sealed record LimitPoint(DateTimeOffset At, double Share);

/// <summary>How far one limit of one connection was used by this server.</summary>
/// <param name="Minutes">Sixty, oldest first, the last one at the moment of asking.</param>
internal sealed record LimitLine(string Connection, RateBudget Budget, IReadOnlyList<LimitPoint> Minutes)
{
    public double Now => Minutes[^1].Share;

    public double Highest => Minutes.Max(m => m.Share);
}

/// <summary>What was used of every limit over the last hour.</summary>
/// <remarks>A share is of what the limit allows in its own window, or in a minute where the window is shorter: within a second it goes up and down with every call.</remarks>
internal sealed class LimitHistory
{
    public const int Shown = 60;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Dictionary<(string Connection, string Budget, TimeSpan Window), Lane> _lanes = [];

    public void Note(DateTimeOffset at, IEnumerable<BudgetUse> uses)
    {
        foreach (BudgetUse use in uses)
        {
            (string, string, TimeSpan) key = (use.Credential, use.Budget.Name, use.Budget.Window);
            if (!_lanes.TryGetValue(key, out Lane? lane)) _lanes[key] = lane = Lane.From(use, at);
            lane.Readings.Note(at, use.Taken);
        }
    }

    /// <summary>By connection and budget, the shortest window first.</summary>
    public IReadOnlyList<LimitLine> Lines(DateTimeOffset now) =>
        [.. _lanes.Values.Select(l => l.Line(now)).OrderBy(l => l.Connection, StringComparer.Ordinal).ThenBy(l => l.Budget.Name, StringComparer.Ordinal).ThenBy(l => l.Budget.Window)];

    private sealed record Lane(string Connection, RateBudget Budget, CountReadings Readings)
    {
        private TimeSpan Over => Budget.Window > Minute ? Budget.Window : Minute;

        public static Lane From(BudgetUse use, DateTimeOffset at)
        {
            Lane lane = new(use.Credential, use.Budget, new(use.Budget.Window + (Minute * (Shown + 1)), Grain(use.Budget.Window)));
            lane.Readings.Note(at, 0);
            return lane;
        }

        public LimitLine Line(DateTimeOffset now)
        {
            DateTimeOffset whole = new(now.Ticks - (now.Ticks % Minute.Ticks), now.Offset);
            IEnumerable<DateTimeOffset> ends = Enumerable.Range(0, Shown - 1).Select(i => whole - (Minute * (Shown - 2 - i))).Append(now);
            return new(Connection, Budget, [.. ends.Select(end => new LimitPoint(end, Share(end)))]);
        }

        // A count that is read every few seconds may put a call into the minute after its own: more than all is never meant.
        private double Share(DateTimeOffset end) => Math.Min(1, Readings.Grown(end - Over, end) / (Budget.Permits * (Over / Budget.Window)));

        private static TimeSpan Grain(TimeSpan window) => window / 720 > FigureSampler.Pace ? window / 720 : FigureSampler.Pace / 2;
    }
}
