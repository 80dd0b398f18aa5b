using System.Text.Json.Nodes;
using Syncline.Conformance.Sources;
using Syncline.Extraction;
using Syncline.Records;

namespace Syncline.Connectors.Tests.HeyReach;

public sealed class HeyReachIncrementalReading
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static IEnumerable<JsonNode> Asked(FakeHeyReach http) => http.Calls.Where(c => c.Path.StartsWith("inbox/GetConversations", StringComparison.Ordinal)).Select(c => JsonNode.Parse(c.Body)!);

    [Fact]
    public async Task Every_filter_is_sent_every_time_and_the_first_reading_has_no_lower_bound()
    {
        FakeHeyReach http = new(_ => (200, Inboxes.Page()));
        await http.ReadAsync();
        Assert.Equal(
            """{"filters":{"linkedInAccountIds":[],"campaignIds":[],"searchString":"","leadLinkedInId":null,"leadProfileUrl":null,"tags":[],"seen":null,"latestAutoTagNames":[]},"limit":100}""",
            http.Calls.Single().Body);
    }

    [Fact]
    public async Task The_next_reading_asks_from_the_start_of_the_last_one_less_the_overlap()
    {
        FakeHeyReach http = null!;
        // The listing takes an hour: its end is no bound for the next one.
        http = new(_ => { http.Clock.Pass(TimeSpan.FromHours(1)); return (200, Inboxes.Page()); });
        CommittedPages committed = new();
        await committed.RunAsync(http.Inbox(), Token);
        await committed.RunAsync(http.Inbox(), Token);
        Assert.Equal("2026-05-20T09:00:00.000Z", (string?)Asked(http).Last()["from"]);
    }

    [Fact]
    public async Task Once_a_day_the_reading_reaches_back_seven_days()
    {
        FakeHeyReach http = new(_ => (200, Inboxes.Page()));
        CommittedPages committed = new();
        for (int run = 0; run < 4; run++)
        {
            await committed.RunAsync(http.Inbox(), Token);
            http.Clock.Pass(TimeSpan.FromHours(12));
        }
        Assert.Equal([null, "2026-05-20T09:00:00.000Z", "2026-05-13T21:30:00.000Z", "2026-05-21T09:00:00.000Z"], Asked(http).Select(a => (string?)a["from"]));
    }

    [Fact]
    public async Task An_unchanged_thread_is_passed_over_and_a_full_reading_shows_it()
    {
        FakeHeyReach http = new(_ => (200, Inboxes.Page(Inboxes.Conversation("t", Inboxes.Message("2026-05-19T10:00:00.5Z")))));
        CommittedPages committed = new();
        await committed.RunAsync(http.Inbox(), Token);
        Page second = (await committed.RunAsync(http.Inbox(), Token)).Single();
        Assert.Empty(second.Records);
        Assert.Equal(1, second.Unchanged);
        Page full = (await committed.RunAsync(http.Inbox(), Token, committed.Request() with { IsFull = true })).Single();
        Assert.Equal(3, full.Records.Count);
    }

    [Fact]
    public async Task A_back_dated_message_is_seen_although_the_last_one_has_not_moved()
    {
        InboxWorld world = new(hasV3: true);
        RecordKey thread = await world.AddRecordAsync(Token);
        CommittedPages committed = new();
        await committed.RunAsync(world.Open(10), Token);
        world.BackDate(thread.Id, TimeSpan.FromDays(2));
        Page page = (await committed.RunAsync(world.Open(10), Token)).Single();
        Assert.Equal(2, page.Records.Count(r => r.Kind == RecordKind.Message));
    }

    [Fact]
    public async Task A_refused_cursor_starts_the_sweep_anew_once()
    {
        FakeHeyReach http = null!;
        http = new(_ => http.Calls.Count switch
        {
            1 or 3 => (200, """{"items":[],"nextCursor":"two","hasNextPage":true}"""),
            2 => (400, """{"errorMessage":"Cursor is not valid"}"""),
            _ => (200, """{"items":[],"nextCursor":null,"hasNextPage":false}"""),
        });
        IReadOnlyList<Page> pages = await http.ReadAsync();
        Assert.Equal([null, "two", null, "two"], Asked(http).Select(a => (string?)a["cursor"]));
        Assert.True(pages[^1].CompletesSweep);
    }

    [Fact]
    public async Task A_cursor_that_is_refused_again_stops_the_stream_with_the_reason()
    {
        FakeHeyReach http = new(call => JsonNode.Parse(call.Body)!["cursor"] is null
            ? (200, """{"items":[],"nextCursor":"two","hasNextPage":true}""")
            : (400, """{"type":"x","title":"One or more validation errors occurred.","status":400,"errors":{"Cursor":["'two' is bad"]}}"""));
        ProviderException failure = await Assert.ThrowsAsync<ProviderException>(() => http.ReadAsync());
        Assert.Equal(Recovery.StopStream, failure.Recovery);
        Assert.Contains("Fields: Cursor", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_pages_without_a_new_cursor_are_no_end_and_no_endless_loop()
    {
        FakeHeyReach http = new(_ => (200, """{"items":[],"nextCursor":"same","hasNextPage":true}"""));
        Assert.Equal(Recovery.StopStream, (await Assert.ThrowsAsync<ProviderException>(() => http.ReadAsync())).Recovery);
        Assert.Equal(2, http.Calls.Count);
    }

    [Fact]
    public async Task An_unreadable_cursor_of_ours_reads_from_the_start()
    {
        FakeHeyReach http = new(_ => (200, Inboxes.Page()));
        await http.ReadAsync(r => r with { After = new("{not json") });
        Assert.Null(Asked(http).Single()["from"]);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(501)]
    public async Task Without_the_new_listing_the_old_one_is_walked(int status)
    {
        FakeHeyReach http = new(call => call.Path.EndsWith("V3", StringComparison.Ordinal) ? (status, "<html/>") : (200, """{"totalCount":"0","items":[]}"""));
        Assert.True((await http.ReadAsync()).Single().CompletesSweep);
        Assert.Equal(["inbox/GetConversationsV3", "inbox/GetConversationsV2"], http.Calls.Select(c => c.Path));
        Assert.DoesNotContain("latestAutoTagNames", http.Calls[^1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_old_listing_is_walked_until_two_pages_are_entirely_too_old()
    {
        InboxWorld world = new(hasV3: false);
        for (int i = 0; i < 40; i++)
        {
            await world.AddRecordAsync(Token);
            world.Pass(TimeSpan.FromHours(12));
        }
        CommittedPages committed = new();
        await committed.RunAsync(world.Open(4), Token);
        world.Http.Calls.Clear();
        await committed.RunAsync(world.Open(4), Token);
        // Three threads lie within 30 minutes or, on a day's first reading, 7 days; 40 threads in pages of 4 would be 20 calls.
        Assert.InRange(Asked(world.Http).Count(), 3, 12);
    }

    [Fact]
    public async Task A_thread_that_disappears_during_the_old_walk_hides_no_other_one()
    {
        for (int gone = 0; gone < 8; gone++)
        {
            InboxWorld world = new(hasV3: false);
            List<RecordKey> threads = [];
            for (int i = 0; i < 12; i++) threads.Add(await world.AddRecordAsync(Token));
            CommittedPages committed = new();
            int last = gone;
            await committed.RunAsync(world.Open(4), Token, between: page =>
            {
                // The newest ones are on the first page: the rest of the list moves up by as many.
                if (page == 1) for (int i = 0; i <= last; i++) world.Delete(threads[^(i + 1)].Id);
                return Task.CompletedTask;
            });
            Assert.Subset(committed.Records.Keys.ToHashSet(), threads.Take(12 - gone - 1).ToHashSet());
        }
    }

    [Fact]
    public async Task An_old_listing_that_ends_deep_inside_a_large_inbox_ends_the_walk()
    {
        string[] threads = [.. Enumerable.Range(0, 4).Select(i => Inboxes.Conversation($"t{i}", "", at: $"2026-05-1{9 - i}T10:00:00Z", total: 0))];
        FakeHeyReach http = null!;
        http = new(call => call.Path.EndsWith("V3", StringComparison.Ordinal) || http.Calls.Count > 20 ? (404, "")
            : (200, (int)JsonNode.Parse(call.Body)!["offset"]! == 0 ? Inboxes.Page(threads) : Inboxes.Page()));
        http.Settings["page_size"] = "4";
        IReadOnlyList<Page> pages = await http.ReadAsync();
        Assert.Equal(4, pages.SelectMany(p => p.Records).Count(r => r.Kind == RecordKind.Conversation));
        Assert.True(pages[^1].CompletesSweep);
    }

    [Theory]
    [InlineData("ab-", "ab")]
    [InlineData("a--", "a")]
    [InlineData("---", "")]
    [InlineData("-", "")]
    [InlineData("abc-d", "abcd")]
    [InlineData("a---b", "ab")]
    [InlineData("abcd----ef", "abcdef")]
    [InlineData("-------", "")]
    public async Task Conversations_without_an_id_neither_end_the_old_walk_nor_keep_it_going_for_ever(string inbox, string readable)
    {
        string[] threads = [.. inbox.Select((c, i) => c == '-' ? """{"lastMessageAt":"x"}""" : Inboxes.Conversation($"{c}", "", at: $"2026-05-{19 - i:00}T10:00:00Z", total: 0))];
        FakeHeyReach http = null!;
        http = new(call => call.Path.EndsWith("V3", StringComparison.Ordinal) ? (404, "")
            : http.Calls.Count > 40 ? throw new InvalidOperationException("It goes on for ever.")
            : (200, Inboxes.Page([.. threads.Skip((int)JsonNode.Parse(call.Body)!["offset"]!).Take(4)])));
        http.Settings["page_size"] = "4";
        IReadOnlyList<Page> pages = await http.ReadAsync();
        Assert.Equal(readable, string.Concat(pages.SelectMany(p => p.Records).Where(r => r.Kind == RecordKind.Conversation).Select(r => r.Key.Id).Distinct()));
        Assert.True(pages[^1].CompletesSweep);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_limit_inside_a_page_leaves_the_rest_of_a_sweep_to_the_next_runs(bool hasV3)
    {
        InboxWorld world = new(hasV3);
        List<RecordKey> threads = [];
        for (int i = 0; i < 6; i++)
        {
            threads.Add(await world.AddRecordAsync(Token));
            // So far apart that no later sweep would meet them again.
            world.Pass(TimeSpan.FromDays(10));
        }
        CommittedPages committed = new();
        await committed.RunAsync(world.Open(4), Token, committed.Request() with { MaxRecords = 1, IsFull = true });
        // The sweep that a full run began stays a full one: what has been handed on must not come first for ever. By offset, two come twice where pages overlap.
        for (int run = 0; run < 8; run++) await committed.RunAsync(world.Open(4), Token, committed.Request() with { MaxRecords = 1 });
        Assert.Subset(committed.Records.Keys.ToHashSet(), threads.ToHashSet());
    }

    [Fact]
    public async Task A_full_sweep_that_was_interrupted_is_finished_as_a_full_one()
    {
        InboxWorld world = new(hasV3: true);
        for (int i = 0; i < 4; i++) await world.AddRecordAsync(Token);
        CommittedPages committed = new();
        await committed.RunAsync(world.Open(2), Token);
        await committed.RunAsync(world.Open(2), Token, committed.Request() with { IsFull = true, MaxPages = 1 });
        Page rest = (await committed.RunAsync(world.Open(2), Token, committed.Request() with { MaxPages = 1 })).Single();
        Assert.Equal(2, rest.Records.Count(r => r.Kind == RecordKind.Conversation));
        Assert.True(rest.CompletesSweep);
    }

    [Fact]
    public async Task A_run_that_finishes_an_interrupted_sweep_goes_on_with_what_is_new()
    {
        InboxWorld world = new(hasV3: true);
        List<RecordKey> threads = [];
        for (int i = 0; i < 6; i++) threads.Add(await world.AddRecordAsync(Token));
        CommittedPages committed = new();
        await committed.RunAsync(world.Open(2), Token, committed.Request() with { MaxPages = 1 });
        world.Pass(TimeSpan.FromHours(1));
        await world.ChangeRecordAsync(threads[0], Token);
        RecordKey added = await world.AddRecordAsync(Token);
        await committed.RunAsync(world.Open(2), Token);
        Assert.Contains(added, committed.Records);
        Assert.Equal("2", committed.Records[threads[0]].Fields["total_messages"]?.Text);
    }
}
