using Syncline.Connectors.Tests.Conforming;
using Syncline.Extraction;
using Syncline.Records;
using Syncline.Sandbox.HeyReach;

namespace Syncline.Connectors.Tests.HeyReach;

public sealed class FetchingConversations
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, true)]
    [InlineData(null, false)]
    [InlineData("preview", true)]
    [InlineData("v3-missing", true)]
    [InlineData("v3-missing", false)]
    public async Task What_is_fetched_is_what_a_reading_brings(string? knob, bool namesLead)
    {
        SandboxConnection<HeyReachSimulator> sandbox = SandboxConnections.HeyReach();
        if (knob is not null) sandbox.Turn(knob, knob == "preview" ? "1" : "true");
        string wanted = sandbox.Simulator.NewConversation().Id;
        sandbox.Simulator.ReplyArrives(wanted);
        sandbox.Simulator.NewConversation();
        IPointSource inbox = Assert.IsAssignableFrom<IPointSource>(sandbox.Open().Sources.Single());
        Conformance.Sources.CommittedPages read = new(["people", "conversations"]);
        await read.RunAsync(inbox, Token);
        RemoteRecord conversation = read.Records.Values.Single(r => r.Key.Id == wanted);
        RemoteRecord person = read.Records.Values.Single(r => r.Key.Stream == "people" && r.Key.Id == conversation.Fields["person"]!.Text.Split('/')[^1]);
        string account = conversation.Fields["sender_account"]!.Text;

        IReadOnlyList<RemoteRecord> fetched = await inbox.FetchAsync([namesLead ? $"{account}:{person.Fields["linkedin_id"]!.Text}:{wanted}" : $"{account}:{wanted}"], Token);
        RemoteRecord[] expected = [.. read.Records.Values.Where(r => r.Key == person.Key || r.Key == conversation.Key || (r.Key.Stream == "messages" && r.Key.Id.StartsWith(wanted + "|", StringComparison.Ordinal)))];
        Assert.True(expected.Length >= 3);
        Assert.Equal(Show(expected.Where(r => r.Key.Stream != "people")), Show(fetched.Where(r => r.Key.Stream != "people")));
        Assert.Equal(person.Key, Assert.Single(fetched, r => r.Key.Stream == "people").Key);
    }

    [Fact]
    public async Task The_listing_is_asked_before_the_chatroom_which_lags()
    {
        FakeHeyReach http = new(call => call.Path == "inbox/GetConversationsV3" ? (200, Inboxes.Page(Inboxes.Conversation("2-other==", Inboxes.Message("2026-05-19T10:00:00Z")), Inboxes.Conversation("2-abc==", Inboxes.Message("2026-05-19T10:00:00Z")))) : (500, ""));
        Assert.Equal(["900000001", "2-abc==", "2-abc==|639147816000000000|me"], (await FetchAsync(http, "4711:900000001:2-abc==", "4711:2-abc==")).Select(r => r.Key.Id));
        SentCall call = Assert.Single(http.Calls);
        Assert.Contains("\"linkedInAccountIds\":[4711]", call.Body, StringComparison.Ordinal);
        Assert.Contains("\"leadLinkedInId\":\"900000001\"", call.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, """{"items":[]}""")]
    [InlineData(400, """{"errorMessage":"Lead was not found."}""")]
    [InlineData(404, "")]
    public async Task The_chatroom_is_asked_where_the_listing_does_not_know_it(int status, string body)
    {
        FakeHeyReach http = new(call => call.Path switch
        {
            "inbox/GetConversationsV3" => (status, body),
            "inbox/GetChatroom/4711/2-abc%3D%3D" => (200, Inboxes.Conversation("2-abc==", Inboxes.Message("2026-05-19T10:00:00Z")).Replace("\"linkedInAccountId\":4711,", "", StringComparison.Ordinal)),
            _ => (500, ""),
        });
        Assert.Equal(3, (await FetchAsync(http, "4711:900000001:2-abc==")).Count);
    }

    [Fact]
    public async Task An_old_chatroom_leaves_the_thread_to_the_next_sweep()
    {
        string old = Inboxes.Conversation("2-abc==", Inboxes.Message("2026-05-19T10:00:00Z"), "2026-05-19T10:00:00Z"), cut = Inboxes.Conversation("2-abc==", Inboxes.Message("2026-05-19T10:00:00Z"), total: 2);
        Assert.Equal("639147816000000000:1", Conversation(await FetchAsync(new(_ => (200, old)), "4711:2-abc==")).Version);
        Assert.Equal("", Conversation(await FetchAsync(new(_ => (200, cut)), "4711:2-abc==")).Version);

        static RemoteRecord Conversation(IReadOnlyList<RemoteRecord> records) => records.Single(r => r.Key.Stream == "conversations");
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    public async Task One_that_is_gone_is_absent(int status) => Assert.Empty(await FetchAsync(new(_ => (status, "")), "4711:2-abc=="));

    [Theory]
    [InlineData("2-abc==")]
    [InlineData("x:2-abc==")]
    [InlineData("4711:")]
    [InlineData("-1:2-abc==")]
    public async Task An_id_that_names_no_conversation_costs_no_call(string id)
    {
        FakeHeyReach http = new(_ => (500, ""));
        Assert.Empty(await FetchAsync(http, id));
        Assert.Empty(http.Calls);
    }

    [Fact]
    public async Task A_group_chat_belongs_to_nobody() =>
        Assert.Empty(await FetchAsync(new(_ => (200, Inboxes.Conversation("2-abc==", Inboxes.Message("2026-05-19T10:00:00Z")).Replace("\"groupChat\":false", "\"groupChat\":true", StringComparison.Ordinal))), "4711:2-abc=="));

    [Fact]
    public async Task A_provider_that_is_down_is_told_and_is_no_absence() =>
        Assert.Equal(Recovery.RetryLater, (await Assert.ThrowsAsync<ProviderException>(() => FetchAsync(new(_ => (503, "")), "4711:900000001:2-abc=="))).Recovery);

    private static Task<IReadOnlyList<RemoteRecord>> FetchAsync(FakeHeyReach http, params string[] ids) => Assert.IsAssignableFrom<IPointSource>(http.Inbox()).FetchAsync(ids, Token);

    private static string[] Show(IEnumerable<RemoteRecord> records) => [.. records.Select(r => $"{r.Key} {r.Version} {r.Fields}").Order(StringComparer.Ordinal)];
}
