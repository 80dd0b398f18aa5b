using System.Globalization;
using System.Text.Json;
using Syncline.Sandbox.HeyReach;

namespace Syncline.Sandbox.Tests.HeyReach;

public sealed class InboxV3
{
    private const string Path = "/inbox/GetConversationsV3";

    private readonly Account _account = new(HeyReachWorld.Lively(250));

    [Fact]
    public void A_page_has_ten_conversations_unless_asked_otherwise()
    {
        JsonElement page = _account.V3();
        Assert.Equal(10, Account.Items(page).Count);
        Assert.True(page.GetProperty("hasNextPage").GetBoolean());
        Assert.Equal(_account.HeyReach.ConversationCount, page.GetProperty("totalCount").GetInt32());
    }

    [Fact]
    public void A_scan_meets_every_conversation_once_newest_message_first()
    {
        List<string> met = _account.Scan(limit: 37);
        Assert.Equal(_account.HeyReach.Conversations.Select(c => c.Id), met);
        Assert.Equal(met.Count, met.Distinct().Count());
        DateTimeOffset[] times = [.. _account.HeyReach.Conversations.Select(c => c.Messages[^1].CreatedAt)];
        Assert.Equal(times.OrderDescending(), times);
    }

    [Fact]
    public void The_last_page_has_no_cursor()
    {
        Account small = new(HeyReachWorld.Plain(10, 1));
        JsonElement page = small.V3();
        Assert.False(page.GetProperty("hasNextPage").GetBoolean());
        Assert.Equal(JsonValueKind.Null, page.GetProperty("nextCursor").ValueKind);
    }

    [Fact]
    public void An_edited_cursor_is_refused()
    {
        string cursor = _account.V3().GetProperty("nextCursor").GetString()!;
        foreach (string edited in new[] { cursor[..^4] + "AAAA", "A" + cursor[1..] + "A", "10", "", "****" })
        {
            Account.Error(400, _account.Post(Path, JsonSerializer.Serialize(new { cursor = edited })));
        }
    }

    [Fact]
    public void A_cursor_still_works_after_its_conversation_has_moved_or_vanished()
    {
        JsonElement first = _account.V3();
        List<string> before = _account.Scan();
        _account.HeyReach.Vanish(Account.Ids(first)[^1]);
        JsonElement next = _account.V3(JsonSerializer.Serialize(new { cursor = first.GetProperty("nextCursor").GetString() }));
        Assert.Equal(before[10..20], Account.Ids(next));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(101)]
    [InlineData(500)]
    public void A_limit_outside_1_to_100_is_refused(int limit) => Assert.Equal(["Limit"], Account.Refused(_account.Post(Path, $$"""{"limit":{{limit}}}""")));

    [Fact]
    public void A_limit_above_the_maximum_can_be_clamped_instead()
    {
        _account.HeyReach.Behaviour.OverLimit = OverLimit.Clamp;
        Assert.Equal(100, Account.Items(_account.V3("""{"limit":500}""")).Count);
    }

    [Fact]
    public void From_acts_by_utc_day()
    {
        HeyReachConversation newest = _account.HeyReach.Conversations.First();
        DateTimeOffset last = newest.Messages[^1].CreatedAt;
        DateTimeOffset endOfDay = new DateTimeOffset(last.UtcDateTime.Date, TimeSpan.Zero).AddDays(1).AddTicks(-1);
        _account.Clock.Now = endOfDay.AddHours(1);
        Assert.Contains(newest.Id, Account.Ids(_account.V3(From(endOfDay))));
        _account.HeyReach.Behaviour.ExactFrom = true;
        Assert.DoesNotContain(newest.Id, Account.Ids(_account.V3(From(endOfDay))));
        Assert.Contains(newest.Id, Account.Ids(_account.V3(From(last))));
    }

    [Fact]
    public void To_includes_its_whole_day_and_nothing_after_it()
    {
        DateTimeOffset day = new(2026, 8, 1, 0, 0, 0, TimeSpan.Zero);
        JsonElement page = _account.V3(JsonSerializer.Serialize(new { from = Iso(day), to = Iso(day.AddMinutes(1)), limit = 100 }));
        string[] expected = [.. _account.HeyReach.Conversations.Where(c => c.Messages[^1].CreatedAt >= day && c.Messages[^1].CreatedAt < day.AddDays(1)).Select(c => c.Id)];
        Assert.NotEmpty(expected);
        Assert.Equal(expected, Account.Ids(page));
        Assert.Equal(expected.Length, page.GetProperty("totalCount").GetInt32());
    }

    [Fact]
    public void Pages_within_a_window_end_with_the_window()
    {
        string from = Iso(_account.Clock.Now.AddDays(-30));
        List<string> met = [];
        string? cursor = null;
        do
        {
            JsonElement page = _account.V3(JsonSerializer.Serialize(new { limit = 7, from, cursor }));
            met.AddRange(Account.Ids(page));
            cursor = page.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);
        DateTimeOffset floor = new(_account.Clock.Now.AddDays(-30).UtcDateTime.Date, TimeSpan.Zero);
        Assert.Equal(_account.HeyReach.Conversations.Where(c => c.Messages[^1].CreatedAt >= floor).Select(c => c.Id), met);
    }

    [Fact]
    public void From_after_to_is_refused()
    {
        Account.Error(400, _account.Post(Path, """{"from":"2026-08-02T00:00:00Z","to":"2026-08-01T00:00:00Z"}"""));
        Account.Error(400, _account.Post(Path, From(_account.Clock.Now.AddMinutes(1))));
    }

    [Fact]
    public void Profiles_show_auto_tags_and_neither_e_mails_nor_custom_fields()
    {
        List<JsonElement> profiles = [.. Account.Items(_account.V3("""{"limit":100}""")).Select(i => i.GetProperty("correspondentProfile"))];
        Assert.All(profiles, profile =>
        {
            Assert.True(profile.TryGetProperty("autoTags", out _));
            Assert.False(profile.TryGetProperty("customFields", out _));
            Assert.DoesNotContain(profile.EnumerateObject(), p => p.Name.Contains("mail", StringComparison.OrdinalIgnoreCase));
        });
        Assert.Contains(profiles, p => p.GetProperty("autoTags").GetArrayLength() > 0);
    }

    [Fact]
    public void It_can_be_missing_so_that_clients_fall_back()
    {
        _account.HeyReach.Behaviour.V3Missing = true;
        Assert.Equal(404, _account.Post(Path, "{}").Status);
        Assert.Equal(100, Account.Items(_account.V2()).Count);
    }

    [Fact]
    public void A_conversation_that_moves_up_during_a_scan_is_met_at_most_once_and_nothing_else_is_lost()
    {
        string[] before = [.. _account.HeyReach.Conversations.Select(c => c.Id)];
        _account.HeyReach.BetweenPages = () => _account.HeyReach.ReplyArrives();
        List<string> met = _account.Scan(limit: 20);
        Assert.Equal(met.Count, met.Distinct().Count());
        Assert.InRange(before.Except(met).Count(), 1, 15);
    }

    private static string From(DateTimeOffset from) => JsonSerializer.Serialize(new { limit = 100, from = Iso(from) });

    private static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
