using System.Text.Json.Nodes;
using Syncline.Sandbox.Anthropic;

namespace Syncline.Sandbox.Tests.Anthropic;

/// <summary>Limits, faults and batches (contract, sections 3, 7 and 8).</summary>
public sealed class LimitsFaultsAndBatches
{
    private readonly Laboratory _lab = new();

    [Fact]
    public void Requests_a_minute_are_counted_by_key_and_model_and_told_in_headers()
    {
        Laboratory lab = new(limitsOn: true);
        lab.Anthropic.AddKey("second");
        Reply first = lab.Ask(Laboratory.Body());
        Assert.Equal(("50", "49", "2026-11-15T12:00:01Z"), (first.Header("anthropic-ratelimit-requests-limit"), first.Header("anthropic-ratelimit-requests-remaining"), first.Header("anthropic-ratelimit-requests-reset")));
        Assert.Equal(12, first.Raw.Headers.Keys.Count(k => k.StartsWith("anthropic-ratelimit-", StringComparison.Ordinal)));
        for (int i = 0; i < 49; i++) Assert.Equal(200, lab.Ask(Laboratory.Body()).Status);
        Reply refused = lab.Ask(Laboratory.Body());
        Assert.Equal((429, "rate_limit_error", "2"), (refused.Status, refused.ErrorType, refused.Header("retry-after")));
        Assert.Equal(200, lab.Ask(Laboratory.Body(model: "claude-sonnet-5-5")).Status);
        Assert.Equal(200, lab.Send("POST", "/v1/messages", Laboratory.Body(), key: "second").Status);
        lab.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(200, lab.Ask(Laboratory.Body()).Status);
    }

    [Fact]
    public void Tokens_a_minute_are_limited_and_max_tokens_reserved_where_the_knob_says_so()
    {
        Laboratory lab = new(limitsOn: true);
        lab.Behaviour.InputTokensPerMinute = 1000;
        Assert.Equal(200, lab.Ask(Laboratory.Body(new string('a', 3600))).Status);
        Reply refused = lab.Ask(Laboratory.Body(new string('a', 3600)));
        Assert.Equal((429, "48"), (refused.Status, refused.Header("retry-after")));
        lab = new(limitsOn: true);
        lab.Behaviour.OutputTokensPerMinute = 100;
        Assert.Equal(200, lab.Ask(Laboratory.Body(most: 90)).Status);
        lab.Behaviour.ReserveMaxTokens = true;
        Assert.Equal(429, lab.Ask(Laboratory.Body(most: 99)).Status);
    }

    [Theory]
    [InlineData(AnthropicFault.RateLimited, 429, "rate_limit_error", 0)]
    [InlineData(AnthropicFault.SpendLimit, 429, "rate_limit_error", 0)]
    [InlineData(AnthropicFault.Overloaded, 529, "overloaded_error", 0)]
    [InlineData(AnthropicFault.ServerError, 500, "api_error", 0)]
    [InlineData(AnthropicFault.ServerErrorAfterWork, 500, "api_error", 1)]
    [InlineData(AnthropicFault.TimeoutAfterWork, 504, "timeout_error", 1)]
    public void The_next_request_fails_once_before_or_after_its_work(AnthropicFault fault, int status, string type, int made)
    {
        (_lab.Behaviour.FailNext, _lab.Behaviour.FailWith, _lab.Behaviour.ShouldRetry) = (1, fault, ShouldRetry.False);
        Reply failed = _lab.Ask(Laboratory.Body());
        Assert.Equal((status, type, made, "false"), (failed.Status, failed.ErrorType, _lab.Anthropic.Messages, failed.Header("x-should-retry")));
        if (status == 429) Assert.Equal("5", failed.Header("retry-after"));
        if (fault == AnthropicFault.SpendLimit) Assert.Equal("enforced_spend_limit_reached", (string)failed.Json["error"]!["details"]!["error_code"]!);
        Assert.Equal(200, _lab.Ask(Laboratory.Body()).Status);
    }

    [Fact]
    public void A_batch_ends_by_the_clock_and_its_results_come_in_another_order_at_half_price()
    {
        string body = Batch(20);
        string id = Make(body);
        Assert.Equal(("in_progress", 20), State(id, "processing"));
        _lab.Clock.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal(("in_progress", 20), State(id, "processing"));
        Assert.Equal(404, _lab.Send("GET", $"/v1/messages/batches/{id}/results").Status);
        Assert.Equal(400, _lab.Send("DELETE", $"/v1/messages/batches/{id}").Status);
        _lab.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(("ended", 20), State(id, "succeeded"));
        JsonNode[] results = Results(id);
        string[] sent = [.. Enumerable.Range(0, 20).Select(i => $"contact-{i}")];
        Assert.NotEqual(sent, results.Select(r => (string)r["custom_id"]!));
        Assert.Equal(sent.Order(), results.Select(r => (string)r["custom_id"]!).Order());
        decimal inBatch = _lab.Anthropic.Dollars;
        _lab.Anthropic.ForgetSpending();
        for (int i = 0; i < 20; i++) _lab.Ask(Laboratory.Body($"Company {i}"));
        Assert.Equal(_lab.Anthropic.Dollars, inBatch * 2);
    }

    [Fact]
    public void What_is_wrong_with_one_request_is_told_in_its_result_alone()
    {
        string id = Make($$"""{"requests":[{"params":{{Laboratory.Body()}},"custom_id":"good"},{"params":{"model":"claude-haiku-5-5"},"custom_id":"bad"}]}""");
        _lab.Clock.Advance(TimeSpan.FromMinutes(10));
        JsonNode bad = Results(id).Single(r => (string)r["custom_id"]! == "bad")["result"]!;
        Assert.Equal(("errored", "invalid_request_error"), ((string)bad["type"]!, (string)bad["error"]!["error"]!["type"]!));
        _lab.Behaviour.BatchErrors = 1;
        string failing = Make(Batch(3));
        _lab.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(("ended", 3), State(failing, "errored"));
    }

    [Fact]
    public void Cancelling_and_expiry_leave_what_was_done()
    {
        string cancelled = Make(Batch(10));
        _lab.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("canceling", (string)_lab.Send("POST", $"/v1/messages/batches/{cancelled}/cancel").Json["processing_status"]!);
        _lab.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((5, 5), (State(cancelled, "succeeded").Item2, State(cancelled, "canceled").Item2));
        _lab.Behaviour.BatchTakes = TimeSpan.FromHours(48);
        string expired = Make(Batch(10));
        _lab.Clock.Advance(TimeSpan.FromHours(24));
        Assert.Equal((5, 5), (State(expired, "succeeded").Item2, State(expired, "expired").Item2));
        Assert.Equal("message_batch_deleted", (string)_lab.Send("DELETE", $"/v1/messages/batches/{expired}").Json["type"]!);
        Assert.Equal(404, _lab.Send("GET", $"/v1/messages/batches/{expired}").Status);
        _lab.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal(404, _lab.Send("GET", $"/v1/messages/batches/{cancelled}/results").Status);
        Assert.NotNull(_lab.Send("GET", $"/v1/messages/batches/{cancelled}").Json["archived_at"]);
    }

    [Theory]
    [InlineData("""{"requests":[]}""")]
    [InlineData("""{"requests":[{"custom_id":"ada@example.com","params":{}}]}""")]
    [InlineData("""{"requests":[{"custom_id":"a","params":{}},{"custom_id":"a","params":{}}]}""")]
    [InlineData("""{"requests":[{"custom_id":"a"}]}""")]
    public void A_malformed_batch_is_refused(string body) => Assert.Equal(400, _lab.Send("POST", "/v1/messages/batches", body).Status);

    [Fact]
    public void Batches_are_listed_newest_first_and_made_again_by_every_call()
    {
        string[] ids = [.. Enumerable.Range(0, 5).Select(_ => Make(Batch(1)))];
        JsonNode first = _lab.Send("GET", "/v1/messages/batches?limit=2").Json;
        Assert.Equal((ids[4], ids[3], true), ((string)first["first_id"]!, (string)first["last_id"]!, (bool)first["has_more"]!));
        JsonNode rest = _lab.Send("GET", $"/v1/messages/batches?limit=3&after_id={ids[3]}").Json;
        Assert.Equal([ids[2], ids[1], ids[0]], rest["data"]!.AsArray().Select(b => (string)b!["id"]!));
        Assert.False((bool)rest["has_more"]!);
        (_lab.Behaviour.FailNext, _lab.Behaviour.FailWith) = (1, AnthropicFault.ServerErrorAfterWork);
        Assert.Equal(500, _lab.Send("POST", "/v1/messages/batches", Batch(1)).Status);
        Assert.Equal(6, _lab.Send("GET", "/v1/messages/batches").Json["data"]!.AsArray().Count);
    }

    [Fact]
    public void Every_knob_reads_back_what_it_was_given_and_holdings_show_what_was_made()
    {
        foreach (Knob knob in _lab.Anthropic.Knobs)
        {
            string before = knob.Get();
            knob.Set(before);
            Assert.Equal(before, knob.Get());
        }
        _lab.Ask(Laboratory.Body());
        Make(Batch(1));
        Assert.Equal([1, 1], _lab.Anthropic.Holds(5).Select(t => t.Count));
        _lab.Anthropic.Happenings.Single(h => h.Name == "revoke-key").Happen(Laboratory.Key);
        Assert.Equal(401, _lab.Ask(Laboratory.Body()).Status);
    }

    private static string Batch(int count) =>
        $"{{\"requests\":[{string.Join(',', Enumerable.Range(0, count).Select(i => $"{{\"custom_id\":\"contact-{i}\",\"params\":{Laboratory.Body($"Company {i}")}}}"))}]}}";

    private string Make(string body) => (string)_lab.Send("POST", "/v1/messages/batches", body).Json["id"]!;

    private (string, int) State(string id, string count)
    {
        JsonNode batch = _lab.Send("GET", $"/v1/messages/batches/{id}").Json;
        return ((string)batch["processing_status"]!, (int)batch["request_counts"]![count]!);
    }

    private JsonNode[] Results(string id)
    {
        SandboxResponse answer = _lab.Raw("GET", $"/v1/messages/batches/{id}/results", auth: ("x-api-key", Laboratory.Key));
        return [.. answer.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!)];
    }
}
