using Syncline.Loading;
using Syncline.Matching;
using Syncline.Merging;
using Syncline.Records;
using Syncline.Tests.InMemory;

namespace Syncline.Tests.Merging;

public sealed class EditingIdentities
{
    private const long Run = 99;

    private readonly Inbound _inbound = new();
    private readonly MemoryJournal _journal;
    private readonly IdentityEdits _edits;

    public EditingIdentities()
    {
        _journal = new(_inbound.Hub, _inbound.Clock, []);
        _edits = new(_inbound.Hub, _journal, _inbound.Clock);
    }

    private MemoryHub Hub => _inbound.Hub;

    [Fact]
    public void The_kept_record_keeps_its_values_and_gains_what_it_lacked()
    {
        (GoldenRecord jane, GoldenRecord other) = Two(("full_name", "Jane Doe"), ("tags", "a"), ("job_title", "CTO"), ("tags", "b"), ("full_name", "J. Doe"));
        IdentityEdit edit = Merge(jane, other);
        Assert.Equal("Jane Doe", edit.Golden.Fields["full_name"]!.Text);
        Assert.Equal("CTO", edit.Golden.Fields["job_title"]!.Text);
        Assert.Equal("a, b", edit.Golden.Fields["tags"]!.ToString());
        Assert.Equal("merged", edit.Golden.Origins["job_title"].Rule);
        Assert.Equal(new("crm", "people", "2"), edit.Golden.Origins["job_title"].Source);
    }

    [Fact]
    public void The_other_one_is_gone_and_its_history_says_where()
    {
        (GoldenRecord jane, GoldenRecord other) = Two();
        Merge(jane, other);
        Assert.True(Hub.Golden[other.Id].IsDeleted);
        FieldChange last = Hub.Feed.Last(f => f.Change.GoldenId == other.Id).Change.Fields[0];
        Assert.Equal($"syncline/identity/person/{jane.Id}", last.Origin.Source.ToString());
    }

    [Fact]
    public void Both_remote_records_feed_the_one_record_from_then_on()
    {
        (GoldenRecord jane, GoldenRecord other) = Two();
        Merge(jane, other);
        _inbound.Page(Inbound.Person("2", "crm", ("email", "joan@example.com"), ("job_title", "CEO")));
        Assert.Equal("CEO", Assert.Single(_inbound.People).Fields["job_title"]!.Text);
    }

    [Fact]
    public void All_keys_of_both_identify_the_one_record()
    {
        (GoldenRecord jane, GoldenRecord other) = Two();
        Merge(jane, other);
        _inbound.Page(Inbound.Person("3", "crm", ("email", "joan@example.com jane@example.com")));
        Assert.Equal(jane.Id, Hub.Links[new("crm", "people", "3")].GoldenId);
        Assert.Empty(Hub.DeadLetters);
    }

    [Fact]
    public void What_referred_to_the_other_refers_to_the_kept_one()
    {
        (GoldenRecord jane, GoldenRecord other) = Two(inboxIsOther: true);
        _inbound.Page(Inbound.Message("m1", "2"));
        IdentityEdit edit = Merge(jane, other);
        GoldenRecord message = Assert.Single(Hub.Golden.Values, g => g.Kind == RecordKind.Message);
        Assert.Equal(jane.Reference, message.Fields["person"]);
        Assert.Equal(1, edit.Referring);
        Assert.Empty(_inbound.Page(Inbound.Message("m1", "2")));
    }

    [Fact]
    public void A_record_that_has_two_places_at_one_destination_is_named()
    {
        (GoldenRecord jane, GoldenRecord other) = Two();
        foreach ((GoldenRecord golden, string id) in new[] { (jane, "x"), (other, "y") }) Hub.Add(new Link(new("attio", "people", id), RecordKind.Person, golden.Id) { Sent = FieldSet.Of(("name", FieldValue.Of("n"))) });
        IGrouping<StreamId, Link> doubled = Assert.Single(Merge(jane, other).Doubles);
        Assert.Equal(["x", "y"], doubled.Select(l => l.Key.Id));
        Assert.Equal([LinkState.Live, LinkState.Double], doubled.Select(l => l.State));
        _inbound.Page(Inbound.Person("2", "crm", ("email", "joan@example.com"), ("job_title", "CEO")));
        Split(Hub.Golden[jane.Id], new("crm", "people", "2"), new("attio", "people", "y"));
        Assert.Equal(LinkState.Live, Hub.Links[new("attio", "people", "y")].State);
    }

    [Fact]
    public void The_first_place_is_the_kept_records_own_whichever_was_made_first()
    {
        (GoldenRecord jane, GoldenRecord other) = Two();
        foreach ((GoldenRecord golden, string id) in new[] { (other, "x"), (jane, "y") }) Hub.Add(new Link(new("attio", "people", id), RecordKind.Person, golden.Id) { Sent = FieldSet.Of(("name", FieldValue.Of("n"))) });
        Merge(jane, other);
        Assert.Equal((LinkState.Double, LinkState.Live), (Hub.Links[new("attio", "people", "x")].State, Hub.Links[new("attio", "people", "y")].State));
    }

    [Fact]
    public void Figures_reckoned_for_the_other_do_not_come_along()
    {
        (GoldenRecord jane, GoldenRecord other) = Two();
        RecordKey figures = new("syncline", "engagement", other.Reference.Text);
        Hub.Golden[other.Id] = other with { Fields = other.Fields.With("messages_sent", FieldValue.Of(3)), Origins = new Dictionary<string, FieldOrigin>(other.Origins) { ["messages_sent"] = new(figures, 1, default, "first") } };
        Hub.Add(new Link(figures, RecordKind.Person, other.Id));
        Assert.Null(Merge(jane, other).Golden.Fields["messages_sent"]);
        Assert.DoesNotContain(figures, Hub.Links.Keys);
    }

    [Fact]
    public void The_conversation_note_about_the_other_goes_with_it()
    {
        (GoldenRecord jane, GoldenRecord other) = Two();
        GoldenRecord note = Hub.Add(RecordKind.Note, ("person", other.Reference), ("title", FieldValue.Of("LinkedIn")));
        Hub.Add(new Link(new("syncline", "notes", other.Reference.Text), RecordKind.Note, note.Id));
        Merge(jane, other);
        Assert.True(Hub.Golden[note.Id].IsDeleted);
    }

    [Fact]
    public void What_was_set_aside_about_the_other_is_settled()
    {
        (GoldenRecord jane, GoldenRecord other) = Two();
        DeadLetter letter = new(new("sync", "attio", other.Reference.Text), RecordKind.Person, "planning", "claimed-twice", "…", 1) { GoldenId = other.Id };
        Hub.DeadLetters[letter.Key] = letter;
        Merge(jane, other);
        Assert.Empty(Hub.DeadLetters);
    }

    [Fact]
    public void A_split_gives_each_what_its_own_records_show()
    {
        _inbound.Page(Inbound.Person("1", "inbox", ("email", "office@example.com jane@example.com"), ("full_name", "Jane Doe")));
        _inbound.Page(Inbound.Person("2", "crm", ("email", "office@example.com joan@example.com"), ("job_title", "CTO")));
        GoldenRecord both = Assert.Single(_inbound.People);
        IdentityEdit edit = Split(both, new RecordKey("crm", "people", "2"));
        Assert.Equal("joan@example.com, office@example.com", edit.Golden.Fields["email"]!.ToString());
        Assert.Equal("CTO", edit.Golden.Fields["job_title"]!.Text);
        GoldenRecord left = Hub.Golden[both.Id];
        Assert.Equal(("jane@example.com, office@example.com", "Jane Doe"), (left.Fields["email"]!.ToString(), left.Fields["full_name"]!.Text));
        Assert.Null(left.Fields["job_title"]);
    }

    [Fact]
    public void What_was_split_stays_split_when_it_is_read_again()
    {
        RemoteRecord[] page = [Inbound.Person("1", "inbox", ("email", "office@example.com")), Inbound.Person("2", "crm", ("email", "office@example.com"), ("job_title", "CTO"))];
        _inbound.Page(page);
        Split(Assert.Single(_inbound.People), new RecordKey("crm", "people", "2"));
        Assert.Empty(_inbound.Page(page));
        Assert.Equal(2, _inbound.People.Count());
    }

    [Fact]
    public void A_key_that_only_the_part_split_off_shows_identifies_it()
    {
        _inbound.Page(Inbound.Person("1", "inbox", ("email", "office@example.com")), Inbound.Person("2", "crm", ("email", "office@example.com joan@example.com")));
        IdentityEdit edit = Split(Assert.Single(_inbound.People), new RecordKey("crm", "people", "2"));
        _inbound.Page(Inbound.Person("3", "crm", ("email", "joan@example.com")));
        Assert.Equal(edit.Golden.Id, Hub.Links[new("crm", "people", "3")].GoldenId);
    }

    [Fact]
    public void What_came_with_the_part_split_off_refers_to_it()
    {
        _inbound.Page(Inbound.Person("1", "inbox", ("email", "office@example.com")), Inbound.Person("2", "inbox", ("email", "office@example.com")), Inbound.Message("m1", "1"), Inbound.Message("m2", "2"));
        GoldenRecord both = Assert.Single(_inbound.People);
        IdentityEdit edit = Split(both, new RecordKey("inbox", "people", "2"));
        Assert.Equal([both.Reference, edit.Golden.Reference], Hub.Golden.Values.Where(g => g.Kind == RecordKind.Message).OrderBy(g => g.Id).Select(g => g.Fields["person"]));
        Assert.Equal(1, edit.Referring);
    }

    [Fact]
    public void Splitting_after_a_merge_brings_both_back_as_they_were()
    {
        (GoldenRecord jane, GoldenRecord other) = Two(("full_name", "Jane Doe"), ("tags", "a"), ("job_title", "CTO"), ("tags", "b"), ("company_name", "Acme"));
        Merge(jane, other);
        IdentityEdit edit = Split(Hub.Golden[jane.Id], new RecordKey("crm", "people", "2"));
        Assert.Equal(other.Fields, edit.Golden.Fields);
        Assert.Equal(jane.Fields, Hub.Golden[jane.Id].Fields);
    }

    [Fact]
    public void An_identity_cannot_be_merged_with_itself_with_another_kind_or_with_nothing()
    {
        (GoldenRecord jane, GoldenRecord other) = Two();
        _inbound.Page(Inbound.Company("9", ("name", "Acme")));
        GoldenRecord acme = Hub.Golden.Values.Single(g => g.Kind == RecordKind.Company);
        Assert.Throws<IdentityEditException>(() => Merge(jane, jane));
        Assert.Throws<IdentityEditException>(() => Merge(jane, acme));
        Assert.Throws<IdentityEditException>(() => Merge(jane, new GoldenRecord(999, RecordKind.Person, FieldSet.Empty)));
        Merge(jane, other);
        Assert.Throws<IdentityEditException>(() => Merge(jane, other));
    }

    [Fact]
    public void A_record_whose_write_was_interrupted_waits_for_its_outcome()
    {
        (GoldenRecord jane, GoldenRecord other) = Two();
        Operation create = new("o1", new("attio", "people"), RecordKind.Person, other.Id, Verb.Create, FieldSet.Empty);
        _inbound.Clock.Run(() => _journal.IntendAsync("sync", 1, [create], default));
        Assert.Contains("interrupted", Assert.Throws<IdentityEditException>(() => Merge(jane, other)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_split_names_records_of_the_one_and_leaves_something()
    {
        (GoldenRecord jane, GoldenRecord other) = Two();
        Assert.Throws<IdentityEditException>(() => Split(jane, new RecordKey("crm", "people", "2")));
        Assert.Throws<IdentityEditException>(() => Split(jane, new RecordKey("inbox", "people", "1")));
        Hub.Add(new Link(new("attio", "people", "x"), RecordKind.Person, other.Id));
        Assert.Throws<IdentityEditException>(() => Split(other, new RecordKey("attio", "people", "x")));
    }

    [Fact]
    public void What_changes_nothing_in_a_record_still_reaches_its_destinations()
    {
        (GoldenRecord jane, GoldenRecord other) = Two();
        Merge(jane, other);
        Assert.Contains(Hub.Feed, f => f.Change.GoldenId == jane.Id && f.Change.RunId == Run);
    }

    /// <summary>Jane of the inbox (or, the other way round, of the CRM) and Joan of the CRM, two records by their addresses. The first two fields are Jane's.</summary>
    private (GoldenRecord Jane, GoldenRecord Joan) Two(params (string, string)[] fields) => Two(false, fields);

    private (GoldenRecord Jane, GoldenRecord Joan) Two(bool inboxIsOther, params (string, string)[] fields)
    {
        _inbound.Page(Inbound.Person("1", "inbox", [("email", "jane@example.com"), .. fields.Take(2)]));
        _inbound.Page(Inbound.Person("2", inboxIsOther ? "inbox" : "crm", [("email", "joan@example.com"), .. fields.Skip(2)]));
        GoldenRecord[] people = [.. _inbound.People.OrderBy(p => p.Id)];
        return (people[0], people[1]);
    }

    private IdentityEdit Merge(GoldenRecord kept, GoldenRecord other) => Done(() => _edits.MergeAsync(kept.Id, other.Id, Run, default));

    private IdentityEdit Split(GoldenRecord golden, params RecordKey[] keys) => Done(() => _edits.SplitAsync(golden.Id, keys, Run, default));

    private IdentityEdit Done(Func<Task<IdentityEdit>> work)
    {
        IdentityEdit? done = null;
        _inbound.Clock.Run(async () => done = await work());
        return done!;
    }
}
