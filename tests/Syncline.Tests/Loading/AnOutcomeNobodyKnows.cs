using Syncline.Loading;
using Syncline.Records;
using Syncline.Syncs;

namespace Syncline.Tests.Loading;

public sealed class AnOutcomeNobodyKnows
{
    private readonly Desk _desk = new();

    [Fact]
    public void Is_read_back_after_the_settle_time_and_never_repeated_while_it_can_be_found()
    {
        GoldenRecord jane = _desk.Person("jane@example.com");
        _desk.Destination.Lag = TimeSpan.FromSeconds(4.9);
        _desk.Destination.Afterwards = _ => Lost();
        Assert.Equal(1, _desk.Run(jane).Created);
        Assert.Equal(["find 1", "intend Create 1", "write Create 1", "find 1", "done Create 1"], _desk.Trace);
        Assert.Equal(TimeSpan.FromSeconds(5), _desk.Clock.Elapsed);
        Assert.Single(_desk.Remote);
    }

    [Fact]
    public void Is_not_taken_for_done_because_somebody_made_the_same_record_at_that_moment()
    {
        GoldenRecord jane = _desk.Person("jane@example.com", ("full_name", FieldValue.Of("Jane Example")), ("engagement_score", FieldValue.Of(7m)));
        int calls = 0;
        _desk.Destination.Instead = _ =>
        {
            if (calls++ > 0) return null;
            _desk.Destination.Put("people", "theirs", ("email", List("jane@example.com")), ("name", FieldValue.Of("J. Example")));
            return Lost();
        };
        Assert.Equal((0, 1), Outcome(_desk.Run(jane)));
        Assert.Equal((FieldValue.Of("J. Example"), FieldValue.Of(7m)), (Assert.Single(_desk.Remote).Fields["name"], _desk.Remote.Single().Fields["score"]));
        Assert.False(_desk.LinkOf(jane).IsOurs);
        _desk.Resolved();
    }

    [Fact]
    public void Is_tried_again_when_nothing_is_found()
    {
        GoldenRecord jane = _desk.Person("jane@example.com");
        int calls = 0;
        _desk.Destination.Instead = _ => calls++ == 0 ? Lost() : null;
        Assert.Equal(1, _desk.Run(jane).Created);
        Assert.Equal([OperationState.Dropped, OperationState.Done], _desk.Journal.Entries.Values.Select(e => e.State));
    }

    [Fact]
    public void Becomes_a_dead_letter_that_is_retried_after_a_quarter_of_an_hour()
    {
        _desk.Destination.Instead = _ => Lost();
        Assert.Equal(0, _desk.Run(_desk.Person("jane@example.com")).Created);
        DeadLetter letter = Assert.Single(_desk.Hub.DeadLetters.Values);
        Assert.Equal(("outcome-unknown", _desk.Clock.GetUtcNow() + TimeSpan.FromMinutes(15)), (letter.Code, letter.RetryAt!.Value));
        Assert.Equal(3, _desk.Trace.Count(t => t.StartsWith("write", StringComparison.Ordinal)));
        _desk.Resolved();
    }

    [Fact]
    public void Leaves_its_intent_open_when_it_cannot_even_be_read_back()
    {
        GoldenRecord jane = _desk.Person("jane@example.com");
        _desk.Destination.Afterwards = _ => Lost();
        _desk.Journal.Before = step => step == "settle" ? throw new TimeoutException("crash") : Task.CompletedTask;
        Assert.Throws<TimeoutException>(() => _desk.Run(jane));
        Assert.Single(_desk.Journal.Open);
    }

    [Fact]
    public void Is_not_taken_for_done_because_somebody_else_added_to_the_same_list()
    {
        GoldenRecord jane = _desk.Person("jane@example.com", ("tags", List("vip")));
        _desk.Run(jane);
        _desk.ChangeTo(jane, "tags", List("vip", "ours"));
        int calls = 0;
        _desk.Destination.Instead = _ =>
        {
            if (calls++ > 0) return null;
            _desk.EditTo(jane, "tags", List("vip", "theirs"));
            return Lost();
        };
        _desk.Run(jane);
        Assert.Equal(List("vip", "theirs", "ours"), _desk.Remote.Single().Fields["tags"]);
    }

    private static FieldValue List(params string[] texts) => FieldValue.List(texts.Select(FieldValue.Of))!;

    private static (long Created, long Updated) Outcome(RunTally tally) => (tally.Created, tally.Updated);

    private static WriteOutcome[] Lost() => [new WriteOutcome.Unknown("The connection broke.")];
}
