using System.Net;
using System.Net.Http;
using System.Text.Json;
using Syncline.Sandbox.HeyReach;

namespace Syncline.Sandbox.Tests.HeyReach;

/// <summary>How hooks come: again, twice, late, out of order, never.</summary>
public sealed class SendingHooks
{
    private readonly HookDesk _desk = new();

    private HeyReachWebhooks Hooks => _desk.Hooks;

    private HandClock Clock => _desk.Account.Clock;

    [Fact]
    public void A_refused_hook_comes_five_times_more_within_a_day_and_is_given_up()
    {
        _desk.Subscribe(HookDesk.Everything);
        _desk.HeyReach.ReplyArrives();
        DateTimeOffset began = Clock.Now;
        Hooks.Receiver = _ => 500;
        int sent = Hooks.Deliver();
        while (Hooks.NextDueAt is { } due)
        {
            Clock.Now = due;
            sent += Hooks.Deliver();
        }
        Assert.Equal((6, "failed"), (sent, Hooks.Deliveries.Single().Status));
        Assert.InRange(Clock.Now - began, TimeSpan.FromHours(20), TimeSpan.FromHours(24));
        Assert.Single(Hooks.Sent.Select(h => h.Body).Distinct());
        Assert.Equal([1, 2, 3, 4, 5, 6], Hooks.Sent.Select(h => h.Attempt));
    }

    [Theory]
    [InlineData(204, "success")]
    [InlineData(302, "pending")]
    [InlineData(0, "pending")]
    public void Two_hundreds_accept_and_nothing_else_does(int status, string became)
    {
        _desk.Subscribe(HookDesk.Everything);
        _desk.HeyReach.ReplyArrives();
        Hooks.Receiver = _ => status;
        Hooks.Deliver();
        Assert.Equal((became, became == "success"), (Hooks.Deliveries.Single().Status, Hooks.NextDueAt is null));
    }

    [Fact]
    public void Hooks_come_twice_late_in_another_order_or_never()
    {
        _desk.Subscribe(HookDesk.Everything);
        (_desk.Trouble.Duplicate, _desk.Trouble.Reorder, _desk.Trouble.Delay, _desk.Trouble.LoseEvery) = (true, true, TimeSpan.FromMinutes(5), 3);
        foreach (string text in new[] { "one", "two", "three" }) _desk.HeyReach.ReplyArrives(_desk.Campaigning.Id, text);
        Assert.Empty(_desk.Delivered());
        Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(["two", "two", "one", "one"], _desk.Delivered().Select(Newest));
        Assert.Equal(["success", "success", "lost"], Hooks.Deliveries.Select(d => d.Status));
        Assert.Null(Hooks.NextDueAt);
    }

    [Theory]
    [InlineData(CorrelationReach.Event, 1)]
    [InlineData(CorrelationReach.Delivery, 2)]
    [InlineData(CorrelationReach.Attempt, 4)]
    [InlineData(CorrelationReach.None, 0)]
    public void A_correlation_id_is_one_for_an_event_a_delivery_or_an_attempt(CorrelationReach reach, int different)
    {
        _desk.Trouble.Correlation = reach;
        _desk.Subscribe(HookDesk.Everything);
        _desk.Subscribe(HookDesk.Everything);
        _desk.HeyReach.ReplyArrives();
        Hooks.Deliver();
        Clock.Advance(TimeSpan.FromHours(1));
        Hooks.Deliver();
        Assert.Equal(4, Hooks.Sent.Count);
        Assert.Equal(different, Hooks.Sent.Select(h => JsonDocument.Parse(h.Body).RootElement)
            .Where(b => b.TryGetProperty("correlation_id", out _)).Select(b => b.GetProperty("correlation_id").GetString()).Distinct().Count());
    }

    [Fact]
    public void A_hook_on_its_way_goes_to_the_address_that_the_webhook_has_by_then()
    {
        int id = _desk.Subscribe(HookDesk.Everything);
        _desk.HeyReach.ReplyArrives();
        Hooks.Deliver();
        _desk.Account.Send("PATCH", $"/webhooks/UpdateWebhook?webhookId={id}", """{"webhookUrl":"https://hooks.example.com/b"}""");
        Clock.Advance(TimeSpan.FromHours(1));
        Hooks.Deliver();
        Assert.Equal(["/a", "/b"], Hooks.Sent.Select(h => h.Url.AbsolutePath));
    }

    [Fact]
    public void What_a_hook_says_stays_as_it_was_when_it_happened()
    {
        _desk.Subscribe(HookDesk.Everything);
        _desk.Trouble.Delay = TimeSpan.FromMinutes(1);
        HeyReachConversation thread = _desk.Campaigning;
        _desk.HeyReach.ReplyArrives(thread.Id, "First thought");
        _desk.HeyReach.EditBody(thread.Id, "Second thought");
        _desk.HeyReach.LeadChangesJob(thread.Lead.LinkedInId, "Welder", "Elsewhere");
        Clock.Advance(TimeSpan.FromMinutes(1));
        JsonElement body = Assert.Single(_desk.Delivered());
        Assert.Equal(("First thought", thread.Lead.Position), (Newest(body), body.GetProperty("lead").GetProperty("position").GetString()));
    }

    [Theory]
    [InlineData("http://127.0.0.1:9/hooks", 1)]
    [InlineData("https://hooks.example.com/a", 0)]
    public async Task The_courier_reaches_this_machine_and_no_other(string url, int arrived)
    {
        _desk.Create(HookDesk.Everything, url: url);
        Hooks.SetHeader(_desk.Listed()[0].GetProperty("id").GetInt32(), "X-Secret", "s3");
        _desk.HeyReach.ReplyArrives();
        Porch porch = new();
        HookCourier<HeyReachHook> courier = new(new([_desk.HeyReach], Clock), Hooks.Sender, new(porch), Clock);
        Assert.Equal(1, await courier.CarryAsync(TestContext.Current.CancellationToken));
        Assert.Equal(Enumerable.Repeat("s3", arrived), porch.Secrets);
    }

    private static string? Newest(JsonElement body) => body.GetProperty("recent_messages").EnumerateArray().Last().GetProperty("message").GetString();

    private sealed class Porch : HttpMessageHandler
    {
        public List<string> Secrets { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Secrets.Add(request.Headers.GetValues("X-Secret").Single());
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
        }
    }
}
