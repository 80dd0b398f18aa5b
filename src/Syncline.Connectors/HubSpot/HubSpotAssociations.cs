using System.Globalization;
using System.Net.Http;
using System.Text.Json;
using System.Text.Json.Nodes;
using Syncline.Connectors.Http;

namespace Syncline.Connectors.HubSpot;

/// <summary>One neighbour of a record, with the types of the association between them.</summary>
internal sealed record HubSpotLinked(string Id, IReadOnlyList<int> Types);

/// <summary>Reads and writes associations, by the hundred. They have a rate budget of their own.</summary>
internal sealed class HubSpotAssociations(HubSpotApi api)
{
    private const int MostRead = 1_000;

    /// <summary>The neighbours of each record that has any.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<HubSpotLinked>>> ReadAsync(string from, string to, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        Dictionary<string, List<HubSpotLinked>> linked = new(StringComparer.Ordinal);
        Queue<(string Id, string? After)> open = new(ids.Distinct(StringComparer.Ordinal).Select(id => (id, (string?)null)));
        while (open.Count > 0)
        {
            (string Id, string? After)[] some = [.. Enumerable.Range(0, Math.Min(MostRead, open.Count)).Select(_ => open.Dequeue())];
            JsonArray inputs = [.. some.Select(s => s.After is null ? new JsonObject { ["id"] = s.Id } : new JsonObject { ["id"] = s.Id, ["after"] = s.After })];
            (JsonElement answer, HubSpotError? error) = await QueryAsync(from, to, inputs, cancellationToken);
            // None of them has any: older versions say so with a 404 of its own.
            if (error is { IsNotFound: true }) continue;
            if (error is not null) throw HubSpotApi.Failure($"hubspot.{from}.associations", error);
            foreach (JsonElement row in Elements(answer, "results")) Take(row, linked, open);
        }
        return linked.ToDictionary(l => l.Key, l => (IReadOnlyList<HubSpotLinked>)l.Value, StringComparer.Ordinal);
    }

    /// <summary>The neighbour that a tie's field refers to: the primary one, else the only one, else the oldest.</summary>
    public static string? Choose(HubSpotTie tie, IReadOnlyList<HubSpotLinked> linked) =>
        linked.Where(l => tie.Primary is { } primary && l.Types.Contains(primary)).Select(l => l.Id).FirstOrDefault()
        ?? linked.Select(l => l.Id).OrderBy(id => id.Length).ThenBy(id => id, StringComparer.Ordinal).FirstOrDefault();

    /// <summary>The types a new association is given: the plain one and, where there is one, the primary. That takes the mark from the one that had it.</summary>
    public static JsonArray TypesOf(HubSpotTie tie) => tie.Primary is { } primary ? [TypeOf(tie.Plain), TypeOf(primary)] : [TypeOf(tie.Plain)];

    /// <summary>Makes associations of one kind. Repeating it changes nothing.</summary>
    public Task<HubSpotReply> CreateAsync(string from, HubSpotTie tie, IEnumerable<(string From, string To)> pairs, CancellationToken cancellationToken) => api.WriteAsync(
        $"hubspot.{from}.associate",
        HttpMethod.Post,
        HubSpotPaths.Association(from, tie.To, "batch/create"),
        Inputs(pairs.Select(p => new JsonObject { ["from"] = End(p.From), ["to"] = End(p.To), ["types"] = TypesOf(tie) })),
        isIdempotent: true,
        HubSpotOptions.Associations,
        cancellationToken);

    /// <summary>Takes associations away, whatever their types.</summary>
    public Task<HubSpotReply> ArchiveAsync(string from, HubSpotTie tie, IEnumerable<(string From, string To)> pairs, CancellationToken cancellationToken) => api.WriteAsync(
        $"hubspot.{from}.dissociate",
        HttpMethod.Post,
        HubSpotPaths.Association(from, tie.To, "batch/archive"),
        Inputs(pairs.Select(p => new JsonObject { ["from"] = End(p.From), ["to"] = new JsonArray(End(p.To)) })),
        isIdempotent: true,
        HubSpotOptions.Associations,
        cancellationToken);

    /// <summary>The errors of a batch that was carried out in part.</summary>
    public static IReadOnlyList<HubSpotError> ErrorsOf(ProviderAnswer answer)
    {
        try
        {
            return answer.Body.Length == 0 ? [] : [.. Elements(JsonElement.Parse(answer.Body), "errors").Select(e => HubSpotError.Of(answer.Status, e))];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private async Task<(JsonElement Answer, HubSpotError? Error)> QueryAsync(string from, string to, JsonArray inputs, CancellationToken cancellationToken)
    {
        string operation = $"hubspot.{from}.associations";
        ProviderAnswer answer = await api.SendAsync(new(operation, HttpMethod.Post, HubSpotPaths.Association(from, to, "batch/read"), HubSpotOptions.Associations)
        {
            Body = JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["inputs"] = inputs }, HubSpotJson.Default.JsonObject),
            IsIdempotent = true,
        }, cancellationToken);
        return answer.IsSuccess ? (HubSpotApi.Parse(operation, answer, HubSpotJson.Default.JsonElement), null) : (default, HubSpotError.Of(answer));
    }

    private static void Take(JsonElement row, Dictionary<string, List<HubSpotLinked>> linked, Queue<(string, string?)> open)
    {
        if (!row.TryGetProperty("from", out JsonElement from) || IdOf(from, "id") is not { } id) return;
        if (!linked.TryGetValue(id, out List<HubSpotLinked>? neighbours)) linked[id] = neighbours = [];
        foreach (JsonElement to in Elements(row, "to"))
        {
            int[] types = [.. Elements(to, "associationTypes").Select(t => t.TryGetProperty("typeId", out JsonElement type) && type.TryGetInt32(out int number) ? number : 0)];
            if (IdOf(to, "toObjectId") is { } other) neighbours.Add(new(other, types));
        }
        if (row.TryGetProperty("paging", out JsonElement paging) && paging.ValueKind == JsonValueKind.Object && paging.TryGetProperty("next", out JsonElement next) && IdOf(next, "after") is { } after) open.Enqueue((id, after));
    }

    /// <summary>Ids are numbers in older answers and texts in the dated ones.</summary>
    private static string? IdOf(JsonElement parent, string name) =>
        parent.ValueKind != JsonValueKind.Object || !parent.TryGetProperty(name, out JsonElement id) ? null
        : id.ValueKind == JsonValueKind.String ? id.GetString() : id.ValueKind == JsonValueKind.Number ? id.GetRawText() : null;

    private static JsonElement.ArrayEnumerator Elements(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement held) && held.ValueKind == JsonValueKind.Array ? held.EnumerateArray() : default;

    private static JsonObject TypeOf(int id) => new() { ["associationCategory"] = "HUBSPOT_DEFINED", ["associationTypeId"] = id };

    private static JsonObject End(string id) => new() { ["id"] = id.ToString(CultureInfo.InvariantCulture) };

    private static JsonObject Inputs(IEnumerable<JsonObject> inputs) => new() { ["inputs"] = new JsonArray([.. inputs]) };
}
