using System.Text.Json.Nodes;
using Syncline.Sandbox.Explorium;
using Syncline.Sandbox.Explorium.Hooks;

namespace Syncline.Sandbox.Tests.Explorium;

/// <summary>Webhooks and enrollments (contract, section 6).</summary>
public sealed class SendingEvents
{
    private readonly Agency _agency = new();

    [Fact]
    public void The_signature_is_that_of_the_contracts_vector()
    {
        byte[] key = [.. Enumerable.Range(0xF0, 16).Select(i => (byte)i), .. Enumerable.Range(0, 16).Select(i => (byte)i)];
        const string body = """{"event_name":"new_product","entity_id":"340c8040bd50cbab9c7df718bbe51cc9"}""";
        Assert.Equal("o6FRtzg7q8NndWZvvdRbPZ5tauEr2XxFTVVEYlMDFUg=", HookSigning.Sign(HookSigning.Text(key), 1_800_000_000, body));
    }

    [Fact]
    public void A_second_registration_overwrites_the_first_and_rotates_the_secret()
    {
        string first = Register("https://hooks.example.com/a"), second = Register("https://hooks.example.com/b");
        Assert.NotEqual(first, second);
        Assert.Equal("https://hooks.example.com/b", (string)_agency.Send("GET", "/v1/webhooks/p1").Json["webhook_url"]!);
        Assert.Equal(200, _agency.Send("DELETE", "/v1/webhooks/p1").Status);
        Assert.Equal(404, _agency.Send("GET", "/v1/webhooks/p1").Status);
    }

    [Fact]
    public void An_enrolled_event_is_sent_signed_twice_stale_or_with_another_key()
    {
        string secret = Register("https://hooks.example.com/a"), id = _agency.Id("public.example.com");
        string enrolled = (string)Enroll("POST", id).Json["enrollment_id"]!;
        ExploriumWebhooks hooks = _agency.Explorium.Webhooks;
        hooks.Happen("new_office", id);
        hooks.Happen("new_product", id);
        hooks.Happen("new_product", new string('0', 32));
        Assert.Equal(1, hooks.Deliver());
        Assert.True(IsSigned(hooks.Sent[0], secret));
        (hooks.Duplicate, hooks.StaleTimestamps) = (true, true);
        hooks.Happen("new_product", id);
        Assert.Equal(2, hooks.Deliver());
        Assert.Equal(hooks.Sent[1].EventId, hooks.Sent[2].EventId);
        Assert.Equal($"{_agency.Clock.Now.AddMinutes(-10).ToUnixTimeSeconds()}", hooks.Sent[1].Headers["X-Timestamp"]);
        Assert.True(IsSigned(hooks.Sent[1], secret));
        (hooks.Duplicate, hooks.BadSignatures) = (false, true);
        hooks.Happen("new_product", id);
        hooks.Deliver();
        Assert.False(IsSigned(hooks.Sent[^1], secret));
        Assert.Equal(200, _agency.Send("DELETE", "/v1/businesses/events/enrollments", $$"""{"enrollment_id":"{{enrolled}}"}""").Status);
        hooks.Happen("new_product", id);
        Assert.Equal(0, hooks.Deliver());
    }

    [Fact]
    public void Enrollments_are_listed_changed_and_checked()
    {
        string id = _agency.Id("public.example.com"), enrolled = (string)Enroll("POST", id).Json["enrollment_id"]!;
        Assert.Equal(enrolled, (string)Enroll("PATCH", id, $",\"enrollment_id\":\"{enrolled}\"").Json["enrollment_id"]!);
        Assert.Single(_agency.Send("GET", "/v1/businesses/events/enrollments").Json["enrollments"]!.AsArray());
        Assert.Equal(404, Enroll("PATCH", id, ",\"enrollment_id\":\"none\"").Status);
        Assert.Equal(["body/enrollment_key", "body/event_types/0"], _agency.Post("/v1/businesses/events/enrollments", $$"""{"enrollment_key":"abc","event_types":["new_moon"],"business_ids":["{{id}}"]}""").Places);
    }

    [Fact]
    public void Connectivity_is_checked_with_simulated_events()
    {
        Register("https://hooks.example.com/a");
        Assert.Equal(200, _agency.Post("/v1/webhooks/check_connectivity", """{"partner_id":"p1","simulation":{"event_name":"new_product","number_of_events":3}}""").Status);
        Assert.Equal(3, _agency.Explorium.Webhooks.Deliver());
        Assert.Equal(3, _agency.Explorium.Webhooks.Sent.Select(h => h.EventId).Distinct().Count());
    }

    private static bool IsSigned(ExploriumHook hook, string secret) =>
        hook.Headers["X-Signature"] == HookSigning.Sign(secret, long.Parse(hook.Headers["X-Timestamp"], System.Globalization.CultureInfo.InvariantCulture), hook.Body);

    private Reply Enroll(string method, string id, string more = "") =>
        _agency.Send(method, "/v1/businesses/events/enrollments", $$"""{"enrollment_key":"keyed","event_types":["new_product"],"business_ids":["{{id}}"]{{more}}}""");

    private string Register(string url) => (string)_agency.Post("/v1/webhooks", $$"""{"partner_id":"p1","webhook_url":"{{url}}"}""").Json["webhook_secret"]!;
}
