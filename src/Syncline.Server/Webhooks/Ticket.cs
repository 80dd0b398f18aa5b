using Syncline.Extraction;
using Syncline.Storage.Serving;

namespace Syncline.Server.Webhooks;

/// <summary>A delivery on its way through the syncs that read what it is about.</summary>
/// <param name="syncs">How many those are.</param>
internal sealed class Ticket(InboxRow row, KeptHints kept, int syncs)
{
    private int _left = syncs;
    private string? _failure;

    public long Id => row.Id;

    public string Connection => row.Connection;

    /// <summary>How often it failed so far.</summary>
    public int Attempts => row.Attempts;

    public KeptHints Kept => kept;

    public IReadOnlyList<Hint> Hints { get; } = kept.For(row.Connection);

    /// <summary>Why one of the syncs could not take it; null while none failed.</summary>
    public string? Failure => Volatile.Read(ref _failure);

    /// <summary>One sync is through with it.</summary>
    /// <returns>True for the last one.</returns>
    public bool Leave(string? failure)
    {
        if (failure is not null) Interlocked.CompareExchange(ref _failure, failure, null);
        return Interlocked.Decrement(ref _left) == 0;
    }
}
