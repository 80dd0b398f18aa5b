using Syncline.Conformance.Time;
using Syncline.Loading;
using Syncline.Merging;
using Syncline.Records;
using Syncline.Tests.Time;

namespace Syncline.Tests.Loading;

public sealed class WritingOnce
{
    private readonly Desk _desk = new();

    [Fact]
    public void The_intent_is_durable_before_the_call_and_the_outcome_after_it()
    {
        _desk.Run(_desk.Person("jane@example.com"));
        Assert.Equal(["find 1", "intend Create 1", "write Create 1", "done Create 1"], _desk.Trace);
    }

    [Fact]
    public void A_created_record_is_ours_and_linked_with_both_halves_of_its_base()
    {
        _desk.Destination.Normalise = (_, value) => value.Type == FieldType.Text ? FieldValue.Of(value.Text.ToUpperInvariant()) : value;
        GoldenRecord jane = _desk.Person("jane@example.com", ("job_title", FieldValue.Of("cto")));
        Assert.Equal(1, _desk.Run(jane).Created);
        Link link = _desk.LinkOf(jane);
        Assert.True(link.IsOurs);
        Assert.Equal(("cto", "CTO"), (link.Sent["job"]!.Text, link.Answered["job"]!.Text));
    }

    [Fact]
    public void What_somebody_puts_into_a_list_while_it_is_written_is_news_still()
    {
        GoldenRecord jane = _desk.Person("jane@example.com", ("tags", List("vip")));
        _desk.Run(jane);
        _desk.ChangeTo(jane, "tags", List("vip", "ours"));
        _desk.Destination.Normalise = (name, value) => name == "tags" ? List("vip", "theirs", "ours") : value;
        _desk.Run(jane);
        Assert.Equal(List("vip", "ours"), _desk.LinkOf(jane).Seen["tags"]);
    }

    [Fact]
    public void A_write_whose_record_somebody_changed_meanwhile_is_planned_anew_and_leaves_their_value()
    {
        GoldenRecord jane = _desk.Person("jane@example.com", ("job_title", FieldValue.Of("Engineer")));
        _desk.Run(jane);
        _desk.Change(jane, "job_title", "CTO");
        _desk.Destination.Instead = batch =>
        {
            _desk.Edit(jane, "job", "Founder");
            return [.. batch.Select(_ => new WriteOutcome.Outdated("It was changed."))];
        };
        Assert.Equal(1, _desk.Run(jane).Conflicts);
        Assert.Equal("Founder", _desk.Remote.Single().Fields["job"]!.Text);
        _desk.Resolved();
    }

    [Fact]
    public void What_became_part_of_another_record_since_the_plan_was_made_is_not_written()
    {
        GoldenRecord jane = _desk.Person("jane@example.com"), other = _desk.Person("j.doe@example.com");
        _desk.Journal.Before = step =>
        {
            // Another process merges the two between the plan and the intent.
            if (step == "intend") _desk.Hub.Golden[other.Id] = _desk.Hub.Golden[other.Id] with { IsDeleted = true };
            return Task.CompletedTask;
        };
        Assert.Equal(1, _desk.Run(jane, other).Created);
        Assert.Equal("jane@example.com", _desk.Remote.Single().Fields["email"]!.ToString());
        _desk.Resolved();
    }

    [Fact]
    public void Run_again_nothing_is_asked_or_written()
    {
        GoldenRecord jane = _desk.Person("jane@example.com");
        _desk.Run(jane);
        _desk.Trace.Clear();
        Assert.Equal(1, _desk.Run(jane).Unchanged);
        Assert.Empty(_desk.Trace);
    }

    [Fact]
    public void Ten_go_in_one_call_and_their_outcomes_are_made_durable_together()
    {
        Assert.Equal(20, _desk.Run(_desk.Persons(20)).Created);
        Assert.Equal(2, _desk.Trace.Count(t => t.StartsWith("write", StringComparison.Ordinal)));
        Assert.Equal(20, _desk.Remote.Count());
        _desk.Resolved();
    }

    [Fact]
    public void A_batch_refused_for_one_row_is_split_until_that_row_is_alone()
    {
        GoldenRecord[] people = _desk.Persons(10);
        GoldenRecord bad = people[6];
        _desk.Destination.Instead = batch => batch.Any(o => o.GoldenId == bad.Id) ? [.. batch.Select(_ => new WriteOutcome.Refused("invalid", "A value is not allowed.") { IsWholeBatch = batch.Count > 1 })] : null;
        Assert.Equal(9, _desk.Run(people).Created);
        Assert.Equal(people.Where(p => p != bad).Select(p => p.Id).Order(), _desk.Hub.Links.Values.Select(l => l.GoldenId).Order());
        DeadLetter letter = Assert.Single(_desk.Hub.DeadLetters.Values);
        Assert.Equal((bad.Id, "invalid", null), (letter.GoldenId, letter.Code, letter.RetryAt));
        _desk.Resolved();
    }

    [Theory]
    [InlineData(false, "loading")]
    [InlineData(true, DeadLetter.SkippedStage)]
    public void A_value_the_destination_refuses_is_left_out_and_listed(bool isByRule, string stage)
    {
        GoldenRecord jane = _desk.Person("jane@example.com", ("job_title", FieldValue.Of("?")), ("full_name", FieldValue.Of("Jane Doe")));
        _desk.Destination.Instead = Without("job", isByRule);
        Assert.Equal(1, _desk.Run(jane).Created);
        Assert.Equal("Jane Doe", Assert.Single(_desk.Remote).Fields["name"]!.Text);
        DeadLetter letter = Assert.Single(_desk.Hub.DeadLetters.Values);
        Assert.Equal(("person/1#job", stage), (letter.Key.Subject, letter.Stage));
        Assert.Contains("Written without job", letter.Reason, StringComparison.Ordinal);
        _desk.Resolved();
    }

    [Fact]
    public void A_value_that_is_accepted_later_is_no_longer_listed()
    {
        GoldenRecord jane = _desk.Person("jane@example.com", ("job_title", FieldValue.Of("?")));
        _desk.Destination.Instead = Without("job");
        _desk.Run(jane);
        _desk.Destination.Instead = _ => null;
        _desk.Change(jane, "job_title", "CTO");
        _desk.Run(jane);
        Assert.Equal("CTO", Assert.Single(_desk.Remote).Fields["job"]!.Text);
        Assert.Empty(_desk.Hub.DeadLetters);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_value_that_its_record_no_longer_has_is_no_longer_listed(bool isByRule)
    {
        GoldenRecord jane = _desk.Person("jane@example.com", ("job_title", FieldValue.Of("?"))), ida = _desk.Person("ida@example.com", ("job_title", FieldValue.Of("?")));
        _desk.Destination.Instead = Without("job", isByRule);
        _desk.Run(jane, ida);
        Assert.Equal(2, _desk.Hub.DeadLetters.Count);
        _desk.Change(jane, "job_title", null);
        _desk.Run(jane, ida);
        Assert.Equal("person/2#job", Assert.Single(_desk.Hub.DeadLetters.Values).Key.Subject);
    }

    [Fact]
    public void When_nothing_is_left_of_an_update_nothing_is_sent()
    {
        GoldenRecord jane = _desk.Person("jane@example.com");
        _desk.Run(jane);
        _desk.Change(jane, "job_title", "?");
        _desk.Destination.Instead = Without("job");
        _desk.Trace.Clear();
        Assert.Equal(0, _desk.Run(jane).Updated);
        Assert.Single(_desk.Trace, t => t.StartsWith("write", StringComparison.Ordinal));
        _desk.Resolved();
    }

    [Fact]
    public void A_record_that_is_gone_when_it_is_to_be_changed_stays_gone()
    {
        GoldenRecord jane = _desk.Person("jane@example.com");
        _desk.Run(jane);
        _desk.Change(jane, "job_title", "CTO");
        _desk.Destination.Instead = _ =>
        {
            _desk.Destination.Records.Clear();
            _desk.Destination.Instead = _ => null;
            return [new WriteOutcome.Gone("Somebody deleted it.")];
        };
        Assert.Equal(1, _desk.Run(jane).Skipped);
        Assert.Equal(LinkState.Gone, _desk.LinkOf(jane).State);
        Assert.Equal(1, _desk.Run(jane).Skipped);
        Assert.Empty(_desk.Remote);
    }

    [Fact]
    public void A_note_is_made_anew_before_the_old_one_is_removed()
    {
        GoldenRecord note = Note(out _);
        _desk.Change(note, "body", "second");
        _desk.Trace.Clear();
        Assert.Equal(1, _desk.Run(Desk.Notes, note).Updated);
        Assert.Equal(["intend Replace 2 Delete 2", "write Replace 2", "done Replace 2", "write Delete 2", "done Delete 2"], _desk.Trace.Where(t => !t.StartsWith("find", StringComparison.Ordinal) && !t.StartsWith("read", StringComparison.Ordinal)));
        Assert.Equal("second", Assert.Single(_desk.Remote, r => r.Kind == RecordKind.Note).Fields["body"]!.Text);
        Assert.Equal("second", _desk.LinkOf(note).Sent["body"]!.Text);
        _desk.Resolved();
    }

    [Fact]
    public void When_the_new_note_is_refused_the_old_one_stays_and_no_intent_is_left()
    {
        GoldenRecord note = Note(out _);
        _desk.Change(note, "body", "second");
        _desk.Destination.Instead = _ => [new WriteOutcome.Refused("too-long", "It is too long.")];
        _desk.Run(Desk.Notes, note);
        Assert.Equal("first", Assert.Single(_desk.Remote, r => r.Kind == RecordKind.Note).Fields["body"]!.Text);
        _desk.Resolved();
    }

    [Fact]
    public void An_old_note_that_cannot_be_removed_is_listed()
    {
        GoldenRecord note = Note(out _);
        _desk.Change(note, "body", "second");
        _desk.Destination.Instead = batch => batch[0].Verb == Verb.Delete ? [new WriteOutcome.Refused("forbidden", "You may not delete notes.")] : null;
        _desk.Run(Desk.Notes, note);
        Assert.Equal("forbidden", Assert.Single(_desk.Hub.DeadLetters.Values).Code);
        _desk.Resolved();
    }

    [Fact]
    public void A_call_that_certainly_did_nothing_closes_its_intents_and_surfaces()
    {
        GoldenRecord[] people = _desk.Persons(3);
        ProviderException failure = new("The key is not valid.") { Operation = "crm.people.create", Recovery = Recovery.StopRun };
        _desk.Destination.Instead = _ => throw failure;
        Assert.Same(failure, Assert.Throws<ProviderException>(() => _desk.Run(people)));
        Assert.All(_desk.Journal.Entries.Values, e => Assert.Equal(OperationState.Dropped, e.State));
        _desk.Destination.Instead = _ => null;
        Assert.Equal(3, _desk.Run(people).Created);
    }

    [Fact]
    public void Only_what_changed_is_written_and_a_persons_edit_beside_it_stays_theirs()
    {
        GoldenRecord jane = _desk.Person("jane@example.com", ("job_title", FieldValue.Of("CTO")), ("full_name", FieldValue.Of("Jane")));
        _desk.Run(jane);
        _desk.Edit(jane, "job", "Chief");
        _desk.Change(jane, "full_name", "Jane Doe");
        _desk.Run(jane);
        Assert.Equal(("Chief", "Jane Doe"), (Assert.Single(_desk.Remote).Fields["job"]!.Text, Assert.Single(_desk.Remote).Fields["name"]!.Text));
        // It is still news to whoever reads this destination as a source …
        Assert.Equal(("CTO", "Jane Doe"), (_desk.LinkOf(jane).Seen["job_title"]!.Text, _desk.LinkOf(jane).Seen["full_name"]!.Text));
        // … and it outlives every later change of ours.
        _desk.Change(jane, "job_title", "VP");
        Assert.Equal(1, _desk.Run(jane).Conflicts);
        Assert.Equal("Chief", Assert.Single(_desk.Remote).Fields["job"]!.Text);
    }

    [Fact]
    public void A_record_found_there_and_changed_is_not_ours_and_its_own_values_are_still_unread()
    {
        _desk.Destination.Put("people", "theirs", ("email", FieldValue.List([FieldValue.Of("jane@example.com")])), ("job", FieldValue.Of("Founder")));
        GoldenRecord jane = _desk.Person("jane@example.com", ("full_name", FieldValue.Of("Jane Doe")));
        Assert.Equal(1, _desk.Run(jane).Updated);
        Link link = _desk.LinkOf(jane);
        Assert.False(link.IsOurs);
        Assert.Null(link.Seen["job_title"]);
        Assert.Equal("Founder", Assert.Single(_desk.Remote).Fields["job"]!.Text);
    }

    [Fact]
    public void Hundreds_of_random_days_leave_one_record_for_each_person_and_nothing_open() => Seeds.Each(60, random =>
    {
        Desk desk = new();
        GoldenRecord[] people = desk.Persons(12);
        desk.Destination.Lag = TimeSpan.FromSeconds(random.Next(6));
        desk.Destination.Instead = batch => random.Next(8) switch { 0 => [.. batch.Select(_ => new WriteOutcome.Unknown("lost"))], 1 => throw new ProviderException("busy") { Operation = "x", Recovery = Recovery.RetryLater }, _ => null };
        desk.Destination.Afterwards = batch => random.Next(4) == 0 ? [.. batch.Select(_ => new WriteOutcome.Unknown("lost"))] : null;
        desk.Journal.Before = _ => random.Next(10) == 0 ? throw new TimeoutException("crash") : Task.CompletedTask;
        for (int day = 0; day < 12; day++)
        {
            GoldenRecord one = people[random.Next(people.Length)];
            desk.Change(one, "job_title", $"job {day}");
            Attempt(desk, [.. people.Where(_ => random.Next(2) == 0)]);
        }
        desk.Destination.Instead = _ => null;
        desk.Destination.Afterwards = _ => null;
        desk.Journal.Before = _ => Task.CompletedTask;
        desk.Run(people);
        desk.Resolved();
        Assert.Equal(people.Length, desk.RemotePeople.Count());
        Assert.All(people, p => Assert.Equal(desk.Hub.Golden[p.Id].Fields["job_title"], desk.Destination.Records[desk.LinkOf(p).Key].Fields["job"]));
    });

    private static void Attempt(Desk desk, GoldenRecord[] people)
    {
        try
        {
            desk.Run(people);
        }
        catch (Exception failure) when (failure is TimeoutException or ProviderException)
        {
            // The process ended here; the next run goes on.
        }
    }

    private GoldenRecord Note(out GoldenRecord person)
    {
        person = _desk.Person("jane@example.com");
        _desk.Run(person);
        GoldenRecord note = _desk.Hub.Add(RecordKind.Note, ("note_key", FieldValue.Of("n1")), ("person", person.Reference), ("body", FieldValue.Of("first")));
        _desk.Run(Desk.Notes, note);
        return note;
    }

    private static Func<IReadOnlyList<Operation>, IReadOnlyList<WriteOutcome>?> Without(string field, bool isByRule = false) =>
        batch => batch.Any(o => o.Fields[field] is not null) ? [.. batch.Select(_ => new WriteOutcome.Refused("invalid", "No such option.") { OptionalField = field, IsByRule = isByRule })] : null;

    private static FieldValue List(params string[] texts) => FieldValue.List(texts.Select(FieldValue.Of))!;
}
