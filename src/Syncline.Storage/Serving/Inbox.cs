using Syncline.Storage.Tables;

namespace Syncline.Storage.Serving;

/// <summary>What becomes of a delivery.</summary>
public static class InboxState
{
    /// <summary>To be worked on, at once or when it is due.</summary>
    public const string Pending = "pending";

    public const string Done = "done";

    /// <summary>Given up; it can be replayed.</summary>
    public const string Failed = "failed";
}

/// <summary>One delivery of a webhook.</summary>
/// <param name="DeliveryId">The sender's, or one made of what was sent: the same delivery sent again has the same.</param>
/// <param name="State">One of <see cref="InboxState"/>.</param>
/// <param name="Attempts">How often it was worked on since it came or was replayed.</param>
/// <param name="DueAt">Not before then; null for at once.</param>
/// <param name="Detail">Why the last attempt failed.</param>
/// <param name="HintsJson">What the caller found in the body, as its own JSON.</param>
/// <param name="Body">As it was sent; empty in listings.</param>
public sealed record InboxRow(
    long Id, string Connection, string DeliveryId, DateTimeOffset ReceivedAt, string State, int Attempts, DateTimeOffset? DueAt, DateTimeOffset? DoneAt, string? Detail, string HintsJson, ReadOnlyMemory<byte> Body)
{
    /// <summary>Without hints and body, which are about people.</summary>
    public override string ToString() => FormattableString.Invariant($"delivery {Id} of {Connection} ({State})");
}

public sealed record InboxCount(string Connection, string State, long Count);

/// <summary>Deliveries of webhooks, kept from before they are answered until after they are worked on.</summary>
/// <remarks>Who works on them takes <see cref="PendingAsync"/> and settles each by <see cref="DoneAsync"/>, <see cref="PutOffAsync"/> or <see cref="GiveUpAsync"/>; a crash between the two gives it again: at least once.</remarks>
public sealed class Inbox(SqliteDatabase database)
{
    /// <summary>Rows removed at a time, so that a delivery that comes meanwhile is kept soon.</summary>
    private const int Chunk = 500;

    private readonly InboxEntrance _entrance = new(database);

    /// <summary>Keeps a delivery; it is on the disk when this returns. Deliveries of a burst share their wait for the disk.</summary>
    /// <param name="body">Must stay as it is until this returns.</param>
    /// <param name="cancellationToken">Counts until the delivery stands in the queue: what is half kept would be kept without the sender's knowing.</param>
    /// <returns>The row's id, and false when the connection had a delivery of this id already: that one stays as it is.</returns>
    public Task<(long Id, bool IsNew)> AcceptAsync(string connection, string deliveryId, string hintsJson, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        _entrance.AcceptAsync(new(connection, deliveryId, hintsJson, body), cancellationToken);

    /// <summary>What is to be worked on now, the oldest first, without bodies.</summary>
    public async Task<IReadOnlyList<InboxRow>> PendingAsync(DateTimeOffset now, int take, CancellationToken cancellationToken) =>
        await database.ReadAsync(on => InboxTable.PendingAsync(on, now, take, cancellationToken));

    /// <returns>How many of them were pending.</returns>
    public Task<int> DoneAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        database.WriteAsync(on => InboxTable.DoneAsync(on, ids, database.Clock.GetUtcNow(), cancellationToken), cancellationToken);

    /// <summary>An attempt failed; the next is not before a time.</summary>
    /// <returns>How many of them were pending.</returns>
    public Task<int> PutOffAsync(IReadOnlyCollection<long> ids, string? detail, DateTimeOffset dueAt, CancellationToken cancellationToken) =>
        database.WriteAsync(on => InboxTable.PutOffAsync(on, ids, detail, dueAt, cancellationToken), cancellationToken);

    /// <summary>Not taken up yet, which is no attempt: who would work on it is busy.</summary>
    /// <returns>How many of them were pending.</returns>
    public Task<int> PostponeAsync(IReadOnlyCollection<long> ids, string? detail, DateTimeOffset dueAt, CancellationToken cancellationToken) =>
        database.WriteAsync(on => InboxTable.PostponeAsync(on, ids, detail, dueAt, cancellationToken), cancellationToken);

    /// <summary>Worked on well, and to be worked on once more; attempts count from none.</summary>
    /// <param name="hintsJson">In the place of what was kept.</param>
    public Task<int> AgainAsync(long id, string hintsJson, DateTimeOffset dueAt, CancellationToken cancellationToken) =>
        database.WriteAsync(on => InboxTable.AgainAsync(on, id, hintsJson, dueAt, cancellationToken), cancellationToken);

    /// <summary>An attempt failed, and there is to be no other.</summary>
    /// <returns>How many of them were pending.</returns>
    public Task<int> GiveUpAsync(IReadOnlyCollection<long> ids, string? detail, CancellationToken cancellationToken) =>
        database.WriteAsync(on => InboxTable.GiveUpAsync(on, ids, detail, cancellationToken), cancellationToken);

    /// <summary>Has deliveries that failed, or are done, worked on anew; their attempts count from none.</summary>
    /// <returns>How many of them are.</returns>
    public Task<int> ReplayAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        database.WriteAsync(on => InboxTable.ReplayAsync(on, ids, cancellationToken), cancellationToken);

    /// <summary>As <see cref="ReplayAsync"/>, of all that failed.</summary>
    /// <param name="connection">Null for all.</param>
    public Task<int> ReplayFailedAsync(string? connection, CancellationToken cancellationToken) =>
        database.WriteAsync(on => InboxTable.ReplayFailedAsync(on, connection, cancellationToken), cancellationToken);

    /// <summary>With its body.</summary>
    public Task<InboxRow?> FindAsync(long id, CancellationToken cancellationToken) => database.ReadAsync(on => InboxTable.FindAsync(on, id, cancellationToken));

    /// <summary>The newest first, without bodies; null leaves a condition out.</summary>
    public async Task<IReadOnlyList<InboxRow>> ListAsync(string? connection, string? state, long? beforeId, int take, CancellationToken cancellationToken) =>
        await database.ReadAsync(on => InboxTable.ListAsync(on, connection, state, beforeId ?? long.MaxValue, take, cancellationToken));

    /// <summary>By connection and state; what there is none of is left out.</summary>
    public async Task<IReadOnlyList<InboxCount>> CountsAsync(CancellationToken cancellationToken) => await database.ReadAsync(on => InboxTable.CountsAsync(on, cancellationToken));

    /// <summary>Removes runs of webhooks that ended before a time and left no trace: neither a change in the hub nor an operation, and no failure that still waits.</summary>
    /// <returns>How many rows that was.</returns>
    public Task<int> PruneRunsAsync(DateTimeOffset before, CancellationToken cancellationToken) => InChunksAsync(on => InboxTable.PruneRunsAsync(on, before, Chunk, cancellationToken), cancellationToken);

    /// <summary>Removes what was done before a time. Sent again after that, a delivery is a new one.</summary>
    /// <returns>How many rows that was.</returns>
    public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) => InChunksAsync(on => InboxTable.PruneAsync(on, before, Chunk, cancellationToken), cancellationToken);

    private async Task<int> InChunksAsync(Func<Statements, Task<int>> remove, CancellationToken cancellationToken)
    {
        int all = 0, some;
        do
        {
            some = await database.WriteAsync(remove, cancellationToken);
            all += some;
        }
        while (some == Chunk);
        return all;
    }
}
