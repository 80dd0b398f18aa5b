using System.Net;
using System.Net.Http;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Syncline.Server.Tests.Served;

namespace Syncline.Server.Tests.Imports;

public sealed class ImportsByTheApi
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Records_are_imported_again_and_their_past_tells_what_changed()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1);
        await served.InitAsync();
        string initech = served.Attio.CreateByPerson("companies", new() { ["name"] = "Initech", ["description"] = "Software" });
        string globex = served.Attio.CreateByPerson("companies", new() { ["name"] = "Globex" });
        HttpClient client = await served.ClientAsync("operator");
        JsonNode first = await ImportAsync(client, initech, globex, Guid.NewGuid().ToString());
        Assert.Equal(["added", "added"], first["outcome"]!["files"]!.AsArray().Select(f => (string)f!["action"]!));
        Assert.Single(first["outcome"]!["missing"]!.AsArray());
        served.Attio.EditByPerson("companies", initech, "description", "Printers");
        JsonNode second = await ImportAsync(client, initech, globex);
        Assert.Equal(["unchanged", "updated"], second["outcome"]!["files"]!.AsArray().Select(f => (string)f!["action"]!).Order(StringComparer.Ordinal));
        JsonArray past = (await client.GetFromJsonAsync<JsonArray>($"/api/v1/imports/{initech}/history", Token))!;
        Assert.Equal((2, (string)second["outcome"]!["commit"]!), (past.Count, (string)past[0]!["commit"]!));
        Assert.Equal(("attributes.description", "\"Software\"", "\"Printers\""), Change(Assert.Single(past[0]!["changes"]!.AsArray())!));
        JsonNode page = (await client.GetFromJsonAsync<JsonNode>("/api/v1/imports?take=1", Token))!;
        Assert.Equal("Globex", (string)page["items"]![0]!["name"]!);
        JsonNode rest = (await client.GetFromJsonAsync<JsonNode>($"/api/v1/imports?take=1&after={Uri.EscapeDataString((string)page["next"]!)}", Token))!;
        Assert.Equal(("Initech", null), ((string)rest["items"]![0]!["name"]!, (string?)rest["next"]));
        Assert.Equal("Initech", (string)Assert.Single((await client.GetFromJsonAsync<JsonNode>("/api/v1/imports?type=company&search=INI", Token))!["items"]!.AsArray())!["name"]!);
        Assert.Equal("Printers", (string)(await client.GetFromJsonAsync<JsonNode>($"/api/v1/imports/{initech}", Token))!["attributes"]!["description"]!);
    }

    [Fact]
    public async Task An_experiment_has_the_records_that_were_assigned_as_personas()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1);
        await served.InitAsync();
        string initech = served.Attio.CreateByPerson("companies", new() { ["name"] = "Initech", ["description"] = "Software" });
        HttpClient client = await served.ClientAsync("operator");
        await ImportAsync(client, initech);
        HttpResponseMessage made = await client.PostAsJsonAsync("/api/v1/experiments", new { name = "Cold mail", description = "A or B" }, Token);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        long id = (long)(await made.JsonAsync())["id"]!;
        Assert.Equal(HttpStatusCode.Conflict, (await client.PostAsJsonAsync("/api/v1/experiments", new { name = "COLD mail" }, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsJsonAsync($"/api/v1/experiments/{id}/records", new { ids = new[] { "stranger" } }, Token)).StatusCode);
        Assert.Equal(1, (int)(await (await client.PostAsJsonAsync($"/api/v1/experiments/{id}/records", new { ids = new[] { initech } }, Token)).JsonAsync())["assigned"]!);
        JsonNode persona = Assert.Single((await client.GetFromJsonAsync<JsonNode>($"/api/v1/experiments/{id}/personas", Token))!["items"]!.AsArray())!;
        Assert.Equal(("Initech", "Software"), ((string)persona["name"]!, (string)persona["attributes"]!["description"]!));
        Assert.Equal(1, (int)(await client.GetFromJsonAsync<JsonNode>($"/api/v1/experiments/{id}", Token))!["records"]!);
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync($"/api/v1/experiments/{id}/records/{initech}", Token)).StatusCode);
        Assert.Empty((await client.GetFromJsonAsync<JsonNode>($"/api/v1/experiments/{id}/personas", Token))!["items"]!.AsArray());
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync($"/api/v1/experiments/{id}", Token)).StatusCode);
        Assert.Empty((await client.GetFromJsonAsync<JsonArray>("/api/v1/experiments", Token))!);
    }

    [Fact]
    public async Task Who_may_only_look_changes_nothing_and_mistakes_are_told()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1);
        HttpClient viewer = await served.ClientAsync("viewer"), client = await served.ClientAsync("operator");
        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.PostAsJsonAsync("/api/v1/imports/attio", new { place = "companies", ids = new[] { "x" } }, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.PostAsJsonAsync("/api/v1/experiments", new { name = "x" }, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsJsonAsync("/api/v1/imports/attio", new { place = "companies", ids = Array.Empty<string>() }, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsJsonAsync("/api/v1/imports/attio", new { connection = "quo", place = "companies", ids = new[] { "x" } }, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/api/v1/imports/..%2F..%2Fetc%2Fpasswd/history", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/api/v1/experiments/99/personas", Token)).StatusCode);
        HttpResponseMessage begun = await client.PostAsJsonAsync("/api/v1/imports/attio", new { place = "companies", ids = new[] { Guid.NewGuid().ToString() } }, Token);
        JsonNode run = await client.FollowAsync((string)(await begun.JsonAsync())["id"]!);
        Assert.Equal("failed", (string)run["state"]!);
        Assert.Contains("git init", (string)run["error"]!["remedy"]!, StringComparison.Ordinal);
    }

    private static (string, string?, string?) Change(JsonNode change) => ((string)change["field"]!, (string?)change["before"], (string?)change["after"]);

    /// <summary>What the import came to.</summary>
    private static async Task<JsonNode> ImportAsync(HttpClient client, params string[] ids)
    {
        HttpResponseMessage begun = await client.PostAsJsonAsync("/api/v1/imports/attio", new { place = "companies", ids }, Token);
        Assert.Equal(HttpStatusCode.Accepted, begun.StatusCode);
        string id = (string)(await begun.JsonAsync())["id"]!;
        await client.FollowAsync(id);
        return (await client.GetFromJsonAsync<JsonNode>($"/api/v1/imports/attio/{id}", Token))!;
    }
}
