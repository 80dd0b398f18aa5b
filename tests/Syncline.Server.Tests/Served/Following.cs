using System.Net.Http;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Syncline.Server.Tests.Served;

/// <summary>Watches work that the API began.</summary>
internal static class Following
{
    /// <summary>The work when it is over.</summary>
    public static async Task<JsonNode> FollowAsync(this HttpClient client, string id)
    {
        JsonNode run = (await client.GetFromJsonAsync<JsonNode>($"/api/v1/runs/live/{id}?wait=60", TestContext.Current.CancellationToken))!;
        Assert.NotEqual("running", (string?)run["state"]);
        return run;
    }

    public static async Task<JsonNode> JsonAsync(this HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!;
}
