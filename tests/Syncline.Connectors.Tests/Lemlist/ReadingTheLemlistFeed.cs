using Syncline.Conformance.Sources;
using Syncline.Extraction;
using Syncline.Records;

namespace Syncline.Connectors.Tests.Lemlist;

public sealed class ReadingTheLemlistFeed
{
    private readonly FakeLemlist _lemlist = new();
    private readonly CommittedPages _committed = new(["companies"]);

    private RemoteRecord Record(string stream, string id) => _committed.Records[new("lemlist", stream, id)];

    [Fact]
    public async Task A_reply_is_an_activity_of_the_contact_who_wrote_it()
    {
        string contact = _lemlist.AddContact("ada@example.com", fields: """{"firstName":"Ada"}""");
        _lemlist.AddActivity("linkedinReplied", contact, """{"_id":"act_1","text":"Yes, please.","campaignId":"cam_1","campaignName":"Spring","name":"Spring","sendUserEmail":"Sender@example.com"}""");
        await _lemlist.ReadAsync(_committed);

        Assert.Equal(
            "activity_key=act_1; body=Yes, please.; campaign_id=cam_1; campaign_name=Spring; channel=linkedin; direction=inbound; occurred_at=2026-05-20T09:30:00Z; owner_email=Sender@example.com; person=people/" + contact + "; title=Linkedin replied; type=linkedinReplied",
            Record("activities", "act_1").Fields.ToString());
        Assert.Equal("Ada", Record("people", contact).Fields["firstName"]?.Text);
    }

    [Fact]
    public async Task The_state_of_the_lead_and_its_variables_make_no_new_version()
    {
        string contact = _lemlist.AddContact("ada@example.com");
        System.Text.Json.Nodes.JsonObject row = _lemlist.AddActivity("emailsReplied", contact, """{"messagePreview":"Hi","lead":{"state":"contacted"},"favourite":"red"}""");
        await _lemlist.ReadAsync(_committed);
        (row["lead"]!["state"], row["favourite"]) = ("interested", "blue");
        IReadOnlyList<Page> again = await _lemlist.ReadAsync(_committed);
        Assert.Empty(again.SelectMany(p => p.Records));
        Assert.Equal(1, again.Sum(p => p.Unchanged));
    }

    [Fact]
    public async Task Machines_and_repetitions_are_skipped_and_listed_once()
    {
        string contact = _lemlist.AddContact("ada@example.com");
        _lemlist.AddActivity("emailsOpened", contact, """{"bot":true}""");
        _lemlist.AddActivity("warmed", contact);
        _lemlist.AddActivity("connectionIssue", null);
        Page[] first = [.. await _lemlist.ReadAsync(_committed)];
        Assert.Equal(["bot", "group-event", "team-event"], first.SelectMany(p => p.Rejections).Where(r => r.IsSkip).Select(r => r.Code).Order());
        Assert.Empty(_committed.Records);
        Assert.Empty((await _lemlist.ReadAsync(_committed)).SelectMany(p => p.Rejections));
    }

    [Fact]
    public async Task Machines_are_marked_where_that_is_wanted()
    {
        _lemlist.Settings["bots"] = "mark";
        _lemlist.Settings["group_events"] = "keep";
        string contact = _lemlist.AddContact("ada@example.com");
        _lemlist.AddActivity("emailsOpened", contact, """{"_id":"act_1","bot":true}""");
        _lemlist.AddActivity("warmed", contact, """{"_id":"act_2"}""");
        await _lemlist.ReadAsync(_committed);
        Assert.Equal("bot", Record("activities", "act_1").Fields["status"]?.Text);
        Assert.Equal("warmed", Record("activities", "act_2").Fields["type"]?.Text);
    }

    [Fact]
    public async Task Types_and_values_nobody_has_seen_are_taken_as_they_come()
    {
        string contact = _lemlist.AddContact("ada@example.com");
        _lemlist.AddActivity("pigeonReplied", contact, """{"_id":"act_1","text":{"not":"text"},"note":17,"campaignName":[1],"recording":{"url":"x"}}""");
        _lemlist.Activities.Add(new() { ["type"] = "emailsSent", ["createdAt"] = "soon", ["_id"] = "act_2" });
        IReadOnlyList<Page> pages = await _lemlist.ReadAsync(_committed);
        Assert.Equal("17", Record("activities", "act_1").Fields["body"]?.Text);
        Assert.Null(Record("activities", "act_1").Fields["channel"]);
        Assert.Empty(pages.SelectMany(p => p.Rejections));
    }

    [Fact]
    public async Task An_activity_without_a_readable_time_is_listed_and_costs_no_other()
    {
        string contact = _lemlist.AddContact("ada@example.com");
        _lemlist.AddActivity("emailsSent", contact, """{"_id":"act_1"}""");
        _lemlist.Answer(c => c.Path == "activities" && c["offset"] == "0", 200, $$"""[{"_id":"act_9","type":"emailsSent","createdAt":"soon"},{{_lemlist.Activities[0].ToJsonString()}}]""");
        IReadOnlyList<Page> pages = await _lemlist.ReadAsync(_committed);
        Assert.Equal("activity-unreadable", Assert.Single(pages.SelectMany(p => p.Rejections)).Code);
        Assert.Contains(new("lemlist", "activities", "act_1"), _committed.Records.Keys);
    }

    [Fact]
    public async Task Old_rows_lead_to_the_contact_by_address_or_by_lead()
    {
        string ada = _lemlist.AddContact("ada@example.com"), bob = _lemlist.AddContact("bob@example.com");
        _lemlist.AddActivity("emailsSent", null, """{"_id":"act_1","leadEmail":"Ada@Example.com"}""");
        _lemlist.AddActivity("emailsSent", null, """{"_id":"act_2","lead":{"_id":"lea_2"}}""");
        _lemlist.Answer(c => c.Path == "leads", 200, $$"""{"_id":"lea_2","contactId":"{{bob}}"}""");
        await _lemlist.ReadAsync(_committed);
        Assert.Equal($"people/{ada}", Record("activities", "act_1").Fields["person"]?.Text);
        Assert.Equal($"people/{bob}", Record("activities", "act_2").Fields["person"]?.Text);
    }

    [Fact]
    public async Task A_note_about_a_company_needs_no_person()
    {
        _lemlist.AddActivity("annotated", null, """{"_id":"act_1","companyId":"cpn_1","note":"Called them."}""");
        await _lemlist.ReadAsync(_committed);
        Assert.Equal("companies/cpn_1", Record("activities", "act_1").Fields["company"]?.Text);
    }

    [Fact]
    public async Task An_activity_of_a_deleted_contact_is_skipped()
    {
        _lemlist.AddActivity("emailsSent", "ctc_gone");
        Rejection rejection = Assert.Single((await _lemlist.ReadAsync(_committed)).SelectMany(p => p.Rejections));
        Assert.True(rejection.IsSkip);
        Assert.Empty(_committed.Records);
    }

    [Fact]
    public async Task People_in_new_activities_are_read_as_they_are_now()
    {
        string contact = _lemlist.AddContact("ada@example.com");
        _lemlist.AddActivity("emailsSent", contact);
        await _lemlist.ReadAsync(_committed);
        _lemlist.Clock.Pass(TimeSpan.FromHours(1));
        _lemlist.Contact(contact)["unsubscribed"] = true;
        _lemlist.AddActivity("emailsUnsubscribed", contact);
        await _lemlist.ReadAsync(_committed);
        Assert.Equal("true", Record("people", contact).Fields["unsubscribed"]?.Text);
    }

    [Fact]
    public async Task A_reply_that_enters_late_with_an_earlier_time_is_found()
    {
        string contact = _lemlist.AddContact("ada@example.com");
        await _lemlist.ReadAsync(_committed);
        _lemlist.Clock.Pass(TimeSpan.FromHours(3));
        await _lemlist.ReadAsync(_committed);
        _lemlist.AddActivity("emailsReplied", contact, """{"_id":"act_late"}""", _lemlist.Clock.GetUtcNow() - TimeSpan.FromHours(20));
        await _lemlist.ReadAsync(_committed);
        Assert.Contains(new("lemlist", "activities", "act_late"), _committed.Records.Keys);
    }

    [Fact]
    public async Task Once_a_day_two_weeks_are_gone_through()
    {
        string contact = _lemlist.AddContact("ada@example.com");
        await _lemlist.ReadAsync(_committed);
        _lemlist.Clock.Pass(TimeSpan.FromHours(25));
        _lemlist.AddActivity("emailsReplied", contact, """{"_id":"act_late"}""", _lemlist.Clock.GetUtcNow() - TimeSpan.FromDays(10));
        await _lemlist.ReadAsync(_committed);
        Assert.Contains(new("lemlist", "activities", "act_late"), _committed.Records.Keys);
    }

    [Fact]
    public async Task The_window_stays_as_it_was_when_the_reading_began()
    {
        string contact = _lemlist.AddContact("ada@example.com");
        for (int i = 0; i < 5; i++) _lemlist.AddActivity("emailsSent", contact);
        _lemlist.Settings["page_size"] = "2";
        _lemlist.Meanwhile = call =>
        {
            if (call.Path != "activities") return;
            _lemlist.Clock.Pass(TimeSpan.FromSeconds(1));
            if (_lemlist.Activities.Count < 20) _lemlist.AddActivity("emailsSent", contact);
        };
        await _lemlist.ReadAsync(_committed);
        Assert.Single(_lemlist.Calls.Where(c => c.Path == "activities").Select(c => c["maxDate"]).Distinct());
        Assert.Equal(5, _committed.Records.Keys.Count(k => k.Stream == "activities"));
    }

    [Fact]
    public async Task A_window_of_too_many_rows_is_halved_before_it_is_read()
    {
        string contact = _lemlist.AddContact("ada@example.com");
        DateTimeOffset first = _lemlist.Clock.GetUtcNow() - TimeSpan.FromDays(40);
        for (int i = 0; i < 10_150; i++) _lemlist.AddActivity("emailsSent", contact, at: first + TimeSpan.FromMinutes(5 * i));
        IReadOnlyList<Page> pages = await _lemlist.ReadAsync(_committed);
        string[] read = [.. pages.SelectMany(p => p.Records).Where(r => r.Kind == RecordKind.Activity).Select(r => r.Key.Id)];
        Assert.Equal(10_150, read.Length);
        Assert.Equal(read.Distinct(), read);
        Assert.All(_lemlist.Calls.Where(c => c.Path == "activities"), c => Assert.True(int.Parse(c["offset"]!, System.Globalization.CultureInfo.InvariantCulture) <= 10_000));
        Assert.True(pages[^1].CompletesSweep);
    }

    [Fact]
    public async Task Activities_of_one_moment_may_come_in_another_order_each_time()
    {
        string contact = _lemlist.AddContact("ada@example.com");
        for (int i = 0; i < 40; i++) _lemlist.AddActivity("emailsSent", contact, at: _lemlist.Clock.GetUtcNow() - TimeSpan.FromMinutes(i / 4));
        _lemlist.Settings["page_size"] = "7";
        Random order = new(11);
        _lemlist.Meanwhile = _ =>
        {
            System.Text.Json.Nodes.JsonObject[] rows = [.. _lemlist.Activities];
            order.Shuffle(rows);
            _lemlist.Activities.Clear();
            _lemlist.Activities.AddRange(rows);
        };
        IReadOnlyList<Page> pages = await _lemlist.ReadAsync(_committed);
        string[] read = [.. pages.SelectMany(p => p.Records).Where(r => r.Kind == RecordKind.Activity).Select(r => r.Key.Id)];
        Assert.Equal((40, 40), (read.Length, read.Distinct().Count()));
    }

    [Fact]
    public async Task A_refused_offset_halves_the_window()
    {
        string contact = _lemlist.AddContact("ada@example.com");
        DateTimeOffset first = _lemlist.Clock.GetUtcNow() - TimeSpan.FromDays(2);
        for (int i = 0; i < 700; i++) _lemlist.AddActivity("emailsSent", contact, at: first + TimeSpan.FromMinutes(4 * i));
        _lemlist.DeepestOffset = 300;
        await _lemlist.ReadAsync(_committed);
        Assert.Equal(700, _committed.Records.Keys.Count(k => k.Stream == "activities"));
    }

    [Fact]
    public async Task A_plan_without_the_feed_is_told_as_such()
    {
        _lemlist.Answer("activities", 402, "This route is available starting emailPro plan");
        ProviderException failure = await Assert.ThrowsAsync<ProviderException>(() => _lemlist.ReadAsync(_committed));
        Assert.Equal(Recovery.StopRun, failure.Recovery);
        Assert.Contains("plan", failure.Hint, StringComparison.Ordinal);
        Assert.Single(_lemlist.Calls, c => c.Path == "activities");
    }
}
