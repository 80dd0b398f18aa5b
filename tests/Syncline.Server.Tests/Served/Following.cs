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
        while (true)
        {
            JsonNode run = (await client.GetFromJsonAsync<JsonNode>($"/api/v1/runs/live/{id}", TestContext.Current.CancellationToken))!;
            if ((string?)run["state"] != "running") return run;
            await Task.Yield();
        }
    }

    public static async Task<JsonNode> JsonAsync(this HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!;
}
