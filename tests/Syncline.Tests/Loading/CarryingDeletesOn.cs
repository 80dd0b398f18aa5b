using Syncline.Conformance.Time;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Merging;
using Syncline.Planning;
using Syncline.Records;
using Syncline.Syncs;
using Syncline.Tests.InMemory;

namespace Syncline.Tests.Loading;

public sealed class CarryingDeletesOn
{
    private static readonly MapSet Maps = new MapSet().Add("crm", [new(RecordKind.Person, "people", [new("email", "email"), new("name", "full_name"), new("tags", "tags")])]);

    private readonly FakeClock _clock = new();
    private readonly List<string> _trace = [];
    private readonly MemoryHub _hub;
    private readonly MemoryJournal _journal;
    private readonly MemoryDestination _crm;
    private DeletePolicy _deletes = new(Propagates: true, 0.1);
    private long _run;

    public CarryingDeletesOn()
    {
        _hub = new(_clock);
        _journal = new(_hub, _clock, _trace);
        _crm = new(_clock, _trace, new DestinationStream(RecordKind.Person, "people", ["email"]));
    }

    [Fact]
    public void Removes_what_we_made_of_a_record_that_is_proven_deleted()
    {
        GoldenRecord[] people = Written(3);
        Deleted(people[1]);
        Assert.Equal(1, Run(people).Deleted);
        Assert.Equal(["p1@example.com", "p3@example.com"], _crm.Records.Values.Select(r => r.Fields["email"]!.ToString()));
        Assert.DoesNotContain(_hub.Links.Values, l => l.Key.Connection == "crm" && l.GoldenId == people[1].Id);
        Assert.Equal(RunTally.Empty with { Unchanged = 2, Skipped = 1 }, Run(people));
    }

    [Fact]
    public void Is_off_unless_it_is_asked_for()
    {
        GoldenRecord[] people = Written(3);
        _deletes = DeletePolicy.Keep;
        Deleted(people[1]);
        Change(people[1], "late@example.com");
        Assert.Equal(RunTally.Empty with { Unchanged = 2, Skipped = 1 }, Run(people));
        Assert.Equal(3, _crm.Records.Count);
    }

    [Fact]
    public void Takes_no_absence_for_a_deletion()
    {
        GoldenRecord[] people = Written(1);
        Source(people[0]) = Source(people[0]) with { State = LinkState.Gone };
        Assert.Equal(1, Run(people).Unchanged);
        Assert.Single(_crm.Records);
    }

    [Fact]
    public void Keeps_what_another_source_still_shows()
    {
        GoldenRecord[] people = Written(1);
        Deleted(people[0]);
        _hub.Add(new Link(new("other", "people", "x"), RecordKind.Person, people[0].Id));
        Assert.Equal(1, Run(people).Unchanged);
    }

    [Fact]
    public void Keeps_what_somebody_has_changed_since()
    {
        GoldenRecord[] people = Written(1);
        Link there = _hub.Links.Values.Single(l => l.Key.Connection == "crm");
        _crm.Records[there.Key] = _crm.Records[there.Key] with { Fields = _crm.Records[there.Key].Fields.With("name", FieldValue.Of("Ada, our best customer")) };
        Deleted(people[0]);
        Assert.Equal(1, Run(people).Skipped);
        Assert.Single(_crm.Records);
    }

    [Fact]
    public void Keeps_what_others_put_beside_ours_though_we_have_written_since()
    {
        GoldenRecord[] people = Written(1);
        Link there = _hub.Links.Values.Single(l => l.Key.Connection == "crm");
        _crm.Records[there.Key] = _crm.Records[there.Key] with { Fields = _crm.Records[there.Key].Fields.With("email", FieldValue.List([FieldValue.Of("p1@example.com"), FieldValue.Of("theirs@example.com")])) };
        Change(people[0], "late@example.com");
        Assert.Equal(1, Run(people).Updated);
        Deleted(people[0]);
        Assert.Equal(1, Run(people).Skipped);
        Assert.Single(_crm.Records);
    }

    [Fact]
    public void Keeps_what_was_there_before_us()
    {
        _crm.Put("people", "old", ("email", FieldValue.List([FieldValue.Of("p1@example.com")])));
        GoldenRecord[] people = Written(1);
        Deleted(people[0]);
        Assert.Equal(1, Run(people).Skipped);
        Assert.Single(_crm.Records);
    }

    [Fact]
    public void Makes_nothing_of_a_record_that_is_gone_already()
    {
        GoldenRecord person = Person(1);
        Deleted(person);
        Assert.Equal(1, Run(person).Skipped);
        Assert.Empty(_crm.Records);
    }

    [Fact]
    public void Removes_no_more_than_the_share_in_one_run_and_the_rest_with_the_next()
    {
        GoldenRecord[] people = Written(100);
        foreach (GoldenRecord person in people[..25]) Deleted(person);
        Assert.Equal((10L, 15L), (Run(people).Deleted, (long)_hub.DeadLetters.Values.Count(d => d.Code == "deletes-share")));
        Assert.Equal(9, Run(people).Deleted);
        Run(people);
        Assert.Empty(_hub.DeadLetters);
        Assert.Equal(75, _crm.Records.Count);
    }

    [Fact]
    public void A_removal_whose_answer_is_lost_is_repeated_and_counted_once()
    {
        GoldenRecord[] people = Written(1);
        Deleted(people[0]);
        int calls = 0;
        _crm.Afterwards = batch => calls++ == 0 ? [new WriteOutcome.Unknown("timeout")] : null;
        Assert.Equal(1, Run(people).Deleted);
        Assert.Empty(_crm.Records);
        Assert.Empty(_journal.Open);
    }

    [Fact]
    public void The_second_record_of_two_that_became_one_at_their_source_goes_too()
    {
        GoldenRecord[] people = Written(2);
        foreach (Link link in _hub.Links.Values.Where(l => l.GoldenId == people[1].Id).ToArray())
        {
            _hub.Add(link.Key.Connection == "crm" ? link with { GoldenId = people[0].Id, State = LinkState.Double } : link with { GoldenId = people[0].Id, State = LinkState.Gone, IsDeletionProven = true });
        }
        Assert.Equal(1, Run(people[0]).Deleted);
        Assert.Equal("p1@example.com", Assert.Single(_crm.Records.Values).Fields["email"]!.ToString());
    }

    [Fact]
    public void A_second_record_stays_as_long_as_its_source_shows_two()
    {
        GoldenRecord[] people = Written(2);
        foreach (Link link in _hub.Links.Values.Where(l => l.GoldenId == people[1].Id).ToArray()) _hub.Add(link with { GoldenId = people[0].Id, State = link.Key.Connection == "crm" ? LinkState.Double : LinkState.Live });
        Assert.Equal(0, Run(people[0]).Deleted);
        Assert.Equal(2, _crm.Records.Count);
    }

    [Fact]
    public void Undo_makes_it_again()
    {
        GoldenRecord[] people = Written(1);
        Deleted(people[0]);
        Run(people);
        UndoReport report = _clock.Run(() => new Undoing(_hub, _journal, _crm, Maps, new("undo", 99)).TakeBackAsync(_journal.OfRunAsync(_run, default), onlyRemovals: false, force: false, _ => { }, default));
        Assert.Equal((1L, 0), (report.Restored, report.Kept.Count));
        RemoteRecord again = Assert.Single(_crm.Records.Values);
        Assert.Equal("p1@example.com", again.Fields["email"]!.ToString());
        Assert.True(_hub.Links[again.Key].IsOurs);
    }

    private GoldenRecord[] Written(int count)
    {
        GoldenRecord[] people = [.. Enumerable.Range(1, count).Select(Person)];
        Run(people);
        return people;
    }

    private GoldenRecord Person(int number)
    {
        GoldenRecord person = _hub.Add(RecordKind.Person, ("email", FieldValue.List([FieldValue.Of($"p{number}@example.com")])));
        _hub.Add(new Link(new("attio", "people", $"a{number}"), RecordKind.Person, person.Id));
        return person;
    }

    private void Change(GoldenRecord person, string email) =>
        _hub.Golden[person.Id] = _hub.Golden[person.Id] with { Fields = _hub.Golden[person.Id].Fields.With("email", FieldValue.List([FieldValue.Of(email)])) };

    private ref Link Source(GoldenRecord person) =>
        ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrNullRef(_hub.Links, _hub.Links.Values.Single(l => l.GoldenId == person.Id && l.Key.Connection == "attio").Key);

    private void Deleted(GoldenRecord person) => Source(person) = Source(person) with { State = LinkState.Gone, IsDeletionProven = true };

    private RunTally Run(params GoldenRecord[] people) => _clock.Run(async () =>
    {
        ChunkPlanner planner = new(_hub, _crm, Maps, new(["attio", "other"])) { Deletes = _deletes };
        Loader loader = new(_journal, _crm, planner, Maps, new("sync", ++_run), _clock);
        DestinationStream stream = _crm.Streams[0];
        return await loader.LoadAsync(stream, await planner.PlanAsync(planner.PlannerOf(stream), stream, [.. people.Select(p => p.Id)], default), default);
    });
}
