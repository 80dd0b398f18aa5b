using Syncline.Loading;
using Syncline.Merging;
using Syncline.Records;

namespace Syncline.Tests.Loading;

public sealed class AfterACrash
{
    private readonly Desk _desk = new();

    [Theory]
    [InlineData("intend", 1)]
    [InlineData("settle", 1)]
    public void A_creation_is_neither_lost_nor_repeated(string step, int at)
    {
        GoldenRecord jane = _desk.Person("jane@example.com");
        CrashAt(step, at, () => _desk.Run(jane));
        _desk.Run(jane);
        Assert.Single(_desk.Remote);
        Assert.True(_desk.LinkOf(jane).IsOurs);
        _desk.Resolved();
    }

    [Fact]
    public void A_creation_whose_reads_lag_is_waited_for()
    {
        GoldenRecord jane = _desk.Person("jane@example.com");
        _desk.Destination.Lag = TimeSpan.FromSeconds(4);
        CrashAt("settle", 1, () => _desk.Run(jane));
        Assert.Equal(1, _desk.Run(jane).Created);
        Assert.Single(_desk.Remote);
        Assert.Equal(TimeSpan.FromSeconds(5), _desk.Clock.Elapsed);
    }

    [Fact]
    public void An_intent_that_was_never_sent_is_dropped_and_planned_anew()
    {
        GoldenRecord jane = _desk.Person("jane@example.com");
        _desk.Destination.Instead = _ => throw new TimeoutException("crash");
        Assert.Throws<TimeoutException>(() => _desk.Run(jane));
        Assert.Single(_desk.Journal.Open);
        _desk.Destination.Instead = _ => null;
        Assert.Equal(1, _desk.Run(jane).Created);
        Assert.Equal([OperationState.Dropped, OperationState.Done], _desk.Journal.Entries.Values.Select(e => e.State));
    }

    [Theory]
    [InlineData("intend")]
    [InlineData("settle")]
    public void An_update_is_not_lost(string step)
    {
        GoldenRecord jane = Changed();
        CrashAt(step, 1, () => _desk.Run(jane));
        _desk.Run(jane);
        Assert.Equal("VP", Assert.Single(_desk.Remote).Fields["job"]!.Text);
        _desk.Resolved();
    }

    [Fact]
    public void A_recovered_update_keeps_the_record_ours_and_a_persons_edit_beside_it_theirs()
    {
        GoldenRecord jane = Changed();
        _desk.Edit(jane, "name", "Jane D.");
        CrashAt("settle", 1, () => _desk.Run(jane));
        _desk.Run(jane);
        Assert.True(_desk.LinkOf(jane).IsOurs);
        _desk.Change(jane, "full_name", "Jane Doe");
        _desk.Run(jane);
        Assert.Equal("Jane D.", Assert.Single(_desk.Remote).Fields["name"]!.Text);
    }

    [Fact]
    public void A_value_that_was_to_be_emptied_is_emptied()
    {
        GoldenRecord jane = Changed();
        _desk.Run(jane);
        _desk.Change(jane, "job_title", null);
        _desk.Destination.Instead = _ => throw new TimeoutException("crash");
        Assert.Throws<TimeoutException>(() => _desk.Run(jane));
        _desk.Destination.Instead = _ => null;
        _desk.Run(jane);
        Assert.Null(Assert.Single(_desk.Remote).Fields["job"]);
    }

    [Theory]
    [InlineData("intend", 1)]
    [InlineData("settle", 1)]
    [InlineData("settle", 2)]
    public void A_replaced_note_is_there_once(string step, int at)
    {
        GoldenRecord note = Note();
        _desk.Change(note, "body", "second");
        CrashAt(step, at, () => _desk.Run(Desk.Notes, note));
        _desk.Run(Desk.Notes, note);
        Assert.Equal("second", Assert.Single(_desk.Remote, r => r.Kind == RecordKind.Note).Fields["body"]!.Text);
        Assert.Equal("second", _desk.LinkOf(note).Sent["body"]!.Text);
        _desk.Resolved();
    }

    [Fact]
    public void A_removal_whose_new_record_was_never_made_is_not_carried_out()
    {
        GoldenRecord note = Note();
        _desk.Change(note, "body", "second");
        _desk.Destination.Instead = _ => throw new TimeoutException("crash");
        Assert.Throws<TimeoutException>(() => _desk.Run(Desk.Notes, note));
        _desk.Destination.Instead = _ => null;
        _desk.Trace.Clear();
        _desk.Run(Desk.Notes);
        Assert.DoesNotContain(_desk.Trace, t => t.StartsWith("write", StringComparison.Ordinal));
        Assert.Equal("first", Assert.Single(_desk.Remote, r => r.Kind == RecordKind.Note).Fields["body"]!.Text);
    }

    private GoldenRecord Changed()
    {
        GoldenRecord jane = _desk.Person("jane@example.com", ("full_name", FieldValue.Of("Jane")), ("job_title", FieldValue.Of("CTO")));
        _desk.Run(jane);
        _desk.Change(jane, "job_title", "VP");
        return jane;
    }

    private GoldenRecord Note()
    {
        GoldenRecord person = _desk.Person("jane@example.com");
        _desk.Run(person);
        GoldenRecord note = _desk.Hub.Add(RecordKind.Note, ("note_key", FieldValue.Of("n1")), ("person", person.Reference), ("body", FieldValue.Of("first")));
        _desk.Run(Desk.Notes, note);
        return note;
    }

    private void CrashAt(string step, int at, Action run)
    {
        _desk.Journal.Before = now => now == step && --at == 0 ? throw new TimeoutException("crash") : Task.CompletedTask;
        Assert.Throws<TimeoutException>(run);
        _desk.Journal.Before = _ => Task.CompletedTask;
    }
}
