using Syncline.Composition.Telling;
using Syncline.Limits;
using Syncline.Server.Hosting;
using Syncline.Server.Runs;
using Syncline.Storage;
using Syncline.Storage.Serving;

namespace Syncline.Server.Failures;

/// <summary>Lets records that were set aside be tried again, by a run of their sync that reads no source.</summary>
internal sealed class FailureDesk(Premises premises, RunDesk desk)
{
    private SqliteStore Store => premises.Store;

    /// <summary>A record that never got into the hub is tried again by reading it again, not from here.</summary>
    public bool IsRetried(NumberedLetter letter) => letter.Letter.GoldenId is not null && premises.TryConfiguration().Configuration?.Syncs.Any(s => s.Name == letter.Letter.Key.Sync) == true;

    /// <summary>Every dead letter of a sync, due or not.</summary>
    /// <exception cref="UsageException">There is no such sync.</exception>
    /// <exception cref="Syncs.SyncBusyException">It runs already.</exception>
    public async Task<LiveRun> RetryAllAsync(string sync, string by, CancellationToken cancellationToken)
    {
        LiveRun run = desk.StartSync(sync, new() { RetriesAll = true, OnlyOutbound = true }, by, Priority.Manual);
        await Store.AuditLog.WriteAsync(by, "failures.retried", sync, "all", cancellationToken);
        return run;
    }

    /// <summary>The chosen ones, with what else is due of their syncs.</summary>
    /// <exception cref="UsageException">None of them can be tried from here.</exception>
    /// <exception cref="Syncs.SyncBusyException">A sync of theirs runs already; they are due, and it or its next run tries them.</exception>
    public async Task<IReadOnlyList<LiveRun>> RetryAsync(IReadOnlyCollection<long> ids, string by, CancellationToken cancellationToken)
    {
        NumberedLetter[] chosen = [.. (await Store.DeadLetters.LoadAsync(ids, cancellationToken)).Where(IsRetried)];
        if (chosen.Length == 0) throw new UsageException("None of these can be tried again from here.", "A record that never got into the hub is tried again when it is read again: run its sync, or import its file once more.");
        await Store.DeadLetters.MakeDueAsync([.. chosen.Select(c => c.Id)], cancellationToken);
        List<LiveRun> begun = [];
        foreach (IGrouping<string, NumberedLetter> sync in chosen.GroupBy(c => c.Letter.Key.Sync))
        {
            begun.Add(desk.StartSync(sync.Key, new() { OnlyOutbound = true }, by, Priority.Manual));
            await Store.AuditLog.WriteAsync(by, "failures.retried", sync.Key, $"{sync.Count()} chosen", cancellationToken);
        }
        return begun;
    }
}
