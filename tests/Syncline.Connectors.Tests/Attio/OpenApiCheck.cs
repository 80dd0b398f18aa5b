using System.Text.Json.Nodes;
using Syncline.Conformance.Published;

namespace Syncline.Connectors.Tests.Attio;

/// <summary>Holds requests against a provider's published OpenAPI document: is there such a call, and has what is sent the declared shape?</summary>
internal sealed class OpenApiCheck(PublishedApi api)
{
    /// <summary>Attio's document where it lies beside the repository; null where it does not.</summary>
    public static OpenApiCheck? Shared { get; } = Of("attio");

    /// <summary>A provider's document where it lies beside the repository; null where it does not.</summary>
    public static OpenApiCheck? Of(string provider) => PublishedApi.Find(provider) is { } api ? new(api) : null;

    public IEnumerable<string> Violations(string method, string pathAndQuery, JsonNode? body)
    {
        string[] parts = pathAndQuery.Split('?', 2);
        return api.OfRequest(method, parts[0], parts.Length > 1 ? parts[1] : "", body?.ToJsonString() ?? "");
    }
}
