using System.Text.Json.Nodes;
using Syncline.Enriching;
using Syncline.Records;

namespace Syncline.Connectors.Tests.Claude;

public sealed class SendingABatch
{
    private readonly FakeClaude _claude = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private SentBatch Sent => new("h1-7", 2, _claude.Clock.GetUtcNow());

    private IBatchEnricher People => (IBatchEnricher)_claude.People();

    [Fact]
    public async Task Its_questions_are_those_of_single_calls_and_their_names_say_nothing_of_anybody()
    {
        _claude.Answer = _ => (200, Shown());
        Assert.Equal("msgbatch_1", await People.SubmitAsync(Sent, [Question("Head of Engineering"), Question("Buyer")], Token));
        ClaudeCall call = Assert.Single(_claude.Calls);
        JsonArray requests = call.Body!["requests"]!.AsArray();
        Assert.Equal(("v1/messages/batches", "h1-7-0", "h1-7-1"), (call.Path, (string?)requests[0]!["custom_id"], (string?)requests[1]!["custom_id"]));
        _claude.Answer = _ => (200, FakeClaude.Message(FakeClaude.Good));
        await People.AskAsync([Question("Buyer")], Token);
        Assert.True(JsonNode.DeepEquals(_claude.Calls[^1].Body, requests[1]!["params"]));
        Assert.DoesNotContain("ada", call.Body.ToJsonString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_broken_connection_leaves_open_whether_it_is_there_and_is_not_tried_again()
    {
        _claude.BreaksConnections = true;
        Assert.Null(await People.SubmitAsync(Sent, [Question("Buyer"), Question("Seller")], Token));
        Assert.Single(_claude.Calls);
        await Assert.ThrowsAsync<ProviderException>(() => People.FindAsync(Sent, new HashSet<string>(), Token));
    }

    [Fact]
    public async Task An_answer_that_cannot_be_read_is_a_lost_one()
    {
        _claude.Answer = _ => (200, """{"type":"message_batch"}""");
        Assert.Null(await People.SubmitAsync(Sent, [Question("Buyer"), Question("Seller")], Token));
    }

    [Fact]
    public async Task A_refusal_does_not_quote_what_the_api_says()
    {
        _claude.Answer = _ => (400, FakeClaude.Error("invalid_request_error"));
        ProviderException refused = await Assert.ThrowsAsync<ProviderException>(() => People.SubmitAsync(Sent, [Question("Buyer"), Question("Seller")], Token));
        Assert.DoesNotContain("secret", refused.Message + refused.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Results_of_other_names_and_unknown_kinds_are_no_answers()
    {
        string message = FakeClaude.Message(FakeClaude.Good);
        string[] lines =
        [
            $$$"""{"custom_id":"h1-70-0","result":{"type":"succeeded","message":{{{message}}} }}""",
            $$$"""{"custom_id":"h1-7-9","result":{"type":"succeeded","message":{{{message}}} }}""",
            """{"custom_id":"h1-7-1","result":{"type":"postponed"}}""",
            $$$"""{"custom_id":"h1-7-0","result":{"type":"succeeded","message":{{{message}}} }}""",
        ];
        _claude.Answer = call => (200, call.Path.EndsWith("results", StringComparison.Ordinal) ? string.Join("\n", lines) + "\n" : Shown("ended"));
        BatchAnswers answers = (await People.CollectAsync("msgbatch_1", Sent, Token))!;
        Assert.Equal(0, Assert.Single(answers.Answers).Key);
        // 1,000 tokens in and 200 out at half of 0.10 and 0.50 dollars a million.
        Assert.Equal(0.0001m, answers.Spent);
    }

    [Fact]
    public async Task An_invalid_question_is_final_and_a_cancelled_one_is_not()
    {
        string[] lines =
        [
            """{"custom_id":"h1-7-1","result":{"type":"canceled"}}""",
            """{"custom_id":"h1-7-0","result":{"type":"errored","error":{"type":"error","error":{"type":"invalid_request_error","message":"secret headline"},"request_id":"req_1"}}}""",
        ];
        _claude.Answer = call => (200, call.Path.EndsWith("results", StringComparison.Ordinal) ? string.Join("\n", lines) + "\n" : Shown("ended"));
        BatchAnswers answers = (await People.CollectAsync("msgbatch_1", Sent, Token))!;
        EnrichmentAnswer.Failed invalid = Assert.IsType<EnrichmentAnswer.Failed>(answers.Answers[0]), cancelled = Assert.IsType<EnrichmentAnswer.Failed>(answers.Answers[1]);
        Assert.Equal(("invalid_request_error", true, "canceled", false, 0m), (invalid.Code, invalid.IsFinal, cancelled.Code, cancelled.IsFinal, answers.Spent));
        Assert.DoesNotContain("secret", invalid.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("backfill", null, 200)]
    [InlineData("backfill", "50", 50)]
    [InlineData("always", "50", 1)]
    public void The_settings_say_from_how_many_questions_on_a_batch_is_sent(string? batches, string? from, int? expected)
    {
        if (batches is not null) _claude.Settings["batches"] = batches;
        if (from is not null) _claude.Settings["batch_from"] = from;
        Assert.Equal(expected, People.BatchFrom);
    }

    private static string Shown(string status = "in_progress") => $$"""
        {"id":"msgbatch_1","type":"message_batch","processing_status":"{{status}}","request_counts":{"processing":2,"succeeded":0,"errored":0,"canceled":0,"expired":0},
        "created_at":"2026-05-20T09:30:00Z","expires_at":"2026-05-21T09:30:00Z","ended_at":null,"results_url":null,"archived_at":null,"cancel_initiated_at":null}
        """;

    private EnrichmentQuestion Question(string title) => People.QuestionOf(new(1, RecordKind.Person, FieldSet.Of(
        ("full_name", FieldValue.Of("Ada Example")), ("email", FieldValue.List([FieldValue.Of("ada@example.com")])), ("job_title", FieldValue.Of(title)), ("company_name", FieldValue.Of("Example Ltd")))), null)!;
}
