using Syncline.Merging;

namespace Syncline.Storage.Tables;

/// <summary>A set of changes over all tables. Removals come first: what a step removes and gives anew is there afterwards.</summary>
internal static class HubTables
{
    public static async Task SaveAsync(Statements on, HubChanges changes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await KeyTable.RemoveAsync(on, changes.RemovedKeys, cancellationToken);
        await LinkTable.RemoveAsync(on, changes.RemovedLinks, cancellationToken);
        await DeadLetterTable.SettleAsync(on, changes.Settled, cancellationToken);
        await DeadLetterTable.SettleStreamsAsync(on, changes.Reread, cancellationToken);
        await KeyTable.MergeAsync(on, changes.Merged, cancellationToken);
        await DeadLetterTable.SettleMergedAsync(on, changes.Merged, cancellationToken);
        await ConflictTable.SettleAsync(on, changes.Decided, cancellationToken);
        await ConflictTable.SettleMergedAsync(on, changes.Merged, cancellationToken);
        await GoldenTable.SaveAsync(on, changes.Golden, cancellationToken);
        await LinkTable.SaveAsync(on, changes.Links, cancellationToken);
        await KeyTable.SaveAsync(on, changes.Keys, cancellationToken);
        await FeedTable.AppendAsync(on, changes.Feed, now, cancellationToken);
        await DeadLetterTable.SaveAsync(on, changes.DeadLetters, now, cancellationToken);
        await ConflictTable.SaveAsync(on, changes.Conflicts, now, cancellationToken);
        await CheckpointTable.RemoveVersionsAsync(on, changes.RemovedVersions, cancellationToken);
        await CheckpointTable.SaveVersionsAsync(on, changes.Versions, changes.ReadBy, cancellationToken);
        await CheckpointTable.SaveCursorsAsync(on, changes.Cursors, now, cancellationToken);
    }
}
