using Syncline.Composition.Configuration;
using Syncline.Composition.Telling;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Merging;
using Syncline.Records;
using Syncline.Storage;

namespace Syncline.Composition.Workspaces;

/// <summary>One move of a field in the hub.</summary>
internal sealed record FieldMove(FeedEntry Entry, FieldChange Change);

/// <summary>One write of a field at a destination.</summary>
internal sealed record FieldWrite(JournalEntry Entry, string Remote)
{
    public bool IsTouched => After is not null || Entry.Operation.Cleared.Contains(Remote);

    public string State => Entry.State.ToString().ToLowerInvariant();

    public FieldValue? Before => Entry.Operation.Before[Remote];

    public FieldValue? After => Entry.Operation.Fields[Remote];
}

/// <summary>What one place last held of a field, as far as is known here.</summary>
/// <param name="Shown">The canonical value it showed as a source.</param>
/// <param name="Sent">What it was last asked to hold, by remote field.</param>
/// <param name="Answered">What it answered to that: the base that the next comparison starts from.</param>
internal sealed record FieldSide(RecordKey Place, FieldValue? Shown, FieldSet Sent, FieldSet Answered);

/// <summary>How a value came to be: each change with its run, source and rule, each write of it, and what every side last held.</summary>
internal sealed record FieldStory(GoldenRecord Golden, string Field, IReadOnlyList<FieldMove> Moves, IReadOnlyList<FieldWrite> Writes, IReadOnlyList<FieldSide> Sides)
{
    /// <exception cref="UsageException">The record never had a value of the field.</exception>
    public static async Task<FieldStory> TellAsync(Workspace workspace, SqliteStore store, GoldenRecord golden, string field, CancellationToken cancellationToken)
    {
        IReadOnlyList<FeedEntry> feed = await store.Hub.FeedOfRecordAsync(golden.Id, cancellationToken);
        IReadOnlyList<JournalEntry> journal = await store.Journal.OfRecordAsync(golden.Id, cancellationToken);
        ILookup<long, Link> links = await store.Hub.LinksOfAsync([golden.Id], cancellationToken);
        FieldMove[] moves = [.. feed.SelectMany(e => e.Change.Fields.Where(f => f.Field == field), (e, f) => new FieldMove(e, f))];
        FieldWrite[] writes = [.. journal.SelectMany(e => RemoteNames(workspace, e.Operation.Stream, field), (e, r) => new FieldWrite(e, r)).Where(s => s.IsTouched)];
        if (moves.Length + writes.Length == 0)
        {
            throw new UsageException($"{golden.Reference.Text} never had a value of {field}.", Suggestion.For(field, [.. golden.Fields.Select(f => f.Name)]).Trim()) { IsNotFound = true };
        }
        return new(golden, field, moves, writes, [.. links[golden.Id].Select(l => SideOf(workspace, l, field)).Where(s => s.Shown is not null || s.Sent.Count + s.Answered.Count > 0)]);
    }

    private static FieldSide SideOf(Workspace workspace, Link link, string field)
    {
        string[] remote = [.. RemoteNames(workspace, new(link.Key.Connection, link.Key.Stream), field)];
        return new(link.Key, link.Seen[field], Of(link.Sent), Of(link.Answered));

        FieldSet Of(FieldSet all) => FieldSet.Of([.. remote.Select(r => (r, all[r]))]);
    }

    /// <summary>The remote fields the canonical one is written to; its own name where the connection is no longer configured.</summary>
    private static IEnumerable<string> RemoteNames(Workspace workspace, StreamId stream, string canonical)
    {
        if (workspace.ConfigurationOrNone.Connections.All(c => c.Name != stream.Connection)) return [canonical];
        FieldMap? map = workspace.MapsOf(stream.Connection).FirstOrDefault(m => m.Stream == stream.Name);
        return map is null ? [canonical] : map.Rules.Where(r => r.Canonical == canonical && r.Direction != MapDirection.In).Select(r => r.Remote).Distinct();
    }
}
