using Syncline.Extraction;
using Syncline.Loading;
using Syncline.Records;

namespace Syncline.Merging;

/// <summary>Follows merges that people made at a source: where several records were and one is left that has their keys, their golden records become one, too.</summary>
/// <remarks>
/// The proof is a look at the source: all records there of a golden record are absent, and a record that is there has a key of it. To be called while nothing is being written.
/// </remarks>
internal sealed class RemoteMerges(IHub hub, IJournal journal, InboundPipeline pipeline, TimeProvider clock)
{
    private const int Chunk = 50;

    private readonly IdentityEdits _edits = new(hub, journal, clock);

    public async Task FollowAsync(IPointSource source, IReadOnlyList<Suspicion> suspicions, InboundRequest request, CancellationToken cancellationToken)
    {
        foreach (Suspicion[] some in suspicions.Where(s => (s.Survivor.Connection, s.Survivor.Stream) == (source.Stream.Id.Connection, source.Stream.Id.Name)).Chunk(Chunk))
        {
            ILookup<long, Link> links = await hub.LinksOfAsync([.. some.SelectMany(s => s.GoldenIds).Distinct()], cancellationToken);
            Suspicion[] open = [.. some.Where(s => s.GoldenIds.Any(id => Others(s, links[id]).Length > 0))];
            if (open.Length > 0) await FollowAsync(source, open, links, request, cancellationToken);
        }
    }

    private async Task FollowAsync(IPointSource source, Suspicion[] suspicions, ILookup<long, Link> links, InboundRequest request, CancellationToken cancellationToken)
    {
        string[] ids = [.. suspicions.SelectMany(s => s.GoldenIds.SelectMany(id => Others(s, links[id])).Append(s.Survivor)).Select(k => k.Id).Distinct(StringComparer.Ordinal)];
        HashSet<string> present = [.. (await source.FetchAsync(ids, cancellationToken)).Select(r => r.Key.Id)];
        List<Hint> followed = [];
        foreach (Suspicion suspicion in suspicions.Where(s => present.Contains(s.Survivor.Id)))
        {
            long[] gone = [.. suspicion.GoldenIds.Where(id => Others(suspicion, links[id]) is { Length: > 0 } others && !others.Any(k => present.Contains(k.Id)) && links[id].All(l => l.Key != suspicion.Survivor))];
            long[] left = [.. suspicion.GoldenIds.Except(gone)];
            // Whoever is left must be the survivor itself: a key of somebody else's record, here or elsewhere, is a question for a person.
            if (gone.Length == 0 || !left.All(id => links[id].Any(l => l.Key == suspicion.Survivor))) continue;
            long kept = left.Length > 0 ? left[0] : gone.Min();
            if (!await MergeAsync(kept, gone, request.RunId, cancellationToken)) continue;
            RecordKey[] absent = [.. gone.SelectMany(id => Others(suspicion, links[id]))];
            await InheritAsync(kept, absent, suspicion.Survivor, cancellationToken);
            followed.Add(new(suspicion.Survivor));
            followed.AddRange(absent.Select(key => new Hint(key) { IsDeletion = true }));
        }
        // What the survivor showed could not be taken in while its keys belonged to several.
        await pipeline.RereadAsync(source, followed, request, cancellationToken);
    }

    private async Task<bool> MergeAsync(long kept, long[] gone, long runId, CancellationToken cancellationToken)
    {
        try
        {
            foreach (long other in gone.Where(id => id != kept)) await _edits.MergeAsync(kept, other, runId, cancellationToken);
            return true;
        }
        catch (IdentityEditException)
        {
            // A write of one of them is still without an outcome: the record stays set aside, and the next full run finds the same again.
            return false;
        }
    }

    /// <summary>What came from the records that are gone comes from the one that is left now: what it shows in their place is a change of theirs.</summary>
    private async Task InheritAsync(long goldenId, RecordKey[] absent, RecordKey survivor, CancellationToken cancellationToken)
    {
        await using IHubSession session = await hub.BeginAsync(cancellationToken);
        GoldenRecord golden = (await session.LoadAsync([goldenId], cancellationToken))[goldenId];
        HubChanges changes = new();
        changes.Golden.Add(golden with { Origins = golden.Origins.ToDictionary(o => o.Key, o => absent.Contains(o.Value.Source) ? o.Value with { Source = survivor } : o.Value) });
        await session.SaveAsync(changes, cancellationToken);
        await session.CommitAsync(cancellationToken);
    }

    /// <summary>The records of one golden record in the survivor's stream, the survivor left out.</summary>
    private static RecordKey[] Others(Suspicion suspicion, IEnumerable<Link> links) =>
        [.. links.Where(l => (l.Key.Connection, l.Key.Stream) == (suspicion.Survivor.Connection, suspicion.Survivor.Stream) && l.Key != suspicion.Survivor).Select(l => l.Key)];
}
