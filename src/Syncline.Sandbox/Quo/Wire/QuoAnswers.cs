using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Syncline.Sandbox.Quo.Wire;

/// <summary>The envelopes that answers come in.</summary>
internal static class QuoAnswers
{
    // A body is signed and compared as it stands: letters beyond ASCII are written as themselves.
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static SandboxResponse Deleted { get; } = new(204, "", null);

    public static SandboxResponse Json(int status, JsonNode body) => new(status, Text(body));

    public static string Text(JsonNode body) => body.ToJsonString(Relaxed);

    public static SandboxResponse Data(JsonNode data, int status = 200) => Json(status, new JsonObject { ["data"] = data });

    public static SandboxResponse DataList(IEnumerable<JsonNode> items) => Data(new JsonArray([.. items]));

    /// <summary>A v1 page. <c>totalItems</c> is documented as wrong, and the behaviour says how wrong.</summary>
    public static SandboxResponse V1Page<T>(Slice<T> slice, Func<T, JsonNode> write, TotalItems total) => Json(200, new JsonObject
    {
        ["data"] = new JsonArray([.. slice.Items.Select(write)]),
        ["totalItems"] = total switch { TotalItems.True => slice.Total, TotalItems.Zero => 0, _ => slice.Items.Count },
        ["nextPageToken"] = slice.Next,
    });

    public static SandboxResponse DatedPage<T>(Slice<T> slice, Func<T, JsonNode> write) => Json(200, new JsonObject
    {
        ["data"] = new JsonArray([.. slice.Items.Select(write)]), ["nextCursor"] = slice.Next,
    });
}
