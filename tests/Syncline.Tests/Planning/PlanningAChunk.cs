using Syncline.Conformance.Time;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Merging;
using Syncline.Planning;
using Syncline.Records;
using Syncline.Tests.InMemory;

namespace Syncline.Tests.Planning;

public sealed class PlanningAChunk
{
    private static readonly DestinationStream People = new(RecordKind.Person, "people", ["email"]);
    private static readonly DestinationStream Notes = new(RecordKind.Note, "notes", ["key"]) { RequiredReferences = ["parent"] };

    private static readonly MapSet Maps = new MapSet().Add("crm",
    [
        new(RecordKind.Person, "people", [new("email", "email"), new("our_id", "syncline_id")]),
        new(RecordKind.Note, "notes", [new("key", "note_key"), new("parent", "person")]),
    ]);

    private readonly FakeClock _clock = new();
    private readonly List<string> _trace = [];
    private readonly MemoryHub _hub;
    private readonly MemoryDestination _destination;
    private readonly GoldenRecord _jane;
    private readonly GoldenRecord _note;

    public PlanningAChunk()
    {
        _hub = new(_clock);
        _destination = new(_clock, _trace, People, Notes);
        _jane = _hub.Add(RecordKind.Person, ("email", FieldValue.Of("jane@example.com")));
        _note = _hub.Add(RecordKind.Note, ("note_key", FieldValue.Of("n1")), ("person", _jane.Reference));
    }

    [Fact]
    public void A_note_waits_for_its_person() => Assert.Equal("reference-missing", Assert.IsType<PlannedRecord.Stuck>(Plan(Notes, _note)).Code);

    [Fact]
    public void A_plan_that_is_not_carried_out_counts_on_what_it_would_create() =>
        Assert.Equal("people/(new person/1)", Assert.IsType<PlannedRecord.Create>(Plan(Notes, _note, isDryRun: true)).Fields["parent"]!.Text);

    [Fact]
    public void A_plan_that_is_not_carried_out_refers_to_whom_it_has_found()
    {
        _destination.Put("people", "77", ("email", FieldValue.Of("jane@example.com")));
        ChunkPlanner planner = new(_hub, _destination, Maps, new([SyncScope.WholeHub])) { IsDryRun = true };
        _clock.Run(() => planner.PlanAsync(planner.PlannerOf(People), People, [_jane.Id], default));
        PlannedRecord note = _clock.Run(() => planner.PlanAsync(planner.PlannerOf(Notes), Notes, [_note.Id], default)).Single();
        Assert.Equal("people/77", Assert.IsType<PlannedRecord.Create>(note).Fields["parent"]!.Text);
    }

    [Fact]
    public void An_id_elsewhere_is_known_from_the_links_and_of_several_it_is_always_the_same()
    {
        MapSet maps = new MapSet().Add("crm", [new(RecordKind.Person, "people", [new("email", "email"), new("theirs", IdElsewhere.In(new("other", "people")))])]);
        Assert.Null(Created(maps).Fields["theirs"]);
        foreach (string id in (string[])["b", "a"]) _hub.Add(new Link(new("other", "people", id), RecordKind.Person, _jane.Id));
        _hub.Add(new Link(new("other", "leads", "0"), RecordKind.Person, _jane.Id));
        _hub.Add(new Link(new("other", "people", "0"), RecordKind.Person, _jane.Id) { State = LinkState.Gone });
        Assert.Equal("a", Created(maps).Fields["theirs"]!.Text);
    }

    [Fact]
    public void A_field_of_the_record_it_refers_to_goes_along_and_its_change_concerns_whoever_refers_to_it()
    {
        MapSet maps = new MapSet().Add("crm", [new(RecordKind.Person, "people", [new("email", "email"), new("employer", "company/name") { Direction = MapDirection.Out }])]);
        Assert.Null(Created(maps).Fields["employer"]);
        GoldenRecord acme = _hub.Add(RecordKind.Company, ("name", FieldValue.Of("Acme")));
        _hub.Golden[_jane.Id] = _jane with { Fields = _jane.Fields.With("company", acme.Reference) };
        Assert.Equal("Acme", Created(maps).Fields["employer"]!.Text);

        Assert.Equal([_jane.Id], Dependents(maps, acme, "name"));
        Assert.Empty(Dependents(maps, acme, "industry"));
        Assert.Empty(Dependents(Maps, acme, "name"));
    }

    [Theory]
    [InlineData("left", true)]
    [InlineData("elsewhere", false)]
    public void Figures_and_notes_about_a_record_bring_it_into_no_scope_and_go_where_it_goes(string source, bool isInScope)
    {
        _hub.Add(new Link(new(source, "people", "1"), RecordKind.Person, _jane.Id));
        _hub.Add(new Link(new(SyncScope.Derived, "quality", "person/1"), RecordKind.Person, _jane.Id));
        _hub.Add(new Link(new(SyncScope.Derived, "notes", "person/1"), RecordKind.Note, _note.Id));
        _hub.Add(new Link(new("other", "notes", "n"), RecordKind.Note, _note.Id) { IsOurs = true });
        ChunkPlanner planner = new(_hub, _destination, Maps, new(["left"]));
        Assert.Equal(isInScope ? 1 : 0, _clock.Run(() => planner.PlanAsync(planner.PlannerOf(People), People, [_jane.Id], default)).Count);
        Assert.Equal(isInScope ? 1 : 0, _clock.Run(() => planner.PlanAsync(planner.PlannerOf(Notes), Notes, [_note.Id], default)).Count);
    }

    private IEnumerable<long> Dependents(MapSet maps, GoldenRecord changed, string field)
    {
        FieldOrigin origin = new(new("crm", "companies", "1"), 1, default, "moved");
        FeedEntry entry = new(1, default, new(changed.Id, changed.Kind, 1, [new(field, null, FieldValue.Of("x"), origin)]));
        return _clock.Run(() => new ChunkPlanner(_hub, _destination, maps, new([SyncScope.WholeHub])).DependentsAsync([entry], default)).Select(d => d.Id);
    }

    [Fact]
    public void Without_any_of_the_fields_that_make_it_useful_it_is_skipped_and_not_asked_after()
    {
        DestinationStream callable = People with { NeedsOneOf = ["phone", "pager"] };
        ChunkPlanner planner = new(_hub, _destination, Maps, new([SyncScope.WholeHub]));
        PlannedRecord planned = _clock.Run(() => planner.PlanAsync(planner.PlannerOf(callable), callable, [_jane.Id], default)).Single();
        Assert.Contains("phone, pager", Assert.IsType<PlannedRecord.LeftAlone>(planned).Reason, StringComparison.Ordinal);
        Assert.Empty(_trace);
    }

    [Fact]
    public void One_of_those_fields_is_enough()
    {
        DestinationStream reachable = People with { NeedsOneOf = ["phone", "email"] };
        ChunkPlanner planner = new(_hub, _destination, Maps, new([SyncScope.WholeHub]));
        Assert.IsType<PlannedRecord.Create>(_clock.Run(() => planner.PlanAsync(planner.PlannerOf(reachable), reachable, [_jane.Id], default)).Single());
    }

    [Fact]
    public void Another_spelling_of_a_key_is_looked_up_by_and_never_written()
    {
        FieldMap map = new(RecordKind.Person, "people", [new("email", "email"), new("email_alias", "alias") { IsLookupOnly = true }]);
        FieldSet here = FieldSet.Of(("email", FieldValue.Of("jane@example.com")), ("email_alias", FieldValue.Of("jane@example.org")));
        RecordDiff diff = RecordDiff.Of(map, here, FieldSet.Empty, FieldSet.Empty, FieldSet.Of(("email", FieldValue.Of("jane@example.com"))));
        Assert.Empty(diff.Writes);
    }

    [Fact]
    public void A_note_refers_to_the_person_as_the_destination_knows_them()
    {
        _hub.Add(new Link(new("crm", "people", "77"), RecordKind.Person, _jane.Id));
        Assert.Equal("people/77", Assert.IsType<PlannedRecord.Create>(Plan(Notes, _note)).Fields["parent"]!.Text);
    }

    [Fact]
    public void A_person_who_is_gone_there_is_no_reference()
    {
        _hub.Add(new Link(new("crm", "people", "77"), RecordKind.Person, _jane.Id) { State = LinkState.Gone });
        Assert.IsType<PlannedRecord.Stuck>(Plan(Notes, _note));
    }

    [Fact]
    public void What_no_source_of_the_sync_has_shown_is_out_of_scope()
    {
        Assert.Null(Plan(People, _jane, from: "inbox"));
        _hub.Add(new Link(new("inbox", "people", "1"), RecordKind.Person, _jane.Id));
        Assert.NotNull(Plan(People, _jane, from: "inbox"));
    }

    [Fact]
    public void Our_own_id_travels_along() => Assert.Equal("h1-1", Assert.IsType<PlannedRecord.Create>(Plan(People, _jane)).Fields["our_id"]!.Text);

    [Fact]
    public void What_is_decided_here_asks_nobody()
    {
        _hub.Add(new Link(new("crm", "people", "77"), RecordKind.Person, _jane.Id) { Sent = Assert.IsType<PlannedRecord.Create>(Plan(People, _jane)).Fields });
        _trace.Clear();
        Assert.IsType<PlannedRecord.Unchanged>(Plan(People, _jane));
        Assert.Empty(_trace);
    }

    private PlannedRecord.Create Created(MapSet maps)
    {
        ChunkPlanner planner = new(_hub, _destination, maps, new([SyncScope.WholeHub]));
        return Assert.IsType<PlannedRecord.Create>(_clock.Run(() => planner.PlanAsync(planner.PlannerOf(People), People, [_jane.Id], default)).Single());
    }

    private PlannedRecord? Plan(DestinationStream stream, GoldenRecord record, bool isDryRun = false, string from = SyncScope.WholeHub)
    {
        ChunkPlanner planner = new(_hub, _destination, Maps, new([from])) { IsDryRun = isDryRun };
        return _clock.Run(() => planner.PlanAsync(planner.PlannerOf(stream), stream, [record.Id], default)).SingleOrDefault();
    }
}
