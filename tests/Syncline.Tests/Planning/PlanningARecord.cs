using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Merging;
using Syncline.Planning;
using Syncline.Records;

namespace Syncline.Tests.Planning;

public sealed class PlanningARecord
{
    private static readonly FieldMap Map = new(RecordKind.Person, "people",
        [new("email", "email"), new("job", "job_title"), new("tags", "tags"), new("rank", "rank") { Policy = FieldPolicy.Latest }, new("seen_only", "headline") { Direction = MapDirection.In }]);

    private static readonly DestinationStream People = new(RecordKind.Person, "people", ["email"]);
    private static readonly FieldSet Jane = Fields(("email", "jane@example.com"), ("job", "CTO"));
    private static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, RemoteRecord> _present = [];
    private readonly List<Found> _found = [];
    private readonly Dictionary<string, long> _owners = [];

    [Fact]
    public void Unknown_there_it_is_created_with_all_it_should_hold() => Assert.Equal(Jane, Assert.IsType<PlannedRecord.Create>(Plan(Of(1, Jane))).Fields);

    [Fact]
    public void Without_a_match_key_it_is_not_created() => Assert.Equal("no-match-key", Assert.IsType<PlannedRecord.Stuck>(Plan(Of(1, Fields(("job", "CTO"))))).Code);

    [Fact]
    public void Found_there_and_alike_it_is_linked_without_a_write()
    {
        Find(1, "a", Jane);
        PlannedRecord.Settle settle = Assert.IsType<PlannedRecord.Settle>(Plan(Of(1, Jane)));
        Assert.True(settle.IsNew);
        Assert.Equal((Jane, Jane, false), (settle.Link.Sent, settle.Link.Answered, settle.Link.IsOurs));
    }

    [Fact]
    public void Found_there_its_own_values_stay_and_its_gaps_are_filled()
    {
        Find(1, "a", Fields(("email", "jane@example.com"), ("job", "Founder")));
        PlannedRecord.Update update = Assert.IsType<PlannedRecord.Update>(Plan(Of(1, Jane.With("tags", FieldValue.List([FieldValue.Of("vip")])))));
        Assert.Equal(["tags"], update.Diff.Writes.Select(w => w.Remote));
        Assert.Equal(1, update.Diff.Conflicts);
    }

    [Fact]
    public void Linked_and_as_it_was_sent_nothing_is_done() => Assert.IsType<PlannedRecord.Unchanged>(Plan(Of(1, Jane, LinkTo("a"))));

    [Fact]
    public void Linked_and_changed_only_the_change_is_written()
    {
        Show("a", Jane);
        PlannedRecord.Update update = Assert.IsType<PlannedRecord.Update>(Plan(Of(1, Jane.With("job", FieldValue.Of("VP")), LinkTo("a"))));
        Assert.Equal((Fields(("job", "VP")), Fields(("job", "CTO")), false), (update.Diff.Fields, update.Diff.Before, update.Replaces));
    }

    [Fact]
    public void What_cannot_be_changed_in_place_is_replaced()
    {
        Show("a", Jane);
        Assert.True(Assert.IsType<PlannedRecord.Update>(Plan(Of(1, Jane.With("job", FieldValue.Of("VP")), LinkTo("a")), People with { CanUpdate = false })).Replaces);
    }

    [Fact]
    public void Emptied_it_is_emptied_there()
    {
        Show("a", Jane);
        Assert.Equal(["job"], Assert.IsType<PlannedRecord.Update>(Plan(Of(1, Jane.With("job", null), LinkTo("a")))).Diff.Cleared);
    }

    [Fact]
    public void Deleted_there_by_somebody_it_stays_deleted()
    {
        PlannedRecord.Settle settle = Assert.IsType<PlannedRecord.Settle>(Plan(Of(1, Jane.With("job", null), LinkTo("a"))));
        Assert.Equal(LinkState.Gone, settle.Link.State);
        Assert.IsType<PlannedRecord.LeftAlone>(Plan(Of(1, Jane, settle.Link)));
    }

    [Fact]
    public void Merged_into_another_there_it_follows_and_forgets_the_old_one()
    {
        Find(1, "b", Jane);
        PlannedRecord.Settle settle = Assert.IsType<PlannedRecord.Settle>(Plan(Of(1, Jane.With("tags", null), LinkTo("a") with { Sent = FieldSet.Empty })));
        Assert.Equal(("b", "a", LinkState.Live), (settle.Link.Key.Id, settle.Former?.Id, settle.Link.State));
    }

    [Fact]
    public void Merged_into_one_that_is_linked_to_it_already_its_change_is_not_lost()
    {
        Find(1, "b", Jane);
        _owners["b"] = 1;
        Assert.Equal("b", Assert.IsType<PlannedRecord.Update>(Plan(Of(1, Jane.With("job", FieldValue.Of("VP")), LinkTo("a")))).RemoteId);
    }

    [Fact]
    public void Merged_into_one_of_several_it_is_not_guessed()
    {
        Find(1, "b", Jane);
        Find(1, "c", Jane);
        Assert.Equal("ambiguous-at-destination", Assert.IsType<PlannedRecord.Stuck>(Plan(Of(1, Jane.With("job", null), LinkTo("a")))).Code);
    }

    [Fact]
    public void Two_that_were_merged_into_one_do_not_both_take_it()
    {
        Find(1, "c", Jane);
        Find(2, "c", Jane);
        FieldSet changed = Jane.With("job", FieldValue.Of("VP"));
        IReadOnlyList<PlannedRecord> planned = PlanAll(People, Of(1, changed, LinkTo("a")), Of(2, changed, LinkTo("b")));
        Assert.IsType<PlannedRecord.Update>(planned[0]);
        Assert.Equal(LinkState.Gone, Assert.IsType<PlannedRecord.Settle>(planned[1]).Link.State);
    }

    [Fact]
    public void A_record_that_belongs_to_another_is_not_claimed()
    {
        Find(1, "a", Jane);
        _owners["a"] = 7;
        PlannedRecord.Stuck stuck = Assert.IsType<PlannedRecord.Stuck>(Plan(Of(1, Jane)));
        Assert.Equal("claimed-twice", stuck.Code);
        Assert.Contains("person/7", stuck.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_two_that_answer_to_one_record_the_first_has_it()
    {
        Find(1, "a", Jane);
        Find(2, "a", Jane);
        IReadOnlyList<PlannedRecord> planned = PlanAll(People, Of(1, Jane), Of(2, Jane));
        Assert.IsType<PlannedRecord.Settle>(planned[0]);
        Assert.Equal("claimed-twice", Assert.IsType<PlannedRecord.Stuck>(planned[1]).Code);
    }

    [Fact]
    public void Several_there_that_answer_to_it_are_never_guessed_between()
    {
        Find(1, "a", Jane);
        Find(1, "b", Jane);
        PlannedRecord.Stuck stuck = Assert.IsType<PlannedRecord.Stuck>(Plan(Of(1, Jane)));
        Assert.Equal(("ambiguous-at-destination", true), (stuck.Code, stuck.RetriesItself));
    }

    [Fact]
    public void One_found_by_two_keys_is_one()
    {
        Find(1, "a", Jane);
        Find(1, "a", Jane);
        Assert.IsType<PlannedRecord.Settle>(Plan(Of(1, Jane)));
    }

    [Fact]
    public void Without_what_it_belongs_to_it_waits()
    {
        PlannedRecord.Stuck stuck = Assert.IsType<PlannedRecord.Stuck>(Plan(Of(1, Jane) with { MissingReferences = ["parent"] }));
        Assert.Equal(("reference-missing", true), (stuck.Code, stuck.RetriesItself));
    }

    [Fact]
    public void Where_the_latest_wins_the_times_decide()
    {
        Show("a", Jane.With("rank", FieldValue.Of("theirs")), Noon);
        Link link = LinkTo("a") with { Sent = Jane.With("rank", FieldValue.Of("old")), Answered = Jane.With("rank", FieldValue.Of("old")) };
        FieldSet wanted = Jane.With("rank", FieldValue.Of("ours"));
        Assert.Equal("ours", Assert.IsType<PlannedRecord.Update>(Plan(Changed(wanted, link, Noon.AddHours(1)))).Diff.Fields["rank"]!.Text);
        Assert.Equal(1, Assert.IsType<PlannedRecord.Settle>(Plan(Changed(wanted, link, Noon.AddHours(-1)))).Conflicts);
    }

    private static Candidate Changed(FieldSet wanted, Link link, DateTimeOffset at) => Of(1, wanted, link) with
    {
        Golden = new(1, RecordKind.Person, FieldSet.Empty) { Origins = new Dictionary<string, FieldOrigin> { ["rank"] = new(new("inbox", "people", "1"), 1, at, "moved") } },
    };

    private static Candidate Of(long id, FieldSet desired, Link? link = null) => new(new(id, RecordKind.Person, FieldSet.Empty), link, desired, []);

    private static Link LinkTo(string id) => new(new("crm", "people", id), RecordKind.Person, 1) { Sent = Jane, Answered = Jane, IsOurs = true };

    private static FieldSet Fields(params (string Name, string Text)[] fields) => FieldSet.Of(fields.Select(f => (f.Name, (FieldValue?)FieldValue.Of(f.Text))));

    private void Find(long goldenId, string id, FieldSet fields) => _found.Add(new(goldenId, new(new("crm", "people", id), RecordKind.Person, fields), "email"));

    private void Show(string id, FieldSet fields, DateTimeOffset? at = null) => _present[id] = new(new("crm", "people", id), RecordKind.Person, fields) { ModifiedAt = at };

    private PlannedRecord Plan(Candidate candidate, DestinationStream? stream = null) => PlanAll(stream ?? People, candidate)[0];

    private IReadOnlyList<PlannedRecord> PlanAll(DestinationStream stream, params Candidate[] candidates) =>
        new Planner("crm", stream, Map).Plan(candidates, new(_found.ToLookup(f => f.GoldenId), _present, id => _owners.TryGetValue(id, out long owner) ? owner : null));
}
