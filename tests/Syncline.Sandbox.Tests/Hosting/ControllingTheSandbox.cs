using System.Net;
using System.Net.Http;
using System.Text.Json.Nodes;
using Syncline.Sandbox.Faults;

namespace Syncline.Sandbox.Tests.Hosting;

public sealed class ControllingTheSandbox : IAsyncLifetime
{
    private ServedSandbox _sandbox = null!;

    public async ValueTask InitializeAsync() => _sandbox = await ServedSandbox.StartAsync();

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Fact]
    public async Task The_overview_tells_what_can_be_turned()
    {
        JsonNode overview = await _sandbox.GetJsonAsync("_sandbox");

        JsonNode provider = Assert.Single(overview["providers"]!.AsArray())!;
        Assert.Equal("""{"name":"limit","description":"Requests a second.","value":"25"}""", provider["knobs"]![0]!.ToJsonString());
        Assert.Equal(["arrive", "lose"], provider["happenings"]!.AsArray().Select(h => (string)h!["name"]!));
        Assert.Equal((false, "00:00:00", 0), ((bool)overview["faults"]!["on"]!, (string)overview["latency"]!, (int)overview["requests"]!));
    }

    [Fact]
    public async Task A_knob_is_turned_by_plain_text()
    {
        HttpResponseMessage answer = await _sandbox.SendAsync("PUT", "_sandbox/parcels/knobs/limit", "40");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("40", _sandbox.Parcels.Knobs[0].Get());
    }

    [Fact]
    public async Task A_body_that_curl_calls_a_form_is_plain_text_all_the_same()
    {
        await _sandbox.SendAsync("POST", "_sandbox/parcels/happenings/arrive", "a=b", "application/x-www-form-urlencoded");
        Assert.Equal("a=b", _sandbox.Parcels.Holds(1)[0].Rows[0][1]);
    }

    [Fact]
    public async Task A_bad_value_is_a_400_with_the_reason_and_changes_nothing()
    {
        HttpResponseMessage answer = await _sandbox.SendAsync("PUT", "_sandbox/parcels/knobs/limit", "many");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("many", await Problem(answer), StringComparison.Ordinal);
        Assert.Equal("25", _sandbox.Parcels.Knobs[0].Get());
    }

    [Theory]
    [InlineData("PUT", "_sandbox/parcels/knobs/colour", "limit, strict")]
    [InlineData("POST", "_sandbox/parcels/happenings/vanish", "arrive, lose")]
    [InlineData("GET", "_sandbox/letters/holds", "parcels")]
    [InlineData("GET", "_sandbox/nowhere", "GET /_sandbox")]
    public async Task What_is_unknown_is_a_404_that_names_the_known(string method, string path, string known)
    {
        HttpResponseMessage answer = await _sandbox.SendAsync(method, path, method == "GET" ? null : "1");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains(known, await Problem(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_happening_happens_with_and_without_an_argument()
    {
        HttpResponseMessage first = await _sandbox.SendAsync("POST", "_sandbox/parcels/happenings/arrive");
        await _sandbox.SendAsync("POST", "_sandbox/parcels/happenings/arrive", "from Łódź");

        Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);
        JsonNode table = (await _sandbox.GetJsonAsync("_sandbox/parcels/holds?rows=1"))[0]!;
        Assert.Equal(("Parcels", 2, "from Łódź"), ((string)table["name"]!, (int)table["count"]!, (string)Assert.Single(table["rows"]!.AsArray())![1]!));
        Assert.Equal("unlabelled", _sandbox.Parcels.Holds(2)[0].Rows[1][1]);
    }

    [Fact]
    public async Task A_happening_that_cannot_happen_is_a_400_with_the_reason()
    {
        HttpResponseMessage answer = await _sandbox.SendAsync("POST", "_sandbox/parcels/happenings/lose");
        Assert.Equal((HttpStatusCode.BadRequest, "There is no parcel to lose."), (answer.StatusCode, await Problem(answer)));
    }

    [Fact]
    public async Task Faults_are_set_shown_and_stopped()
    {
        await _sandbox.SendAsync("PUT", "_sandbox/faults", """{"seed":7,"share":0.05,"kinds":["reset-before","slow"],"slowFor":"00:00:09"}""");

        RandomFaults plan = Assert.IsType<RandomFaults>(_sandbox.Gate.Faults);
        Assert.Equal((7, 0.05, TimeSpan.FromSeconds(9)), (plan.Seed, plan.Share, plan.Kinds[1].Delay));
        JsonNode shown = (await _sandbox.GetJsonAsync("_sandbox"))["faults"]!;
        Assert.Equal((true, "reset-before", "00:00:09"), ((bool)shown["on"]!, (string)shown["kinds"]![0]!, (string)shown["slowFor"]!));

        await _sandbox.SendAsync("DELETE", "_sandbox/faults");
        Assert.IsType<NoFaults>(_sandbox.Gate.Faults);
    }

    [Fact]
    public async Task Faults_need_nothing_but_a_share()
    {
        await _sandbox.SendAsync("PUT", "_sandbox/faults", """{"share":0.25}""");

        RandomFaults plan = Assert.IsType<RandomFaults>(_sandbox.Gate.Faults);
        Assert.Equal((1, 0.25, 8, TimeSpan.FromSeconds(2)), (plan.Seed, plan.Share, plan.Kinds.Count, plan.Kinds[^1].Delay));
    }

    [Theory]
    [InlineData("""{"share":0.1,"kinds":["earthquake"]}""", "Known: reset-before, reset-after-commit, 500-before, 500-after-commit, 502-before, 502-after-commit, 503-before, slow")]
    [InlineData("""{"share":1.5}""", "from 0 to 1")]
    [InlineData("""{"seed":1}""", "share")]
    [InlineData("""{"share":0.1,"kind":["slow"]}""", "kind")]
    [InlineData("""{"share":0.1,"slowFor":"5"}""", "one hour")]
    [InlineData("nonsense", "invalid")]
    [InlineData("null", "JSON object")]
    public async Task Faults_that_make_no_sense_are_refused(string body, string reason)
    {
        HttpResponseMessage answer = await _sandbox.SendAsync("PUT", "_sandbox/faults", body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(reason, await Problem(answer), StringComparison.Ordinal);
        Assert.IsType<NoFaults>(_sandbox.Gate.Faults);
    }

    [Fact]
    public async Task Latency_is_set_as_a_time_span()
    {
        await _sandbox.SendAsync("PUT", "_sandbox/latency", "00:00:00.250");
        Assert.Equal(TimeSpan.FromMilliseconds(250), _sandbox.Gate.Latency);
    }

    [Theory]
    [InlineData("-00:00:01")]
    [InlineData("5")]
    [InlineData("soon")]
    public async Task A_latency_that_is_none_is_refused(string text)
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await _sandbox.SendAsync("PUT", "_sandbox/latency", text)).StatusCode);
        Assert.Equal(TimeSpan.Zero, _sandbox.Gate.Latency);
    }

    [Theory]
    [InlineData("_sandbox", "GET, HEAD, OPTIONS")]
    [InlineData("_sandbox/ledger", "GET, HEAD, DELETE, OPTIONS")]
    [InlineData("_sandbox/parcels/knobs/limit", "PUT, OPTIONS")]
    [InlineData("", "GET, HEAD, OPTIONS")]
    public async Task A_wrong_method_is_a_405_that_names_the_right_ones_as_options_does(string path, string allowed)
    {
        HttpResponseMessage wrong = await _sandbox.SendAsync("PATCH", path);
        HttpResponseMessage options = await _sandbox.SendAsync("OPTIONS", path);

        Assert.Equal((HttpStatusCode.MethodNotAllowed, HttpStatusCode.NoContent), (wrong.StatusCode, options.StatusCode));
        Assert.Equal(allowed, string.Join(", ", wrong.Content.Headers.Allow));
        Assert.Equal(allowed, string.Join(", ", options.Content.Headers.Allow));
    }

    [Fact]
    public async Task Head_is_get_without_the_body()
    {
        HttpResponseMessage answer = await _sandbox.SendAsync("HEAD", "_sandbox");
        Assert.Equal((HttpStatusCode.OK, ""), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        Assert.True(answer.Content.Headers.ContentLength > 100);
    }

    [Theory]
    [InlineData("Origin", "https://elsewhere.example.com")]
    [InlineData("Origin", "null")]
    [InlineData("Host", "rebound.example.com")]
    public async Task A_page_from_elsewhere_controls_nothing(string header, string value)
    {
        HttpRequestMessage request = new(HttpMethod.Delete, "_sandbox/ledger");
        request.Headers.Add(header, value);
        await _sandbox.Client.GetAsync("parcels/v2");

        Assert.Equal(HttpStatusCode.Forbidden, (await _sandbox.Client.SendAsync(request)).StatusCode);
        Assert.Single(_sandbox.Gate.Ledger.Entries);
    }

    [Fact]
    public async Task A_simulator_does_one_thing_at_a_time()
    {
        int inside = 0;
        int overlaps = 0;
        _sandbox.Parcels.AtWork = () =>
        {
            if (Interlocked.Increment(ref inside) > 1) Interlocked.Increment(ref overlaps);
            Thread.SpinWait(2_000);
            Interlocked.Decrement(ref inside);
        };

        await Task.WhenAll(Enumerable.Range(0, 150).Select(call => (call % 3) switch
        {
            0 => _sandbox.SendAsync("PUT", "_sandbox/parcels/knobs/limit", "9"),
            1 => _sandbox.SendAsync("POST", "_sandbox/parcels/happenings/arrive", "x"),
            _ => _sandbox.SendAsync("POST", "parcels/v2", "x"),
        }));

        Assert.Equal((0, 50, 50L), (overlaps, _sandbox.Parcels.Seen.Count, _sandbox.Parcels.Holds(0)[0].Count));
    }

    private static async Task<string> Problem(HttpResponseMessage answer) => (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["problem"]!;
}
