using System.Text.Json.Nodes;
using Syncline.Sandbox.Lemlist;

namespace Syncline.Sandbox.Tests.Lemlist;

/// <summary>GET /activities (contract, section 5).</summary>
public sealed class ReadingTheFeed
{
    [Fact]
    public void Without_its_version_it_refuses_or_works()
    {
        Bureau bureau = new();
        Assert.Equal(400, bureau.Get("/activities").Status);
        bureau.Behaviour.ActivitiesVersion = LeftOut.Works;
        Assert.Equal(200, bureau.Get("/activities").Status);
    }

    [Fact]
    public void A_limit_above_a_hundred_is_refused_or_cut()
    {
        Bureau bureau = new(LemlistWorld.Plain(50));
        Assert.Equal(400, bureau.Get(Bureau.Feed + "&limit=500").Status);
        bureau.Behaviour.OverLimit = OutOfBounds.Clamp;
        Assert.Equal(100, bureau.Get(Bureau.Feed + "&limit=500").Rows.Count);
        Assert.Equal(100, bureau.Get(Bureau.Feed).Rows.Count);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=x")]
    [InlineData("offset=-1")]
    [InlineData("minDate=yesterday")]
    [InlineData("minDate=2026-09-15T12:00:00Z&maxDate=2026-09-15T12:00:00Z")]
    [InlineData("minDate=2026-09-15T12:00:01Z&maxDate=2026-09-15T12:00:00Z")]
    [InlineData("minDate=1789473600000")]
    public void What_makes_no_sense_is_a_400(string query)
    {
        Reply refused = new Bureau().Get($"{Bureau.Feed}&{query}");
        Assert.Equal(400, refused.Status);
        Assert.StartsWith("Bad params", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_bounds_are_included_and_seconds_lose_the_milliseconds()
    {
        Bureau bureau = new();
        (_, IReadOnlyList<string> leads) = bureau.Campaign();
        string[] opened = [.. Enumerable.Range(0, 4).Select(i =>
        {
            bureau.Clock.Now = new DateTimeOffset(2026, 9, 15, 12, 0, 0, 250, TimeSpan.Zero).AddSeconds(i);
            return bureau.Life.Open(leads[0]);
        })];
        Assert.Equal([opened[2], opened[1]], bureau.Get(Bureau.Feed + "&minDate=2026-09-15T12:00:01.250Z&maxDate=2026-09-15T12:00:02.250Z").Ids);
        Assert.Equal([opened[1]], bureau.Get(Bureau.Feed + "&minDate=1789473601&maxDate=1789473602").Ids);
        Assert.Equal([opened[3]], bureau.Get(Bureau.Feed + "&minDate=2026-09-15T12:00:03Z&startDate=2026-09-15T12:00:00Z").Ids);
        Assert.Equal([opened[3]], bureau.Get(Bureau.Feed + "&startDate=2026-09-15T12:00:03Z").Ids);
    }

    [Fact]
    public void Newest_first_unless_turned_and_every_row_once()
    {
        Bureau bureau = new(LemlistWorld.Lively(150));
        List<string> met = bureau.Walk();
        Assert.Equal(bureau.Lemlist.Activities.Select(a => a.Id).Reverse(), met);
        bureau.Behaviour.ActivityOrder = ActivityOrder.OldestFirst;
        Assert.Equal(Enumerable.Reverse(met), bureau.Walk());
    }

    [Fact]
    public void Rows_of_one_millisecond_can_come_in_any_order()
    {
        Bureau bureau = new();
        (_, IReadOnlyList<string> leads) = bureau.Campaign(30);
        foreach (string lead in leads) bureau.Life.Open(lead);
        Assert.Equal(bureau.Get(Bureau.Feed).Ids, bureau.Get(Bureau.Feed).Ids);
        bureau.Behaviour.UnstableTies = true;
        IReadOnlyList<string> once = bureau.Get(Bureau.Feed).Ids, again = bureau.Get(Bureau.Feed).Ids;
        Assert.NotEqual(once, again);
        Assert.Equal(once.Order(), again.Order());
    }

    [Fact]
    public void Filters_narrow_the_feed()
    {
        Bureau bureau = new();
        (string campaign, IReadOnlyList<string> leads) = bureau.Campaign(2);
        string first = bureau.Life.Open(leads[0]), second = bureau.Life.Open(leads[0]), other = bureau.Life.Reply(leads[1]);
        Assert.Equal([second, first], bureau.Get(Bureau.Feed + "&type=emailsOpened").Ids);
        Assert.Equal([first], bureau.Get(Bureau.Feed + "&type=emailsOpened&isFirst=true").Ids);
        Assert.Equal([other], bureau.Get(Bureau.Feed + "&leadId=" + leads[1]).Ids);
        Assert.Equal(3, bureau.Get(Bureau.Feed + "&campaignId=" + campaign).Rows.Count);
        Assert.Empty(bureau.Get(Bureau.Feed + "&campaignId=cam_none").Rows);
        Assert.Equal([first], bureau.Get(Bureau.Feed + "&type=emailsOpened&offset=1").Ids);
    }

    [Fact]
    public void A_row_shows_its_lead_as_it_is_now()
    {
        Bureau bureau = new();
        (_, IReadOnlyList<string> leads) = bureau.Campaign();
        bureau.Life.Open(leads[0]);
        JsonNode before = bureau.Get(Bureau.Feed).Rows[0]!;
        bureau.Life.SetState(leads[0], "manualInterested");
        JsonNode after = bureau.Get(Bureau.Feed).Rows[0]!;
        Assert.Equal(("emailsOpened", "manualInterested"), ((string)before["lead"]!["state"]!, (string)after["lead"]!["state"]!));
        Assert.Equal((string)before["_id"]!, (string)after["_id"]!);
        Assert.Equal("lead1@example.com", (string)after["lead"]!["variables"]!["email"]!);
    }

    [Fact]
    public void A_mail_reply_carries_the_time_of_its_header_in_whole_seconds()
    {
        Bureau bureau = new();
        (_, IReadOnlyList<string> leads) = bureau.Campaign();
        bureau.Clock.Advance(TimeSpan.FromMilliseconds(620));
        bureau.Life.Reply(leads[0], "Yes.", TimeSpan.FromSeconds(95));
        Assert.Equal("2026-09-15T11:58:25.000Z", (string)bureau.Get(Bureau.Feed).Rows[0]!["createdAt"]!);
        Assert.Equal(bureau.Clock.Now, bureau.Lemlist.Activities.Single().SeenAt);
    }

    [Fact]
    public void Custom_variables_are_flattened_and_may_collide()
    {
        Bureau bureau = new();
        string campaign = bureau.Life.AddCampaign("Outreach");
        string lead = bureau.Life.AddLead(campaign, "ada@example.com", more: new Dictionary<string, string> { ["segment"] = "north", ["type"] = "partner", ["text"] = "theirs" });
        bureau.Life.Open(lead);
        JsonNode row = bureau.Get(Bureau.Feed).Rows[0]!;
        Assert.Equal(("north", "emailsOpened", "theirs"), ((string)row["segment"]!, (string)row["type"]!, (string)row["text"]!));
        bureau.Behaviour.Collisions = Collision.VariableWins;
        Assert.Equal("partner", (string)bureau.Get(Bureau.Feed).Rows[0]!["type"]!);
    }

    [Fact]
    public void Odd_rows_are_there()
    {
        Bureau bureau = new();
        (_, IReadOnlyList<string> leads) = bureau.Campaign();
        bureau.Life.Annotate(bureau.Life.AddCompany("Aster Works"), "A note");
        bureau.Life.Open(leads[0], isBot: true);
        bureau.Life.RecordCall(leads[0], asObject: true);
        bureau.Life.RecordCall(leads[0], asObject: false);
        string old = bureau.Life.Record(new("somethingNewDone") { LeadId = leads[0], ShowsContact = false, ShowsStepId = false });
        JsonArray rows = bureau.Get(Bureau.Feed).Rows;
        Assert.Equal(("somethingNewDone", null, null), ((string)rows[0]!["type"]!, (string?)rows[0]!["contactId"], (string?)rows[0]!["stepId"]));
        Assert.IsAssignableFrom<JsonValue>(rows[1]!["recording"]);
        Assert.IsType<JsonObject>(rows[2]!["recording"]);
        Assert.True((bool)rows[3]!["bot"]!);
        Assert.Equal(("annotated", null, "A note"), ((string)rows[4]!["type"]!, (string?)rows[4]!["leadId"], (string)rows[4]!["note"]!));
        bureau.Life.FillStepId(old);
        Assert.NotNull(bureau.Get(Bureau.Feed).Rows[0]!["stepId"]);
    }

    [Fact]
    public void Rows_move_while_they_are_read()
    {
        Bureau bureau = new(LemlistWorld.Plain(200));
        (_, IReadOnlyList<string> leads) = bureau.Campaign();
        string late = "", gone = bureau.Lemlist.Activities.First().Id;
        bool once = false;
        bureau.Lemlist.BetweenPages = () =>
        {
            if (once) return;
            once = true;
            late = bureau.Life.Reply(leads[0], writtenBefore: TimeSpan.FromDays(30));
            bureau.Life.Delete(gone);
            bureau.Life.Open(leads[0]);
        };
        List<string> met = bureau.Walk();
        Assert.Contains(late, met);
        Assert.DoesNotContain(gone, met);
        Assert.NotEqual(met.Count, met.Distinct().Count());
    }

    [Theory]
    [InlineData(Drift.Insert, 1)]
    [InlineData(Drift.BackDate, 1)]
    [InlineData(Drift.Delete, -1)]
    [InlineData(Drift.Mutate, 0)]
    [InlineData(Drift.All, 1)]
    public void The_feed_drifts_by_itself_when_it_is_told_to(Drift drift, int growth)
    {
        Bureau bureau = new(LemlistWorld.Plain(20));
        int before = bureau.Lemlist.ActivityCount;
        bureau.Lemlist.Knobs.Single(k => k.Name == "drift").Set(drift.ToString());
        bureau.Get(Bureau.Feed);
        Assert.Equal(before + growth, bureau.Lemlist.ActivityCount);
    }

    [Fact]
    public void Depth_can_be_bounded()
    {
        Bureau bureau = new();
        bureau.Behaviour.DeepestOffset = 1000;
        Assert.Equal([200, 400], [bureau.Get(Bureau.Feed + "&offset=1000").Status, bureau.Get(Bureau.Feed + "&offset=1001").Status]);
    }
}
