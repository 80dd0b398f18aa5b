using System.Text.Json.Nodes;
using Syncline.Sandbox.Json;

namespace Syncline.Sandbox.Lemlist.Wire;

/// <summary>The forms that answers come in.</summary>
internal static class LemlistAnswers
{
    public static SandboxResponse Json(JsonNode body, int status = 200) => new(status, JsonText.Write(body));

    /// <summary>A bare JSON string, quotes and all.</summary>
    public static SandboxResponse Said(string text) => Json(JsonValue.Create(text));

    public static SandboxResponse Rows(IEnumerable<JsonNode?> rows) => Json(JsonText.Array(rows));

    public static SandboxResponse Csv(string text) => new(200, text, "text/csv; charset=utf-8");

    public static SandboxResponse Plain(int status, string text) => new(status, text, "text/plain; charset=utf-8");

    public static SandboxResponse Of(LemlistRefusalException refusal) => refusal.Body is { } body ? Json(body, refusal.Status) : Plain(refusal.Status, refusal.Message);

    /// <summary>The envelope of inbox pages; the first page is 1.</summary>
    public static JsonObject Pagination(int total, int page, int perPage)
    {
        int pages = Math.Max(1, (total + perPage - 1) / perPage);
        return new()
        {
            ["totalItems"] = total, ["currentPage"] = page, ["nextPage"] = page < pages ? page + 1 : null, ["previousPage"] = page > 1 ? page - 1 : null,
            ["perPage"] = perPage, ["totalPages"] = pages,
        };
    }
}
