using Syncline.Connectors.HeyReach;
using Syncline.Extraction;
using Syncline.Records;

namespace Syncline.Connectors.Tests.HeyReach;

public sealed class HeyReachThreads
{
    private const string First = "2026-05-19T09:00:00Z";
    private const string Second = "2026-05-19T09:00:00.2Z";
    private const string Third = "2026-05-19T10:00:00.5Z";

    private static FakeHeyReach With(string listed, int total, Func<(int, string)> chatroom) => new(call =>
        call.Path.StartsWith("inbox/GetChatroom", StringComparison.Ordinal) ? chatroom() : (200, Inboxes.Page(Inboxes.Conversation("2-a/b==", listed, total: total))));

    private static IEnumerable<string?> Bodies(Page page) => page.Records.Where(r => r.Kind == RecordKind.Message).Select(r => r.Fields["body"]?.Text);

    [Fact]
    public async Task A_full_thread_needs_no_chatroom()
    {
        FakeHeyReach http = With(Inboxes.Message(Third), 1, () => (500, ""));
        Assert.Single((await http.ReadAsync()).Single().Versions);
        Assert.Single(http.Calls);
    }

    [Fact]
    public async Task A_preview_is_completed_from_the_chatroom_and_the_listing_wins()
    {
        string older = string.Join(",", Inboxes.Message(Second, "CORRESPONDENT", "two, as it was"), Inboxes.Message(First, body: "one"));
        FakeHeyReach http = With(
            string.Join(",", Inboxes.Message(Second, "CORRESPONDENT", "two, edited"), Inboxes.Message(Third, body: "three")), 3,
            () => (200, Inboxes.Conversation("2-a/b==", older, total: 2)));
        Page page = (await http.ReadAsync()).Single();
        Assert.Equal(["one", "two, edited", "three"], Bodies(page));
        Assert.Single(page.Versions);
        Assert.Equal("inbox/GetChatroom/4711/2-a%2Fb%3D%3D", http.Calls[^1].Path);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(503)]
    public async Task A_thread_whose_chatroom_is_not_to_be_had_keeps_what_is_listed_and_is_read_again(int status)
    {
        FakeHeyReach http = With(Inboxes.Message(Third, body: "three"), 3, () => (status, "Invalid API key"));
        Page page = (await http.ReadAsync()).Single();
        Assert.Equal(["three"], Bodies(page));
        Assert.Empty(page.Versions);
        Assert.Empty(page.Rejections);
    }

    [Fact]
    public async Task A_chatroom_that_lags_leaves_the_thread_incomplete()
    {
        FakeHeyReach http = With(Inboxes.Message(Third, body: "three"), 3, () => (200, Inboxes.Conversation("2-a/b==", Inboxes.Message(First, body: "one"))));
        Page page = (await http.ReadAsync()).Single();
        Assert.Equal(["one", "three"], Bodies(page));
        Assert.Empty(page.Versions);
    }

    [Fact]
    public async Task A_chatroom_of_another_thread_is_not_mixed_in()
    {
        FakeHeyReach http = With(Inboxes.Message(Third, body: "three"), 2, () => (200, Inboxes.Conversation("another", Inboxes.Message(First, body: "one"))));
        Page page = (await http.ReadAsync()).Single();
        Assert.Equal(["three"], Bodies(page));
        Assert.Empty(page.Versions);
    }

    [Fact]
    public async Task Messages_are_put_in_order_whichever_way_they_come()
    {
        FakeHeyReach http = With(string.Join(",", Inboxes.Message(Third, body: "3"), Inboxes.Message(First, body: "2"), Inboxes.Message(First, body: "1")), 3, () => (404, ""));
        Assert.Equal(["1", "2", "3"], Bodies((await http.ReadAsync()).Single()));
    }

    [Fact]
    public async Task A_message_without_a_time_is_reported_and_the_others_are_read()
    {
        FakeHeyReach http = With(string.Join(",", Inboxes.Message("soon", body: "x"), Inboxes.Message(Third, body: "3")), 2, () => (404, ""));
        Page page = (await http.ReadAsync()).Single();
        Assert.Equal(["3"], Bodies(page));
        Assert.Equal("message-without-time", page.Rejections.Single().Code);
        Assert.Empty(page.Versions);
    }

    [Fact]
    public void A_version_is_the_time_and_the_count()
    {
        DateTimeOffset at = new(2026, 5, 19, 12, 0, 0, TimeSpan.FromHours(2));
        Assert.Equal($"{new DateTime(2026, 5, 19, 10, 0, 0).Ticks}:3", HeyReachVersion.Of(at, 3));
    }
}
