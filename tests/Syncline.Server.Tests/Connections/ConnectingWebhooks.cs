using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Syncline.Sandbox.Attio;
using Syncline.Server.Tests.Served;

namespace Syncline.Server.Tests.Connections;

public sealed class ConnectingWebhooks
{
    private static readonly Uri Public = new("https://syncline.example.com/");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_connection_that_is_added_has_its_webhooks_made_once_and_taken_away_when_it_is_disconnected()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1, options: new() { Port = 0, RunsSchedules = false, PublicUrl = Public });
        HttpClient admin = await served.ClientAsync("admin");
        Dictionary<string, string> settings = new() { ["api_key"] = served.AttioToken, ["base_url"] = served.AttioUrl };
        Assert.Equal(HttpStatusCode.Created, (await admin.PostAsJsonAsync("/api/v1/connections", new { name = "second", provider = "attio", settings }, Token)).StatusCode);
        Assert.Equal(["https://syncline.example.com/webhooks/second"], await TargetsAsync(served));
        (await admin.PutAsync("/api/v1/webhooks/registrations/second", null, Token)).EnsureSuccessStatusCode();
        Assert.Single(await TargetsAsync(served));
        HttpResponseMessage disconnected = await admin.PostAsync("/api/v1/connections/second/disconnect", null, Token);
        Assert.Equal(1, (int)(await disconnected.JsonAsync())["webhooks"]!);
        Assert.Empty(await TargetsAsync(served));
        JsonArray connections = (await admin.GetFromJsonAsync<JsonArray>("/api/v1/connections", Token))!;
        Assert.Equal("missing", (string?)connections.Single(c => (string?)c!["name"] == "second")!["secrets"]![0]!["place"]);
    }

    [Fact]
    public async Task The_command_makes_webhooks_whose_deliveries_the_server_believes_and_removes_them_again()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1);
        (int code, string said) = await served.CommandAsync("connect", "attio", "--webhooks", Public.AbsoluteUri);
        Assert.Equal((0, true), (code, said.Contains("https://syncline.example.com/webhooks/attio", StringComparison.Ordinal)));
        Assert.Equal(["https://syncline.example.com/webhooks/attio"], await TargetsAsync(served));
        Assert.Equal(HttpStatusCode.OK, await DeliverAsync(served));

        (code, said) = await served.CommandAsync("disconnect", "attio", "--yes");
        Assert.Equal((0, "attio: 1 webhooks removed, stored keys forgotten."), (code, said.Trim()));
        Assert.Empty(await TargetsAsync(served));
    }

    [Fact]
    public async Task A_server_that_moves_takes_its_webhooks_along_and_leaves_none_behind()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1);
        Assert.Equal(0, (await served.CommandAsync("connect", "attio", "--webhooks", "https://old.example.com")).Code);
        Assert.Equal(0, (await served.CommandAsync("connect", "attio", "--webhooks", Public.AbsoluteUri)).Code);
        Assert.Equal(["https://syncline.example.com/webhooks/attio"], await TargetsAsync(served));
        Assert.Equal("https://syncline.example.com/webhooks/attio", Assert.Single(await served.Store.WebhookSubscriptions.ListAsync("attio", Token)).Url);
    }

    [Theory]
    [InlineData("hubspot", "https://syncline.example.com", "made by hand")]
    [InlineData("attio", "syncline.example.com", "no web address")]
    public async Task What_cannot_be_made_is_told_with_what_to_do(string connection, string url, string reason)
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1);
        (int code, string said) = await served.CommandAsync("connect", connection, "--webhooks", url);
        Assert.Equal((2, true), (code, said.Contains(reason, StringComparison.Ordinal)));
    }

    private static async Task<IReadOnlyList<string>> TargetsAsync(ServedFolder served)
    {
        using HttpClient client = new();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", served.AttioToken);
        JsonNode answer = (await client.GetFromJsonAsync<JsonNode>($"{served.AttioUrl}/v2/webhooks", Token))!;
        return [.. answer["data"]!.AsArray().Select(h => (string)h!["target_url"]!)];
    }

    /// <summary>Somebody edits a company in Attio, and Attio tells of it.</summary>
    private static async Task<HttpStatusCode> DeliverAsync(ServedFolder served)
    {
        AttioHook hook = served.Gate.Locked(() =>
        {
            served.Attio.CreateByPerson("companies", new() { ["name"] = "Initech" });
            return served.Attio.Webhooks.TakeDue()[0];
        });
        using HttpRequestMessage request = new(HttpMethod.Post, "webhooks/attio") { Content = new StringContent(hook.Body, Encoding.UTF8) };
        foreach ((string name, string value) in hook.Headers) request.Headers.TryAddWithoutValidation(name, value);
        return (await (await served.ClientAsync(null)).SendAsync(request, Token)).StatusCode;
    }
}
