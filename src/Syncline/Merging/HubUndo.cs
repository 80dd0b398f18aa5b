using Syncline.Matching;
using Syncline.Records;

namespace Syncline.Merging;

/// <summary>Takes back what one run changed in the hub: a value only where it still is the one that run set.</summary>
public sealed class HubUndo(IHub hub, TimeProvider clock)
{
    /// <returns>How many golden records were restored or removed.</returns>
    public async Task<long> TakeBackAsync(long runId, long undoRunId, CancellationToken cancellationToken)
    {
        List<FeedEntry> entries = [];
        long touched = 0;
        await foreach (FeedEntry entry in hub.FeedOfRunAsync(runId, cancellationToken))
        {
            entries.Add(entry);
            if (entries.Count < 500) continue;
            touched += await TakeBackAsync(entries, runId, undoRunId, cancellationToken);
            entries.Clear();
        }
        return touched + await TakeBackAsync(entries, runId, undoRunId, cancellationToken);
    }

    private async Task<long> TakeBackAsync(List<FeedEntry> entries, long runId, long undoRunId, CancellationToken cancellationToken)
    {
        if (entries.Count == 0) return 0;
        await using IHubSession session = await hub.BeginAsync(cancellationToken);
        Dictionary<long, GoldenRecord> golden = new(await session.LoadAsync([.. entries.Select(e => e.Change.GoldenId).Distinct()], cancellationToken));
        ILookup<long, Link> links = await hub.LinksOfAsync([.. golden.Keys], cancellationToken);
        HubChanges changes = new();
        foreach (FeedEntry entry in entries.Where(e => golden.ContainsKey(e.Change.GoldenId)))
        {
            golden[entry.Change.GoldenId] = Restore(golden[entry.Change.GoldenId], entry.Change, runId, undoRunId, changes);
        }
        foreach (GoldenRecord record in golden.Values) Keep(record, links[record.Id], changes);
        await session.SaveAsync(changes, cancellationToken);
        await session.CommitAsync(cancellationToken);
        return changes.Golden.Count;
    }

    private GoldenRecord Restore(GoldenRecord record, Change change, long runId, long undoRunId, HubChanges changes)
    {
        List<FieldChange> taken = [];
        Dictionary<string, FieldOrigin> origins = new(record.Origins);
        FieldSet fields = record.Fields;
        foreach (FieldChange moved in change.Fields)
        {
            if (fields[moved.Field] != moved.After || origins.GetValueOrDefault(moved.Field)?.RunId != runId) continue;
            FieldOrigin origin = moved.Origin with { RunId = moved.Before is null ? undoRunId : runId, At = clock.GetUtcNow(), Rule = "undo" };
            taken.Add(new(moved.Field, moved.After, moved.Before, origin with { RunId = undoRunId }));
            fields = fields.With(moved.Field, moved.Before);
            origins[moved.Field] = origin;
        }
        if (taken.Count == 0) return record;
        if (fields.Count == 0) changes.RemovedKeys.AddRange(IdentityKeys.Of(record.Kind, record.Fields).Select(k => k.Key));
        changes.Feed.Add(new(record.Id, record.Kind, undoRunId, taken));
        return record with { Fields = fields, Origins = origins, IsDeleted = fields.Count == 0 };
    }

    private static void Keep(GoldenRecord record, IEnumerable<Link> links, HubChanges changes)
    {
        if (!changes.Feed.Any(f => f.GoldenId == record.Id)) return;
        changes.Golden.Add(record);
        // A record that nothing supports any more is forgotten at its sources too, so that reading it again brings it back.
        if (record.IsDeleted) changes.RemovedLinks.AddRange(links.Where(l => l.Sent.Count == 0 || l.Seen.Count > 0).Select(l => l.Key));
    }
}
