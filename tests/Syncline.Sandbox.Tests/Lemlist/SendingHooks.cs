using System.Net;
using System.Net.Http;
using System.Text.Json.Nodes;
using Syncline.Sandbox.Lemlist;

namespace Syncline.Sandbox.Tests.Lemlist;

/// <summary>Hooks (contract, section 8).</summary>
public sealed class SendingHooks
{
    private readonly Bureau _bureau = new();
    private readonly string _lead;
    private readonly string _campaign;

    public SendingHooks()
    {
        (string campaign, IReadOnlyList<string> leads) = _bureau.Campaign();
        (_campaign, _lead) = (campaign, leads[0]);
    }

    private LemlistWebhooks Hooks => _bureau.Lemlist.Webhooks;

    [Fact]
    public void The_same_webhook_may_be_made_twice_and_its_secret_is_never_listed()
    {
        Assert.Equal(200, Make("""{"targetUrl":"https://hooks.example.com/a","type":"emailsReplied","secret":"s3"}""").Status);
        Make("""{"targetUrl":"https://hooks.example.com/a","type":"emailsReplied","secret":"s3"}""");
        Reply listed = _bureau.Get("/hooks");
        Assert.Equal(2, listed.Rows.Count);
        Assert.DoesNotContain("s3", listed.Text + _bureau.Get("/team").Text, StringComparison.Ordinal);
        Assert.Equal(200, _bureau.Delete("/hooks/" + listed.Ids[0]).Status);
        Assert.Equal((404, "Webhook not found"), (_bureau.Delete("/hooks/" + listed.Ids[0]).Status, _bureau.Delete("/hooks/" + listed.Ids[0]).Text));
    }

    [Theory]
    [InlineData("""{"type":"emailsSent"}""")]
    [InlineData("""{"targetUrl":"somewhere"}""")]
    [InlineData("""{"targetUrl":"https://hooks.example.com/a","type":"emailsSnailed"}""")]
    public void A_webhook_without_address_or_with_an_unknown_type_is_a_400(string body) => Assert.Equal(400, Make(body).Status);

    [Fact]
    public void The_body_is_the_activity_with_the_secret_in_it()
    {
        Make("""{"targetUrl":"https://hooks.example.com/a","type":"emailsReplied","secret":"s3"}""");
        string id = _bureau.Life.Reply(_lead);
        Assert.Equal(1, Hooks.Deliver());
        JsonObject body = JsonNode.Parse(Hooks.Sent[0].Body)!.AsObject();
        JsonObject row = _bureau.Get(Bureau.Feed).Rows[0]!.AsObject();
        Assert.Equal((id, "s3"), ((string)body["_id"]!, (string)body["secret"]!));
        body.Remove("secret");
        Assert.True(JsonNode.DeepEquals(row, body));
        Hooks.Trouble.WrongSecret = true;
        _bureau.Life.Reply(_lead);
        Hooks.Deliver();
        Assert.NotEqual("s3", (string)JsonNode.Parse(Hooks.Sent[^1].Body)!["secret"]!);
    }

    [Theory]
    [InlineData(GroupCopyId.Same)]
    [InlineData(GroupCopyId.Own)]
    [InlineData(GroupCopyId.None)]
    public void A_webhook_without_type_hears_everything_with_its_group_copy(GroupCopyId form)
    {
        Hooks.Trouble.GroupCopyId = form;
        Make("""{"targetUrl":"https://hooks.example.com/a"}""");
        string id = _bureau.Life.Reply(_lead);
        Hooks.Deliver();
        Assert.Equal(["emailsReplied", "warmed"], Hooks.Sent.Select(h => h.Type));
        string? copy = (string?)JsonNode.Parse(Hooks.Sent[1].Body)!["_id"];
        Assert.Equal((form == GroupCopyId.Same, form == GroupCopyId.None), (copy == id, copy is null));
    }

    [Fact]
    public void Hooks_are_narrowed_by_campaign_and_to_first_times_from_where_the_knob_says()
    {
        Assert.Equal(200, _bureau.Post($"/hooks?campaignId={_campaign}&isFirst=true", """{"targetUrl":"https://hooks.example.com/a","type":"emailsOpened"}""").Status);
        _bureau.Life.Open(_lead);
        _bureau.Life.Open(_lead);
        _bureau.Life.Open(_bureau.Life.AddLead(_bureau.Life.AddCampaign("Second"), "eve@example.com"));
        Assert.Equal(1, Hooks.Deliver());
        _bureau.Behaviour.HookFilters = HookFilters.Body;
        Assert.Null(_bureau.Post($"/hooks?campaignId={_campaign}", """{"targetUrl":"https://hooks.example.com/b"}""").Json!["campaignId"]);
        Assert.Equal(_campaign, (string)Make($$"""{"targetUrl":"https://hooks.example.com/b","campaignId":"{{_campaign}}"}""").Json!["campaignId"]!);
    }

    [Fact]
    public void A_refused_hook_comes_again_until_it_is_given_up()
    {
        Make("""{"targetUrl":"https://hooks.example.com/a","type":"emailsOpened"}""");
        _bureau.Life.Open(_lead);
        Hooks.Receiver = _ => 500;
        int sent = Hooks.Deliver();
        while (Hooks.NextDueAt is { } due)
        {
            _bureau.Clock.Now = due;
            sent += Hooks.Deliver();
        }
        Assert.Equal((5, "failed"), (sent, Hooks.Deliveries.Single().Status));
        Hooks.Trouble.DropAfter = 1;
        Hooks.Trouble.MostAttempts = 1;
        _bureau.Life.Open(_lead);
        Hooks.Deliver();
        Assert.Empty(_bureau.Get("/hooks").Rows);
    }

    [Fact]
    public void Hooks_come_twice_late_in_another_order_or_never()
    {
        Make("""{"targetUrl":"https://hooks.example.com/a","type":"emailsOpened"}""");
        (Hooks.Trouble.Duplicate, Hooks.Trouble.Reorder, Hooks.Trouble.Delay, Hooks.Trouble.LoseEvery) = (true, true, TimeSpan.FromMinutes(5), 3);
        string[] ids = [.. Enumerable.Range(0, 3).Select(_ => _bureau.Life.Open(_lead))];
        Hooks.Receiver = _ => 200;
        Assert.Equal(0, Hooks.Deliver());
        _bureau.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(4, Hooks.Deliver());
        Assert.Equal([ids[1], ids[1], ids[0], ids[0]], Hooks.Sent.Select(h => (string)JsonNode.Parse(h.Body)!["_id"]!));
        Assert.Equal(["success", "success", "lost"], Hooks.Deliveries.Select(d => d.Status));
    }

    [Fact]
    public void A_finished_enrichment_has_neither_id_nor_lead_and_an_alert_no_lead()
    {
        Make("""{"targetUrl":"https://hooks.example.com/a"}""");
        _bureau.Post($"/campaigns/{_campaign}/leads/?findPhone=true", """{"email":"eve@example.com"}""");
        Assert.Equal(0, Hooks.Deliver());
        _bureau.Clock.Advance(TimeSpan.FromSeconds(30));
        Hooks.Deliver();
        Assert.Equal(["type", "data"], JsonNode.Parse(Hooks.Sent.Single().Body)!.AsObject().Select(p => p.Key));
        _bureau.Life.Alert("sendLimitReached");
        Hooks.Deliver();
        Assert.Null(JsonNode.Parse(Hooks.Sent[^1].Body)!["leadId"]);
    }

    [Theory]
    [InlineData("http://127.0.0.1:9/hooks", 1)]
    [InlineData("https://hooks.example.com/a", 0)]
    public async Task The_courier_reaches_this_machine_and_no_other(string url, int arrived)
    {
        Make($$"""{"targetUrl":"{{url}}","type":"emailsOpened"}""");
        _bureau.Life.Open(_lead);
        Porch porch = new();
        HookCourier<LemlistHook> courier = new(new([_bureau.Lemlist], _bureau.Clock), _bureau.Lemlist.Webhooks.Sender, new(porch), _bureau.Clock);
        Assert.Equal(1, await courier.CarryAsync(TestContext.Current.CancellationToken));
        Assert.Equal(arrived, porch.Arrived);
    }

    private Reply Make(string body) => _bureau.Post("/hooks", body);

    private sealed class Porch : HttpMessageHandler
    {
        public int Arrived { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Arrived++;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
        }
    }
}
