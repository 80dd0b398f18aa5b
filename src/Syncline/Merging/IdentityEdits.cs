using Syncline.Loading;
using Syncline.Planning;
using Syncline.Records;

namespace Syncline.Merging;

/// <summary>An identity cannot be edited as it was asked.</summary>
/// <param name="hint">What the person can do instead.</param>
public sealed class IdentityEditException(string message, string hint) : Exception(message)
{
    public string Hint { get; } = hint;
}

/// <summary>What an edit of identities did.</summary>
/// <param name="Golden">The record that a merge kept, or that a split made.</param>
/// <param name="Referring">How many records refer to it now that referred to another before.</param>
/// <param name="Places">Its remote records.</param>
public sealed record IdentityEdit(GoldenRecord Golden, int Referring, IReadOnlyList<Link> Places)
{
    /// <summary>Its records of one stream at one connection, where it has more than one there: one thing twice, until a person merges them there.</summary>
    public IEnumerable<IGrouping<StreamId, Link>> Doubles =>
        Places.Where(l => l.State != LinkState.Gone && l.Sent.Count > 0).GroupBy(l => new StreamId(l.Key.Connection, l.Key.Stream)).Where(g => g.Count() > 1);
}

/// <summary>Carries out what a person decides about identities: two golden records are one, or one is two. All or nothing, in one transaction.</summary>
/// <remarks>No run may be writing meanwhile: a write under way would link its record to the identity it was planned for.</remarks>
public sealed class IdentityEdits(IHub hub, IJournal journal, TimeProvider clock)
{
    // Runs count from 1: what a preview saves bears this number, and is gone with its session.
    private const long NoRun = 0;

    /// <param name="kept">The golden record whose id and values stay.</param>
    /// <param name="other">The one that becomes part of it.</param>
    /// <exception cref="IdentityEditException">The two cannot be merged.</exception>
    public async Task<IdentityEdit> MergeAsync(long kept, long other, long runId, CancellationToken cancellationToken)
    {
        await using IHubSession session = await hub.BeginAsync(cancellationToken);
        IdentityEdit edit = await MergeAsync(session, kept, other, runId, cancellationToken);
        await session.CommitAsync(cancellationToken);
        return edit;
    }

    /// <summary>What a merge would come to. Nothing is kept of it.</summary>
    /// <exception cref="IdentityEditException">The two cannot be merged.</exception>
    public async Task<IdentityEdit> PreviewMergeAsync(long kept, long other, CancellationToken cancellationToken)
    {
        await using IHubSession session = await hub.BeginAsync(cancellationToken);
        return await MergeAsync(session, kept, other, NoRun, cancellationToken);
    }

    private async Task<IdentityEdit> MergeAsync(IHubSession session, long kept, long other, long runId, CancellationToken cancellationToken)
    {
        (GoldenRecord one, GoldenRecord two) = (await AliveAsync(session, kept, cancellationToken), await AliveAsync(session, other, cancellationToken));
        if (one.Id == two.Id) throw new IdentityEditException($"{one.Reference.Text} is one record already.", "Name two different records.");
        if (one.Kind != two.Kind) throw new IdentityEditException($"{one.Reference.Text} and {two.Reference.Text} are of different kinds.", "Only records of one kind can be the same thing.");
        ILookup<long, Link> links = await hub.LinksOfAsync([one.Id, two.Id], cancellationToken);
        MergeOfTwo merge = new(one, two, links[one.Id], links[two.Id], await ReferringAsync(two, cancellationToken));
        HubChanges changes = new IdentityMerge(merge, runId, clock.GetUtcNow()).Decide();
        await session.SaveAsync(changes, cancellationToken);
        return new(changes.Golden[0], changes.Golden.Count(g => !g.IsDeleted) - 1, [.. links[one.Id], .. changes.Links]);
    }

    /// <param name="goldenId">The record that is two.</param>
    /// <param name="keys">Its remote records that are the other one.</param>
    /// <exception cref="IdentityEditException">It cannot be split that way.</exception>
    public async Task<IdentityEdit> SplitAsync(long goldenId, IReadOnlyCollection<RecordKey> keys, long runId, CancellationToken cancellationToken)
    {
        await using IHubSession session = await hub.BeginAsync(cancellationToken);
        IdentityEdit edit = await SplitAsync(session, goldenId, keys, runId, cancellationToken);
        await session.CommitAsync(cancellationToken);
        return edit;
    }

    /// <summary>What a split would come to; the new record's number is not given to it. Nothing is kept of it.</summary>
    /// <exception cref="IdentityEditException">It cannot be split that way.</exception>
    public async Task<IdentityEdit> PreviewSplitAsync(long goldenId, IReadOnlyCollection<RecordKey> keys, CancellationToken cancellationToken)
    {
        await using IHubSession session = await hub.BeginAsync(cancellationToken);
        return await SplitAsync(session, goldenId, keys, NoRun, cancellationToken);
    }

    private async Task<IdentityEdit> SplitAsync(IHubSession session, long goldenId, IReadOnlyCollection<RecordKey> keys, long runId, CancellationToken cancellationToken)
    {
        GoldenRecord golden = await AliveAsync(session, goldenId, cancellationToken);
        Link[] links = [.. (await hub.LinksOfAsync([goldenId], cancellationToken))[goldenId].Where(l => l.Key.Connection != SyncScope.Derived)];
        Link[] moved = [.. links.Where(l => keys.Contains(l.Key))];
        Link[] left = [.. links.Except(moved)];
        Check(golden, keys, moved, left);
        SplitOfOne split = new(golden, moved, left, await ReferringAsync(golden, cancellationToken), await session.FindLinksAsync([.. links.SelectMany(ReferencedBy)], cancellationToken));
        HubChanges changes = new IdentitySplit(split, await session.ReserveIdsAsync(1, cancellationToken), runId, clock.GetUtcNow()).Decide();
        await session.SaveAsync(changes, cancellationToken);
        return new(changes.Golden[0], changes.Golden.Count - 2, changes.Links);
    }

    private static void Check(GoldenRecord golden, IReadOnlyCollection<RecordKey> keys, Link[] moved, Link[] left)
    {
        RecordKey[] foreign = [.. keys.Where(k => moved.All(l => l.Key != k))];
        if (foreign.Length > 0) throw new IdentityEditException($"{string.Join(", ", foreign)} does not belong to {golden.Reference.Text}.", $"'syncline show {golden.Reference.Text}' lists the records that do.");
        if (moved.All(l => l.Seen.Count == 0)) throw new IdentityEditException("Nothing that was read belongs to the part to be split off: what it is would not be known.", "Name at least one record that came from a source.");
        if (left.All(l => l.Seen.Count == 0)) throw new IdentityEditException($"Nothing that was read would be left of {golden.Reference.Text}.", "Leave it at least one record that came from a source.");
    }

    private static IEnumerable<RecordKey> ReferencedBy(Link link) => link.Seen
        .SelectMany(f => f.Value.Items)
        .Where(v => v.Type == FieldType.Reference)
        .Select(v => new RecordKey(link.Key.Connection, v.ReferencedScope, v.ReferencedId));

    private async Task<GoldenRecord> AliveAsync(IHubSession session, long id, CancellationToken cancellationToken)
    {
        GoldenRecord? golden = (await session.LoadAsync([id], cancellationToken)).GetValueOrDefault(id);
        if (golden is null or { IsDeleted: true }) throw new IdentityEditException($"The hub has no record {id} any more.", "'syncline show' finds records by address, domain or number.");
        JournalEntry[] open = [.. (await journal.OfRecordAsync(id, cancellationToken)).Where(e => e.State == OperationState.Intended)];
        if (open.Length == 0) return golden;
        throw new IdentityEditException($"A write of {golden.Reference.Text} to {open[0].Operation.Stream} was interrupted, and what became of it is not known yet.", $"Run '{open[0].Sync}' once, which finds out; then repeat this.");
    }

    private async Task<IReadOnlyList<(GoldenRecord Golden, IEnumerable<Link> Links)>> ReferringAsync(GoldenRecord golden, CancellationToken cancellationToken)
    {
        Dictionary<long, GoldenRecord> referring = [];
        foreach ((RecordKind kind, string field) in CanonicalSchema.References)
        {
            foreach (GoldenRecord record in (await hub.ReferringAsync(kind, field, [golden.Id], cancellationToken))[golden.Id].Where(r => !r.IsDeleted)) referring[record.Id] = record;
        }
        ILookup<long, Link> links = await hub.LinksOfAsync(referring.Keys, cancellationToken);
        return [.. referring.Values.OrderBy(r => r.Id).Select(r => (r, links[r.Id]))];
    }
}
