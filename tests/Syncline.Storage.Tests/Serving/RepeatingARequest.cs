using Syncline.Storage.Serving;

namespace Syncline.Storage.Tests.Serving;

public sealed class RepeatingARequest : ServingTables
{
    private static readonly byte[] Body = "{\"id\":7}"u8.ToArray();

    private IdempotentAnswers Answers => Store.IdempotentAnswers;

    [Fact]
    public async Task The_first_is_new_and_the_next_is_told_that_it_is_under_way()
    {
        Assert.Equal(IdempotentState.New, await TryAsync());
        Assert.Equal(IdempotentState.UnderWay, await TryAsync());
    }

    [Fact]
    public async Task After_its_end_it_has_the_same_answer()
    {
        await TryAsync();
        await Answers.FinishAsync("ada", "k", 201, "application/json", Body, Token);
        IdempotentVerdict verdict = await Answers.TryBeginAsync("ada", "k", "digest", Token);
        Assert.Equal((IdempotentState.Finished, 201, "application/json"), (verdict.State, verdict.Answer!.Status, verdict.Answer.ContentType));
        Assert.Equal(Body, verdict.Answer.Body.ToArray());
    }

    [Fact]
    public async Task An_answer_without_content_is_one()
    {
        await TryAsync();
        await Answers.FinishAsync("ada", "k", 204, null, default, Token);
        IdempotentAnswer answer = (await Answers.TryBeginAsync("ada", "k", "digest", Token)).Answer!;
        Assert.Equal((204, null, true), (answer.Status, answer.ContentType, answer.Body.IsEmpty));
    }

    [Fact]
    public async Task A_key_that_was_used_for_another_request_is_said_to_be_before_and_after_its_end()
    {
        await TryAsync();
        Assert.Equal(IdempotentState.UsedForAnother, await TryAsync("other"));
        await Answers.FinishAsync("ada", "k", 200, null, Body, Token);
        IdempotentVerdict verdict = await Answers.TryBeginAsync("ada", "k", "other", Token);
        Assert.Equal(new(IdempotentState.UsedForAnother), verdict);
    }

    [Fact]
    public async Task Callers_do_not_share_keys()
    {
        await TryAsync();
        Assert.Equal(IdempotentState.New, (await Answers.TryBeginAsync("grace", "k", "other", Token)).State);
    }

    [Fact]
    public async Task Of_many_at_once_one_is_new()
    {
        IdempotentState[] states = new IdempotentState[32];
        await Parallel.ForAsync(0, states.Length, Token, async (i, token) => states[i] = (await Answers.TryBeginAsync("ada", "k", "digest", token)).State);
        Assert.Single(states, s => s == IdempotentState.New);
        Assert.Equal(31, states.Count(s => s == IdempotentState.UnderWay));
    }

    [Fact]
    public async Task What_a_dead_process_began_is_new_again_after_its_lease()
    {
        await TryAsync();
        Clock.Now += IdempotentAnswers.Lease - TimeSpan.FromMilliseconds(1);
        Assert.Equal(IdempotentState.UnderWay, await TryAsync());
        Clock.Now += TimeSpan.FromMilliseconds(1);
        Assert.Equal(IdempotentState.New, await TryAsync());
        Assert.Equal(IdempotentState.UnderWay, await TryAsync());
    }

    [Fact]
    public async Task What_failed_without_effect_is_new_again_and_an_answer_is_never_forgotten()
    {
        await TryAsync();
        await Answers.ForgetAsync("ada", "k", Token);
        Assert.Equal(IdempotentState.New, await TryAsync("other"));
        await Answers.FinishAsync("ada", "k", 200, null, Body, Token);
        await Answers.ForgetAsync("ada", "k", Token);
        await Answers.FinishAsync("ada", "k", 500, null, default, Token);
        Assert.Equal(200, (await Answers.TryBeginAsync("ada", "k", "other", Token)).Answer!.Status);
    }

    [Fact]
    public async Task Pruning_takes_the_old_but_not_what_is_under_way()
    {
        await TryAsync();
        await Answers.FinishAsync("ada", "k", 200, null, Body, Token);
        await Answers.TryBeginAsync("ada", "dead", "digest", Token);
        Clock.Now = Clock.Now.AddDays(1);
        await Answers.TryBeginAsync("ada", "busy", "digest", Token);
        Assert.Equal(2, await Answers.PruneAsync(Clock.Now.AddMinutes(1), Token));
        Assert.Equal(IdempotentState.UnderWay, (await Answers.TryBeginAsync("ada", "busy", "digest", Token)).State);
        Assert.Equal(IdempotentState.New, await TryAsync("other"));
    }

    private async Task<IdempotentState> TryAsync(string digest = "digest") => (await Answers.TryBeginAsync("ada", "k", digest, Token)).State;
}
