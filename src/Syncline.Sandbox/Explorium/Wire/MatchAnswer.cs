using System.Text.Json.Nodes;
using Syncline.Sandbox.Json;

namespace Syncline.Sandbox.Explorium.Wire;

/// <summary>The answer to a match: as many items as were sent, in the same order, each with its input.</summary>
internal static class MatchAnswer
{
    public static (string Status, JsonObject Members) Of(string list, string idName, JsonObject[] echoes, string?[] ids, ExploriumBehaviour behaviour)
    {
        JsonArray items = JsonText.Array(echoes.Zip(ids, (echo, id) => (JsonNode?)Item(echo, idName, id, behaviour)));
        int matches = ids.Count(i => i is not null);
        return (matches > 0 ? "success" : "miss", new() { ["total_results"] = ids.Length, ["total_matches"] = matches, [list] = items });
    }

    private static JsonObject Item(JsonObject echo, string idName, string? id, ExploriumBehaviour behaviour)
    {
        JsonObject item = new() { ["input"] = echo.DeepClone() };
        if (id is not null || behaviour.MatchMiss == MatchMiss.NullId) item[idName] = id;
        else (item["error"], item["error_type"]) = ("No match was found", "not_found");
        return item;
    }
}

/// <summary>The answer to a bulk enrichment: rows are joined by id, for there may be none, one or several for each.</summary>
internal static class BulkAnswer
{
    public static (string Status, JsonObject Members) Of(string idName, string[] ids, JsonNode?[] data, ExploriumBehaviour behaviour, Func<int, int> below)
    {
        List<JsonNode?> rows = [.. ids.Zip(data).SelectMany(pair => Rows(idName, pair.First, pair.Second, behaviour))];
        if (behaviour.ShuffleRows) rows = [.. rows.OrderBy(_ => below(int.MaxValue))];
        return (data.Any(d => d is not null) ? "success" : "miss", new() { ["data"] = JsonText.Array(rows), ["total_results"] = rows.Count });
    }

    private static IEnumerable<JsonNode?> Rows(string idName, string id, JsonNode? data, ExploriumBehaviour behaviour) => data switch
    {
        null when behaviour.MissRows == MissRows.Omitted => [],
        null when behaviour.MissRows == MissRows.RowWithoutData => [new JsonObject { [idName] = id }],
        null => [new JsonObject { [idName] = id, ["data"] = null }],
        JsonArray several => several.Select(d => (JsonNode?)new JsonObject { [idName] = id, ["data"] = d!.DeepClone() }),
        _ => [new JsonObject { [idName] = id, ["data"] = data }],
    };
}
