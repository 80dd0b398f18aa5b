using System.Text.Json.Nodes;

namespace Syncline.Sandbox.Tests.Quo;

/// <summary>Making, changing and looking up webhooks on both surfaces (contract, section 6).</summary>
public sealed class WebhookUpkeep
{
    private const string Minimal = """{"url":"https://hooks.example.com/quo","events":["contact.updated"]}""";
    private readonly Office _office = new();

    [Fact]
    public void The_key_is_shown_once()
    {
        Reply made = _office.Post("/webhooks", Minimal);
        Assert.Equal(201, made.Status);
        Assert.Matches("^whsec_[A-Za-z0-9+/]+=*$", (string)made.Data["key"]!);
        Assert.Matches("^[0-9]+$", made.Id);
        Assert.Equal(("2026-03-30", "enabled", "*", _office.Quo.OrgId),
            ((string)made.Data["apiVersion"]!, (string)made.Data["status"]!, (string)made.Data["resourceIds"]![0]!, (string)made.Data["orgId"]!));
        foreach (JsonNode shown in new[] { _office.Get("/webhooks/" + made.Id).Data, _office.Get("/webhooks").Rows.Single()! }) Assert.False(shown.AsObject().ContainsKey("key"));
    }

    [Theory]
    [InlineData("""{"events":["contact.updated"]}""", "/body/url")]
    [InlineData("""{"url":"http://hooks.example.com","events":["contact.updated"]}""", "/body/url")]
    [InlineData("""{"url":"https://hooks.example.com"}""", "/body/events")]
    [InlineData("""{"url":"https://hooks.example.com","events":[]}""", "/body/events")]
    [InlineData("""{"url":"https://hooks.example.com","events":["contact.created"]}""", "/body/events")]
    [InlineData("""{"url":"https://hooks.example.com","events":["contact.updated"],"resourceIds":["US1"]}""", "/body/resourceIds")]
    [InlineData("""{"url":"https://hooks.example.com","events":["contact.updated"],"status":"on"}""", "/body/status")]
    public void A_malformed_webhook_is_a_400(string body, string path) => Assert.Equal([path], _office.Post("/webhooks", body).FaultPaths);

    [Fact]
    public void Families_of_events_may_be_mixed() =>
        Assert.Equal(201, _office.Post("/webhooks", """{"url":"https://hooks.example.com","events":["contact.deleted","call.menu.selected","message.failed","task.created"]}""").Status);

    [Fact]
    public void A_patch_needs_a_property_and_replaces_the_events()
    {
        string id = _office.Post("/webhooks", Minimal).Id;
        Assert.Equal(400, _office.Patch("/webhooks/" + id, "{}").Status);
        Reply changed = _office.Patch("/webhooks/" + id, """{"events":["contact.deleted"],"status":"disabled","label":"L"}""");
        Assert.Equal((200, "contact.deleted", "disabled", "https://hooks.example.com/quo"),
            (changed.Status, changed.Data["events"]!.AsArray().Select(e => (string)e!).Single(), (string)changed.Data["status"]!, (string)changed.Data["url"]!));
    }

    [Fact]
    public void An_id_that_is_not_digits_is_a_400_and_an_unknown_one_a_404()
    {
        Assert.Equal(400, _office.Get("/webhooks/WH123").Status);
        Assert.Equal(404, _office.Get("/webhooks/123").Status);
        string id = _office.Post("/webhooks", Minimal).Id;
        Assert.Equal((204, 404), (_office.Delete("/webhooks/" + id).Status, _office.Delete("/webhooks/" + id).Status));
    }

    [Fact]
    public void A_workspace_has_fifty_at_the_most()
    {
        for (int i = 0; i < 50; i++) Assert.Equal(201, _office.Post("/webhooks", Minimal).Status);
        Assert.Equal(400, _office.Post("/webhooks", Minimal).Status);
    }

    [Fact]
    public void A_key_without_the_right_is_a_403_on_creation_alone()
    {
        _office.Quo.RestrictKey(Office.Key);
        Assert.Equal(403, _office.Post("/webhooks", Minimal).Status);
        Assert.Equal(403, _office.Post("/v1/webhooks/messages", """{"url":"https://hooks.example.com","events":["message.received"]}""").Status);
        Assert.Equal(200, _office.Get("/webhooks").Status);
    }

    [Theory]
    [InlineData(0, 201)]
    [InlineData(10, 400)]
    public void How_many_numbers_one_webhook_names_is_a_switch(int most, int status)
    {
        _office.Quo.Webhooks.Trouble.MostResources = most;
        string ids = string.Join(',', Enumerable.Range(0, 11).Select(i => $"\"PN{i}\""));
        Assert.Equal(status, _office.Post("/webhooks", $$"""{"url":"https://hooks.example.com","events":["call.completed"],"resourceIds":[{{ids}}] }""").Status);
    }

    [Theory]
    [InlineData("messages", "message.delivered")]
    [InlineData("calls", "call.recording.completed")]
    [InlineData("call-summaries", "call.summary.completed")]
    [InlineData("call-transcripts", "call.transcript.completed")]
    public void A_legacy_webhook_is_made_for_one_family_shown_with_its_key_and_deleted(string family, string type)
    {
        Reply made = _office.Post("/v1/webhooks/" + family, $$"""{"url":"https://hooks.example.com","events":["{{type}}"]}""");
        Assert.Equal(201, made.Status);
        Assert.StartsWith("WH", made.Id, StringComparison.Ordinal);
        Assert.Equal((string)made.Data["key"]!, (string)_office.Get("/v1/webhooks/" + made.Id).Data["key"]!);
        Assert.Equal([made.Id], _office.Get("/v1/webhooks?userId=" + _office.Quo.UserIds[0]).Ids);
        Assert.Empty(_office.Get("/v1/webhooks?userId=" + _office.Quo.UserIds[1]).Ids);
        Assert.Equal(404, _office.Patch("/v1/webhooks/" + made.Id, "{}").Status);
        Assert.Equal((204, 404), (_office.Delete("/v1/webhooks/" + made.Id).Status, _office.Get("/v1/webhooks/" + made.Id).Status));
    }

    [Theory]
    [InlineData(10, 10, 201)]
    [InlineData(10, 11, 400)]
    [InlineData(0, 11, 201)]
    public void How_many_numbers_one_legacy_webhook_names_is_a_switch(int most, int named, int status)
    {
        _office.Quo.Webhooks.Trouble.LegacyMostResources = most;
        string ids = string.Join(',', Enumerable.Range(0, named).Select(i => $"\"PN{i}\""));
        Assert.Equal(status, _office.Post("/v1/webhooks/calls", $$"""{"url":"https://hooks.example.com","events":["call.completed"],"resourceIds":[{{ids}}] }""").Status);
    }

    [Fact]
    public void A_legacy_webhook_takes_its_own_familys_events_alone() =>
        Assert.Equal(400, _office.Post("/v1/webhooks/messages", """{"url":"https://hooks.example.com","events":["call.completed"]}""").Status);

    [Fact]
    public void The_two_systems_do_not_see_each_others_webhooks()
    {
        _office.Post("/webhooks", Minimal);
        Assert.Empty(_office.Get("/v1/webhooks").Rows);
        _office.Post("/v1/webhooks/messages", """{"url":"https://hooks.example.com","events":["message.received"]}""");
        Assert.Single(_office.Get("/webhooks").Rows);
    }
}
