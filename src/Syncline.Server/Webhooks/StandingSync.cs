using Syncline.Composition.Configuration;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;
using Syncline.Extraction;
using Syncline.Limits;
using Syncline.Server.Hosting;
using Syncline.Syncs;

namespace Syncline.Server.Webhooks;

/// <summary>One sync, kept open between small runs, so that none of them has to look through the accounts first.</summary>
/// <remarks>
/// Connections keep what they learnt of an account for as long as a run, which takes minutes: they are kept as long here, and not beyond a run of another's in between, for they know what they themselves have
/// written and not what he has.
/// </remarks>
internal sealed class StandingSync(Premises premises, string name) : IDisposable
{
    // No older than what an ordinary run of some minutes goes by.
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(1);

    private Opened? _open;
    private long _turn;

    /// <summary>How long after a write its record is left alone.</summary>
    public TimeSpan SettleTime => _open?.Ends.Destinations.SelectMany(d => d.Streams).Select(s => s.SettleTime).DefaultIfEmpty().Max() ?? TimeSpan.Zero;

    /// <param name="turn">Of him who has the sync now.</param>
    /// <exception cref="SyncBusyException">Another process runs it.</exception>
    public async Task<RunRow> RunAsync(IReadOnlyList<Hint> hints, long turn, CancellationToken cancellationToken)
    {
        bool isWell = false;
        try
        {
            Opened open = Open(turn);
            RunRow row = await new SyncRunner(open.Workspace.RunStores, premises.Clock).RunAsync(open.Sync.ToDefinition(), open.Ends, OptionsOf(open, hints), static _ => { }, cancellationToken);
            isWell = row.State is RunState.Done or RunState.DoneWithDeadLetters;
            return row;
        }
        finally
        {
            if (!isWell) Forget();
        }
    }

    public void Dispose() => Forget();

    private Opened Open(long turn)
    {
        bool isAlone = turn == _turn + 1;
        _turn = turn;
        Workspace current = premises.Current;
        if (_open is { } open && isAlone && open.Of == current && premises.Clock.GetUtcNow() - open.At < Life) return open;
        Forget();
        Workspace workspace = premises.Open(Priority.Webhook);
        if (workspace.Configuration.Defaults.IsDryRun) throw new UsageException("AT_DRY_RUN is set: runs write nothing.", "Unset it, in the environment or in .env, and replay the deliveries.");
        SyncConfiguration sync = workspace.FindSync(name);
        SyncEnds ends = workspace.EndsOf(sync);
        return _open = new(workspace, sync, ends with { Destinations = [.. ends.Destinations.Select(d => new PreparedOnce(d, premises.Clock))] }, current, premises.Clock.GetUtcNow());
    }

    private void Forget()
    {
        _open?.Workspace.Dispose();
        _open = null;
    }

    private static RunOptions OptionsOf(Opened open, IReadOnlyList<Hint> hints) => new() { Hints = hints, Enriches = open.Workspace.Configuration.Enrichment.OnImport };

    /// <param name="Of">The configuration's reading that it was opened by.</param>
    private sealed record Opened(Workspace Workspace, SyncConfiguration Sync, SyncEnds Ends, Workspace Of, DateTimeOffset At);
}
