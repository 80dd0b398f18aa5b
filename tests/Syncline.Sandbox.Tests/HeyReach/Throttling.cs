using Syncline.Sandbox.HeyReach;

namespace Syncline.Sandbox.Tests.HeyReach;

public sealed class Throttling
{
    private readonly Account _account = new(limits: HeyReachLimits.PerMinute);

    [Fact]
    public void The_301st_request_of_a_rolling_minute_is_a_429()
    {
        Assert.All(Statuses(300), status => Assert.Equal(200, status));
        Assert.Equal(429, Check().Status);
        _account.Clock.Advance(TimeSpan.FromSeconds(59.999));
        Assert.Equal(429, Check().Status);
        _account.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(200, Check().Status);
    }

    [Fact]
    public void The_window_rolls_and_does_not_start_anew_each_minute()
    {
        Statuses(150);
        _account.Clock.Advance(TimeSpan.FromSeconds(50));
        Statuses(150);
        _account.Clock.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(150, Statuses(200).Count(s => s == 200));
    }

    [Fact]
    public void Each_key_has_its_own_bucket()
    {
        _account.HeyReach.AddKey("second");
        Statuses(301);
        Assert.Equal(200, _account.Send("GET", "/auth/CheckApiKey", key: "second").Status);
    }

    [Fact]
    public void A_wrong_key_is_told_so_however_often_it_asks() =>
        Assert.All(Enumerable.Range(0, 400), _ => Assert.Equal(401, _account.Send("GET", "/auth/CheckApiKey", key: "wrong").Status));

    [Fact]
    public void All_endpoints_share_the_bucket()
    {
        Statuses(299);
        Assert.Equal(200, _account.Post("/li_account/GetAll", "{}").Status);
        Assert.Equal(429, _account.Post("/campaign/GetAll", "{}").Status);
    }

    [Fact]
    public void A_429_says_nothing_unless_the_knobs_let_it()
    {
        Statuses(300);
        SandboxResponse silent = Check();
        Assert.Equal(("", null, false), (silent.Body, silent.ContentType, silent.Headers.ContainsKey("Retry-After")));
        _account.HeyReach.Behaviour.RetryAfter = true;
        _account.HeyReach.Behaviour.ThrottleText = true;
        _account.Clock.Advance(TimeSpan.FromSeconds(10.5));
        SandboxResponse spoken = Check();
        Assert.Equal("50", spoken.Headers["Retry-After"]);
        Assert.StartsWith("text/plain", spoken.ContentType, StringComparison.Ordinal);
        Assert.NotEmpty(spoken.Body);
    }

    [Fact]
    public void The_second_reading_allows_ten_in_any_two_seconds()
    {
        _account.HeyReach.Behaviour.Limits = HeyReachLimits.PerMinuteAndBurst;
        Assert.Equal(10, Statuses(12).Count(s => s == 200));
        _account.Clock.Advance(TimeSpan.FromSeconds(1.9));
        Assert.Equal(429, Check().Status);
        _account.Clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(10, Statuses(12).Count(s => s == 200));
    }

    [Fact]
    public void Limits_can_be_off()
    {
        _account.HeyReach.Behaviour.Limits = HeyReachLimits.Off;
        Assert.All(Statuses(1000), status => Assert.Equal(200, status));
    }

    private SandboxResponse Check() => _account.Send("GET", "/auth/CheckApiKey");

    private List<int> Statuses(int requests) => [.. Enumerable.Range(0, requests).Select(_ => Check().Status)];
}
