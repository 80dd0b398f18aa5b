namespace Syncline.Sandbox.Tests.HubSpot;

public sealed class Tokens
{
    private const string Redirect = "http://localhost:5070/oauth/callback";
    private const string Client = "client_id=00000000-0000-4000-8000-000000054321&client_secret=yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";

    private readonly Portal _portal = new();

    [Theory]
    [InlineData("/oauth/2026-09/token")]
    [InlineData("/oauth/v3/token")]
    [InlineData("/oauth/v1/token")]
    public void A_code_is_good_once_and_a_refresh_token_for_ever(string path)
    {
        string code = _portal.Simulator.Authorize(Redirect, "oauth crm.objects.contacts.read");
        string form = $"grant_type=authorization_code&code={code}&redirect_uri={Uri.EscapeDataString(Redirect)}&{Client}";
        Reply granted = Send(path, form);
        Assert.Equal((200, 1800, "bearer", 62_515L), (granted.Status, (int)granted.Json["expires_in"]!, (string?)granted.Json["token_type"], (long)granted.Json["hub_id"]!));
        Assert.Equal("BAD_AUTH_CODE", (string?)Send(path, form).Json["status"]);

        string access = (string)granted.Json["access_token"]!, refresh = (string)granted.Json["refresh_token"]!;
        Assert.Equal(200, _portal.Send("GET", $"{Portal.Newest}/contacts", token: access).Status);
        Assert.Equal(403, _portal.Send("GET", $"{Portal.Newest}/companies", token: access).Status);
        _portal.Clock.Step(1801);
        Assert.Equal("EXPIRED_AUTHENTICATION", _portal.Send("GET", $"{Portal.Newest}/contacts", token: access).Category);
        Reply again = Refresh(path, refresh);
        Assert.Equal(refresh, (string?)again.Json["refresh_token"]);
        Assert.Equal(200, _portal.Send("GET", $"{Portal.Newest}/contacts", token: (string)again.Json["access_token"]!).Status);

        _portal.Simulator.Uninstall();
        Reply revoked = Refresh(path, refresh);
        Assert.Equal((400, "BAD_REFRESH_TOKEN", "invalid_grant"), (revoked.Status, (string?)revoked.Json["status"], (string?)revoked.Json["error"]));
    }

    [Fact]
    public void Codes_grow_old_and_redirects_match_exactly()
    {
        string late = _portal.Simulator.Authorize(Redirect, "oauth");
        _portal.Clock.Step(61);
        Assert.Equal("BAD_AUTH_CODE", (string?)Send("/oauth/2026-09/token", $"grant_type=authorization_code&code={late}&redirect_uri={Redirect}&{Client}").Json["status"]);
        string other = _portal.Simulator.Authorize(Redirect, "oauth");
        Assert.Equal("BAD_REDIRECT_URI", (string?)Send("/oauth/2026-09/token", $"grant_type=authorization_code&code={other}&redirect_uri={Redirect}/&{Client}").Json["status"]);
        Assert.Equal("BAD_CLIENT_SECRET", (string?)Send("/oauth/2026-09/token", "grant_type=refresh_token&client_id=00000000-0000-4000-8000-000000054321&client_secret=x").Json["status"]);
        Assert.Equal(415, _portal.Send("POST", "/oauth/2026-09/token", "{}", token: null).Status);
    }

    [Fact]
    public void The_consent_page_leads_back_with_a_code()
    {
        Reply answer = _portal.Send("GET", $"/oauth/authorize?client_id=00000000-0000-4000-8000-000000054321&redirect_uri={Uri.EscapeDataString(Redirect)}&scope=oauth%20crm.objects.contacts.read&state=s1", token: null);
        Assert.Equal(302, answer.Status);
        Assert.Matches($"^{Redirect}\\?code=[0-9a-f-]+&state=s1$", answer.Headers["Location"]);
    }

    [Fact]
    public void Tokens_can_be_looked_into_and_revoked()
    {
        string code = _portal.Simulator.Authorize(Redirect, "oauth");
        Reply granted = Send("/oauth/2026-09/token", $"grant_type=authorization_code&code={code}&redirect_uri={Redirect}&{Client}");
        string access = (string)granted.Json["access_token"]!, refresh = (string)granted.Json["refresh_token"]!;
        Assert.True((bool)Send("/oauth/2026-09/token/introspect", $"token={access}&{Client}").Json["active"]!);
        Assert.Equal(200, _portal.Send("GET", $"/oauth/v1/access-tokens/{access}", token: null).Status);
        Assert.Equal(200, Send("/oauth/2026-09/token/revoke", $"token={refresh}&{Client}").Status);
        Assert.False((bool)Send("/oauth/2026-09/token/introspect", $"token={refresh}&{Client}").Json["active"]!);
    }

    private Reply Refresh(string path, string token) => Send(path, $"grant_type=refresh_token&refresh_token={token}&{Client}");

    private Reply Send(string path, string form) => _portal.Send("POST", path, form, token: null, contentType: "application/x-www-form-urlencoded");
}
