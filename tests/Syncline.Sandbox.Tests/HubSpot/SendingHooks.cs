using System.Text.Json.Nodes;
using Syncline.Sandbox.HubSpot;
using Syncline.Sandbox.HubSpot.Webhooks;

namespace Syncline.Sandbox.Tests.HubSpot;

public sealed class SendingHooks
{
    private const string Secret = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";

    private readonly Portal _portal = new();

    public SendingHooks()
    {
        Hooks.Target = new("https://example.com/hooks?tenant=a%40b");
        Hooks.Trouble.DuplicateShare = 0;
        Hooks.Trouble.Shuffle = false;
        Hooks.Trouble.Jitter = TimeSpan.Zero;
        Hooks.Receiver = _ => 200;
    }

    private HubSpotWebhooks Hooks => _portal.Simulator.Webhooks;

    [Fact]
    public void The_clients_own_writes_are_told_with_its_app()
    {
        Hooks.Subscribe("contact.creation");
        Hooks.Subscribe("contact.propertyChange", "jobtitle");
        Hooks.Subscribe("contact.deletion");
        string id = _portal.Create("contacts", """{"email":"a@example.com","jobtitle":"Welder"}""");
        _portal.Change("contacts", id, """{"jobtitle":"Fitter","city":"Oslo"}""");
        _portal.Change("contacts", id, """{"jobtitle":"Fitter"}""");
        _portal.Change("contacts", id, """{"jobtitle":""}""");
        _portal.Delete($"{Portal.Newest}/contacts/{id}");
        Assert.Equal(0, Hooks.Deliver());
        JsonNode[] events = Delivered();
        Assert.Equal(["contact.creation", "contact.propertyChange", "contact.propertyChange", "contact.deletion"], events.Select(e => (string?)e["subscriptionType"]));
        Assert.All(events, e => Assert.Equal((long.Parse(id, System.Globalization.CultureInfo.InvariantCulture), 62_515L, 54_321L, "INTEGRATION", "54321", 0), ((long)e["objectId"]!, (long)e["portalId"]!, (long)e["appId"]!, (string?)e["changeSource"], (string?)e["sourceId"], (int)e["attemptNumber"]!)));
        Assert.Equal(["Fitter", ""], events[1..3].Select(e => (string?)e["propertyValue"]));
        Assert.Equal(("CREATED", "DELETED"), ((string?)events[0]["changeFlag"], (string?)events[3]["changeFlag"]));
    }

    [Fact]
    public void Associations_are_told_from_both_ends_and_a_primary_one_once_more()
    {
        Hooks.Subscribe("contact.associationChange");
        Hooks.Subscribe("company.associationChange");
        Hooks.Subscribe("object.associationChange", objectType: "0-46");
        string contact = _portal.Contact("a@example.com"), company = _portal.Create("companies", """{"name":"Acme"}""");
        _portal.Simulator.App.Associate("contacts", contact, "companies", company, 1);
        JsonNode[] events = Delivered();
        Assert.Equal(["COMPANY_TO_CONTACT False", "CONTACT_TO_COMPANY False", "CONTACT_TO_COMPANY True"], events.Select(e => $"{e["associationType"]} {(bool)e["isPrimaryAssociation"]!}").Order());
        Assert.All(events, e => Assert.Null(e["objectId"]));
        Assert.All(events, e => Assert.Equal(("CRM_UI", "userId:9000001"), ((string?)e["changeSource"], (string?)e["sourceId"])));
        string note = _portal.Create("notes", """{"hs_timestamp":"0"}""", $$$"""[{"to":{"id":"{{{contact}}}"},"types":[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":202}]}]""");
        Hooks.Deliver();
        _portal.Clock.Step(2);
        int before = Hooks.Sent.Count;
        Hooks.Deliver();
        JsonNode generic = Hooks.Sent.Skip(before).SelectMany(h => JsonNode.Parse(h.Body)!.AsArray()).Single(e => (string?)e!["subscriptionType"] == "object.associationChange")!;
        Assert.Equal((note, "0-46", 202), ($"{generic["fromObjectId"]}", (string?)generic["objectTypeId"], (int)generic["associationTypeId"]!));
    }

    [Fact]
    public void Merges_restores_and_erasures_are_told()
    {
        foreach (string verb in (string[])["merge", "restore", "privacyDeletion", "deletion"]) Hooks.Subscribe($"contact.{verb}");
        string a = _portal.Contact("a@example.com"), b = _portal.Contact("b@example.com"), c = _portal.Contact("c@example.com");
        string merged = _portal.Simulator.App.Merge("contacts", a, b);
        _portal.Simulator.App.Archive("contacts", c);
        _portal.Simulator.App.Restore("contacts", c);
        _portal.Simulator.App.Erase(c);
        JsonNode[] events = Delivered();
        Assert.Equal(["contact.merge", "contact.deletion", "contact.restore", "contact.privacyDeletion", "contact.deletion"], events.Select(e => (string?)e["subscriptionType"]));
        Assert.Equal((a, b, merged), ($"{events[0]["primaryObjectId"]}", $"{events[0]["mergedObjectIds"]![0]}", $"{events[0]["newObjectId"]}"));
    }

    [Fact]
    public void The_contracts_vectors_are_met()
    {
        const string body = """{"example_field":"example_value"}""";
        const string events = """[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123,"changeSource":"CRM","changeFlag":"NEW","appId":54321}]""";
        Assert.Equal("232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de", HookSigning.V1(Secret, events));
        Assert.Equal("9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900", HookSigning.V2(Secret, "POST", "https://www.example.com/webhook_uri", body));
        Assert.Equal("eee2dddcc73c94d699f5e395f4b9d454a069a6855fbfa152e91e88823087200e", HookSigning.V2(Secret, "GET", "https://www.example.com/webhook_uri", ""));
        Assert.Equal("ZEux4lGY4urKtKJ9fqGCQDJ0FasZeSunWHlJMEoU3Bg=", HookSigning.V3(Secret, "POST", "https://www.example.com/webhook_uri", body, 1_700_000_300_000));
        Assert.Equal("oaA3M5dEtt6kFsseJD/Hv/x+JNl1vsoxFj4oxmwP6Go=", HookSigning.V3(Secret, "POST", "https://www.example.com/webhook_uri", body, 1_693_657_560_000));
        Assert.Equal("W6/xPKH4xi14CnS3T+XTok34B7KlgLSIL1J4EMhimDg=", HookSigning.V3(Secret, "POST", "https://hooks.example.test/hubspot?to=a%40b.test&path=%2Fx%20y&q=%25", "[]", 1_700_000_000_000));
    }

    [Fact]
    public void Bodies_carry_both_signatures_over_the_address_that_was_called()
    {
        Hooks.Subscribe("contact.creation");
        _portal.Contact("zoë@example.com");
        _portal.Clock.Step(2);
        HubSpotHook hook = Hooks.TakeDue().Single();
        Assert.Equal(("v1", HookSigning.V1(Secret, hook.Body)), (hook.Headers["x-hubspot-signature-version"], hook.Headers["X-HubSpot-Signature"]));
        long stamp = long.Parse(hook.Headers["X-HubSpot-Request-Timestamp"], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(HookSigning.V3(Secret, "POST", "https://example.com/hooks?tenant=a@b", hook.Body, stamp), hook.Headers["X-HubSpot-Signature-v3"]);
        Assert.Equal(_portal.Clock.GetUtcNow().ToUnixTimeMilliseconds(), stamp);
    }

    [Fact]
    public void What_is_not_accepted_comes_again_whole_ten_times_within_a_day()
    {
        Hooks.Subscribe("contact.creation");
        _portal.Contacts(3);
        DateTimeOffset began = _portal.Clock.GetUtcNow();
        List<int> attempts = [];
        while (Hooks.NextDueAt is { } due)
        {
            _portal.Clock.Step(due - _portal.Clock.GetUtcNow());
            HubSpotHook hook = Hooks.TakeDue().Single();
            Assert.Equal(3, JsonNode.Parse(hook.Body)!.AsArray().Count(e => (int)e!["attemptNumber"]! == hook.Attempt));
            attempts.Add(hook.Attempt);
            Hooks.Answer(hook, attempts.Count % 2 == 0 ? 500 : 0);
        }
        Assert.Equal(Enumerable.Range(0, 11), attempts);
        Assert.InRange(_portal.Clock.GetUtcNow() - began, TimeSpan.FromHours(10), TimeSpan.FromHours(24));
    }

    [Fact]
    public void A_body_has_a_hundred_events_at_most_and_only_so_many_are_under_way()
    {
        Hooks.Subscribe("contact.creation");
        _portal.Contacts(1150);
        _portal.Clock.Step(2);
        IReadOnlyList<HubSpotHook> first = Hooks.TakeDue();
        Assert.Equal((10, 100), (first.Count, first[0].EventTypes.Count));
        Assert.Empty(Hooks.TakeDue());
        Hooks.Answer(first[0], 204);
        Assert.Single(Hooks.TakeDue());
    }

    [Fact]
    public void Duplicates_disorder_and_overtaking_are_usual()
    {
        Hooks.Trouble.DuplicateShare = 0.2;
        Hooks.Trouble.Shuffle = true;
        Hooks.Subscribe("contact.creation");
        string[] ids = _portal.Contacts(100);
        string[] told = [.. Delivered().Select(e => $"{e["objectId"]}")];
        Assert.InRange(told.Length, 105, 140);
        Assert.Equal(ids.Order(), told.Distinct().Order());
        Assert.NotEqual(ids, told.Distinct());

        Hooks.Subscribe("contact.propertyChange", "email");
        _portal.Turn("hooks-early-changes", "true").Turn("hooks-initial-values", "true").Contact("late@example.com");
        _portal.Clock.Step(5);
        Hooks.Deliver();
        Assert.All(Hooks.Sent[^1].EventTypes, t => Assert.Equal("contact.propertyChange", t));
        _portal.Clock.Step(60);
        Hooks.Deliver();
        Assert.All(Hooks.Sent[^1].EventTypes, t => Assert.Equal("contact.creation", t));
    }

    [Fact]
    public void The_app_is_set_up_over_the_api_with_the_developer_key()
    {
        const string root = "/webhooks/v3/54321", key = "?hapikey=sandbox-developer-key";
        Assert.Equal(401, _portal.Get($"{root}/settings").Status);
        Assert.Equal(400, _portal.Put($"{root}/settings{key}", """{"targetUrl":"http://example.com/x"}""").Status);
        Assert.Equal(200, _portal.Put($"/app-webhooks/2026-09/54321/settings{key}", """{"targetUrl":"https://example.com/x","throttling":{"maxConcurrentRequests":8}}""").Status);
        Assert.Equal(400, _portal.Post($"{root}/subscriptions{key}", """{"eventType":"contact.propertyChange","propertyName":"lastmodifieddate"}""").Status);
        Assert.Equal(400, _portal.Post($"{root}/subscriptions{key}", """{"eventType":"contact.propertyChange"}""").Status);
        Reply made = _portal.Post($"{root}/subscriptions{key}", """{"eventType":"contact.creation"}""");
        Assert.Equal((201, false), (made.Status, (bool)made.Json["active"]!));
        _portal.Contact("a@example.com");
        _portal.Patch($"{root}/subscriptions/{made.Id}{key}", """{"active":true}""");
        _portal.Contact("b@example.com");
        Assert.Single(Delivered());
        Assert.Equal("https://example.com/x", Hooks.Sent[^1].Url.AbsoluteUri);
    }

    [Fact]
    public void Without_a_subscription_nothing_is_kept()
    {
        _portal.Contact("a@example.com");
        Assert.Null(Hooks.NextDueAt);
    }

    private JsonNode[] Delivered()
    {
        _portal.Clock.Step(2);
        Hooks.Deliver();
        return [.. Hooks.Sent.SelectMany(h => JsonNode.Parse(h.Body)!.AsArray()).Select(e => e!)];
    }
}
