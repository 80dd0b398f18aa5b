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
    public bool IsComplete => Missing.Count == 0 && (Counted is null || Counted == Listed);
}

/// <summary>Proves that a sync has everything its sources hold: reads them whole, and looks each record up. Changes nothing.</summary>
/// <remarks>The ids of a stream are held together while it is read. A record made during the audit may be missing until the next run.</remarks>
public sealed class Audit(IHub hub, IJournal journal)
{
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
            foreach (IGrouping<StreamId, RecordKey> stream in KeysOf(page, out HashSet<RecordKey> refused).GroupBy(k => new StreamId(k.Connection, k.Stream)))
            {
                if (!tallies.TryGetValue(stream.Key, out Tally? tally)) tallies[stream.Key] = tally = new();
                await LookUpAsync(sync, tally, [.. stream.Where(k => tally.Seen.Add(k.Id))], refused, cancellationToken);
            }
        }
        long? counted = source is ICountedSource asked ? await asked.CountAsync(cancellationToken) : null;
        return tallies.OrderBy(t => t.Key.Name, StringComparer.Ordinal).Select(t => new StreamAudit(t.Key, t.Value.Seen.Count, t.Key == source.Stream.Id ? counted : null, t.Value.Mapped, t.Value.SetAside, t.Value.Missing));
    }

    private static IEnumerable<RecordKey> KeysOf(Page page, out HashSet<RecordKey> refused)
    {
        refused = [.. page.Rejections.Select(r => r.Key)];
        return page.Records.Where(r => !r.IsDeleted).Select(r => r.Key).Concat(refused).Distinct();
    }

    private async Task LookUpAsync(string sync, Tally tally, RecordKey[] keys, HashSet<RecordKey> refused, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<RecordKey, Link> links = await hub.FindLinksAsync(keys, cancellationToken);
        foreach (RecordKey key in keys)
        {
            if (links.TryGetValue(key, out Link? link) && link.State != LinkState.Gone) tally.Mapped++;
            else if (refused.Contains(key) || await journal.FindDeadLetterAsync(new(sync, key.Connection, key.ToString()), cancellationToken) is not null) tally.SetAside++;
            else tally.Missing.Add(key.Id);
        }
    }

    private sealed class Tally
    {
        public HashSet<string> Seen { get; } = new(StringComparer.Ordinal);

        public List<string> Missing { get; } = [];

        public long Mapped { get; set; }

        public long SetAside { get; set; }
    }
}
