using System.Net.Http;
using System.Text;
using System.Text.Json.Nodes;
using Syncline.Cli.Tests.Invented;

namespace Syncline.Cli.Tests.Commands;

/// <summary>The command as a person has it: webhooks made over the APIs, something made to happen, hooks at a receiver on plain http.</summary>
public sealed class SendingHooksFromTheSandbox : IDisposable
{
    private readonly Doorbell _door = new();
    private readonly HttpClient _http = new();

    [Fact]
    public async Task All_five_take_a_receiver_on_this_machine_and_their_hooks_arrive()
    {
        await using Serving sandbox = await Serving.StartAsync();
        await MakeWebhooksAsync(sandbox);
        await LetHappenAsync(sandbox);

        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(1));
        Dictionary<string, JsonNode> rung = await _door.RungAsync(["/heyreach", "/attio", "/quo", "/hubspot", "/lemlist"], patience.Token);
        Assert.Equal("every_message_reply_received", (string?)rung["/heyreach"]["event_type"]);
        Assert.Equal("record.created", (string?)rung["/attio"]["events"]![0]!["event_type"]);
        Assert.Equal("contact.updated", (string?)rung["/quo"]["type"]);
        Assert.Equal("contact.creation", (string?)rung["/hubspot"][0]!["subscriptionType"]);
        Assert.Equal("sendLimitReached", (string?)rung["/lemlist"]["type"]);
        Assert.Equal(0, await sandbox.StopAsync());
    }

    [Fact]
    public async Task An_edit_in_Attio_rings_once_the_record_is_known()
    {
        await using Serving sandbox = await Serving.StartAsync("--contacts", "1");
        await SendAsync(HttpMethod.Post, sandbox.Of("attio", "/v2/webhooks"), AttioHook("record.updated"), $"Bearer {sandbox.Key("attio")}");
        JsonNode holds = JsonNode.Parse(await _http.GetStringAsync(new Uri(sandbox.Address, "_sandbox/attio/holds"), TestContext.Current.CancellationToken))!;
        string person = (string)holds.AsArray().Single(t => (string?)t!["name"] == "people")!["rows"]![0]![0]!;
        await HappenAsync(sandbox, "attio/happenings/edit", $"people {person} job_title \"Welder\"");

        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(1));
        Dictionary<string, JsonNode> rung = await _door.RungAsync(["/attio"], patience.Token);
        Assert.Equal(person, (string?)rung["/attio"]["events"]![0]!["id"]!["record_id"]);
    }

    public void Dispose()
    {
        _http.Dispose();
        _door.Dispose();
    }

    private async Task MakeWebhooksAsync(Serving sandbox)
    {
        await SendAsync(HttpMethod.Post, sandbox.Of("heyreach", "/webhooks/CreateWebhook"),
            $$"""{"webhookName":"replies","webhookUrl":"{{_door.Address}}/heyreach","eventType":"EVERY_MESSAGE_REPLY_RECEIVED","campaignIds":[]}""", ("X-API-KEY", sandbox.Key("heyreach")));
        await SendAsync(HttpMethod.Post, sandbox.Of("attio", "/v2/webhooks"), AttioHook("record.created"), $"Bearer {sandbox.Key("attio")}");
        await SendAsync(HttpMethod.Post, sandbox.Of("quo", "/webhooks"),
            $$"""{"url":"{{_door.Address}}/quo","events":["contact.updated"]}""", ("Authorization", sandbox.Key("quo")), ("Quo-Api-Version", "2026-03-30"));
        const string developer = "54321/settings?hapikey=sandbox-developer-key";
        await SendAsync(HttpMethod.Put, sandbox.Of("hubspot", $"/webhooks/v3/{developer}"), $$"""{"targetUrl":"{{_door.Address}}/hubspot"}""");
        await SendAsync(HttpMethod.Post, sandbox.Of("lemlist", "/hooks"), $$"""{"targetUrl":"{{_door.Address}}/lemlist"}""",
            "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(":" + sandbox.Key("lemlist"))));
    }

    private async Task LetHappenAsync(Serving sandbox)
    {
        await HappenAsync(sandbox, "heyreach/happenings/reply");
        await HappenAsync(sandbox, "attio/happenings/create", """people {"job_title":"Welder"}""");
        await HappenAsync(sandbox, "quo/happenings/add-contact", "+15555550123 Ada");
        await HappenAsync(sandbox, "hubspot/happenings/hook", "contact.creation");
        await HappenAsync(sandbox, "hubspot/happenings/add-contact", "ada@example.com Ada");
        await HappenAsync(sandbox, "lemlist/happenings/alert", "sendLimitReached");
    }

    private string AttioHook(string type) => $$$"""{"data":{"target_url":"{{{_door.Address}}}/attio","subscriptions":[{"event_type":"{{{type}}}","filter":null}]}}""";

    private Task HappenAsync(Serving sandbox, string path, string argument = "") => SendAsync(HttpMethod.Post, new(sandbox.Address, "_sandbox/" + path), argument);

    private Task SendAsync(HttpMethod method, Uri url, string body, string authorization) => SendAsync(method, url, body, ("Authorization", authorization));

    private async Task SendAsync(HttpMethod method, Uri url, string body, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(method, url) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach ((string name, string value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using HttpResponseMessage answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{method} {url.AbsolutePath}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
    }

    /// <summary><c>syncline sandbox</c> while it runs.</summary>
    private sealed class Serving : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Rehearsal _here = new(configuration: null) { Http = () => new SocketsHttpHandler() };
        private Task<int> _running = Task.FromResult(0);
        private JsonNode _told = "";

        public Uri Address => new((string)_told["address"]!);

        public static async Task<Serving> StartAsync(params string[] more)
        {
            Serving started = new();
            TaskCompletionSource told = new(TaskCreationOptions.RunContinuationsAsynchronously);
            started._here.WhenAnswered = () => told.TrySetResult();
            started._running = started._here.RunAsync(started._stop.Token, ["sandbox", "--port", "0", "--people", "3", "--bare", "--json", .. more]);
            await Task.WhenAny(told.Task, started._running);
            started._told = started._here.Json;
            return started;
        }

        public string Key(string provider) => (string)_told[provider]!["apiKey"]!;

        /// <param name="path">After the base that the command tells.</param>
        public Uri Of(string provider, string path) => new((string)_told[provider]!["baseUrl"]! + path);

        /// <returns>The exit code.</returns>
        public async Task<int> StopAsync()
        {
            await _stop.CancelAsync();
            return await _running;
        }

        public async ValueTask DisposeAsync()
        {
            await StopAsync();
            _stop.Dispose();
            _here.Dispose();
        }
    }
}
