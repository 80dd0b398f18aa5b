using Syncline.Sandbox.HubSpot;

namespace Syncline.Sandbox.Tests.HubSpot;

public sealed class RateLimits
{
    private const string Contacts = "/crm/objects/2026-09/contacts";

    private readonly Portal _portal = new(limitsOn: true);

    [Fact]
    public void The_191st_request_of_ten_seconds_is_refused_and_takes_nothing()
    {
        for (int i = 0; i < 190; i++) Assert.Equal(200, _portal.Get(Contacts).Status);
        Reply refused = _portal.TryCreate("contacts", """{"email":"a@example.com"}""");
        Assert.Equal((429, "RATE_LIMIT", "TEN_SECONDLY_ROLLING"), (refused.Status, (string?)refused.Json["errorType"], (string?)refused.Json["policyName"]));
        Assert.Equal("You have reached your ten_secondly_rolling limit.", refused.Message);
        Assert.Equal("0", refused.Headers["X-HubSpot-RateLimit-Remaining"]);
        Assert.DoesNotContain("Retry-After", refused.Headers.Keys);
        _portal.Clock.Step(9.999);
        Assert.Equal(429, _portal.Get(Contacts).Status);
        _portal.Clock.Step(0.001);
        Assert.Empty(_portal.Get(Contacts).Results);
    }

    [Fact]
    public void Headers_tell_what_is_left_of_the_window_and_of_the_day()
    {
        _portal.Get(Contacts);
        IReadOnlyDictionary<string, string> headers = _portal.Get(Contacts).Headers;
        Assert.Equal(("10000", "190", "188"), (headers["X-HubSpot-RateLimit-Interval-Milliseconds"], headers["X-HubSpot-RateLimit-Max"], headers["X-HubSpot-RateLimit-Remaining"]));
        Assert.Equal(("625000", "624998"), (headers["X-HubSpot-RateLimit-Daily"], headers["X-HubSpot-RateLimit-Daily-Remaining"]));
    }

    [Fact]
    public void Searches_have_five_a_second_of_the_account_and_no_headers()
    {
        _portal.Simulator.AddToken("other-app", appId: 99);
        for (int i = 0; i < 5; i++) Assert.Equal(200, _portal.Send("POST", Contacts + "/search", "{}", i % 2 == 0 ? Portal.Token : "other-app").Status);
        Reply refused = _portal.Search("contacts", "{}");
        Assert.Equal((429, "SECONDLY", "You have reached your secondly limit."), (refused.Status, (string?)refused.Json["policyName"], refused.Message));
        Assert.DoesNotContain(refused.Headers.Keys, k => k.Contains("RateLimit", StringComparison.OrdinalIgnoreCase));
        Assert.Equal("190", _portal.Get(Contacts).Headers["X-HubSpot-RateLimit-Max"]);
        _portal.Clock.Step(1);
        Assert.Equal(200, _portal.Search("contacts", "{}").Status);
    }

    [Fact]
    public void Two_apps_have_a_window_each_and_share_the_day_and_oauth_has_no_day()
    {
        _portal.Simulator.AddToken("other-app", appId: 99);
        _portal.Simulator.AddToken("oauth", kind: HubSpotCredentialKind.OAuth);
        _portal.Turn("requests-per-ten-seconds", "2").Turn("requests-per-day", "3");
        Assert.Equal([200, 200, 429], Enumerable.Range(0, 3).Select(_ => _portal.Get(Contacts).Status));
        Assert.Equal(200, _portal.Send("GET", Contacts, token: "other-app").Status);
        Reply daily = _portal.Send("GET", Contacts, token: "other-app");
        Assert.Equal((429, "DAILY", "You have reached your daily limit."), (daily.Status, (string?)daily.Json["policyName"], daily.Message));
        Reply oauth = _portal.Send("GET", Contacts, token: "oauth");
        Assert.Equal((200, "110"), (oauth.Status, oauth.Headers["X-HubSpot-RateLimit-Max"]));
        Assert.DoesNotContain("X-HubSpot-RateLimit-Daily", oauth.Headers.Keys);
    }

    [Fact]
    public void The_day_ends_at_midnight_of_the_portal()
    {
        _portal.Turn("requests-per-day", "1");
        Assert.Equal([200, 429], Enumerable.Range(0, 2).Select(_ => _portal.Get(Contacts).Status));
        _portal.Clock.Step(TimeSpan.FromHours(12));
        Assert.Equal(429, _portal.Get(Contacts).Status);
        _portal.Clock.Step(TimeSpan.FromHours(5));
        Assert.Equal(200, _portal.Get(Contacts).Status);
    }

    [Fact]
    public void Associations_count_beside_the_other_requests()
    {
        _portal.Turn("associations-per-ten-seconds", "1");
        const string read = "/crm/associations/2026-09/contacts/companies/batch/read";
        Assert.Equal([200, 429], Enumerable.Range(0, 2).Select(_ => _portal.Post(read, """{"inputs":[]}""").Status));
        Assert.Equal("189", _portal.Get(Contacts).Headers["X-HubSpot-RateLimit-Remaining"]);
    }
}
