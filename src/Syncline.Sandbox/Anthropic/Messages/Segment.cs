using System.Text.Json.Nodes;
using Syncline.Sandbox.Json;

namespace Syncline.Sandbox.Anthropic.Messages;

/// <summary>A part of a prompt, and whether what leads up to it is to be cached.</summary>
/// <param name="Lives">How long the cache keeps it; null where there is no breakpoint.</param>
internal sealed record Segment(string Text, TimeSpan? Lives)
{
    /// <summary>Four characters are a token, as everywhere here.</summary>
    public static int Tokens(int characters) => (characters + 3) / 4;

    public static IReadOnlyList<Segment> Of(JsonObject body)
    {
        List<Segment> segments = [];
        foreach (JsonNode? tool in body["tools"] as JsonArray ?? []) segments.Add(new(JsonText.Write(tool), LifeOf(tool)));
        Add(segments, body["system"]);
        foreach (JsonNode? message in body["messages"] as JsonArray ?? []) Add(segments, message?["content"]);
        // Asked for at the top level, the whole prompt is the prefix.
        if (LifeOf(body) is { } lives && segments.Count > 0) segments[^1] = segments[^1] with { Lives = lives };
        return segments;
    }

    private static void Add(List<Segment> segments, JsonNode? content)
    {
        if (content.Str() is { } text) segments.Add(new(text, null));
        foreach (JsonNode? block in content as JsonArray ?? []) segments.Add(new(block?["text"].Str() ?? JsonText.Write(block), LifeOf(block)));
    }

    private static TimeSpan? LifeOf(JsonNode? node) => node?["cache_control"] is not JsonObject control ? null
        : control["ttl"].Str() == "1h" ? TimeSpan.FromHours(1) : TimeSpan.FromMinutes(5);
}
