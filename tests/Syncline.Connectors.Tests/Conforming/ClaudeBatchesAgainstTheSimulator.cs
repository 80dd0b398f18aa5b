using Syncline.Connectors.Claude;
using Syncline.Enriching;
using Syncline.Records;
using Syncline.Sandbox.Anthropic;

namespace Syncline.Connectors.Tests.Conforming;

/// <summary>Batches of the official client against the simulated API: unordered results, faults and lost answers, in virtual time.</summary>
public sealed class ClaudeBatchesAgainstTheSimulator
{
    private const int Count = 20;

    private readonly SandboxConnection<AnthropicSimulator> _sandbox = New();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private AnthropicBehaviour Behaviour => _sandbox.Simulator.Behaviour;

    private SentBatch Sent => new("h1-1", Count, Start);

    private static DateTimeOffset Start => new(2026, 11, 20, 9, 30, 0, TimeSpan.Zero);

    [Fact]
    public async Task It_is_under_way_until_all_is_answered_then_everybody_is_at_half_the_price()
    {
        IBatchEnricher people = Open();
        EnrichmentQuestion[] questions = Questions(people);
        string? id = await people.SubmitAsync(Sent, questions, Token);
        Assert.Null(await people.CollectAsync(id!, Sent, Token));
        _sandbox.Clock.Pass(Behaviour.BatchTakes);
        BatchAnswers answers = (await Open().CollectAsync(id!, Sent, Token))!;
        Assert.Equal(Enumerable.Range(0, Count), answers.Answers.Keys.Order());
        Assert.All(answers.Answers.Values, a => Assert.NotNull(Assert.IsType<EnrichmentAnswer.Known>(a).Fields["pain_points"]));
        Assert.Equal((double)_sandbox.Simulator.Dollars, (double)answers.Spent, 9);
        Assert.All(_sandbox.Simulator.Spending, s => Assert.True(s.IsInBatch));
        Assert.True(people.MostForBatch(questions) >= answers.Spent);
        Assert.Equal(people.MostFor(questions), 2 * people.MostForBatch(questions));
    }

    [Fact]
    public async Task Each_answer_is_that_of_its_own_question_in_whatever_order_they_come()
    {
        IBatchEnricher people = Open();
        EnrichmentQuestion[] questions = Questions(people);
        string? id = await people.SubmitAsync(Sent, questions, Token);
        _sandbox.Clock.Pass(Behaviour.BatchTakes);
        BatchAnswers answers = (await people.CollectAsync(id!, Sent, Token))!;
        // The simulated model says the same to the same prompt.
        Behaviour.LimitsOn = false;
        EnrichmentAnswers alone = await people.AskAsync(questions, Token);
        Assert.Equal(alone.Answers.Select(Text), Enumerable.Range(0, Count).Select(i => Text(answers.Answers[i])));
    }

    [Fact]
    public async Task Questions_that_the_api_fails_on_are_charged_nothing_and_asked_again()
    {
        Behaviour.BatchErrors = 0.5;
        BatchAnswers answers = await RunAsync(Behaviour.BatchTakes);
        EnrichmentAnswer.Failed[] failed = [.. answers.Answers.Values.OfType<EnrichmentAnswer.Failed>()];
        Assert.InRange(failed.Length, 1, Count - 1);
        Assert.All(failed, f => Assert.Equal(("api_error", false), (f.Code, f.IsFinal)));
        Assert.Equal((double)_sandbox.Simulator.Dollars, (double)answers.Spent, 9);
    }

    [Fact]
    public async Task A_model_that_is_not_known_fails_every_question_and_charges_nothing()
    {
        EnrichmentQuestion[] questions = Questions(Open());
        string? id = await Open(("model", "claude-none"), ("price_in", "1"), ("price_out", "1")).SubmitAsync(Sent, questions, Token);
        _sandbox.Clock.Pass(Behaviour.BatchTakes);
        BatchAnswers unknown = (await Open().CollectAsync(id!, Sent, Token))!;
        Assert.All(unknown.Answers.Values, a => Assert.Equal(("not_found_error", false), (((EnrichmentAnswer.Failed)a).Code, ((EnrichmentAnswer.Failed)a).IsFinal)));
        Assert.Equal((Count, 0m), (unknown.Answers.Count, unknown.Spent));
    }

    [Fact]
    public async Task What_has_expired_is_charged_nothing_and_asked_again()
    {
        Behaviour.BatchTakes = TimeSpan.FromHours(48);
        BatchAnswers answers = await RunAsync(TimeSpan.FromHours(24));
        ILookup<bool, EnrichmentAnswer> by = answers.Answers.Values.ToLookup(a => a is EnrichmentAnswer.Known);
        Assert.Equal((Count / 2, Count / 2), (by[true].Count(), by[false].Count()));
        Assert.All(by[false].Cast<EnrichmentAnswer.Failed>(), f => Assert.Equal(("expired", false), (f.Code, f.IsFinal)));
        Assert.Equal((double)_sandbox.Simulator.Dollars, (double)answers.Spent, 9);
    }

    [Theory]
    [InlineData(OutputFault.Refusal, "refusal")]
    [InlineData(OutputFault.Truncated, "max_tokens")]
    [InlineData(OutputFault.InvalidJson, "unreadable")]
    public async Task A_faulty_answer_is_a_failure_of_its_question_alone(OutputFault fault, string code)
    {
        (Behaviour.OutputFaultNext, Behaviour.OutputFault) = (1, fault);
        BatchAnswers answers = await RunAsync(Behaviour.BatchTakes);
        Assert.Equal(code, Assert.Single(answers.Answers.Values.OfType<EnrichmentAnswer.Failed>()).Code);
    }

    [Theory]
    [InlineData(AnthropicFault.ServerErrorAfterWork)]
    [InlineData(AnthropicFault.TimeoutAfterWork)]
    public async Task A_batch_whose_creation_was_not_answered_is_found_by_its_results(AnthropicFault fault)
    {
        IBatchEnricher people = Open();
        string? other = await people.SubmitAsync(Sent with { Tag = "h1-9" }, Questions(people), Token);
        (Behaviour.FailNext, Behaviour.FailWith) = (1, fault);
        Assert.Null(await people.SubmitAsync(Sent, Questions(people), Token));
        Assert.False((await people.FindAsync(Sent, new HashSet<string> { other! }, Token)).IsSettled);
        _sandbox.Clock.Pass(TimeSpan.FromHours(1));
        BatchSearch search = await people.FindAsync(Sent, new HashSet<string>(), Token);
        Assert.True(search is { IsSettled: true, Id: not null } && search.Id != other);
        Assert.Equal(Count, (await people.CollectAsync(search.Id, Sent, Token))!.Answers.Count);
        Assert.Equal(2 * Count, _sandbox.Simulator.Messages);
    }

    [Fact]
    public async Task One_that_was_never_made_is_given_up_once_it_would_have_turned_up()
    {
        IBatchEnricher people = Open();
        await people.SubmitAsync(Sent with { Tag = "h1-9" }, Questions(people), Token);
        (Behaviour.FailNext, Behaviour.FailWith) = (1, AnthropicFault.ServerError);
        Assert.Null(await people.SubmitAsync(Sent, Questions(people), Token));
        _sandbox.Clock.Pass(TimeSpan.FromMinutes(14));
        Assert.False((await people.FindAsync(Sent, new HashSet<string>(), Token)).IsSettled);
        _sandbox.Clock.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(new(true, null), await people.FindAsync(Sent, new HashSet<string>(), Token));
    }

    [Fact]
    public async Task Among_many_batches_it_is_found_over_several_pages()
    {
        IBatchEnricher people = Open(("requests_per_minute", "4000"));
        (Behaviour.FailNext, Behaviour.FailWith) = (1, AnthropicFault.ServerErrorAfterWork);
        Assert.Null(await people.SubmitAsync(Sent, Questions(people), Token));
        EnrichmentQuestion[] one = [Questions(people)[0]];
        for (int i = 0; i < 130; i++) await people.SubmitAsync(new($"h2-{i}", 1, Start), one, Token);
        _sandbox.Clock.Pass(TimeSpan.FromHours(1));
        Assert.NotNull((await people.FindAsync(Sent, new HashSet<string>(), Token)).Id);
    }

    [Fact]
    public async Task A_refused_creation_made_nothing_and_says_what_to_do()
    {
        IBatchEnricher people = Open();
        (Behaviour.FailNext, Behaviour.FailWith) = (1, AnthropicFault.RateLimited);
        ProviderException busy = await Assert.ThrowsAsync<ProviderException>(() => people.SubmitAsync(Sent, Questions(people), Token));
        Assert.Equal(("claude.batches.create", Recovery.RetryLater, TimeSpan.FromSeconds(5)), (busy.Operation, busy.Recovery, busy.RetryAfter));
        ProviderException refused = await Assert.ThrowsAsync<ProviderException>(() => Open(("api_key", "another")).SubmitAsync(Sent, Questions(people), Token));
        Assert.Equal(Recovery.StopRun, refused.Recovery);
        Assert.NotNull(refused.Hint);
    }

    [Fact]
    public async Task One_that_the_key_does_not_know_is_waited_for_and_then_counts_as_lost()
    {
        IBatchEnricher people = Open();
        ProviderException unknown = await Assert.ThrowsAsync<ProviderException>(() => people.CollectAsync("msgbatch_none", Sent, Token));
        Assert.Contains("workspace", unknown.Hint, StringComparison.Ordinal);
        _sandbox.Clock.Pass(TimeSpan.FromDays(3));
        Assert.Empty((await people.CollectAsync("msgbatch_none", Sent, Token))!.Answers);
    }

    [Fact]
    public async Task After_a_month_its_results_are_gone()
    {
        IBatchEnricher people = Open();
        string? id = await people.SubmitAsync(Sent, Questions(people), Token);
        _sandbox.Clock.Pass(TimeSpan.FromDays(30));
        Assert.Empty((await people.CollectAsync(id!, Sent, Token))!.Answers);
        // It might be the one that was lost: no second one is sent, and its questions count as spent.
        Assert.Equal(new(true, id), await people.FindAsync(Sent, new HashSet<string>(), Token));
    }

    private static string Text(EnrichmentAnswer answer) => Assert.IsType<EnrichmentAnswer.Known>(answer).Fields.ToString();

    private async Task<BatchAnswers> RunAsync(TimeSpan wait, params (string, string)[] settings)
    {
        IBatchEnricher people = Open(settings);
        string? id = await people.SubmitAsync(Sent, Questions(people), Token);
        _sandbox.Clock.Pass(wait);
        return (await people.CollectAsync(id!, Sent, Token))!;
    }

    private IBatchEnricher Open(params (string, string)[] settings) => (IBatchEnricher)_sandbox.Open(settings).Enrichers.Single();

    private static EnrichmentQuestion[] Questions(IBatchEnricher people) => [.. Enumerable.Range(0, Count).Select(i => people.QuestionOf(new(i + 1, RecordKind.Person, FieldSet.Of(
        ("job_title", FieldValue.Of($"Engineer {i}")), ("company_name", FieldValue.Of("Example Ltd")), ("linkedin", FieldValue.Of($"ada-example-{i}")))), null)!)];

    private static SandboxConnection<AnthropicSimulator> New()
    {
        QuickClock clock = new(Start);
        return new(new(new(), clock), new ClaudeProvider(), clock, new() { ["api_key"] = "anthropic-sandbox-key" });
    }
}
