using System.Net;
using System.Net.Http;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Syncline.Server.Tests.Served;

/// <summary>Calls of the API that must be answered as expected.</summary>
internal static class Answers
{
    public static async Task<JsonNode> ReadAsync(this HttpClient client, string path) => (await client.GetFromJsonAsync<JsonNode>(path, TestContext.Current.CancellationToken))!;

    public static async Task<JsonNode> SendAsync(this HttpClient client, HttpMethod method, string path, object body, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using HttpRequestMessage request = new(method, path) { Content = JsonContent.Create(body) };
        HttpResponseMessage answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        string text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == expected, $"{method} {path}: {(int)answer.StatusCode} {text}");
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    public static async Task<HttpStatusCode> StatusAsync(this HttpClient client, string path)
    {
        using HttpResponseMessage answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    /// <summary>Asks for work under way until it is over.</summary>
    public static Task<JsonNode> FollowAsync(this HttpClient client, JsonNode begun) => client.FollowAsync((string)begun["id"]!);
}
