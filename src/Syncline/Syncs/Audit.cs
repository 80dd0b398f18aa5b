using System.Runtime.CompilerServices;
using Syncline.Extraction;
using Syncline.Loading;
using Syncline.Merging;
using Syncline.Records;

namespace Syncline.Syncs;

/// <summary>What a complete reading of one stream found in the hub.</summary>
/// <param name="Listed">Records the reading showed, each once.</param>
/// <param name="Counted">The provider's own count, by another way; null when it has none.</param>
/// <param name="Mapped">Those that belong to a golden record.</param>
/// <param name="SetAside">Those that are out of scope by rule, or a dead letter with its reason.</param>
/// <param name="Missing">The ids of all others.</param>
public sealed record StreamAudit(StreamId Stream, long Listed, long? Counted, long Mapped, long SetAside, IReadOnlyList<string> Missing)
{
    /// <summary>The ids that the hub holds and that are there no more; empty unless they were looked for.</summary>
    public IReadOnlyList<string> Absent { get; init; } = [];

    public bool IsComplete => Missing.Count == 0 && (Counted is null || Counted == Listed);
}

/// <summary>Proves that a sync has everything its sources hold: reads them whole, and looks each record up. Changes nothing.</summary>
/// <remarks>The ids of a stream are held together while it is read. A record made during the audit may be missing until the next run.</remarks>
public sealed class Audit(IHub hub, IJournal journal)
{
    // As many ids as one question for single records carries.
    private const int Chunk = 100;

    /// <summary>What changed at its source from then on may be missing still: the next run brings it. Null expects everything.</summary>
    public DateTimeOffset? ReadUntil { get; init; }

    /// <summary>True also looks for records of the hub that the reading did not show.</summary>
    public bool FindsAbsent { get; init; }

    /// <summary>Compares a sync both ways: its sources with the hub, and the hub with what was written.</summary>
    /// <param name="written">Sources that read what the sync writes.</param>
    public async Task<AuditCount> CompareAsync(string sync, IReadOnlyList<ISource> sources, IReadOnlyList<ISource> written, CancellationToken cancellationToken)
    {
        List<StreamCount> counts = [];
        await foreach (StreamAudit audit in RunAsync(sync, sources, cancellationToken)) counts.Add(new(audit.Stream.ToString(), audit.Listed + audit.Absent.Count, audit.Missing.Count, audit.Absent.Count));
        foreach (ISource source in written.Where(s => CanProve(s, s.Stream.Id))) counts.Add(await WrittenAsync(source, cancellationToken));
        return new(counts);
    }

    /// <summary>Stream by stream, in the order in which they are read.</summary>
    public async IAsyncEnumerable<StreamAudit> RunAsync(string sync, IReadOnlyList<ISource> sources, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (ISource source in sources)
        {
            foreach (StreamAudit audit in await StreamsAsync(sync, source, cancellationToken)) yield return audit;
        }
    }

    /// <summary>A source may show records of several streams: people beside their conversations.</summary>
    private async Task<IEnumerable<StreamAudit>> StreamsAsync(string sync, ISource source, CancellationToken cancellationToken)
    {
        Dictionary<StreamId, Tally> tallies = new() { [source.Stream.Id] = new() };
        await foreach (Page page in source.ReadAsync(new(null) { IsFull = true, Known = hub }, cancellationToken))
        {
            HashSet<RecordKey> recent = [.. page.Records.Where(r => r.ModifiedAt >= ReadUntil).Select(r => r.Key)];
            foreach (IGrouping<StreamId, RecordKey> stream in KeysOf(page, out HashSet<RecordKey> refused).GroupBy(k => new StreamId(k.Connection, k.Stream)))
            {
                if (!tallies.TryGetValue(stream.Key, out Tally? tally)) tallies[stream.Key] = tally = new();
                await LookUpAsync(sync, tally, [.. stream.Where(k => tally.Seen.Add(k.Id))], refused, recent, cancellationToken);
            }
        }
        if (FindsAbsent)
        {
            foreach ((StreamId stream, Tally tally) in tallies) tally.Absent = (await AbsentAsync(source, stream, tally.Seen, cancellationToken)).Absent;
        }
        long? counted = source is ICountedSource asked ? await asked.CountAsync(cancellationToken) : null;
        return tallies.OrderBy(t => t.Key.Name, StringComparer.Ordinal).Select(t => new StreamAudit(t.Key, t.Value.Seen.Count, t.Key == source.Stream.Id ? counted : null, t.Value.Mapped, t.Value.SetAside, t.Value.Missing) { Absent = t.Value.Absent });
    }

    private async Task<StreamCount> WrittenAsync(ISource source, CancellationToken cancellationToken)
    {
        HashSet<string> shown = new(StringComparer.Ordinal);
        await foreach (Page page in source.ReadAsync(new(null) { IsFull = true, Known = hub }, cancellationToken)) shown.UnionWith(KeysOf(page, out _).Where(k => k.Stream == source.Stream.Id.Name).Select(k => k.Id));
        (long linked, IReadOnlyList<string> absent) = await AbsentAsync(source, source.Stream.Id, shown, cancellationToken);
        return new(source.Stream.Id.ToString(), linked, absent.Count, 0);
    }

    /// <summary>Absence from a reading means something only where the reading shows all there is, or where the missing can be asked for.</summary>
    private static bool CanProve(ISource source, StreamId stream) => stream == source.Stream.Id && (source.Stream.IsCensus || source is IPointSource);

    /// <summary>Records of a stream that the hub knows, that a reading did not show, and that are not found by themselves either: a reading may be of some of them alone.</summary>
    private async Task<(long Linked, IReadOnlyList<string> Absent)> AbsentAsync(ISource source, StreamId stream, HashSet<string> shown, CancellationToken cancellationToken)
    {
        long linked = 0;
        List<string> absent = [];
        await foreach (Link link in hub.LinksOfConnectionAsync(stream.Connection, stream.Name, cancellationToken))
        {
            if (link.State == LinkState.Gone) continue;
            linked++;
            if (!shown.Contains(link.Key.Id)) absent.Add(link.Key.Id);
        }
        if (absent.Count == 0 || !CanProve(source, stream)) return (linked, []);
        if (source is not IPointSource asked) return (linked, absent);
        HashSet<string> present = new(StringComparer.Ordinal);
        foreach (string[] some in absent.Chunk(Chunk)) present.UnionWith((await asked.FetchAsync(some, cancellationToken)).Where(r => !r.IsDeleted).Select(r => r.Key.Id));
        return (linked, [.. absent.Where(id => !present.Contains(id))]);
    }

    private static IEnumerable<RecordKey> KeysOf(Page page, out HashSet<RecordKey> refused)
    {
        refused = [.. page.Rejections.Select(r => r.Key)];
        return page.Records.Where(r => !r.IsDeleted).Select(r => r.Key).Concat(refused).Distinct();
    }

    private async Task LookUpAsync(string sync, Tally tally, RecordKey[] keys, HashSet<RecordKey> refused, HashSet<RecordKey> recent, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<RecordKey, Link> links = await hub.FindLinksAsync(keys, cancellationToken);
        foreach (RecordKey key in keys)
        {
            if (links.TryGetValue(key, out Link? link) && link.State != LinkState.Gone) tally.Mapped++;
            else if (refused.Contains(key) || await journal.FindDeadLetterAsync(new(sync, key.Connection, key.ToString()), cancellationToken) is not null) tally.SetAside++;
            else if (!recent.Contains(key)) tally.Missing.Add(key.Id);
        }
    }

    private sealed class Tally
    {
        public HashSet<string> Seen { get; } = new(StringComparer.Ordinal);

        public List<string> Missing { get; } = [];

        public IReadOnlyList<string> Absent { get; set; } = [];

        public long Mapped { get; set; }

        public long SetAside { get; set; }
    }
}
