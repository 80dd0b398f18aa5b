using Syncline.Connectors.Claude;
using Syncline.Enriching;
using Syncline.Records;
using Syncline.Sandbox.Anthropic;

namespace Syncline.Connectors.Tests.Conforming;

/// <summary>The official client, as the connector uses it, against the simulated API with its limits.</summary>
public sealed class ClaudeAgainstTheSimulator
{
    private readonly SandboxConnection<AnthropicSimulator> _sandbox = New();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everybody_is_answered_and_what_it_cost_is_what_the_account_pays()
    {
        IEnricher people = _sandbox.Open().Enrichers.Single();
        EnrichmentQuestion[] questions = [.. Enumerable.Range(0, 20).Select(i => Question(people, $"Engineer {i}"))];
        EnrichmentAnswers answers = await people.AskAsync(questions, Token);
        Assert.All(answers.Answers, a => Assert.NotNull(Assert.IsType<EnrichmentAnswer.Known>(a).Fields["pain_points"]));
        Assert.Equal((double)_sandbox.Simulator.Dollars, (double)answers.Spent, 9);
        Assert.True(people.MostFor(questions) >= answers.Spent);
    }

    [Theory]
    [InlineData(OutputFault.Refusal, "refusal")]
    [InlineData(OutputFault.Truncated, "max_tokens")]
    [InlineData(OutputFault.InvalidJson, "unreadable")]
    public async Task A_faulty_answer_is_a_failure_of_its_question_alone(OutputFault fault, string code)
    {
        (_sandbox.Simulator.Behaviour.OutputFaultNext, _sandbox.Simulator.Behaviour.OutputFault) = (1, fault);
        IEnricher people = _sandbox.Open().Enrichers.Single();
        EnrichmentAnswers answers = await people.AskAsync([Question(people, "Engineer"), Question(people, "Manager")], Token);
        Assert.Equal(code, Assert.Single(answers.Answers.OfType<EnrichmentAnswer.Failed>()).Code);
        Assert.Single(answers.Answers.OfType<EnrichmentAnswer.Known>());
    }

    [Fact]
    public async Task The_doctor_knows_the_key_and_the_model()
    {
        Assert.Equal(Severity.Good, (await _sandbox.Open().Doctor.TestAsync(Token)).Severity);
        Assert.Equal("api_key", (await _sandbox.Open(("api_key", "another")).Doctor.TestAsync(Token)).Subject);
        Assert.Equal("model", (await _sandbox.Open(("model", "claude-none"), ("price_in", "1"), ("price_out", "1")).Doctor.TestAsync(Token)).Subject);
    }

    private static EnrichmentQuestion Question(IEnricher people, string title) => people.QuestionOf(new(1, RecordKind.Person, FieldSet.Of(
        ("job_title", FieldValue.Of(title)), ("company_name", FieldValue.Of("Example Ltd")), ("linkedin", FieldValue.Of("ada-example")))), null)!;

    private static SandboxConnection<AnthropicSimulator> New()
    {
        QuickClock clock = new(new(2026, 11, 20, 9, 30, 0, TimeSpan.Zero));
        return new(new(new(), clock), new ClaudeProvider(), clock, new() { ["api_key"] = "anthropic-sandbox-key" });
    }
}
