using System.Text.Json.Nodes;
using Syncline.Sandbox.Quo;
using Syncline.Sandbox.Quo.Webhooks;

namespace Syncline.Sandbox.Tests.Quo;

/// <summary>What the emitter sends, how it signs, and how it retries (contract, section 6).</summary>
public sealed class SendingHooks
{
    private readonly Office _office = new();
    private readonly List<QuoHook> _received = [];
    private int _answer = 200;

    public SendingHooks() => _office.Quo.Webhooks.Receiver = hook =>
    {
        _received.Add(hook);
        return _answer;
    };

    [Fact]
    public void Every_contact_write_fires_and_a_create_is_an_update_too()
    {
        Subscribe("contact.updated", "contact.deleted");
        string id = _office.Make("ext-1", Office.Item("+12025550101"), Office.Item("ada@example.com")).Id;
        _office.Patch("/contacts/" + id, """{"lastName":"Quill"}""");
        _office.Post($"/contacts/{id}/properties", """{"type":"email","value":"a@example.org"}""");
        _office.Quo.App.Edit(id, "company", "Q");
        _office.Delete("/v1/contacts/" + id);
        _office.Quo.Webhooks.Deliver();
        Assert.Equal(["contact.updated", "contact.updated", "contact.updated", "contact.updated", "contact.deleted"], _received.Select(h => h.EventType));
        Assert.Equal(5, _received.Select(h => h.DeliveryId).Distinct().Count());
        JsonNode hook = JsonNode.Parse(_received[2].Body)!, resource = hook["data"]!["resource"]!;
        Assert.StartsWith("EV", (string)hook["id"]!, StringComparison.Ordinal);
        Assert.Equal(("2026-03-30", "ext-1", "Quill", 2, "phone-number"),
            ((string)hook["apiVersion"]!, (string)resource["externalId"]!, (string)resource["lastName"]!, resource["emails"]!.AsArray().Count, (string)resource["phoneNumbers"]![0]!["type"]!));
        Assert.Equal(_office.Quo.OrgId, (string)hook["data"]!["context"]!["orgId"]!);
        Assert.True(hook["data"]!["links"]!.AsObject().ContainsKey("quo"));
    }

    [Fact]
    public void A_refused_write_fires_nothing()
    {
        Subscribe("contact.updated");
        _office.Post("/v1/contacts", "{}");
        Assert.Equal(0, _office.Quo.Webhooks.Deliver());
    }

    [Fact]
    public void A_hook_is_signed_over_its_raw_bytes_with_the_key_that_was_shown()
    {
        string key = Subscribe("contact.updated");
        _office.Quo.App.AddContact("Zoë ☎");
        _office.Quo.Webhooks.Deliver();
        QuoHook hook = _received.Single();
        long seconds = _office.Clock.Now.ToUnixTimeSeconds();
        Assert.Equal((hook.DeliveryId, $"{seconds}"), (hook.Headers["Webhook-Id"], hook.Headers["webhook-timestamp"]));
        Assert.Equal(HookSigning.Standard(key, hook.DeliveryId, seconds, hook.Body), hook.Headers["webhook-signature"]);
        Assert.Contains("Zoë ☎", hook.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.001)]
    public void Eight_attempts_are_made_on_the_schedule_and_then_it_has_failed(double scale)
    {
        Subscribe("contact.updated");
        _office.Quo.Webhooks.Trouble.RetryScale = scale;
        _answer = 500;
        _office.Quo.App.AddContact("Ada");
        List<DateTimeOffset> at = [];
        while (_office.Quo.Webhooks.NextDueAt is { } due)
        {
            _office.Clock.Now = due;
            Assert.Equal(1, _office.Quo.Webhooks.Deliver());
            at.Add(due);
        }
        double[] gaps = [5, 300, 1800, 7200, 18000, 36000, 36000];
        Assert.Equal(gaps.Select(g => g * scale), at.Zip(at.Skip(1), (a, b) => (b - a).TotalSeconds), (a, b) => Math.Abs(a - b) < 0.001);
        Assert.Single(_received.Select(h => h.DeliveryId).Distinct());
        Assert.Equal(Enumerable.Range(1, 8), _received.Select(h => h.Attempt));
        Assert.Equal("failed", _office.Quo.Webhooks.Deliveries.Single().Status);
    }

    [Fact]
    public void A_retry_is_signed_anew_at_its_own_time_and_stops_once_accepted()
    {
        string key = Subscribe("contact.updated");
        _answer = 503;
        _office.Quo.App.AddContact("Ada");
        _office.Quo.Webhooks.Deliver();
        Assert.Equal(0, _office.Quo.Webhooks.Deliver());
        _answer = 204;
        _office.Clock.Advance(TimeSpan.FromSeconds(5));
        _office.Quo.Webhooks.Deliver();
        Assert.Equal(HookSigning.Standard(key, _received[0].DeliveryId, _office.Clock.Now.ToUnixTimeSeconds(), _received[0].Body), _received[1].Headers["webhook-signature"]);
        Assert.Null(_office.Quo.Webhooks.NextDueAt);
        Assert.Equal([503, 204], _office.Quo.Webhooks.Deliveries.Single().Attempts);
    }

    [Fact]
    public void A_duplicate_has_the_same_id()
    {
        Subscribe("contact.updated");
        _office.Quo.Webhooks.Trouble.Duplicate = true;
        _office.Quo.App.AddContact("Ada");
        _office.Quo.Webhooks.Deliver();
        Assert.Equal((2, 1), (_received.Count, _received.Select(h => (h.DeliveryId, h.Body)).Distinct().Count()));
        Assert.Equal("success", _office.Quo.Webhooks.Deliveries.Single().Status);
    }

    [Theory]
    [InlineData(false, "first,second")]
    [InlineData(true, "second,first")]
    public void Order_is_not_promised(bool reorder, string order)
    {
        Subscribe("contact.updated");
        _office.Quo.Webhooks.Trouble.Reorder = reorder;
        string id = _office.Quo.App.AddContact("first");
        _office.Clock.Advance(TimeSpan.FromSeconds(1));
        _office.Quo.App.Edit(id, "firstName", "second");
        _office.Quo.Webhooks.Deliver();
        Assert.Equal(order, string.Join(',', _received.Select(h => (string)Resource(h)["firstName"]!)));
    }

    [Fact]
    public void A_stale_hook_is_rightly_signed_ten_minutes_ago()
    {
        string key = Subscribe("contact.updated");
        _office.Quo.Webhooks.Trouble.StaleTimestamps = true;
        _office.Quo.App.AddContact("Ada");
        _office.Quo.Webhooks.Deliver();
        long seconds = _office.Clock.Now.AddMinutes(-10).ToUnixTimeSeconds();
        Assert.Equal($"{seconds}", _received[0].Headers["webhook-timestamp"]);
        Assert.Equal(HookSigning.Standard(key, _received[0].DeliveryId, seconds, _received[0].Body), _received[0].Headers["webhook-signature"]);
    }

    [Fact]
    public void A_tampered_body_and_a_wrong_key_do_not_match_the_signature()
    {
        string key = Subscribe("contact.updated");
        _office.Quo.Webhooks.Trouble.TamperedBodies = true;
        _office.Quo.App.AddContact("Ada");
        _office.Quo.Webhooks.Deliver();
        (_office.Quo.Webhooks.Trouble.TamperedBodies, _office.Quo.Webhooks.Trouble.WrongKey) = (false, true);
        _office.Quo.App.AddContact("Ada");
        _office.Quo.Webhooks.Deliver();
        Assert.Equal(2, _received.Count);
        Assert.All(_received, h => Assert.NotEqual(HookSigning.Standard(key, h.DeliveryId, _office.Clock.Now.ToUnixTimeSeconds(), h.Body), h.Headers["webhook-signature"]));
        Assert.NotNull(JsonNode.Parse(_received[0].Body));
    }

    [Fact]
    public void After_a_rotation_the_new_key_signs_and_for_a_while_the_old_one_beside_it_where_that_is_turned_on()
    {
        string old = Subscribe("contact.updated");
        _office.Quo.Webhooks.Trouble.OldKeyGrace = TimeSpan.FromHours(1);
        string id = _office.Get("/webhooks").Ids.Single();
        string fresh = ((string)_office.Post($"/webhooks/{id}/rotate", "").Data["key"]!)["whsec_".Length..];
        foreach (int hours in (int[])[0, 2])
        {
            _office.Clock.Advance(TimeSpan.FromHours(hours));
            _office.Quo.App.AddContact("Ada");
            _office.Quo.Webhooks.Deliver();
        }
        string[] Signed(QuoHook h, params string[] keys) => [.. keys.Select(k => HookSigning.Standard(k, h.DeliveryId, h.At.ToUnixTimeSeconds(), h.Body))];
        Assert.Equal(Signed(_received[0], fresh, old), _received[0].Headers["webhook-signature"].Split(' '));
        Assert.Equal(Signed(_received[1], fresh), _received[1].Headers["webhook-signature"].Split(' '));
    }

    [Fact]
    public void Disabled_and_deleted_webhooks_and_other_events_get_nothing()
    {
        Subscribe("contact.deleted");
        Subscribe("contact.updated");
        IReadOnlyList<string> ids = _office.Get("/webhooks").Ids;
        _office.Patch("/webhooks/" + ids[1], """{"status":"disabled"}""");
        _office.Quo.App.AddContact("Ada");
        _office.Patch("/webhooks/" + ids[1], """{"status":"enabled"}""");
        _office.Quo.App.AddContact("Ada");
        _office.Delete("/webhooks/" + ids[1]);
        Assert.Equal(0, _office.Quo.Webhooks.Deliver());
    }

    [Fact]
    public void The_log_shows_attempts_and_a_retry_sends_again_under_the_same_id()
    {
        Subscribe("contact.updated");
        string webhook = _office.Get("/webhooks").Ids.Single();
        _office.Quo.App.AddContact("Ada");
        _office.Quo.Webhooks.Deliver();
        string events = $"/webhooks/{webhook}/events";
        string delivery = _office.Get(events + "?status=success&eventType[in]=contact.updated,contact.deleted").Ids.Single();
        Assert.Empty(_office.Get(events + "?status=failed").Rows);
        Assert.Equal(400, _office.Get(events + "?status=lost").Status);
        JsonNode whole = _office.Get($"{events}/{delivery}").Data;
        Assert.Equal((200, "contact.updated"), ((int)whole["attempts"]![0]!["responseStatus"]!, (string)whole["requestBody"]!["type"]!));
        Reply retried = _office.Post($"{events}/{delivery}/retry", "");
        Assert.Equal((202, "{}"), (retried.Status, retried.Raw.Body));
        _office.Quo.Webhooks.Deliver();
        Assert.Equal(delivery, _received[1].DeliveryId);
    }

    [Fact]
    public void A_test_event_is_sent_on_demand()
    {
        Subscribe("contact.updated");
        string webhook = _office.Get("/webhooks").Ids.Single();
        Assert.Equal(200, _office.Post($"/webhooks/{webhook}/events/test", """{"eventType":"call.completed"}""").Status);
        Assert.Equal(400, _office.Post($"/webhooks/{webhook}/events/test", """{"eventType":"nothing"}""").Status);
        _office.Quo.Webhooks.Deliver();
        Assert.Equal("call.completed", _received.Single().EventType);
    }

    private static JsonNode Resource(QuoHook hook) => JsonNode.Parse(hook.Body)!["data"]!["resource"]!;

    /// <summary>Answers the key without its prefix.</summary>
    private string Subscribe(params string[] events)
    {
        string list = string.Join(',', events.Select(e => $"\"{e}\""));
        Reply made = _office.Post("/webhooks", $$"""{"url":"https://hooks.example.com/quo","events":[{{list}}] }""");
        Assert.True(made.Status == 201, made.Raw.Body);
        return ((string)made.Data["key"]!)["whsec_".Length..];
    }
}
