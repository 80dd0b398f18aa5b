using System.Net;
using System.Net.Http;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Syncline.Server.Tests.Served;

namespace Syncline.Server.Tests.Runs;

public sealed class RunningASyncByTheApi
{
    [Fact]
    public async Task A_run_is_begun_and_followed_to_its_end()
    {
        await using ServedFolder served = await ServedFolder.StartAsync();
        HttpClient client = await served.ClientAsync("operator");
        HttpResponseMessage begun = await client.PostAsJsonAsync("/api/v1/syncs/linkedin-to-attio/runs", new { full = false }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Accepted, begun.StatusCode);
        JsonNode run = await client.FollowAsync((string)(await begun.JsonAsync())["id"]!);
        Assert.Equal("done", (string?)run["state"]);
        Assert.Equal(5, served.Attio.Records("people").Count);
        JsonArray runs = (await client.GetFromJsonAsync<JsonArray>("/api/runs?sync=linkedin-to-attio", TestContext.Current.CancellationToken))!;
        Assert.Equal("linkedin-to-attio", (string?)Assert.Single(runs)!["sync"]);
    }

    [Fact]
    public async Task An_unknown_sync_is_a_problem_that_names_it()
    {
        await using ServedFolder served = await ServedFolder.StartAsync();
        HttpClient client = await served.ClientAsync("operator");
        HttpResponseMessage answer = await client.PostAsJsonAsync("/api/v1/syncs/linkedin-to-atio/runs", new { }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        JsonNode problem = await answer.JsonAsync();
        Assert.Contains("linkedin-to-atio", (string?)problem["title"], StringComparison.Ordinal);
        Assert.Contains("linkedin-to-attio", (string?)problem["detail"], StringComparison.Ordinal);
    }
}
