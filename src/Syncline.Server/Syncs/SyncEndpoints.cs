using Syncline.Limits;
using Syncline.Server.Runs;
using Syncline.Server.Schedules;
using Syncline.Server.Security;
using Syncline.Syncs;

namespace Syncline.Server.Syncs;

/// <summary>Syncs over HTTP.</summary>
internal static class SyncEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder syncs = api.MapGroup("/syncs").WithTags("Syncs");
        syncs.MapGet("/", async (SyncBoard board, CancellationToken token) => TypedResults.Ok<IReadOnlyList<SyncView>>([.. (await board.ListAsync(token)).Select(SyncView.Of)])).WithSummary("Every sync, and where it stands.");
        syncs.MapGet("/{name}", async (SyncBoard board, string name, CancellationToken token) => TypedResults.Ok(SyncView.Of(await board.FindAsync(name, token)))).WithSummary("One sync.");
        syncs.MapPost("/{name}/runs", Run).RequireAuthorization(Roles.Operator).WithSummary("Begins a run.").ProducesProblem(StatusCodes.Status409Conflict);
        syncs.MapPost("/{name}/pause", PauseAsync).RequireAuthorization(Roles.Operator).WithSummary("Stops its schedule until it is resumed; runs under way go on.");
        syncs.MapPost("/{name}/resume", ResumeAsync).RequireAuthorization(Roles.Operator).WithSummary("Takes its schedule up again.");
        syncs.MapPost("/{name}/audits", Audit).RequireAuthorization(Roles.Operator).WithSummary("Compares its counts with the providers'; nothing is written.");
        syncs.MapPost("/{name}/plans", Plan).RequireAuthorization(Roles.Operator).WithSummary("Reckons what a run would do; nothing is written.");
    }

    private static IResult Run(RunDesk desk, HttpContext context, string name, RunRequest? request)
    {
        LiveRun run = desk.StartSync(name, desk.OptionsOf(name, request?.Full ?? false, request?.Limit) with { RetriesAll = request?.RetryFailures ?? false }, context.User.Who(), Priority.Manual);
        return Begun(run);
    }

    private static async Task<IResult> PauseAsync(SyncBoard board, ScheduleKeeper schedules, HttpContext context, string name, CancellationToken cancellationToken)
    {
        await board.FindAsync(name, cancellationToken);
        await schedules.PauseAsync(name, context.User.Who(), cancellationToken);
        return TypedResults.Ok(SyncView.Of(await board.FindAsync(name, cancellationToken)));
    }

    private static async Task<IResult> ResumeAsync(SyncBoard board, ScheduleKeeper schedules, HttpContext context, string name, CancellationToken cancellationToken)
    {
        await board.FindAsync(name, cancellationToken);
        await schedules.ResumeAsync(name, context.User.Who(), cancellationToken);
        return TypedResults.Ok(SyncView.Of(await board.FindAsync(name, cancellationToken)));
    }

    private static IResult Audit(AuditDesk audits, HttpContext context, string name) => Begun(audits.Start(name, context.User.Who()));

    private static IResult Plan(RunDesk desk, HttpContext context, string name, RunRequest? request) =>
        Begun(desk.StartPlan(name, desk.OptionsOf(name, request?.Full ?? false, request?.Limit), context.User.Who()));

    /// <summary>202 with the place where the work can be watched.</summary>
    internal static IResult Begun(LiveRun run) => TypedResults.Accepted($"/api/v1/runs/live/{run.Id}", LiveView.Of(run));
}

/// <summary>How a run is to go.</summary>
/// <param name="Full">Read and compare everything.</param>
/// <param name="Limit">Stop reading after so many people.</param>
internal sealed record RunRequest(bool? Full, int? Limit, bool? RetryFailures);

/// <summary>A sync as the API shows it.</summary>
/// <param name="Schedule">When it runs by itself: an interval or a line of a crontab; null when only somebody starts it.</param>
internal sealed record SyncView(string Name, IReadOnlyList<string> From, IReadOnlyList<string> To, string? Schedule, DateTimeOffset? NextAt, string? PausedBy, long Failures, DateTimeOffset? FreshAt, RunView? LastRun, LiveView? UnderWay, AuditView? Audit)
{
    public static SyncView Of(SyncStanding s) => new(s.Name, s.From, s.To, s.Schedule?.ToString(), s.NextAt, s.PausedBy, s.Failures, s.FreshAt, s.Last is null ? null : RunView.Of(s.Last), s.Live is null ? null : LiveView.Of(s.Live), AuditView.Of(s.Audit));
}

/// <summary>How far a sync's counts agree with the providers', by the last comparison.</summary>
/// <param name="Share">Missing and extra records over all that were compared, 0 to 1.</param>
/// <param name="Streams">What it reads first, then what it writes.</param>
internal sealed record AuditView(DateTimeOffset At, bool IsInOrder, long Compared, long Missing, long Extra, double Share, IReadOnlyList<StreamCount> Streams)
{
    public static AuditView? Of(AuditStanding? audit) => audit is null ? null : new(audit.At, !audit.IsDrift, audit.Count.Compared, audit.Count.Missing, audit.Count.Extra, Math.Round(audit.Count.Share, 4), audit.Count.Streams);
}
