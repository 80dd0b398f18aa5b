using System.Diagnostics;
using Syncline.Sandbox.Lemlist;

namespace Syncline.Sandbox.Tests.Lemlist;

/// <summary>Invented worlds, knobs and happenings.</summary>
public sealed class Teams
{
    [Fact]
    public void A_plain_world_has_exactly_what_was_asked()
    {
        Bureau bureau = new(LemlistWorld.Plain(40, 3));
        Assert.Equal((40, 40, 120), (bureau.Lemlist.Contacts.Count(), bureau.Lemlist.Leads.Count(), bureau.Lemlist.ActivityCount));
        Assert.All(bureau.Lemlist.Leads, l => Assert.EndsWith("@example.com", l.Email, StringComparison.Ordinal));
        Assert.Equal(40, bureau.Lemlist.Leads.Select(l => l.Variables["linkedinUrl"]).Distinct().Count());
        Assert.All(bureau.Lemlist.Activities, a => Assert.True(a.CreatedAt <= bureau.Clock.Now));
        Assert.Equal(0, bureau.Lemlist.Webhooks.Deliver());
    }

    [Fact]
    public void A_lively_world_has_every_oddity_and_all_its_answers_fit_the_document()
    {
        Bureau bureau = new(LemlistWorld.Lively(300));
        List<string> met = bureau.Walk();
        Assert.Equal(bureau.Lemlist.ActivityCount, met.Count);
        Assert.Contains(bureau.Lemlist.Leads, l => l.Email is null);
        Assert.Contains(bureau.Lemlist.Activities, a => a.IsBot);
        Assert.Contains(bureau.Lemlist.Activities, a => a.LeadId is null);
        Assert.Contains(bureau.Lemlist.Activities, a => a.Type == "somethingNewDone");
        Assert.NotEqual(bureau.Lemlist.ActivityCount, bureau.Lemlist.Activities.Select(a => a.CreatedAt).Distinct().Count());
        Assert.NotEmpty(bureau.Lemlist.Unsubscribed);
        Assert.Equal(100, bureau.Get("/contacts").Json!["data"]!.AsArray().Count);
    }

    [Fact]
    public void The_same_seed_makes_the_same_world_and_another_seed_another()
    {
        string Print(int seed) => new Bureau(LemlistWorld.Lively(30), seed: seed).Get(Bureau.Feed).Text;
        Assert.Equal(Print(7), Print(7));
        Assert.NotEqual(Print(7), Print(8));
    }

    [Fact]
    public void Every_knob_reads_back_what_it_was_given()
    {
        Bureau bureau = new();
        foreach (Knob knob in bureau.Lemlist.Knobs)
        {
            string before = knob.Get();
            knob.Set(before);
            Assert.Equal(before, knob.Get());
        }
        Assert.Equal(bureau.Lemlist.Knobs.Count, bureau.Lemlist.Knobs.Select(k => k.Name).Distinct().Count());
    }

    [Fact]
    public void Happenings_do_what_they_say()
    {
        Bureau bureau = new();
        (string campaign, IReadOnlyList<string> leads) = bureau.Campaign();
        Happen("add-lead", $"{campaign} eve@example.com Eve Field Stone");
        Happen("late-reply", $"{leads[0]} Sounds good to me");
        Happen("unsubscribe", leads[0]);
        Assert.Equal("Field Stone", bureau.Lemlist.LeadsOf(campaign)[1].Variables["lastName"]);
        Assert.Equal(["emailsReplied", "emailsUnsubscribed"], bureau.Lemlist.Activities.Select(a => a.Type));
        Assert.Throws<ArgumentException>(() => Happen("open", "lea_none"));
        Assert.Throws<ArgumentException>(() => Happen("open", null));

        void Happen(string name, string? argument) => bureau.Lemlist.Happenings.Single(h => h.Name == name).Happen(argument);
    }

    [Fact]
    public void Holdings_show_the_newest_rows_and_the_full_counts()
    {
        IReadOnlyList<HeldTable> tables = new Bureau(LemlistWorld.Plain(30)).Lemlist.Holds(5);
        Assert.Equal([3, 30, 30, 90], tables.Take(4).Select(t => t.Count));
        Assert.All(tables, t => Assert.All(t.Rows, row => Assert.Equal(t.Columns.Count, row.Count)));
        Assert.All(tables, t => Assert.InRange(t.Rows.Count, 0, 5));
    }

    // Generous bounds: a quadratic walk takes minutes, not seconds.
    [Fact]
    public void A_hundred_thousand_rows_are_invented_and_walked_in_seconds()
    {
        long started = Stopwatch.GetTimestamp();
        Bureau bureau = new(LemlistWorld.Plain(20_000, 5));
        for (int offset = 0; offset < 100_000; offset += 5000) Assert.Equal(100, bureau.Get($"{Bureau.Feed}&offset={offset}").Rows.Count);
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }
}
