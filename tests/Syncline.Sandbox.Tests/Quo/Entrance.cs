using Syncline.Sandbox.Quo;

namespace Syncline.Sandbox.Tests.Quo;

/// <summary>Keys, versions and the limit (contract, sections 1 and 5).</summary>
public sealed class Entrance
{
    private const string List = "/v1/contacts?maxResults=1";
    private readonly Office _office = new();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("wrong")]
    [InlineData("Bearer " + Office.Key)]
    [InlineData("bearer " + Office.Key)]
    public void Anything_but_the_raw_key_is_a_401(string? key)
    {
        Reply refused = _office.Send("GET", List, key: key);
        Assert.Equal((401, "0800401"), (refused.Status, refused.Code));
        Assert.Equal(401, _office.Send("GET", "/contacts", key: key).Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("2025-01-01")]
    [InlineData("")]
    public void The_dated_surface_asks_for_its_version_before_the_key(string? version)
    {
        Assert.Equal(400, _office.Send("GET", "/contacts", version: version).Status);
        Assert.Equal(400, _office.Send("GET", "/contacts", key: null, version: version).Status);
        Assert.Equal(400, _office.Send("GET", "/nowhere", key: null, version: version).Status);
    }

    [Fact]
    public void V1_asks_for_no_version() => Assert.Equal(200, _office.Get(List).Status);

    [Theory]
    [InlineData("GET", "/v1/nowhere")]
    [InlineData("POST", "/v1/contacts/bulk")]
    [InlineData("PUT", "/v1/contacts")]
    [InlineData("POST", "/frigg/contact")]
    [InlineData("POST", "/v2/webhooks")]
    public void What_is_not_public_is_a_404(string method, string path) => Assert.Equal(404, _office.Send(method, path, "{}").Status);

    [Fact]
    public void A_v1_error_has_the_documents_envelope()
    {
        Reply refused = _office.Get("/v1/contacts/000000000000000000000000");
        Assert.Equal((404, "0800404", 404, "Not Found"), (refused.Status, refused.Code, (int)refused.Json!["status"]!, (string)refused.Json["title"]!));
        Assert.NotNull(refused.Json["trace"]);
    }

    [Fact]
    public void A_v1_error_can_be_wrapped_as_the_live_service_did()
    {
        _office.Behaviour.V1Errors = V1ErrorForm.Wrapped;
        Reply refused = _office.Get("/v1/contacts/000000000000000000000000");
        Assert.Equal(404, refused.Status);
        Assert.Equal(["error"], refused.Json!.AsObject().Select(p => p.Key));
        Assert.Equal(["message", "key", "trace"], refused.Json["error"]!.AsObject().Select(p => p.Key));
    }

    [Fact]
    public void A_dated_error_has_its_own_envelope_whatever_v1_does()
    {
        _office.Behaviour.V1Errors = V1ErrorForm.Wrapped;
        Reply refused = _office.Get("/contacts/000000000000000000000000");
        Assert.Equal((404, "Not Found"), (refused.Status, (string)refused.Json!["title"]!));
        Assert.Equal(["title", "message", "docs", "trace"], refused.Json.AsObject().Select(p => p.Key));
    }

    [Fact]
    public void A_new_key_opens_at_once_unless_activation_takes_its_time()
    {
        _office.Quo.AddKey("second");
        Assert.Equal(200, _office.Send("GET", List, key: "second").Status);
        _office.Behaviour.KeyActivation = TimeSpan.FromSeconds(30);
        _office.Quo.AddKey("third");
        Assert.Equal(401, _office.Send("GET", List, key: "third").Status);
        _office.Behaviour.InactiveKeyStatus = 403;
        Assert.Equal(403, _office.Send("GET", List, key: "third").Status);
        _office.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(200, _office.Send("GET", List, key: "third").Status);
    }

    [Fact]
    public void The_keys_of_the_options_are_active_from_the_start()
    {
        _office.Behaviour.KeyActivation = TimeSpan.FromSeconds(30);
        Assert.Equal(200, _office.Get(List).Status);
    }

    [Fact]
    public void A_revoked_key_is_a_401()
    {
        Assert.True(_office.Quo.RevokeKey(Office.Key));
        Assert.Equal(401, _office.Get(List).Status);
    }

    [Fact]
    public void An_expired_subscription_is_a_402_on_v1_alone()
    {
        _office.Behaviour.SubscriptionExpired = true;
        Assert.Equal(402, _office.Get(List).Status);
        Assert.Equal(200, _office.Get("/contacts").Status);
    }

    [Fact]
    public void Ten_requests_pass_in_any_second_over_both_surfaces_together()
    {
        Office office = new(limitsOn: true);
        for (int i = 0; i < 10; i++) Assert.Equal(200, office.Get(i % 2 == 0 ? List : "/contacts").Status);
        Assert.Equal(429, office.Get(List).Status);
        office.Clock.Advance(TimeSpan.FromMilliseconds(999));
        Assert.Equal(429, office.Get("/contacts").Status);
        office.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(200, office.Get(List).Status);
    }

    [Fact]
    public void The_window_slides()
    {
        Office office = new(limitsOn: true);
        for (int i = 0; i < 5; i++) office.Get(List);
        office.Clock.Advance(TimeSpan.FromMilliseconds(600));
        for (int i = 0; i < 5; i++) office.Get(List);
        office.Clock.Advance(TimeSpan.FromMilliseconds(400));
        Assert.Equal(5, Enumerable.Range(0, 10).Count(_ => office.Get(List).Status == 200));
    }

    [Fact]
    public void Each_key_has_its_own_budget()
    {
        Office office = new(limitsOn: true);
        office.Quo.AddKey("second");
        for (int i = 0; i < 11; i++) office.Get(List);
        Assert.Equal(200, office.Send("GET", List, key: "second").Status);
    }

    [Fact]
    public void A_429_has_the_surfaces_envelope_and_says_nothing_of_when()
    {
        _office.Behaviour.ThrottleNext = 2;
        Reply v1 = _office.Get(List), dated = _office.Get("/contacts");
        Assert.Equal((429, 429, "0800429"), (v1.Status, dated.Status, v1.Code));
        Assert.Equal("Too Many Requests", (string?)dated.Json!["title"]);
        Assert.Empty(v1.Raw.Headers.Concat(dated.Raw.Headers));
        Assert.Equal(200, _office.Get(List).Status);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public void The_nth_write_fails_with_a_500_before_or_after_its_effect(bool takesEffect, int contacts)
    {
        (_office.Behaviour.FailWrite, _office.Behaviour.FailedWriteTakesEffect) = (2, takesEffect);
        _office.Make();
        Reply failed = _office.Post("/v1/contacts", """{"defaultFields":{"firstName":"Ada"}}""");
        Assert.Equal((500, "0801500", contacts), (failed.Status, failed.Code, _office.Quo.ContactCount));
        Assert.Equal(200, _office.Get(List).Status);
        Assert.Equal(204, _office.Delete("/v1/contacts/" + _office.Quo.Contacts.First().Id).Status);
    }

    [Fact]
    public void Reads_do_not_count_towards_the_failing_write()
    {
        _office.Behaviour.FailWrite = 1;
        Assert.Equal(200, _office.Get(List).Status);
        Assert.Equal(500, _office.Post("/v1/contacts", """{"defaultFields":{"firstName":"Ada"}}""").Status);
    }
}
