using System.Net.Http;
using System.Text;
using System.Text.Json.Nodes;
using Syncline.Sandbox.Anthropic;
using Syncline.Sandbox.Hosting;

namespace Syncline.Sandbox.Tests.Anthropic;

/// <summary>POST /v1/messages: who may, what is refused, what is answered (contract, sections 1 to 6).</summary>
public sealed class AskingForMessages
{
    private readonly Laboratory _lab = new();

    [Fact]
    public void Either_header_opens_under_any_prefix_and_every_answer_has_an_id()
    {
        foreach ((string, string)? auth in ((string, string)?[])[("Authorization", "Bearer " + Laboratory.Key), ("x-api-key", Laboratory.Key)])
        {
            SandboxResponse answer = _lab.Raw("POST", "/any/prefix/v1/messages", Laboratory.Body(), auth);
            Assert.Equal(200, answer.Status);
            Assert.StartsWith("req_", answer.Headers["request-id"], StringComparison.Ordinal);
        }
        Reply refused = _lab.Send("POST", "/v1/messages", Laboratory.Body(), key: null);
        Assert.Equal((401, "authentication_error", refused.Header("request-id")), (refused.Status, refused.ErrorType, (string)refused.Json["request_id"]!));
        Assert.Equal(401, _lab.Send("GET", "/v1/models", key: "wrong").Status);
    }

    [Theory]
    [InlineData("2026-10-21", 200)]
    [InlineData("2023-06-01", 200)]
    [InlineData("2024-01-01", 400)]
    [InlineData("2023-06-01, 2026-10-21", 400)]
    [InlineData(null, 400)]
    public void Two_versions_are_known(string? version, int status) => Assert.Equal(status, _lab.Send("POST", "/v1/messages", Laboratory.Body(), version: version).Status);

    [Theory]
    [InlineData("\"temperature\":1")]
    [InlineData("\"top_p\":1")]
    [InlineData("\"top_k\":5")]
    public void The_newer_version_takes_no_sampling(string more)
    {
        Assert.Equal(400, _lab.Ask(Laboratory.Body(more: more)).Status);
        Assert.Equal(200, _lab.Send("POST", "/v1/messages", Laboratory.Body(more: more), version: "2023-06-01").Status);
    }

    [Theory]
    [InlineData("""{"max_tokens":1,"messages":[{"role":"user","content":"a"}]}""", 400)]
    [InlineData("""{"model":"claude-none","max_tokens":1,"messages":[{"role":"user","content":"a"}]}""", 404)]
    [InlineData("""{"model":"claude-haiku-5-5","messages":[{"role":"user","content":"a"}]}""", 400)]
    [InlineData("""{"model":"claude-haiku-5-5","max_tokens":0,"messages":[{"role":"user","content":"a"}]}""", 400)]
    [InlineData("""{"model":"claude-haiku-4-5","max_tokens":64001,"messages":[{"role":"user","content":"a"}]}""", 400)]
    [InlineData("""{"model":"claude-haiku-5-5","max_tokens":1}""", 400)]
    [InlineData("""{"model":"claude-haiku-5-5","max_tokens":1,"messages":[]}""", 400)]
    [InlineData("""{"model":"claude-haiku-5-5","max_tokens":1,"messages":[{"role":"robot","content":"a"}]}""", 400)]
    [InlineData("""{"model":"claude-haiku-5-5","max_tokens":1,"messages":[{"role":"assistant","content":[{"type":"document"}]}]}""", 400)]
    [InlineData("""{"model":"claude-haiku-5-5","max_tokens":1,"messages":[{"role":"user","content":[{"type":"text","text":"a","citations":[{}]}]}]}""", 400)]
    [InlineData("""{"model":"claude-haiku-5-5","max_tokens":1,"messages":[{"role":"user","content":"a"}],"seed":1}""", 400)]
    [InlineData("not json", 400)]
    public void What_is_wrong_is_refused(string body, int status)
    {
        Assert.Equal(status, _lab.Ask(body).Status);
        Assert.Equal(0, _lab.Anthropic.Messages);
    }

    [Theory]
    [InlineData("""{"type":"object","properties":{}}""")]
    [InlineData("""{"type":"object","additionalProperties":false,"properties":{"a":{"type":"object","properties":{}}}}""")]
    [InlineData("""{"type":"object","additionalProperties":false,"properties":{"a":{"type":"string","maxLength":5}}}""")]
    [InlineData("""{"type":"object","additionalProperties":false,"properties":{"a":{"type":"array","minItems":2,"items":{"type":"string"}}}}""")]
    public void A_schema_that_cannot_be_held_to_is_refused(string schema) => Assert.Equal(400, _lab.Ask(Laboratory.Body(more: Laboratory.Structured(schema))).Status);

    [Fact]
    public void Structured_output_fits_the_schema_and_follows_from_the_prompt()
    {
        string[] said = [.. Enumerable.Range(0, 20).Select(i => _lab.Ask(Laboratory.Body($"Company {i}", Laboratory.Structured())).Text)];
        Assert.All(said, text =>
        {
            JsonObject told = JsonNode.Parse(text)!.AsObject();
            Assert.Equal(["painPoints", "personalizationHooks", "confidence"], told.Select(p => p.Key));
            Assert.All(told["painPoints"]!.AsArray(), p => Assert.NotEmpty((string)p!));
            Assert.Contains((string)told["confidence"]!, (string[])["low", "medium", "high"]);
        });
        Assert.Equal(said[3], new Laboratory().Ask(Laboratory.Body("Company 3", Laboratory.Structured())).Text);
        Assert.True(said.Distinct().Count() > 10);
    }

    [Fact]
    public void References_alternatives_and_nested_lists_are_written_too()
    {
        const string schema = """
            {"type":"object","additionalProperties":false,"required":["items","when","n","flag"],"$defs":{"Item":{"type":"object","additionalProperties":false,"required":["name"],"properties":{"name":{"type":"string"}}}},
            "properties":{"items":{"type":"array","minItems":1,"items":{"$ref":"#/$defs/Item"}},"when":{"type":"string","format":"date"},"n":{"type":["integer","null"]},"flag":{"anyOf":[{"type":"boolean"},{"type":"null"}]}}}
            """;
        JsonNode told = JsonNode.Parse(_lab.Ask(Laboratory.Body(more: Laboratory.Structured(schema))).Text)!;
        Assert.NotEmpty((string)told["items"]![0]!["name"]!);
        Assert.Equal(("2026-03-01", "Number"), ((string)told["when"]!, told["n"]!.GetValueKind().ToString()));
    }

    [Fact]
    public void A_tool_that_must_be_used_is_used()
    {
        string tools = $$"""
            "tools":[{"name":"note","strict":true,"input_schema":{{Laboratory.Schema}}}],"tool_choice":{"type":"tool","name":"note"}
            """;
        Reply told = _lab.Ask(Laboratory.Body(more: tools));
        Assert.Equal(("tool_use", "note"), (told.Stop, (string)told.Json["content"]![0]!["name"]!));
        Assert.NotNull(told.Json["content"]![0]!["input"]!["confidence"]);
    }

    [Theory]
    [InlineData(OutputFault.Truncated, "max_tokens")]
    [InlineData(OutputFault.InvalidJson, "end_turn")]
    public void An_answer_can_be_no_json(OutputFault fault, string stop)
    {
        (_lab.Behaviour.OutputFaultNext, _lab.Behaviour.OutputFault) = (1, fault);
        Reply told = _lab.Ask(Laboratory.Body(more: Laboratory.Structured()));
        Assert.Equal(stop, told.Stop);
        Assert.ThrowsAny<System.Text.Json.JsonException>(() => JsonNode.Parse(told.Text));
        Assert.NotNull(JsonNode.Parse(_lab.Ask(Laboratory.Body(more: Laboratory.Structured())).Text));
    }

    [Fact]
    public void A_refusal_is_empty_and_a_small_limit_cuts()
    {
        (_lab.Behaviour.OutputFaultNext, _lab.Behaviour.OutputFault) = (1, OutputFault.Refusal);
        Reply refused = _lab.Ask(Laboratory.Body());
        Assert.Equal(("refusal", 0), (refused.Stop, refused.Json["content"]!.AsArray().Count));
        Reply cut = _lab.Ask(Laboratory.Body(most: 5));
        Assert.Equal(("max_tokens", 20, 5), (cut.Stop, cut.Text.Length, cut.Usage("output_tokens")));
    }

    [Fact]
    public void Usage_goes_by_length_and_is_paid_by_model()
    {
        Reply told = _lab.Ask(Laboratory.Body(new string('a', 4000), model: "claude-sonnet-5-5"));
        Assert.Equal((1000, (told.Text.Length + 3) / 4), (told.Usage("input_tokens"), told.Usage("output_tokens")));
        Assert.Equal(((1000 * 2m) + (told.Usage("output_tokens") * 10m)) / 1_000_000m, _lab.Anthropic.Dollars);
        _lab.Behaviour.ThinkingTokens = 100;
        int thought = _lab.Ask(Laboratory.Body()).Usage("output_tokens"), plain = _lab.Ask(Laboratory.Body(more: "\"thinking\":{\"type\":\"disabled\"}")).Usage("output_tokens");
        Assert.Equal(100, thought - plain);
        _lab.Anthropic.ForgetSpending();
        Assert.Equal((0, 0m, 0L), (_lab.Anthropic.Messages, _lab.Anthropic.Dollars, _lab.Anthropic.InputTokens));
    }

    [Fact]
    public void A_long_prefix_is_written_to_the_cache_and_read_while_it_lives()
    {
        string System(int length, string ttl = "5m") => $$"""
            "system":[{"type":"text","cache_control":{"type":"ephemeral","ttl":"{{ttl}}"},"text":"{{new string('s', length)}}"}]
            """;
        Reply first = _lab.Ask(Laboratory.Body("one", System(20_000))), second = _lab.Ask(Laboratory.Body("two", System(20_000)));
        Assert.Equal((5000, 0), (first.Usage("cache_creation_input_tokens"), first.Usage("cache_read_input_tokens")));
        Assert.Equal((0, 5000, 1), (second.Usage("cache_creation_input_tokens"), second.Usage("cache_read_input_tokens"), second.Usage("input_tokens")));
        _lab.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(5000, _lab.Ask(Laboratory.Body("three", System(20_000))).Usage("cache_creation_input_tokens"));
        Assert.Equal(0, _lab.Ask(Laboratory.Body("four", System(4000))).Usage("cache_creation_input_tokens"));
        Assert.Equal(6000, (int)_lab.Ask(Laboratory.Body("five", System(24_000, "1h"))).Json["usage"]!["cache_creation"]!["ephemeral_1h_input_tokens"]!);
    }

    [Fact]
    public void Tokens_are_counted_and_models_listed()
    {
        Assert.Equal(10, (int)_lab.Send("POST", "/v1/messages/count_tokens", """{"model":"claude-haiku-5-5","messages":[{"role":"user","content":"0123456789012345678901234567890123456789"}]}""").Json["input_tokens"]!);
        Assert.Contains("claude-haiku-5-5", _lab.Send("GET", "/v1/models").Json["data"]!.AsArray().Select(m => (string)m!["id"]!));
        Assert.Equal("claude-haiku-4-5", (string)_lab.Send("GET", "/v1/models/claude-haiku-4-5-20251001").Json["id"]!);
        Assert.Equal((404, 404), (_lab.Send("GET", "/v1/models/claude-none").Status, _lab.Send("GET", "/v1/nothing").Status));
        Assert.Equal(0, _lab.Anthropic.Messages);
    }

    [Fact]
    public void A_body_can_be_too_large()
    {
        _lab.Behaviour.MostBytes = 100;
        Assert.Equal((413, "request_too_large"), (_lab.Ask(Laboratory.Body()).Status, _lab.Ask(Laboratory.Body()).ErrorType));
    }

    [Fact]
    public async Task It_is_served_over_http_as_the_package_calls_it()
    {
        SandboxGate gate = new([_lab.Anthropic], TimeProvider.System);
        await using SandboxServer server = await SandboxServer.StartAsync(gate, new(), TestContext.Current.CancellationToken);
        using HttpClient http = new();
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(server.Address, "anthropic/v1/messages")) { Content = new StringContent(Laboratory.Body(more: Laboratory.Structured()), Encoding.UTF8) };
        request.Content.Headers.ContentType = new("application/json");
        foreach ((string name, string value) in ((string, string)[])[("anthropic-version", "2026-10-21"), ("Authorization", "Bearer " + Laboratory.Key), ("X-Stainless-Lang", "csharp"), ("Accept-Encoding", "gzip")])
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        using HttpResponseMessage answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.StartsWith("req_", answer.Headers.GetValues("request-id").Single(), StringComparison.Ordinal);
        Assert.Equal("message", (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["type"]!);
    }
}
