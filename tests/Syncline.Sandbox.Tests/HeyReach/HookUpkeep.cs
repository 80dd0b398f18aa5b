using System.Text.Json;
using Syncline.Sandbox.HeyReach;

namespace Syncline.Sandbox.Tests.HeyReach;

/// <summary>Webhooks made, listed, changed and taken away (contract, section 8).</summary>
public sealed class HookUpkeep
{
    private readonly HookDesk _desk = new();

    private Account Account => _desk.Account;

    [Fact]
    public void A_made_webhook_is_answered_empty_and_found_in_the_list()
    {
        int campaign = _desk.Campaigning.CampaignId!.Value;
        SandboxResponse made = _desk.Create("MESSAGE_REPLY_RECEIVED", "first replies", "https://hooks.example.com/a", campaign);
        Assert.Equal((200, "", null), (made.Status, made.Body, made.ContentType));
        JsonElement listed = Assert.Single(_desk.Listed());
        Assert.Equal(["id", "webhookName", "webhookUrl", "eventType", "campaignIds", "isActive"], listed.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("first replies", "https://hooks.example.com/a", "MESSAGE_REPLY_RECEIVED", true),
            (Word(listed, "webhookName"), Word(listed, "webhookUrl"), Word(listed, "eventType"), listed.GetProperty("isActive").GetBoolean()));
        Assert.Equal([campaign], listed.GetProperty("campaignIds").EnumerateArray().Select(c => c.GetInt32()));
        Assert.Equal(listed.GetRawText(), Account.Get($"/webhooks/GetWebhookById?webhookId={listed.GetProperty("id")}").GetRawText());
    }

    [Theory]
    [InlineData(CreatedHookAnswer.Id, "id")]
    [InlineData(CreatedHookAnswer.WebhookId, "webhookId")]
    public void By_the_other_reading_the_answer_names_the_id(CreatedHookAnswer form, string key)
    {
        _desk.Trouble.CreateAnswer = form;
        JsonElement made = Account.Json(_desk.Create(HookDesk.Everything));
        Assert.Equal(_desk.Listed().Single().GetProperty("id").GetInt32(), made.GetProperty(key).GetInt32());
    }

    [Fact]
    public void The_same_webhook_made_twice_is_two_and_tells_everything_twice()
    {
        _desk.Subscribe(HookDesk.Everything);
        _desk.Subscribe(HookDesk.Everything);
        Assert.Equal(2, _desk.Listed().Select(h => h.GetProperty("id").GetInt32()).Distinct().Count());
        _desk.HeyReach.ReplyArrives();
        Assert.Equal(2, _desk.Delivered().Count);
    }

    [Theory]
    [InlineData("ab", false)]
    [InlineData("abc", true)]
    [InlineData("abcdefghijklmnopqrstuvwxy", true)]
    [InlineData("abcdefghijklmnopqrstuvwxyz", false)]
    public void A_name_has_three_to_twenty_five_characters(string name, bool fits)
    {
        SandboxResponse made = _desk.Create(HookDesk.Everything, name);
        if (fits) Assert.Equal(200, made.Status);
        else Assert.Equal(["WebhookName"], Account.Refused(made));
        Assert.Equal(fits ? 1 : 0, _desk.Listed().Count);
    }

    [Fact]
    public void All_four_fields_are_needed_the_array_too()
    {
        Assert.Equal(["CampaignIds", "EventType", "WebhookName", "WebhookUrl"], Account.Refused(Account.Post("/webhooks/CreateWebhook", "{}")));
        Assert.Equal(["CampaignIds"], Account.Refused(Account.Post("/webhooks/CreateWebhook",
            """{"webhookName":"hook","webhookUrl":"https://hooks.example.com/a","eventType":"MESSAGE_SENT"}""")));
    }

    [Theory]
    [InlineData("somewhere")]
    [InlineData("ftp://hooks.example.com/a")]
    public void An_address_is_an_absolute_url(string url) => Assert.Equal(["WebhookUrl"], Account.Refused(_desk.Create(HookDesk.Everything, url: url)));

    [Fact]
    public void A_receiver_on_plain_http_is_taken() => Assert.Equal(200, _desk.Create(HookDesk.Everything, url: "http://127.0.0.1:9/hooks").Status);

    [Theory]
    [InlineData("MESSAGE_SNAILED")]
    [InlineData("message_sent")]
    [InlineData("")]
    public void An_unknown_event_is_refused(string type) => Assert.Contains("EventType", Account.Refused(_desk.Create(type)));

    [Fact]
    public void The_advertised_event_of_no_reply_is_refused() =>
        Assert.Contains("LEAD_FINISHED_SEQUENCE_WITHOUT_REPLYING", Account.Error(400, _desk.Create("LEAD_FINISHED_SEQUENCE_WITHOUT_REPLYING")), StringComparison.Ordinal);

    [Theory]
    [InlineData("EVERY_MESSAGE_REPLY_RECEIVED")]
    [InlineData("LEAD_TAG_UPDATED")]
    public void Events_of_the_whole_workspace_name_no_campaign(string type)
    {
        Account.Error(400, _desk.Create(type, campaigns: _desk.Campaigning.CampaignId!.Value));
        Assert.Equal(200, _desk.Create(type).Status);
    }

    [Fact]
    public void A_campaign_that_is_not_there_is_refused() => Account.Error(400, _desk.Create("MESSAGE_SENT", campaigns: 12));

    [Fact]
    public void A_change_touches_what_it_names_and_the_rest_stays()
    {
        int id = _desk.Subscribe("MESSAGE_SENT");
        SandboxResponse changed = Account.Send("PATCH", $"/webhooks/UpdateWebhook?webhookId={id}", """{"webhookUrl":"https://hooks.example.com/b","webhookName":null}""");
        Assert.Equal((200, ""), (changed.Status, changed.Body));
        Assert.Equal(("hook", "https://hooks.example.com/b", "MESSAGE_SENT"), (Word(_desk.Listed()[0], "webhookName"), Word(_desk.Listed()[0], "webhookUrl"), Word(_desk.Listed()[0], "eventType")));
        Assert.Equal(["WebhookName"], Account.Refused(Account.Send("PATCH", $"/webhooks/UpdateWebhook?webhookId={id}", """{"webhookName":"x"}""")));
    }

    [Fact]
    public void A_webhook_that_was_switched_off_tells_nothing()
    {
        int id = _desk.Subscribe(HookDesk.Everything);
        Account.Send("PATCH", $"/webhooks/UpdateWebhook?webhookId={id}", """{"isActive":false}""");
        _desk.HeyReach.ReplyArrives();
        Assert.Empty(_desk.Delivered());
    }

    [Fact]
    public void A_deleted_webhook_is_gone_with_what_was_on_its_way()
    {
        int id = _desk.Subscribe(HookDesk.Everything);
        _desk.HeyReach.ReplyArrives();
        SandboxResponse gone = Account.Send("DELETE", $"/webhooks/DeleteWebhook?webhookId={id}");
        Assert.Equal((200, ""), (gone.Status, gone.Body));
        Assert.Empty(_desk.Listed());
        Assert.Empty(_desk.Delivered());
    }

    [Theory]
    [InlineData("GET", "GetWebhookById")]
    [InlineData("PATCH", "UpdateWebhook")]
    [InlineData("DELETE", "DeleteWebhook")]
    public void A_webhook_that_is_not_there_is_a_404_and_none_a_400(string method, string call)
    {
        Account.Error(404, Account.Send(method, $"/webhooks/{call}?webhookId=7", "{}"));
        Assert.Equal(["webhookId"], Account.Refused(Account.Send(method, $"/webhooks/{call}", "{}")));
    }

    [Fact]
    public void The_list_comes_in_pages_with_the_whole_count()
    {
        for (int made = 0; made < 5; made++) _desk.Subscribe(HookDesk.Everything);
        JsonElement page = Account.Read("/webhooks/GetAllWebhooks", """{"offset":3,"limit":10}""");
        Assert.Equal((5, 2), (page.GetProperty("totalCount").GetInt32(), Account.Items(page).Count));
        Assert.Equal(["Limit"], Account.Refused(Account.Post("/webhooks/GetAllWebhooks", """{"offset":0,"limit":101}""")));
    }

    [Fact]
    public void Headers_that_a_person_set_are_listed_on_demand_and_sent()
    {
        int id = _desk.Subscribe(HookDesk.Everything);
        _desk.HeyReach.Happenings.Single(h => h.Name == "hook-header").Happen($"{id} X-Secret s3 cret");
        Assert.False(_desk.Listed()[0].TryGetProperty("customHeaders", out _));
        JsonElement header = _desk.Listed("""{"offset":0,"limit":10,"includeCustomHeaders":true}""")[0].GetProperty("customHeaders")[0];
        Assert.Equal(("X-Secret", "s3 cret"), (Word(header, "name"), Word(header, "value")));
        _desk.HeyReach.ReplyArrives();
        _desk.Delivered();
        Assert.Equal("s3 cret", _desk.Hooks.Sent.Single().Headers["x-secret"]);
    }

    private static string? Word(JsonElement element, string name) => element.GetProperty(name).GetString();
}
