namespace Syncline.Loading;

/// <summary>Makes outcomes durable in groups: while one group is being written, the next gathers.</summary>
internal sealed class SettlementBuffer(IJournal journal)
{
    private readonly Lock _gate = new();
    private List<(Settlement Settlement, TaskCompletionSource Done)> _gathered = [];
    private bool _isFlushing;

    /// <summary>Completes once the settlement is durable.</summary>
    public Task AddAsync(Settlement settlement, CancellationToken cancellationToken) => AddAllAsync([settlement], cancellationToken);

    /// <summary>Completes once all of them are durable, in one transaction.</summary>
    public async Task AddAllAsync(IReadOnlyList<Settlement> settlements, CancellationToken cancellationToken)
    {
        TaskCompletionSource done = new();
        bool mustFlush;
        lock (_gate)
        {
            foreach (Settlement settlement in settlements) _gathered.Add((settlement, done));
            mustFlush = !_isFlushing;
            _isFlushing = true;
        }
        if (mustFlush) await FlushAsync(cancellationToken);
        await done.Task;
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        while (Take() is { Count: > 0 } group)
        {
            try
            {
                await journal.SettleAsync([.. group.Select(g => g.Settlement)], cancellationToken);
            }
            catch (Exception failure) when (Fail(group, failure))
            {
                // Everybody who waits has been given the failure, whoever is writing among them.
                return;
            }
            foreach ((_, TaskCompletionSource done) in group) done.TrySetResult();
        }
    }

    private List<(Settlement Settlement, TaskCompletionSource Done)> Take()
    {
        lock (_gate)
        {
            List<(Settlement, TaskCompletionSource)> group = _gathered;
            _gathered = [];
            _isFlushing = group.Count > 0;
            return group;
        }
    }

    private bool Fail(List<(Settlement Settlement, TaskCompletionSource Done)> group, Exception failure)
    {
        List<(Settlement, TaskCompletionSource)> gathered;
        lock (_gate)
        {
            (gathered, _gathered) = (_gathered, []);
            _isFlushing = false;
        }
        // Nobody is left to write what was gathered meanwhile.
        foreach ((_, TaskCompletionSource done) in group.Concat(gathered)) done.TrySetException(failure);
        return true;
    }
}
