namespace Syncline.Server.Figures;

/// <summary>The figures of the overview's charts over HTTP.</summary>
internal static class FigureEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/usage", (FigureSampler sampler) => TypedResults.Ok(UsageView.Of(sampler.Limits()))).WithTags("Figures")
            .WithSummary("How far this server uses the limits of its connections, 0 to 1: now, and by the minute over the last hour.");
        api.MapGet("/throughput", ThroughputAsync).WithTags("Figures").WithSummary("Records read and written by each sync: span=24h by the hour, or span=7d by the day.");
    }

    private static async Task<IResult> ThroughputAsync(ThroughputDesk desk, FigureSampler sampler, string? span, CancellationToken cancellationToken)
    {
        ThroughputAnswer answer = await desk.ReadAsync(Throughput.Read(span), cancellationToken);
        return TypedResults.Ok(new ThroughputView(answer.Edges[0], answer.Edges[^1], answer.IsWhole, [.. answer.Syncs.Select(s => SyncThroughputView.Of(s, sampler.PaceOf(s.Sync)))]));
    }
}

/// <summary>How far limits are used.</summary>
/// <param name="Limits">Of connections that were opened since the server began.</param>
internal sealed record UsageView(IReadOnlyList<LimitView> Limits)
{
    public static UsageView Of(IReadOnlyList<LimitLine> lines) => new([.. lines.Select(LimitView.Of)]);
}

/// <summary>One limit of a connection.</summary>
/// <param name="Permits">Calls, or what else the provider counts, in any window of <paramref name="WindowSeconds"/>.</param>
/// <param name="Now">The share used, of the window or of the last minute where the window is shorter.</param>
internal sealed record LimitView(string Connection, string Budget, int Permits, double WindowSeconds, double Now, double Highest, IReadOnlyList<LimitPointView> Minutes)
{
    public static LimitView Of(LimitLine line) =>
        new(line.Connection, line.Budget.Name, line.Budget.Permits, line.Budget.Window.TotalSeconds, Rounded(line.Now), Rounded(line.Highest), [.. line.Minutes.Select(m => new LimitPointView(m.At, Rounded(m.Share)))]);

    private static double Rounded(double share) => Math.Round(share, 4);
}

/// <summary>A share at the end of a minute.</summary>
internal sealed record LimitPointView(DateTimeOffset At, double Share);

/// <summary>What syncs did between two times.</summary>
/// <param name="IsWhole">False where there were more runs than are looked at: the earliest are left out.</param>
internal sealed record ThroughputView(DateTimeOffset From, DateTimeOffset To, bool IsWhole, IReadOnlyList<SyncThroughputView> Syncs);

/// <summary>One sync's records; what a run did is spread evenly over its time.</summary>
/// <param name="PerSecond">Of the run under way; null while there is none.</param>
internal sealed record SyncThroughputView(string Sync, long Read, long Written, PerSecondView? PerSecond, IReadOnlyList<ThroughputBucket> Buckets)
{
    public static SyncThroughputView Of(SyncThroughput sync, RunPace? pace) => new(sync.Sync, sync.Read, sync.Written, pace is null ? null : new(Math.Round(pace.Read, 2), Math.Round(pace.Written, 2)), sync.Buckets);
}

/// <summary>Records a second, over the last half minute.</summary>
internal sealed record PerSecondView(double Read, double Written);
