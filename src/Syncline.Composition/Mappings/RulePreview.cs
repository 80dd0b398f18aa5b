using Syncline.Composition.Workspaces;
using Syncline.Connectors;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Merging;
using Syncline.Planning;
using Syncline.Records;

namespace Syncline.Composition.Mappings;

/// <summary>One record, by the map as it is and by the one that is proposed.</summary>
/// <param name="Value">The hub's.</param>
internal sealed record PreviewRow(GoldenRecord Golden, RecordKey Place, FieldValue? Value, RuleEffect Before, RuleEffect After)
{
    public bool ComesInOtherwise => Before.ComesInOtherwise(After);

    public bool GoesOutOtherwise => Before.GoesOutOtherwise(After);
}

/// <summary>What a changed map makes of real records of one stream. Nothing is written, neither here nor there.</summary>
/// <param name="Missing">Remote fields of the proposed rule that the destination has no place for, with the reason.</param>
internal sealed record RulePreview(string Stream, IReadOnlyList<PreviewRow> Rows, IReadOnlyList<string> Missing)
{
    /// <summary>One for each stream of the kind. Records are read at the provider as they are now; the golden records are the hub's.</summary>
    /// <param name="present">With the configuration as it is.</param>
    /// <param name="proposed">With the one that is tried.</param>
    /// <exception cref="ProviderException">The provider could not be asked.</exception>
    public static async Task<IReadOnlyList<RulePreview>> OfAsync(Workspace present, Workspace proposed, string connection, RecordKind kind, string field, CancellationToken cancellationToken)
    {
        List<RulePreview> previews = [];
        (Connection now, Connection then) = (present.Open(connection), proposed.Open(connection));
        bool isRead = present.Configuration.Syncs.Any(s => s.From.Contains(connection) && s.To.Contains(connection));
        foreach (FieldMap after in then.Maps.Where(m => m.Kind == kind))
        {
            (FieldMap before, IReadOnlyList<Link> links) = (now.Maps.First(m => m.Stream == after.Stream), await SampledRecords.ChooseAsync(present.Hub, then, after, field, cancellationToken));
            SampledRecords read = await SampledRecords.ReadAsync(now, before, links, cancellationToken);
            // A source may read only what its map names.
            SampledRecords reread = RemotesOf(before, field).SequenceEqual(RemotesOf(after, field)) ? read : await SampledRecords.ReadAsync(then, after, links, cancellationToken);
            IReadOnlyDictionary<long, Evidence> was = await EvidenceAsync(present.Hub, now, before, links, read, isRead, cancellationToken);
            IReadOnlyDictionary<long, Evidence> becomes = await EvidenceAsync(present.Hub, then, after, links, reread, isRead, cancellationToken);
            IReadOnlyDictionary<long, GoldenRecord> golden = await present.Hub.LoadAsync([.. links.Select(l => l.GoldenId)], cancellationToken);
            PreviewRow[] rows = [.. links.Where(l => golden.ContainsKey(l.GoldenId)).Select(l => new PreviewRow(golden[l.GoldenId], l.Key, becomes[l.GoldenId].Candidate?.Canonical[field] ?? golden[l.GoldenId].Fields[field], RuleEffect.Of(field, was[l.GoldenId]), RuleEffect.Of(field, becomes[l.GoldenId])))];
            previews.Add(new(after.Stream, rows, [.. reread.Missing.Where(m => m.Kind == kind && RemotesOf(after, field).Contains(m.Remote)).Select(m => m.Reason)]));
        }
        return previews;
    }

    private static string[] RemotesOf(FieldMap map, string field) => [.. map.Rules.Where(r => r.Canonical == field).Select(r => r.Remote)];

    /// <param name="isRead">A sync both reads and writes the connection.</param>
    private static async Task<IReadOnlyDictionary<long, Evidence>> EvidenceAsync(IHub hub, Connection connection, FieldMap map, IReadOnlyList<Link> links, SampledRecords read, bool isRead, CancellationToken cancellationToken)
    {
        // A run goes on without the fields that have no place.
        FieldMap usable = map with { Rules = [.. map.Rules.Where(r => !read.Missing.Any(m => m.Kind == map.Kind && m.Remote == r.Remote))] };
        Dictionary<long, Evidence> evidence = links.ToDictionary(l => l.GoldenId, l => new Evidence(map) { Shown = read.Shown.GetValueOrDefault(l.GoldenId)?.Fields });
        if (SampledRecords.Stream(connection, map) is not { } stream) return evidence;
        ChunkPlanner chunk = new(hub, connection.Destination!, new MapSet().Add(connection.Name, [usable]), new([SyncScope.WholeHub]));
        IReadOnlyList<Candidate> candidates = await chunk.GatherAsync(stream, [.. evidence.Keys], cancellationToken);
        RemoteState there = new(Array.Empty<Found>().ToLookup(f => f.GoldenId), read.Held, _ => null) { IsFull = true };
        foreach ((Candidate candidate, PlannedRecord planned) in candidates.Zip(new Planner(connection.Name, stream, usable, isRead).Plan(candidates, there)))
        {
            evidence[candidate.Golden.Id] = evidence[candidate.Golden.Id] with { Candidate = candidate, Planned = planned, Held = candidate.Link is { } link ? read.Held.GetValueOrDefault(link.Key.Id)?.Fields : null };
        }
        return evidence;
    }
}
