using Syncline.Conformance.Time;
using Syncline.Loading;
using Syncline.Merging;
using Syncline.Records;
using Syncline.Tests.Time;

namespace Syncline.Tests.Merging;

public sealed class MergingAPage
{
    private readonly Inbound _inbound = new();

    [Fact]
    public void A_new_person_is_born_with_one_feed_entry()
    {
        FeedEntry entry = Assert.Single(_inbound.Page(Inbound.Person("1", "inbox", ("email", "jane@example.com"), ("full_name", "Jane Doe"))));
        Assert.Equal(["email", "full_name"], entry.Change.Fields.Select(f => f.Field).Order());
        Assert.Equal("Jane Doe", Assert.Single(_inbound.People).Fields["full_name"]!.Text);
    }

    [Fact]
    public void What_is_set_aside_while_reading_has_failed_and_what_is_out_of_scope_has_not()
    {
        _inbound.Page(Inbound.Person("1", "inbox", ("email", "jane@example.com")), Inbound.Person("2", "inbox", ("email", "john@example.com")));
        Assert.Null(_inbound.Tally.ErrorRate);
        RecordKey broken = new("inbox", "people", "3"), group = new("inbox", "people", "4");
        _inbound.Rejections = [new(broken, RecordKind.Person, "no-name", "It has no name."), new(group, RecordKind.Person, "group-chat", "A group chat.") { IsSkip = true }];
        _inbound.Page(Inbound.Person("5", "inbox", ("email", "jane@example.com john@example.com")));
        Assert.Equal((2L, 1L, 1d), (_inbound.Tally.Failed, _inbound.Tally.Skipped, _inbound.Tally.ErrorRate));
    }

    [Fact]
    public void The_same_page_again_changes_nothing()
    {
        RemoteRecord[] page = [Inbound.Person("1", "inbox", ("email", "jane@example.com"), ("tags", "a b")), Inbound.Message("m1", "1"), Inbound.Message("m2", "nobody")];
        _inbound.Page(page);
        Assert.Empty(_inbound.Page(page));
    }

    [Fact]
    public void One_who_is_known_by_a_key_is_merged_into_one_record()
    {
        _inbound.Page(Inbound.Person("1", "inbox", ("email", "jane@example.com")));
        _inbound.Page(Inbound.Person("77", "crm", ("email", "JANE@example.com"), ("job_title", "CTO")));
        GoldenRecord jane = Assert.Single(_inbound.People);
        Assert.Equal("CTO", jane.Fields["job_title"]!.Text);
        Assert.Equal(2, _inbound.Hub.Links.Values.Count(l => l.GoldenId == jane.Id));
    }

    [Fact]
    public void Two_records_of_one_page_that_are_one_person_have_one_feed_entry()
    {
        Assert.Single(_inbound.Page(Inbound.Person("1", "inbox", ("email", "jane@example.com")), Inbound.Person("2", "inbox", ("email", "jane@example.com"), ("job_title", "CTO"))));
        Assert.Single(_inbound.People);
    }

    [Fact]
    public void One_record_twice_on_a_page_is_one_record()
    {
        _inbound.Page(Inbound.Person("1", "inbox", ("email", "jane@example.com")), Inbound.Person("1", "inbox", ("email", "jane@example.com"), ("job_title", "CTO")));
        Assert.Equal("CTO", Assert.Single(_inbound.People).Fields["job_title"]!.Text);
    }

    [Fact]
    public void One_whose_keys_belong_to_two_is_set_aside_until_its_source_is_corrected()
    {
        _inbound.Page(Inbound.Person("1", "inbox", ("email", "jane@example.com")), Inbound.Person("2", "inbox", ("email", "joan@example.com")));
        RemoteRecord both = Inbound.Person("3", "crm", ("email", "jane@example.com joan@example.com"));
        Assert.Empty(_inbound.Page(both));
        DeadLetter letter = Assert.Single(_inbound.Hub.DeadLetters.Values);
        Assert.Equal(("matching", "ambiguous-identity"), (letter.Stage, letter.Code));
        _inbound.Page(Inbound.Person("3", "crm", ("email", "jane@example.com")));
        Assert.Empty(_inbound.Hub.DeadLetters);
        Assert.Equal(2, _inbound.People.Count());
    }

    [Fact]
    public void A_message_belongs_to_the_golden_person()
    {
        _inbound.Page(Inbound.Person("1", "inbox", ("email", "jane@example.com")), Inbound.Message("m1", "1"));
        Assert.Equal(Assert.Single(_inbound.People).Reference, MessageOf("m1").Fields["person"]);
    }

    [Fact]
    public void A_message_whose_person_becomes_known_later_belongs_to_them_when_it_is_read_again()
    {
        RemoteRecord message = Inbound.Message("m1", "1");
        _inbound.Page(message);
        Assert.Null(MessageOf("m1").Fields["person"]);
        _inbound.Page(Inbound.Person("1", "inbox", ("email", "jane@example.com")));
        _inbound.Page(message);
        Assert.Equal(Assert.Single(_inbound.People).Reference, MessageOf("m1").Fields["person"]);
    }

    [Fact]
    public void A_deletion_at_a_source_marks_the_link_and_deletes_nothing()
    {
        RemoteRecord jane = Inbound.Person("1", "inbox", ("email", "jane@example.com"));
        _inbound.Page(jane);
        Assert.Single(_inbound.Page(jane with { IsDeleted = true }));
        Assert.Equal(LinkState.Gone, Assert.Single(_inbound.Hub.Links.Values).State);
        Assert.Single(_inbound.People);
        Assert.Empty(_inbound.Page(jane with { IsDeleted = true }));
    }

    [Fact]
    public void An_older_showing_adds_to_lists_and_changes_nothing_else()
    {
        RemoteRecord now = Inbound.Person("1", "inbox", ("email", "jane@example.com"), ("job_title", "CTO"), ("tags", "b")) with { ModifiedAt = FakeClock.Start };
        _inbound.Page(now);
        _inbound.Page(Inbound.Person("1", "inbox", ("email", "jane@example.com"), ("job_title", "Intern"), ("tags", "a")) with { ModifiedAt = FakeClock.Start.AddDays(-1) });
        GoldenRecord jane = Assert.Single(_inbound.People);
        Assert.Equal(("CTO", "a, b"), (jane.Fields["job_title"]!.Text, jane.Fields["tags"]!.ToString()));
    }

    [Fact]
    public void Companies_that_share_only_a_name_with_contradicting_domains_stay_apart()
    {
        _inbound.Page(Inbound.Company("1", ("name", "Acme Inc."), ("domain", "acme.example.com")), Inbound.Company("2", ("name", "ACME"), ("domain", "acme.example.org")));
        Assert.Equal(2, _inbound.Hub.Golden.Values.Count(g => g.Kind == RecordKind.Company));
    }

    [Fact]
    public void A_company_known_by_name_alone_is_the_one_of_that_name()
    {
        _inbound.Page(Inbound.Company("1", ("name", "Acme Inc."), ("domain", "acme.example.com")), Inbound.Company("2", ("name", "ACME"), ("industry", "Tools")));
        Assert.Equal("Tools", Assert.Single(_inbound.Hub.Golden.Values).Fields["industry"]!.Text);
    }

    [Fact]
    public void However_the_same_records_are_paged_and_repeated_each_person_is_there_once() => Seeds.Each(80, random =>
    {
        Inbound inbound = new();
        RemoteRecord[] records = [.. Enumerable.Range(0, 30).Select(i => Inbound.Person($"{i}", i % 2 == 0 ? "inbox" : "crm",
            ("email", $"p{i / 2}@example.com"), ("full_name", $"Jane {i % 4}"), ("phone", $"+1202555010{i % 3}"), ("company_name", $"Acme {i % 2}")))];
        for (int page = 0; page < 12; page++) inbound.Page([.. records.Where(_ => random.Next(3) == 0).OrderBy(_ => random.Next())]);
        inbound.Page([.. records.OrderBy(_ => random.Next())]);
        Assert.Equal(15, inbound.People.Count());
        Assert.Empty(inbound.Page([.. records.OrderBy(_ => random.Next())]));
        Assert.All(records, r => Assert.Contains(r.Fields["email"]!.Items[0], inbound.Hub.Golden[inbound.Hub.Links[r.Key].GoldenId].Fields["email"]!.Items));
    });

    [Fact]
    public void An_undone_run_leaves_what_was_there_before()
    {
        RemoteRecord jane = Inbound.Person("1", "inbox", ("email", "jane@example.com"), ("job_title", "CTO"));
        _inbound.Page(jane);
        _inbound.Page(Inbound.Person("1", "inbox", ("email", "jane@example.com"), ("job_title", "VP")), Inbound.Person("2", "inbox", ("email", "joan@example.com")));
        long undone = _inbound.LastRun;
        Assert.Equal(2, _inbound.Clock.Run(() => new HubUndo(_inbound.Hub, _inbound.Clock).TakeBackAsync(undone, 99, default)));
        GoldenRecord left = Assert.Single(_inbound.People);
        Assert.Equal("CTO", left.Fields["job_title"]!.Text);
        Assert.Single(_inbound.Page(Inbound.Person("2", "inbox", ("email", "joan@example.com"))));
        Assert.Equal(2, _inbound.People.Count());
    }

    private GoldenRecord MessageOf(string uid) => Assert.Single(_inbound.Hub.Golden.Values, g => g.Fields["message_uid"]?.Text == uid);

    /// <summary>A provider that dates a record by its values dates it back when its latest value goes.</summary>
    [Fact]
    public void A_value_that_a_census_does_not_show_any_more_is_taken_away_though_the_record_looks_older_then()
    {
        DateTimeOffset first = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
        _inbound.Census(Inbound.Person("1", "crm", ("email", "jane@example.com"), ("phone", "+12125550100 +12125550101")) with { ModifiedAt = first.AddDays(1) });
        _inbound.Census(Inbound.Person("1", "crm", ("email", "jane@example.com"), ("phone", "+12125550100")) with { ModifiedAt = first });
        Assert.Equal("+12125550100", Assert.Single(_inbound.People).Fields["phone"]!.ToString());
    }

    [Fact]
    public void A_reference_that_its_source_drops_is_dropped_though_nothing_on_the_page_refers_to_its_target()
    {
        _inbound.Page(Inbound.Person("1", "inbox", ("email", "jane@example.com")), Inbound.Message("m1", "1"));
        RemoteRecord loose = Inbound.Message("m1", "1");
        _inbound.Page(loose with { Fields = loose.Fields.With("person", null) });
        Assert.Null(_inbound.Hub.Golden.Values.Single(g => g.Kind == RecordKind.Message).Fields["person"]);
    }

    [Fact]
    public async Task A_record_that_refers_to_one_nobody_knows_yet_is_not_passed_over_as_known()
    {
        RemoteRecord message = Inbound.Message("m1", "1") with { Version = "v" }, person = Inbound.Person("1", "inbox", ("email", "jane@example.com")) with { Version = "v" };
        _inbound.Page(message, person);
        IReadOnlyDictionary<string, string> known = await _inbound.Hub.FindAsync(new("inbox", "messages"), ["m1"], TestContext.Current.CancellationToken);
        Assert.NotEqual("v", known["m1"]);
        _inbound.Page(message);
        known = await _inbound.Hub.FindAsync(new("inbox", "messages"), ["m1"], TestContext.Current.CancellationToken);
        Assert.Equal("v", known["m1"]);
        Assert.NotNull(_inbound.Hub.Golden.Values.Single(g => g.Kind == RecordKind.Message).Fields["person"]);
    }
}
