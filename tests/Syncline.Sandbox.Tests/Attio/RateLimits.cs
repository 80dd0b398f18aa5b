namespace Syncline.Sandbox.Tests.Attio;

public sealed class RateLimits
{
    private readonly Workbench _bench = new(limitsOn: true);

    [Fact]
    public void The_26th_write_of_a_second_is_refused_with_a_date_and_not_applied()
    {
        for (int i = 0; i < 25; i++) _bench.Create("people", "{}");
        Reply refused = _bench.TryCreate("people", "{}");
        Assert.Equal((429, "rate_limit_exceeded", "rate_limit_error"), (refused.Status, refused.Code, (string?)refused.Json["type"]));
        Assert.Equal("Rate limit exceeded, please try again later", refused.Message);
        Assert.Equal("Mon, 04 May 2026 09:30:01 GMT", refused.Headers["Retry-After"]);
        Assert.Equal(25, _bench.Simulator.Records("people").Count);
        Assert.DoesNotContain(refused.Headers.Keys, k => k.Contains("RateLimit", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void The_window_slides()
    {
        for (int i = 0; i < 25; i++)
        {
            _bench.Create("people", "{}");
            _bench.Clock.Step(TimeSpan.FromMilliseconds(20));
        }
        _bench.Clock.Step(TimeSpan.FromMilliseconds(499));
        Assert.Equal(429, _bench.TryCreate("people", "{}").Status);
        _bench.Clock.Step(TimeSpan.FromMilliseconds(1));
        Assert.Equal(200, _bench.TryCreate("people", "{}").Status);
        Assert.Equal(429, _bench.TryCreate("people", "{}").Status);
    }

    [Fact]
    public void Queries_are_reads_though_they_are_posted()
    {
        for (int i = 0; i < 60; i++) Assert.Equal(200, _bench.Query("people", "{}").Status);
        for (int i = 0; i < 40; i++) Assert.Equal(200, _bench.Get("/v2/objects").Status);
        Assert.Equal(429, _bench.Query("people", "{}").Status);
        Assert.Equal(429, _bench.Get("/v2/self").Status);
        Assert.Equal(200, _bench.TryCreate("people", "{}").Status);
    }

    [Fact]
    public void Knobs_lower_the_limits_or_turn_them_off()
    {
        _bench.Turn("writes-per-second", "1").Create("people", "{}");
        Assert.Equal(429, _bench.TryCreate("people", "{}").Status);
        _bench.Turn("limits", "false");
        for (int i = 0; i < 200; i++) Assert.Equal(200, _bench.TryCreate("people", "{}").Status);
    }

    [Fact]
    public void Refused_requests_take_no_room()
    {
        for (int i = 0; i < 25; i++) _bench.Create("people", "{}");
        _bench.Clock.Step(TimeSpan.FromMilliseconds(900));
        Assert.Equal(429, _bench.TryCreate("people", "{}").Status);
        _bench.Clock.Step(TimeSpan.FromMilliseconds(100));
        for (int i = 0; i < 25; i++) _bench.Create("people", "{}");
    }
}
