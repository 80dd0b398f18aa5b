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
        JsonNode runs = (await client.GetFromJsonAsync<JsonNode>("/api/runs?sync=linkedin-to-attio", TestContext.Current.CancellationToken))!;
        Assert.Equal("linkedin-to-attio", (string?)Assert.Single(runs["items"]!.AsArray())!["sync"]);
    }

    [Fact]
    public async Task The_log_is_read_page_by_page_and_so_is_who_did_what()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1);
        for (int i = 0; i < 5; i++)
        {
            await served.Store.Runs.StartAsync("linkedin-to-attio", i == 1 ? "webhook" : "sync", TestContext.Current.CancellationToken);
            await served.Store.AuditLog.WriteAsync("ada", $"step {i}", null, null, TestContext.Current.CancellationToken);
        }
        HttpClient client = await served.ClientAsync("admin");
        Assert.Equal(["5,4", "3,1"], await PagesAsync(client, "/api/v1/runs?take=2", "id"));
        Assert.Equal(["2"], await PagesAsync(client, "/api/v1/runs?kind=webhook", "id"));
        Assert.Equal(["step 4,step 3", "step 2,step 1", "step 0"], await PagesAsync(client, "/api/v1/audit?take=2", "what"));
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

    private static async Task<IReadOnlyList<string>> PagesAsync(HttpClient client, string path, string told)
    {
        List<string> pages = [];
        for (string? after = ""; after is not null;)
        {
            JsonNode page = (await client.GetFromJsonAsync<JsonNode>(after.Length == 0 ? path : $"{path}&after={after}", TestContext.Current.CancellationToken))!;
            pages.Add(string.Join(',', page["items"]!.AsArray().Select(i => i![told]!.ToString())));
            after = (string?)page["next"];
        }
        return pages;
    }
}
