using Syncline.Imports;

namespace Syncline.Connectors.Attio.Browsing;

/// <summary>Looks through an Attio workspace: companies, people, and the entries of its lists.</summary>
/// <remarks>Every call goes through the connection's permits and is repeated like its other reads. One page costs two reads, of a list five or, with a search, six.</remarks>
public sealed class AttioBrowser : IRecordBrowser
{
    private readonly AttioSchema _schema;
    private readonly BrowsedObject _objects;
    private readonly BrowsedEntries _entries;

    internal AttioBrowser(AttioApi api, AttioSchema schema, AttioOptions options)
    {
        _schema = schema;
        _objects = new(api, schema, options);
        _entries = new(api, schema, options, _objects);
    }

    public async Task<IReadOnlyList<BrowsedList>> ListsAsync(CancellationToken cancellationToken) =>
        [.. (await _schema.ListsAsync(cancellationToken)).Select(l => new BrowsedList(l.ApiSlug, l.Name, l.ParentObject is [var parent, ..] ? parent : null)).OrderBy(l => l.Name, StringComparer.OrdinalIgnoreCase)];

    public async Task<BrowsePage> BrowseAsync(BrowseQuery query, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(query.Limit, Math.Clamp(query.Limit, 1, BrowseQuery.MostRows));
        ArgumentOutOfRangeException.ThrowIfNegative(query.Offset);
        BrowseQuery asked = query with { Search = query.Search?.Trim() is { Length: > 0 } text ? text : null };
        return BrowsedObject.IsOne(query.Place)
            ? await _objects.BrowseAsync(asked, cancellationToken)
            : await _entries.BrowseAsync(await ListAsync(query.Place, cancellationToken), asked, cancellationToken);
    }

    public async Task<IReadOnlyList<ImportedRecord>> ReadAsync(string place, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        IReadOnlyList<ImportedRecord> records = BrowsedObject.IsOne(place)
            ? await _objects.ReadAsync(place, ids, cancellationToken)
            : await _entries.ReadAsync(await ListAsync(place, cancellationToken), ids, cancellationToken);
        Dictionary<string, ImportedRecord> byId = new(StringComparer.OrdinalIgnoreCase);
        foreach (ImportedRecord record in records) byId.TryAdd(record.Id, record);
        return [.. ids.Distinct(StringComparer.OrdinalIgnoreCase).Where(byId.ContainsKey).Select(id => byId[id])];
    }

    private async Task<AttioList> ListAsync(string slug, CancellationToken cancellationToken)
    {
        IReadOnlyList<AttioList> lists = await _schema.ListsAsync(cancellationToken);
        return lists.FirstOrDefault(l => l.ApiSlug == slug || l.Id.ListId == slug) ?? throw AttioFilter.Unusable(
            $"There is no list '{slug}', or the key may not see it.",
            $"There are companies, people, and {(lists.Count == 0 ? "no list" : "the lists " + string.Join(", ", lists.Select(l => l.ApiSlug)))}.");
    }
}
