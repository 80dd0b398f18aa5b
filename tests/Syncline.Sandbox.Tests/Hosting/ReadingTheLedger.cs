using System.Net;
using System.Net.Http;
using System.Text.Json.Nodes;
using Syncline.Sandbox.Faults;

namespace Syncline.Sandbox.Tests.Hosting;

public sealed class ReadingTheLedger : IAsyncLifetime
{
    private readonly HandClock _clock = new();
    private ServedSandbox _sandbox = null!;

    public async ValueTask InitializeAsync() => _sandbox = await ServedSandbox.StartAsync(_clock);

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Fact]
    public async Task It_is_read_in_pages_by_the_last_number_seen()
    {
        for (int request = 1; request <= 5; request++) Send("GET", $"/{request}");

        JsonNode page = await _sandbox.GetJsonAsync("_sandbox/ledger?after=2&take=2&provider=parcels");

        Assert.Equal(5, (int)page["count"]!);
        Assert.Equal(["/3", "/4"], page["entries"]!.AsArray().Select(e => (string)e!["path"]!));
        Assert.Empty((await _sandbox.GetJsonAsync("_sandbox/ledger?provider=letters"))["entries"]!.AsArray());
    }

    [Fact]
    public async Task Keys_are_masked_there_and_on_the_page()
    {
        HttpRequestMessage request = new(HttpMethod.Get, "parcels/v2?hapikey=opensesame&a=b");
        request.Headers.Add("authorization", "Bearer opensesame");
        request.Headers.Add("x-api-key", "opensesame");
        await _sandbox.Client.SendAsync(request);

        string ledger = await _sandbox.Client.GetStringAsync("_sandbox/ledger");

        Assert.DoesNotContain("opensesame", ledger, StringComparison.Ordinal);
        Assert.DoesNotContain("opensesame", await _sandbox.Client.GetStringAsync(""), StringComparison.Ordinal);
        Assert.Equal("***", (string)JsonNode.Parse(ledger)!["entries"]![0]!["headers"]!["x-api-key"]!);
        Assert.Equal("Bearer opensesame", _sandbox.Gate.Ledger.Entries[0].Request.Header("Authorization"));
    }

    [Fact]
    public async Task Deleting_forgets_the_entries_and_keeps_the_count()
    {
        Send("GET", "/1");
        await _sandbox.SendAsync("DELETE", "_sandbox/ledger");
        Assert.Equal("""{"count":1,"entries":[]}""", await _sandbox.Client.GetStringAsync("_sandbox/ledger"));
    }

    [Fact]
    public async Task Bodies_are_readable_in_it()
    {
        await _sandbox.SendAsync("POST", "parcels/v2", "Zoë's <box>");
        Assert.Contains("Zoë's <box>", await _sandbox.Client.GetStringAsync("_sandbox/ledger"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("take=0")]
    [InlineData("take=10001")]
    [InlineData("after=-1")]
    [InlineData("after=x")]
    public async Task Bounds_that_are_none_are_refused(string query) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await _sandbox.Client.GetAsync($"_sandbox/ledger?{query}")).StatusCode);

    [Fact]
    public async Task The_summary_counts_by_status_method_and_fault()
    {
        Send("GET", "/1");
        _sandbox.Parcels.Answers = _ => new(429);
        Send("POST", "/2");
        _sandbox.Gate.Faults = new RandomFaults(1, share: 1, [Fault.ResetBefore]);
        Send("PATCH", "/3");

        JsonNode summary = (await _sandbox.GetJsonAsync("_sandbox/summary"))["providers"]!["parcels"]!;

        Assert.Equal("""
            {"requests":3,"statuses":{"2xx":1,"4xx":1,"cut":1},"throttled":1,"reads":1,"writes":2,"methods":{"GET":1,"PATCH":1,"POST":1},"faults":{"reset-before":1},"busiestSecond":3}
            """, summary.ToJsonString());
    }

    [Fact]
    public async Task The_busiest_second_begins_anywhere()
    {
        foreach (int wait in new[] { 0, 900, 50, 100, 949, 1000 })
        {
            _clock.Advance(TimeSpan.FromMilliseconds(wait));
            Send("GET", "/");
        }
        // At 0, 900, 950, 1050, 1999 and 2999 ms.
        Assert.Equal(3, (int)(await _sandbox.GetJsonAsync("_sandbox/summary"))["providers"]!["parcels"]!["busiestSecond"]!);
    }

    private void Send(string method, string path) => _sandbox.Gate.Send("parcels", new(method, path, "", new Dictionary<string, string>(), ""));
}
