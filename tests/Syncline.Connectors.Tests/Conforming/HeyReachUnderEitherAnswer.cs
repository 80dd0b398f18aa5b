using System.Net.Http;
using System.Text.RegularExpressions;
using Syncline.Conformance.Sources;
using Syncline.Sandbox;
using Syncline.Sandbox.HeyReach;

namespace Syncline.Connectors.Tests.Conforming;

/// <summary>What HeyReach's documents leave open may be either way: what is read is the same.</summary>
public sealed class HeyReachUnderEitherAnswer
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("strict-filters=true")]
    [InlineData("strict-filters=true", "v3-missing=true")]
    [InlineData("exact-from=true")]
    [InlineData("preview=1")]
    [InlineData("preview=3")]
    [InlineData("preview=2", "v3-missing=true")]
    [InlineData("v3-missing=true")]
    [InlineData("over-limit=Clamp")]
    [InlineData("chatroom-lag=02:00:00")]
    [InlineData("limits=PerMinuteAndBurst")]
    [InlineData("limits=PerMinuteAndBurst", "throttle-text=true")]
    [InlineData("limits=PerMinuteAndBurst", "retry-after=true")]
    [InlineData("limits=PerMinuteAndBurst", "retry-after=true", "throttle-text=true", "v3-missing=true")]
    public async Task The_inbox_reads_the_same(params string[] knobs) => Assert.Equal(await ReadAsync(), await ReadAsync(knobs));

    /// <summary>A thread of which the listing shows the newest message and the chatroom is two hours behind has a gap, which the next reading that meets it closes.</summary>
    [Fact]
    public async Task What_a_late_chatroom_lacks_is_read_once_it_has_it()
    {
        SandboxConnection<HeyReachSimulator> sandbox = Filled("preview=1", "chatroom-lag=02:00:00");
        CommittedPages committed = new();
        await committed.RunAsync(sandbox.Open().Sources[0], Token);
        string thread = sandbox.Simulator.Conversations.First().Id;
        sandbox.Simulator.BurstOfReplies(thread);
        sandbox.Clock.Pass(TimeSpan.FromMinutes(15));
        await committed.RunAsync(sandbox.Open().Sources[0], Token);
        sandbox.Clock.Pass(TimeSpan.FromHours(3));
        await committed.RunAsync(sandbox.Open().Sources[0], Token);

        Assert.Equal(sandbox.Simulator.Find(thread)!.Messages.Count, MessagesOf(committed, thread));
    }

    /// <summary>A thread that does not go with the account it is listed under keeps what the listing shows, is no reason to stop, and is read again next time.</summary>
    [Theory]
    [InlineData("400")]
    [InlineData("401")]
    [InlineData("404")]
    public async Task A_chatroom_of_another_account_leaves_a_gap_that_the_next_reading_closes(string status)
    {
        SandboxConnection<HeyReachSimulator> sandbox = Filled("preview=1", "mismatch-status=" + status);
        sandbox.Between = inner => new AnotherAccount(inner);
        CommittedPages committed = new();
        await committed.RunAsync(sandbox.Open().Sources[0], Token);
        string thread = sandbox.Simulator.Conversations.First(c => c is { GroupChat: false, Lead.LinkedInId: not null, Messages.Count: > 1 }).Id;
        Assert.Equal(1, MessagesOf(committed, thread));

        sandbox.Between = null;
        sandbox.Clock.Pass(TimeSpan.FromMinutes(15));
        await committed.RunAsync(sandbox.Open().Sources[0], Token, committed.Request() with { After = null });
        Assert.Equal(sandbox.Simulator.Find(thread)!.Messages.Count, MessagesOf(committed, thread));
    }

    /// <summary>Reads the inbox, lets a reply, a late message and a new thread arrive, and reads on.</summary>
    private static async Task<IReadOnlyList<string>> ReadAsync(params string[] knobs)
    {
        SandboxConnection<HeyReachSimulator> sandbox = Filled(knobs);
        CommittedPages committed = new();
        UseUpTheBurst(sandbox);
        await committed.RunAsync(sandbox.Open(("page_size", "20")).Sources[0], Token);

        // The moment of the changes is the same however long the first reading took; a day later, so that the next reading reaches back for late messages.
        sandbox.Clock.Pass(new DateTimeOffset(2026, 5, 22, 12, 0, 0, TimeSpan.Zero) - sandbox.Clock.GetUtcNow());
        string[] threads = [.. sandbox.Simulator.Conversations.Where(c => c is { GroupChat: false, Lead.LinkedInId: not null }).Select(c => c.Id).Take(2)];
        sandbox.Simulator.BackDatedInsert(threads[1], TimeSpan.FromHours(1));
        sandbox.Simulator.ReplyArrives(threads[0]);
        sandbox.Simulator.NewConversation();
        sandbox.Clock.Pass(TimeSpan.FromHours(3));
        UseUpTheBurst(sandbox);
        await committed.RunAsync(sandbox.Open(("page_size", "20")).Sources[0], Token);
        Assert.All(threads, id => Assert.Equal(sandbox.Simulator.Find(id)!.Messages.Count, MessagesOf(committed, id)));
        return [.. committed.Records.Values.Select(r => $"{r.Key}: {r.Fields}").Order(StringComparer.Ordinal)];
    }

    private static int MessagesOf(CommittedPages committed, string thread) =>
        committed.Records.Keys.Count(k => k.Stream == "messages" && k.Id.StartsWith(thread + "|", StringComparison.Ordinal));

    private static SandboxConnection<HeyReachSimulator> Filled(params string[] knobs)
    {
        SandboxConnection<HeyReachSimulator> sandbox = SandboxConnections.HeyReach();
        sandbox.Simulator.Populate(HeyReachWorld.Lively(60));
        foreach (string[] knob in knobs.Select(k => k.Split('='))) sandbox.Turn(knob[0], knob[1]);
        sandbox.Clock.Pass(TimeSpan.FromHours(3));
        return sandbox;
    }

    // Another program with the same key has just called as often as it may.
    private static void UseUpTheBurst(SandboxConnection<HeyReachSimulator> sandbox)
    {
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase) { ["X-API-KEY"] = SandboxConnections.HeyReachKey };
        for (int i = 0; i < 10; i++) sandbox.Gate.Send("heyreach", new(HttpMethod.Get.Method, "/api/public/auth/CheckApiKey", "", headers, ""));
    }

    /// <summary>Asks for each chatroom under an account that it does not belong to.</summary>
    private sealed class AnotherAccount(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new(Regex.Replace(request.RequestUri!.AbsoluteUri, "/GetChatroom/[0-9]+/", "/GetChatroom/1/"));
            return base.SendAsync(request, cancellationToken);
        }
    }
}
