using Syncline.Merging;

namespace Syncline.Loading;

/// <summary>How far a journalled operation got.</summary>
public enum OperationState
{
    /// <summary>The intent is durable; the outcome is not known here.</summary>
    Intended,
    Done,
    Refused,

    /// <summary>It never took effect and was given up (the read-back found nothing, the plan was made anew).</summary>
    Dropped,

    /// <summary>Taken back by an undo or a clean-up.</summary>
    Undone,
}

/// <summary>An operation as the journal keeps it.</summary>
/// <param name="RunId">The run that intended it.</param>
/// <param name="RemoteId">The record it created or changed, once known.</param>
public sealed record JournalEntry(Operation Operation, long RunId, string Sync, OperationState State, DateTimeOffset At, string? RemoteId, string? Detail);

/// <summary>One operation's end, with all that follows from it in the hub; durable in one transaction.</summary>
/// <param name="OperationId">Null when nothing was sent: what a look at the destination alone decided.</param>
public sealed record Settlement(string? OperationId, OperationState State, string? RemoteId, string? Detail)
{
    /// <summary>The links, dead letters and keys that follow.</summary>
    public HubChanges Changes { get; init; } = new();
}

/// <summary>The record of every write: its intent before, its outcome after.</summary>
public interface IJournal
{
    /// <summary>Makes intents durable before any of them is sent.</summary>
    Task IntendAsync(string sync, long runId, IReadOnlyList<Operation> operations, CancellationToken cancellationToken);

    /// <summary>Makes outcomes durable, each with what follows from it, all in one transaction.</summary>
    Task SettleAsync(IReadOnlyList<Settlement> settlements, CancellationToken cancellationToken);

    /// <summary>Intents of a connection without an outcome, oldest first.</summary>
    Task<IReadOnlyList<JournalEntry>> OpenIntentsAsync(string connection, CancellationToken cancellationToken);

    /// <summary>How many operations of a run are done, by stream and verb; what an undo would take back.</summary>
    Task<IReadOnlyList<(Records.StreamId Stream, Verb Verb, long Count)>> CountOfRunAsync(long runId, CancellationToken cancellationToken);

    /// <summary>A run's operations, newest first: the order in which they are undone.</summary>
    IAsyncEnumerable<JournalEntry> OfRunAsync(long runId, CancellationToken cancellationToken);

    /// <summary>All operations on one golden record, oldest first.</summary>
    Task<IReadOnlyList<JournalEntry>> OfRecordAsync(long goldenId, CancellationToken cancellationToken);

    /// <summary>What a sync created and nobody has removed since, newest first.</summary>
    IAsyncEnumerable<JournalEntry> CreatedBySyncAsync(string sync, CancellationToken cancellationToken);

    /// <summary>The feed number up to which a reader (a sync and its destination, or an enricher) is done; 0 at first.</summary>
    Task<long> FindOffsetAsync(string reader, CancellationToken cancellationToken);

    Task SaveOffsetAsync(string reader, long sequence, CancellationToken cancellationToken);

    /// <summary>Dead letters of a sync (of all when null), newest first; with <paramref name="skipped"/> what it left out by rule, in their place.</summary>
    Task<IReadOnlyList<DeadLetter>> DeadLettersAsync(string? sync, bool skipped, int take, CancellationToken cancellationToken);

    Task<long> CountDeadLettersAsync(string sync, CancellationToken cancellationToken);

    /// <summary>The letter about a subject, or null.</summary>
    Task<DeadLetter?> FindDeadLetterAsync(DeadLetterKey key, CancellationToken cancellationToken);

    /// <summary>Golden records whose dead letters are due for another attempt, or of all with <paramref name="force"/>; never those that a batch under way asks this connection about.</summary>
    Task<IReadOnlyList<DeadLetter>> DueAsync(string sync, string connection, DateTimeOffset now, bool force, int take, CancellationToken cancellationToken);
}
