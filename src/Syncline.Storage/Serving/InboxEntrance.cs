using Syncline.Storage.Tables;

namespace Syncline.Storage.Serving;

/// <summary>A delivery on its way into the inbox.</summary>
internal sealed record Delivery(string Connection, string Id, string HintsJson, ReadOnlyMemory<byte> Body);

/// <summary>Writes deliveries that come at once in one transaction: to wait for the disk is what takes the time, and it is waited for once.</summary>
/// <remarks>
/// The first to come starts the writing and waits for no more than its turn at the database; whoever comes meanwhile stands in the next transaction. It does not write on the thread of its caller,
/// so that one who sends many without waiting for the first still has them written together.
/// </remarks>
internal sealed class InboxEntrance(SqliteDatabase database)
{
    /// <summary>Deliveries of one transaction: other writers wait for no more than that.</summary>
    private const int Most = 500;

    private readonly Lock _gate = new();
    private readonly Queue<Waiting> _waiting = [];
    private bool _isWriting;

    public Task<(long Id, bool IsNew)> AcceptAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<(long, bool)>(cancellationToken);
        Waiting mine = new(delivery, new(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_gate)
        {
            _waiting.Enqueue(mine);
            if (_isWriting) return mine.Answer.Task;
            _isWriting = true;
        }
        _ = WriteAllAsync();
        return mine.Answer.Task;
    }

    /// <summary>Throws nothing: what goes wrong is told to those whose deliveries were not kept.</summary>
    private async Task WriteAllAsync()
    {
        await Task.Yield();
        while (HasMore())
        {
            List<Waiting> batch = [];
            try
            {
                await WriteAsync(batch);
            }
            catch (Exception e)
            {
                // Without a turn at the database nobody was taken out of the queue yet.
                if (batch.Count == 0) TakeInto(batch);
                foreach (Waiting waiting in batch) waiting.Answer.TrySetException(e);
            }
        }
    }

    /// <param name="batch">Filled when it is this flow's turn: by then the most have come.</param>
    private async Task WriteAsync(List<Waiting> batch)
    {
        List<(long Id, bool IsNew)> kept = [];
        await using WriteTransaction transaction = await database.BeginAsync(CancellationToken.None, toDisk: true);
        TakeInto(batch);
        DateTimeOffset now = database.Clock.GetUtcNow();
        foreach (Waiting waiting in batch) kept.Add(await InboxTable.AddAsync(transaction.On, waiting.Delivery, now, CancellationToken.None));
        transaction.Commit();
        // Before the turn is handed over: whoever has it next goes on inside that.
        for (int i = 0; i < batch.Count; i++) batch[i].Answer.SetResult(kept[i]);
    }

    private bool HasMore()
    {
        lock (_gate) return _isWriting = _waiting.Count > 0;
    }

    private void TakeInto(List<Waiting> batch)
    {
        lock (_gate)
        {
            while (batch.Count < Most && _waiting.TryDequeue(out Waiting? next)) batch.Add(next);
        }
    }

    private sealed record Waiting(Delivery Delivery, TaskCompletionSource<(long Id, bool IsNew)> Answer);
}
