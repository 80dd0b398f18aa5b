using System.Globalization;
using System.Text.Json.Nodes;
using Syncline.Records;

namespace Syncline.Connectors.HubSpot;

/// <summary>A condition of a search.</summary>
internal sealed record HubSpotFilter(string Property, string Operator, string? Value = null, IReadOnlyList<string>? Values = null)
{
    public JsonObject ToJson()
    {
        JsonObject json = new() { ["propertyName"] = Property, ["operator"] = Operator };
        if (Value is not null) json["value"] = Value;
        if (Values is not null) json["values"] = new JsonArray([.. Values.Select(v => JsonValue.Create(v))]);
        return json;
    }
}

/// <summary>Reads the records of one type.</summary>
/// <param name="properties">What is asked for: HubSpot sends next to nothing by itself.</param>
internal sealed class HubSpotObjects(HubSpotApi api, HubSpotKind kind, IReadOnlyList<string> properties)
{
    /// <summary>Rows of one search, at the most.</summary>
    public const int MostFound = 200;

    private const string IdProperty = "hs_object_id";

    private static readonly Dictionary<string, HubSpotNeighbours> NoNeighbours = [];

    public HubSpotKind Kind => kind;

    /// <summary>A page of all records, by id. The place after it is in the answer.</summary>
    public async Task<HubSpotPage> ListAsync(int limit, string? after, CancellationToken cancellationToken)
    {
        string bare = $"?limit={HubSpotApi.Number(limit)}{(after is null ? "" : $"&after={Uri.EscapeDataString(after)}")}{Neighbours()}";
        string path = HubSpotPaths.Object(kind.Type, $"{bare}&properties={Names()}");
        if (path.Length <= HubSpotPaths.Longest) return Told(await api.GetAsync(Operation("list"), path, HubSpotJson.Default.HubSpotPage, cancellationToken));
        // More properties than an address has room for: the listing tells who is there, a batch what they hold.
        HubSpotPage page = Told(await api.GetAsync(Operation("list"), HubSpotPaths.Object(kind.Type, bare), HubSpotJson.Default.HubSpotPage, cancellationToken));
        return page with { Results = await FilledAsync(page.Results, cancellationToken) };
    }

    /// <summary>One record with its neighbours, of whatever id it has by now: one that was merged away answers with the other's. Null when there is none.</summary>
    public async Task<HubSpotObject?> FindAsync(string id, CancellationToken cancellationToken)
    {
        string path = HubSpotPaths.Object(kind.Type, $"/{Uri.EscapeDataString(id)}?archived=false{Neighbours()}&properties={Names()}");
        if (path.Length <= HubSpotPaths.Longest) return await api.FindAsync(Operation("get"), path, HubSpotJson.Default.HubSpotObject, cancellationToken) is { } one ? Told(one) : null;
        HubSpotObject? bare = await api.FindAsync(Operation("get"), HubSpotPaths.Object(kind.Type, $"/{Uri.EscapeDataString(id)}?archived=false{Neighbours()}"), HubSpotJson.Default.HubSpotObject, cancellationToken);
        return bare is not null && await FilledAsync([Told(bare)], cancellationToken) is [var whole] ? whole : null;
    }

    /// <summary>Those of the records that are there, by id or by a unique property; without their neighbours. Never behind a write.</summary>
    public async Task<IReadOnlyList<HubSpotObject>> ReadAsync(IEnumerable<string> keys, string? idProperty, CancellationToken cancellationToken)
    {
        IReadOnlyList<HubSpotObject>[] read = await Task.WhenAll(keys.Distinct(StringComparer.OrdinalIgnoreCase).Chunk(HubSpotOptions.MaxBatch).Select(some => ReadSomeAsync(some, idProperty, cancellationToken)));
        return [.. read.SelectMany(r => r).Where(r => !r.Archived).DistinctBy(r => r.Id)];
    }

    /// <summary>A page of a search, by id. Search knows no more than 10,000 rows of one query, so that each page asks for the ids behind the last one.</summary>
    /// <param name="groups">At most five; one of them must hold, and in it every condition.</param>
    public Task<HubSpotPage> SearchAsync(IEnumerable<IReadOnlyList<HubSpotFilter>> groups, long afterId, int limit, CancellationToken cancellationToken)
    {
        JsonArray filters = [.. groups.Select(g => new JsonObject { ["filters"] = new JsonArray([.. g.Append(new(IdProperty, "GT", afterId.ToString(CultureInfo.InvariantCulture))).Select(f => f.ToJson())]) })];
        return api.QueryAsync(Operation("search"), SearchPath, Search(filters, "ASCENDING", limit, properties), HubSpotOptions.Search, HubSpotJson.Default.HubSpotPage, cancellationToken);
    }

    /// <summary>What changed within a window, by id; nothing but the ids and the times.</summary>
    public Task<HubSpotPage> ChangedAsync(DateTimeOffset since, DateTimeOffset until, long afterId, int limit, CancellationToken cancellationToken)
    {
        HubSpotFilter[] window = [Bound("GTE", since), Bound("LTE", until), new(IdProperty, "GT", afterId.ToString(CultureInfo.InvariantCulture))];
        JsonArray groups = [new JsonObject { ["filters"] = new JsonArray([.. window.Select(f => f.ToJson())]) }];
        return api.QueryAsync(Operation("search"), SearchPath, Search(groups, "ASCENDING", limit, [kind.Modified]), HubSpotOptions.Search, HubSpotJson.Default.HubSpotPage, cancellationToken);

        HubSpotFilter Bound(string comparison, DateTimeOffset time) => new(kind.Modified, comparison, time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The newest id the index knows, and how many records; null where it knows none.</summary>
    public async Task<(long Id, long Total)?> NewestAsync(CancellationToken cancellationToken)
    {
        HubSpotPage page = await api.QueryAsync(Operation("search"), SearchPath, Search([], "DESCENDING", 1, [kind.Modified]), HubSpotOptions.Search, HubSpotJson.Default.HubSpotPage, cancellationToken);
        return page.Results is [var newest, ..] && long.TryParse(newest.Id, out long id) ? (id, page.Total ?? 0) : null;
    }

    private static HubSpotPage Told(HubSpotPage page) => page with { Results = [.. page.Results.Select(Told)] };

    /// <summary>Asked for its neighbours, a record without any comes without the field: a second look at each such one would cost a call a page, from a pool of half the size.</summary>
    private static HubSpotObject Told(HubSpotObject held) => held.Associations is null ? held with { Associations = NoNeighbours } : held;

    private string SearchPath => HubSpotPaths.Object(kind.Type, "/search");

    private static JsonObject Search(JsonArray groups, string direction, int limit, IReadOnlyList<string> properties) => new()
    {
        ["filterGroups"] = groups,
        ["sorts"] = new JsonArray(new JsonObject { ["propertyName"] = IdProperty, ["direction"] = direction }),
        ["properties"] = Array(properties),
        ["limit"] = limit,
    };

    private async Task<IReadOnlyList<HubSpotObject>> ReadSomeAsync(string[] keys, string? idProperty, CancellationToken cancellationToken)
    {
        JsonObject body = new() { ["inputs"] = new JsonArray([.. keys.Select(k => new JsonObject { ["id"] = k })]), ["properties"] = Array(properties) };
        if (idProperty is not null) body["idProperty"] = idProperty;
        (HubSpotBatch? found, HubSpotError? error) = await api.TryQueryAsync(Operation("read"), HubSpotPaths.Object(kind.Type, "/batch/read"), body, HubSpotOptions.Calls, HubSpotJson.Default.HubSpotBatch, cancellationToken);
        if (found is not null) return found.Results;
        if (error!.IsNotFound) return [];
        // One key that HubSpot cannot take (no address, say) costs the whole call: the others are asked for without it.
        if (keys.Length == 1) return idProperty is null ? throw HubSpotApi.Failure(Operation("read"), error) : [];
        IReadOnlyList<HubSpotObject> first = await ReadSomeAsync(keys[..(keys.Length / 2)], idProperty, cancellationToken);
        return [.. first, .. await ReadSomeAsync(keys[(keys.Length / 2)..], idProperty, cancellationToken)];
    }

    private async Task<IReadOnlyList<HubSpotObject>> FilledAsync(IReadOnlyList<HubSpotObject> bare, CancellationToken cancellationToken)
    {
        Dictionary<string, HubSpotObject> whole = (await ReadAsync(bare.Select(b => b.Id), null, cancellationToken)).ToDictionary(o => o.Id, StringComparer.Ordinal);
        return [.. bare.Where(b => whole.ContainsKey(b.Id)).Select(b => whole[b.Id] with { Associations = b.Associations })];
    }

    private string Operation(string verb) => $"hubspot.{kind.Stream}.{verb}";

    private string Neighbours() => kind.Ties.Count == 0 ? "" : $"&associations={string.Join(',', kind.Ties.Select(t => t.To))}";

    private string Names() => string.Join(',', properties.Select(Uri.EscapeDataString));

    private static JsonArray Array(IEnumerable<string> texts) => [.. texts.Select(t => JsonValue.Create(t))];
}
