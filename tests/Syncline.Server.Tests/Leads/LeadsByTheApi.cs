using System.Net;
using System.Net.Http;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Syncline.Server.Tests.Served;

namespace Syncline.Server.Tests.Leads;

public sealed class LeadsByTheApi
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lead_is_added_found_replaced_and_deleted()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1);
        HttpClient client = await served.ClientAsync("operator");
        HttpResponseMessage added = await client.PostAsJsonAsync("/api/v1/leads", new { name = "Ada Example", email = "ada@example.com", icpScore = 80, companyName = "Initech" }, Token);
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        string id = (string)(await added.JsonAsync())["id"]!;
        HttpResponseMessage again = await client.PostAsJsonAsync("/api/leads", new { name = "Ada Example", email = "ADA@example.com" }, Token);
        JsonNode known = await again.JsonAsync();
        Assert.Equal((HttpStatusCode.OK, id, "unchanged"), (again.StatusCode, (string)known["id"]!, (string)known["outcome"]!));
        HttpResponseMessage replaced = await client.PutAsJsonAsync($"/api/v1/leads/{id}", new { name = "Ada Lovely", email = "ada@example.com" }, Token);
        Assert.Equal("updated", (string)(await replaced.JsonAsync())["outcome"]!);
        JsonNode found = (await client.GetFromJsonAsync<JsonNode>($"/api/v1/leads/{id}", Token))!;
        Assert.Equal("Lovely", (string)found["lead"]!["lastName"]!);
        Assert.Null(found["lead"]!["icpScore"]);
        Assert.Null(found["standing"]!["syncedAt"]);
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync($"/api/v1/leads/{id}", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/api/v1/leads/{id}", Token)).StatusCode);
    }

    [Fact]
    public async Task A_list_is_filtered_and_paged_to_its_end()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1);
        HttpClient client = await served.ClientAsync("operator");
        JsonNode imported = await (await client.PostAsync("/api/v1/leads/import", new StringContent("""
            [{"id":"a","name":"Ada Example","email":"ada@example.com","icpScore":90},
             {"id":"b","name":"Bob Example","email":"bob@example.com","icpScore":40,"touchpoints":[{"channel":"linkedin"}]},
             {"id":"c","name":"Cy Example","linkedin":"cy-example"}]
            """, Encoding.UTF8, "application/json"), Token)).JsonAsync();
        Assert.Equal(3, (int)imported["created"]!);
        JsonNode first = (await client.GetFromJsonAsync<JsonNode>("/api/v1/leads?take=2", Token))!;
        Assert.Equal(["a", "b"], Ids(first));
        JsonNode second = (await client.GetFromJsonAsync<JsonNode>($"/api/v1/leads?take=2&after={first["next"]}", Token))!;
        Assert.Equal(["c"], Ids(second));
        Assert.Null(second["next"]);
        Assert.Equal(["a"], Ids((await client.GetFromJsonAsync<JsonNode>("/api/v1/leads?minScore=50", Token))!));
        Assert.Equal(["b"], Ids((await client.GetFromJsonAsync<JsonNode>("/api/v1/leads?touched=true", Token))!));
    }

    [Fact]
    public async Task A_preview_says_what_is_wrong_with_its_line_and_saves_nothing()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1);
        HttpClient client = await served.ClientAsync("operator");
        StringContent file = new("name,email,score\nAda Example,ada@example.com,80\nBob Example,nonsense,70\n", Encoding.UTF8, "text/csv");
        JsonNode preview = await (await client.PostAsync("/api/v1/leads/import?preview=true", file, Token)).JsonAsync();
        Assert.Equal((1, 1), ((int)preview["created"]!, (int)preview["refused"]!));
        Assert.Contains("line 3", (string)preview["problems"]![0]!["place"]!, StringComparison.Ordinal);
        Assert.Empty(Ids((await client.GetFromJsonAsync<JsonNode>("/api/v1/leads", Token))!));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(served.Folder, ".syncline", "uploads")));
    }

    [Fact]
    public async Task One_lead_alone_is_synced_and_its_place_is_told()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1);
        HttpClient client = await served.ClientAsync("operator");
        foreach (string name in (string[])["ada", "bob"]) await client.PostAsJsonAsync("/api/v1/leads", new { id = name, name = $"{name} Example", email = $"{name}@example.com", icpScore = 80 }, Token);
        HttpResponseMessage begun = await client.PostAsync("/api/v1/leads/ada/sync", null, Token);
        Assert.Equal(HttpStatusCode.Accepted, begun.StatusCode);
        JsonNode run = await client.FollowAsync((string)(await begun.JsonAsync())["id"]!);
        Assert.Equal("done", (string?)run["state"]);
        string person = Assert.Single(served.Attio.Records("people")).Id;
        JsonNode ada = (await client.GetFromJsonAsync<JsonNode>("/api/v1/leads/ada", Token))!;
        Assert.NotNull(ada["standing"]!["syncedAt"]);
        Assert.Contains(ada["standing"]!["places"]!.AsArray(), p => (string)p!["id"]! == person);
        Assert.Null((await client.GetFromJsonAsync<JsonNode>("/api/v1/leads/bob", Token))!["standing"]!["syncedAt"]);
    }

    [Fact]
    public async Task Mistakes_and_strangers_are_refused_with_the_reason()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1);
        HttpClient client = await served.ClientAsync("operator");
        HttpResponseMessage nameless = await client.PostAsJsonAsync("/api/v1/leads", new { email = "nonsense" }, Token);
        Assert.Equal(HttpStatusCode.BadRequest, nameless.StatusCode);
        Assert.Contains("e-mail address", (await nameless.JsonAsync())["errors"]!["email"]![0]!.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await client.PostAsync("/api/v1/leads/nobody/sync", null, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.PutAsJsonAsync("/api/v1/leads/nobody", new { name = "No Body", email = "no@example.com" }, Token)).StatusCode);
        HttpClient viewer = await served.ClientAsync("viewer");
        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.PostAsJsonAsync("/api/v1/leads", new { name = "Ada Example", email = "ada@example.com" }, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.PostAsync("/api/v1/leads/import", new StringContent("[]", Encoding.UTF8, "application/json"), Token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await viewer.GetAsync("/api/v1/leads", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await (await served.ClientAsync(null)).GetAsync("/api/v1/leads", Token)).StatusCode);
    }

    private static IEnumerable<string> Ids(JsonNode page) => page["items"]!.AsArray().Select(l => (string)l!["id"]!);
}
