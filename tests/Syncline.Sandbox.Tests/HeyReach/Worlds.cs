using System.Diagnostics;
using System.Text.Json;
using Syncline.Sandbox.HeyReach;

namespace Syncline.Sandbox.Tests.HeyReach;

public sealed class Worlds
{
    [Fact]
    public void A_plain_world_has_exactly_what_was_asked_and_nothing_odd()
    {
        Account account = new(HeyReachWorld.Plain(100, 3));
        Assert.Equal((100, 300L), (account.HeyReach.ConversationCount, account.HeyReach.MessageCount));
        Assert.Equal(100, account.HeyReach.Conversations.Select(c => c.Lead.LinkedInId).Distinct().Count());
        Assert.Equal(100, account.HeyReach.Conversations.Select(c => c.Lead.ProfileUrl).Distinct().Count());
        Assert.All(account.HeyReach.Conversations, c =>
        {
            Assert.Equal([HeyReachSide.Me, HeyReachSide.Correspondent, HeyReachSide.Me], c.Messages.Select(m => m.Sender));
            Assert.All(c.Messages, m => Assert.True(m is { IsInMail: false, Subject: null, Body.Length: > 0 }));
            Assert.Matches("^https://www.linkedin.com/in/[a-z-]+-[0-9a-f]+$", c.Lead.ProfileUrl);
            Assert.Matches(@"^\d{7,10}$", c.Lead.LinkedInId);
            Assert.Equal(c.Lead.LastName.Trim(), c.Lead.LastName);
            Assert.False(c.GroupChat);
        });
    }

    [Fact]
    public void Messages_lie_in_the_past_and_threads_end_within_the_span()
    {
        Account account = new(HeyReachWorld.Lively(500) with { Span = TimeSpan.FromDays(10) });
        Assert.All(account.HeyReach.Conversations, c => Assert.InRange(c.Messages[^1].CreatedAt, account.Clock.Now.AddDays(-10).AddSeconds(-2), account.Clock.Now));
    }

    [Fact]
    public void The_same_seed_makes_the_same_world_and_another_seed_another()
    {
        Assert.Equal(Print(seed: 7), Print(seed: 7));
        Assert.NotEqual(Print(seed: 7), Print(seed: 8));
    }

    [Fact]
    public void The_same_happenings_under_the_same_seed_end_alike()
    {
        string[] ends = [.. Enumerable.Range(0, 2).Select(_ =>
        {
            Account account = new(HeyReachWorld.Lively(50));
            foreach (Happening happening in account.HeyReach.Happenings.Where(h => h.Name is not ("revoke-key" or "add-key" or "hook-header"))) happening.Happen(null);
            return account.Post("/inbox/GetConversationsV2", """{"offset":0,"limit":100}""").Body;
        })];
        Assert.Equal(ends[0], ends[1]);
    }

    [Fact]
    public void A_second_world_is_added_beside_the_first()
    {
        Account account = new(HeyReachWorld.Plain(10, 1));
        account.HeyReach.Populate(HeyReachWorld.Plain(15, 2));
        Assert.Equal((25, 40L), (account.HeyReach.ConversationCount, account.HeyReach.MessageCount));
        Assert.Equal(25, account.HeyReach.Leads.Select(l => l.LinkedInId).Distinct().Count());
    }

    [Fact]
    public void Holdings_show_the_newest_rows_and_the_full_counts()
    {
        Account account = new(HeyReachWorld.Plain(30, 3));
        IReadOnlyList<HeldTable> tables = account.HeyReach.Holds(5);
        Assert.Equal(["conversations", "messages", "leads", "campaigns", "senders", "webhooks", "deliveries"], tables.Select(t => t.Name));
        Assert.Equal([30, 90, 30, 4, 3, 0, 0], tables.Select(t => t.Count));
        Assert.All(tables, t => Assert.All(t.Rows, row => Assert.Equal(t.Columns.Count, row.Count)));
        Assert.Equal([5, 5, 5, 4, 3, 0, 0], tables.Select(t => t.Rows.Count));
    }

    [Fact]
    public void Every_knob_reads_back_what_it_was_given_and_takes_its_own_text()
    {
        Account account = new();
        foreach (Knob knob in account.HeyReach.Knobs) knob.Set(knob.Get());
        Dictionary<string, string> given = new()
        {
            ["limits"] = "PerMinuteAndBurst", ["v3-missing"] = "true", ["preview"] = "3", ["chatroom-lag"] = "02:00:00", ["campaign-id"] = "Present", ["over-limit"] = "Clamp", ["hooks-event-type"] = "Missing", ["hooks-lose-every"] = "4",
        };
        foreach ((string name, string text) in given) account.HeyReach.Knobs.Single(k => k.Name == name).Set(text);
        Assert.All(given, pair => Assert.Equal(pair.Value, account.HeyReach.Knobs.Single(k => k.Name == pair.Key).Get()));
        Assert.Throws<FormatException>(() => account.HeyReach.Knobs.Single(k => k.Name == "preview").Set("many"));
    }

    // Generous bounds: a quadratic sweep takes minutes, not seconds.
    [Fact]
    public void A_hundred_thousand_people_are_invented_and_scanned_in_seconds()
    {
        long started = Stopwatch.GetTimestamp();
        Account account = new(HeyReachWorld.Plain(100_000, 3));
        TimeSpan invented = Stopwatch.GetElapsedTime(started);
        Assert.Equal(100_000, account.Scan().Distinct().Count());
        TimeSpan scanned = Stopwatch.GetElapsedTime(started) - invented;
        TestContext.Current.SendDiagnosticMessage($"invented in {invented.TotalSeconds:0.0} s, scanned in {scanned.TotalSeconds:0.0} s");
        Assert.InRange(invented, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        Assert.InRange(scanned, TimeSpan.Zero, TimeSpan.FromSeconds(60));
    }

    private static string Print(int seed) =>
        JsonSerializer.Serialize(new Account(HeyReachWorld.Lively(60), seed: seed).HeyReach.Conversations.ToList());
}
