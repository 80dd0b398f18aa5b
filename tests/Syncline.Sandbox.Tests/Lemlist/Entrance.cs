using Syncline.Sandbox.Lemlist;

namespace Syncline.Sandbox.Tests.Lemlist;

/// <summary>Keys, the limit and the forms of errors (contract, section 1).</summary>
public sealed class Entrance
{
    private readonly Bureau _bureau = new();

    [Theory]
    [InlineData(null, 400, "No API key provided")]
    [InlineData("", 400, "No API key provided")]
    [InlineData("Basic Og==", 400, "No API key provided")]
    [InlineData("Bearer " + Bureau.Key, 401, "The authentication you supplied is incorrect")]
    [InlineData(Bureau.Key, 401, "The authentication you supplied is incorrect")]
    public void What_is_no_key_is_told_in_plain_text(string? header, int status, string text)
    {
        Reply refused = _bureau.Send("GET", "/team", "", header);
        Assert.Equal((status, text, "text/plain; charset=utf-8"), (refused.Status, refused.Text, refused.Raw.ContentType));
    }

    [Theory]
    [InlineData(":" + Bureau.Key, 200)]
    [InlineData(Bureau.Key + ":", 401)]
    [InlineData(Bureau.Key, 401)]
    [InlineData("user:" + Bureau.Key, 401)]
    [InlineData(":wrong", 401)]
    public void Only_the_key_behind_the_colon_opens(string pair, int status) => Assert.Equal(status, _bureau.Send("GET", "/team", "", Bureau.Basic(pair)).Status);

    [Fact]
    public void A_key_whose_user_is_blocked_gone_or_without_team_is_told_so()
    {
        foreach (string key in (string[])["blocked", "orphan", "teamless"]) _bureau.Lemlist.AddKey(key);
        _bureau.Lemlist.BlockKey("blocked");
        _bureau.Lemlist.OrphanKey("orphan");
        _bureau.Lemlist.LoseTeam("teamless");
        Assert.Equal((403, "User linked to this API key is blocked"), Said("blocked"));
        Assert.Equal((404, "No user found for this API key"), Said("orphan"));
        Assert.Equal((400, "Bad team"), Said("teamless"));
        Assert.True(_bureau.Lemlist.RevokeKey(Bureau.Key));
        Assert.Equal(401, _bureau.Get("/team").Status);
    }

    [Fact]
    public void A_key_in_the_query_is_taken_only_where_the_knob_says_so()
    {
        Assert.Equal(400, _bureau.Send("GET", "/team?access_token=" + Bureau.Key, "", null).Status);
        _bureau.Behaviour.AccessToken = true;
        Assert.Equal(200, _bureau.Send("GET", "/team?access_token=" + Bureau.Key, "", null).Status);
    }

    [Fact]
    public void Twenty_requests_pass_and_the_bucket_fills_at_ten_a_second()
    {
        Bureau bureau = new(limitsOn: true);
        for (int i = 0; i < 20; i++) Assert.Equal(200, bureau.Get(i % 2 == 0 ? "/team" : Bureau.Feed).Status);
        Reply refused = bureau.Get("/team");
        Assert.Equal((429, "1", "20", "0"), (refused.Status, refused.Raw.Headers["Retry-After"], refused.Raw.Headers["X-RateLimit-Limit"], refused.Raw.Headers["X-RateLimit-Remaining"]));
        bureau.Clock.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal([200, 429], [bureau.Get("/team").Status, bureau.Get("/team").Status]);
        bureau.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(20, Enumerable.Range(0, 30).Count(_ => bureau.Get("/team").Status == 200));
    }

    [Fact]
    public void Read_strictly_no_two_seconds_hold_more_than_twenty()
    {
        Bureau bureau = new(limitsOn: true);
        bureau.Behaviour.Limit = LemlistLimit.Sliding;
        for (int i = 0; i < 20; i++) Assert.Equal(200, bureau.Get("/team").Status);
        bureau.Clock.Advance(TimeSpan.FromMilliseconds(1999));
        Reply refused = bureau.Get("/team");
        Assert.Equal((429, "1"), (refused.Status, refused.Raw.Headers["Retry-After"]));
        bureau.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(200, bureau.Get("/team").Status);
    }

    [Fact]
    public void The_reset_is_a_date_for_people()
    {
        Bureau bureau = new(limitsOn: true);
        Assert.Equal("Tue Sep 15 2026 12:00:00 GMT+0000 (Coordinated Universal Time)", bureau.Get("/team").Raw.Headers["X-RateLimit-Reset"]);
    }

    [Fact]
    public void Rate_headers_and_the_body_of_a_429_are_knobs()
    {
        Bureau bureau = new(limitsOn: true);
        bureau.Behaviour.RateHeaders = RateHeaders.OnlyOn429;
        Assert.Empty(bureau.Get("/team").Raw.Headers);
        bureau.Behaviour.ThrottleNext = 2;
        Reply told = bureau.Get("/team");
        Assert.Equal((429, 4), (told.Status, told.Raw.Headers.Count));
        (bureau.Behaviour.RateHeaders, bureau.Behaviour.ThrottleBody) = (RateHeaders.None, ThrottleBody.Empty);
        Reply silent = bureau.Get("/team");
        Assert.Equal((429, "", 0, null), (silent.Status, silent.Text, silent.Raw.Headers.Count, silent.Raw.ContentType));
    }

    [Fact]
    public void Each_key_has_its_own_budget()
    {
        Bureau bureau = new(limitsOn: true);
        bureau.Lemlist.AddKey("second");
        for (int i = 0; i < 21; i++) bureau.Get("/team");
        Assert.Equal(200, bureau.Send("GET", "/team", "", Bureau.Basic(":second")).Status);
    }

    [Fact]
    public void A_plan_gate_closes_its_routes_and_no_others()
    {
        _bureau.Behaviour.PlanGate = "/activities";
        Reply gated = _bureau.Get(Bureau.Feed);
        Assert.Equal((402, "route is available starting emailPro plan"), (gated.Status, gated.Text));
        Assert.Equal(200, _bureau.Get("/tasks").Status);
    }

    [Theory]
    [InlineData("GET", "/nowhere", 404)]
    [InlineData("PUT", "/team", 405)]
    [InlineData("GET", "/team/", 404)]
    public void Unknown_calls_and_wrong_methods_are_told_apart(string method, string path, int status) => Assert.Equal(status, _bureau.Send(method, path).Status);

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public void The_nth_write_fails_before_or_after_its_effect(bool takesEffect, int leads)
    {
        (string campaign, _) = _bureau.Campaign(0);
        (_bureau.Behaviour.FailWrite, _bureau.Behaviour.FailedWriteTakesEffect) = (1, takesEffect);
        Assert.Equal(500, _bureau.Post($"/campaigns/{campaign}/leads/", """{"email":"ada@example.com"}""").Status);
        Assert.Equal(leads, _bureau.Lemlist.LeadsOf(campaign).Count);
    }

    [Fact]
    public void Fields_has_its_own_form_of_errors()
    {
        Assert.Equal("""{"error":"Unauthorized"}""", _bureau.Send("GET", "/fields", "", Bureau.Basic(":wrong")).Text);
        Assert.False((bool)_bureau.Get("/fields?entity=deal").Json!["success"]!);
    }

    private (int, string) Said(string key)
    {
        Reply refused = _bureau.Send("GET", "/team", "", Bureau.Basic(":" + key));
        return (refused.Status, refused.Text);
    }
}
