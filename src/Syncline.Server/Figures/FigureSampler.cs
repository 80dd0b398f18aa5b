using Microsoft.Extensions.Hosting;
using Syncline.Limits;
using Syncline.Server.Runs;

namespace Syncline.Server.Figures;

/// <summary>Reads every few seconds what was used of the limits and how far runs are, keeps the last hour in memory, and says when something moved.</summary>
internal sealed class FigureSampler : BackgroundService
{
    // As often as a figure on a page is worth a look; by so much a minute of the history may be off.
    internal static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _clock;
    private readonly Governor _governor;
    private readonly LiveRuns _live;
    private readonly LimitHistory _limits = new();
    private readonly RunPaces _paces = new();
    private readonly Lock _gate = new();
    private (long Taken, long Moved, int UnderWay) _seen;
    private DateTimeOffset _movedAt = DateTimeOffset.MinValue;
    private DateTimeOffset _shownAt;

    public FigureSampler(TimeProvider clock, Governor governor, LiveRuns live)
    {
        (_clock, _governor, _live) = (clock, governor, live);
        live.Changed += Note;
    }

    /// <summary>Raised on the sampler's thread, no oftener than it samples and never while everything stands still: who listens does no more than note it.</summary>
    public event Action? Moved;

    /// <summary>Reads all counts as they are now.</summary>
    public void Sample()
    {
        bool hasMoved;
        lock (_gate)
        {
            DateTimeOffset now = _clock.GetUtcNow();
            hasMoved = HasMoved(Read(now), now);
            if (hasMoved) _shownAt = now;
        }
        if (hasMoved) Moved?.Invoke();
    }

    public IReadOnlyList<LimitLine> Limits()
    {
        lock (_gate)
        {
            DateTimeOffset now = _clock.GetUtcNow();
            _limits.Note(now, _governor.Uses());
            return _limits.Lines(now);
        }
    }

    /// <summary>Null while no run of it is under way here.</summary>
    public RunPace? PaceOf(string sync)
    {
        lock (_gate) return _paces.Of(sync, _clock.GetUtcNow());
    }

    public override void Dispose()
    {
        _live.Changed -= Note;
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer pace = new(Pace, _clock);
        while (await pace.WaitForNextTickAsync(stoppingToken)) Sample();
    }

    private (long Taken, long Moved, int UnderWay) Read(DateTimeOffset now)
    {
        IReadOnlyList<BudgetUse> uses = _governor.Uses();
        IReadOnlyList<LiveRun> underWay = _live.UnderWay;
        _limits.Note(now, uses);
        _paces.Note(now, underWay);
        return (uses.Sum(u => u.Taken), _paces.Moved, underWay.Count);
    }

    /// <summary>Something counted, or a minute went by in an hour in which something had.</summary>
    private bool HasMoved((long, long, int) read, DateTimeOffset now)
    {
        bool isNew = read != _seen;
        _seen = read;
        if (isNew) _movedAt = now;
        return isNew || (now - _movedAt < TimeSpan.FromMinutes(LimitHistory.Shown + 1) && now - _shownAt >= TimeSpan.FromMinutes(1));
    }

    private void Note(LiveRun run)
    {
        if (run.IsOver) Sample();
    }
}
