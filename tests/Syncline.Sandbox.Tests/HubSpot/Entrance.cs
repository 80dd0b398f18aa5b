using System.Text.Json.Nodes;
using Syncline.Sandbox.HubSpot;

namespace Syncline.Sandbox.Tests.HubSpot;

public sealed class Entrance
{
    private readonly Portal _portal = new();

    [Fact]
    public void Without_a_known_bearer_nothing_is_answered()
    {
        foreach (Reply reply in new[] { _portal.Send("GET", "/crm/objects/2026-09/contacts", token: null), _portal.Send("GET", "/crm/objects/2026-09/contacts", token: "other") })
        {
            Assert.Equal((401, "INVALID_AUTHENTICATION"), (reply.Status, reply.Category));
            Assert.StartsWith("Authentication credentials not found", reply.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_old_oauth_token_says_how_long_it_is_over()
    {
        _portal.Simulator.AddToken("oauth-token", "*", HubSpotCredentialKind.OAuth);
        Assert.Equal(200, _portal.Send("GET", "/crm/objects/2026-09/contacts", token: "oauth-token").Status);
        _portal.Clock.Step(1807);
        Reply late = _portal.Send("GET", "/crm/objects/2026-09/contacts", token: "oauth-token");
        Assert.Equal((401, "EXPIRED_AUTHENTICATION", "The OAuth token used to make this call expired 7 second(s) ago."), (late.Status, late.Category, late.Message));
        Assert.Equal("2026-09-20T12:30:00.250Z", (string?)late.Json["context"]!["expire time"]![0]);
    }

    [Fact]
    public void A_missing_scope_is_named()
    {
        Portal portal = new(scopes: "crm.objects.contacts.read");
        Assert.Equal(200, portal.Get("/crm/objects/2026-09/contacts").Status);
        Assert.Equal(200, portal.Get("/crm/objects/2026-09/notes").Status);
        Reply refused = portal.TryCreate("contacts", """{"email":"a@example.com"}""");
        Assert.Equal((403, "MISSING_SCOPES"), (refused.Status, refused.Category));
        Assert.Equal("crm.objects.contacts.write", (string?)refused.Json["errors"]![0]!["context"]!["requiredGranularScopes"]![0]);
        Assert.Equal(403, portal.Get("/crm/objects/2026-09/companies").Status);
    }

    [Theory]
    [InlineData("/crm/objects/2026-09/contacts")]
    [InlineData("/crm/objects/2026-03/contacts")]
    [InlineData("/crm/v3/objects/contacts")]
    [InlineData("/crm/objects/2026-09/0-1")]
    [InlineData("/crm/properties/2026-09/contacts")]
    [InlineData("/crm/v3/properties/contacts")]
    [InlineData("/crm/associations/2026-09/contacts/companies/labels")]
    [InlineData("/crm/v4/associations/contacts/companies/labels")]
    [InlineData("/account-info/2026-09/details")]
    [InlineData("/account-info/v3/details")]
    public void Every_version_serves_the_same_portal(string path) => Assert.Equal(200, _portal.Get(path).Status);

    [Theory]
    [InlineData("GET", "/crm/objects/2024-09/contacts", 404)]
    [InlineData("GET", "/nothing/here", 404)]
    [InlineData("GET", "/", 404)]
    [InlineData("PUT", "/crm/objects/2026-09/contacts", 405)]
    public void Unknown_paths_and_methods_are_answered_in_json(string method, string path, int status)
    {
        Reply reply = _portal.Send(method, path);
        Assert.Equal((status, "error"), (reply.Status, (string?)reply.Json["status"]));
    }

    [Fact]
    public void A_body_that_is_no_json_is_not_taken()
    {
        Assert.Equal(415, _portal.Send("POST", "/crm/objects/2026-09/contacts", "email=a", contentType: "application/x-www-form-urlencoded").Status);
        Assert.Equal((400, "VALIDATION_ERROR"), (_portal.Post("/crm/objects/2026-09/contacts", "{").Status, _portal.Post("/crm/objects/2026-09/contacts", "{").Category));
    }

    [Fact]
    public void The_account_tells_which_portal_the_token_opens()
    {
        JsonNode details = _portal.Get("/account-info/2026-09/details").Json;
        Assert.Equal((62_515L, "-05:00", -18_000_000L), ((long)details["portalId"]!, (string?)details["utcOffset"], (long)details["utcOffsetMilliseconds"]!));
    }

    [Fact]
    public void Every_answer_has_a_correlation_id_of_its_own() =>
        Assert.NotEqual(_portal.Get("/").Headers["x-hubspot-correlation-id"], _portal.Get("/").Headers["x-hubspot-correlation-id"]);
}
