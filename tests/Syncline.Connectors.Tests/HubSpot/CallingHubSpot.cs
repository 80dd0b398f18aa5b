using Syncline.Loading;
using Syncline.Records;
using static Syncline.Connectors.Tests.HubSpot.HubSpotFixture;

namespace Syncline.Connectors.Tests.HubSpot;

public sealed class CallingHubSpot
{
    private const string Limited = """{"status":"error","message":"You have reached your ten_secondly_rolling limit.","errorType":"RATE_LIMIT","policyName":"TEN_SECONDLY_ROLLING"}""";

    private readonly HubSpotFixture _hubspot = new();

    [Theory]
    [InlineData(429, Limited, 10)]
    [InlineData(429, """{"message":"You have reached your secondly limit.","policyName":"SECONDLY"}""", 1)]
    [InlineData(423, "{}", 2)]
    public async Task A_refusal_that_passes_is_waited_out_and_nothing_is_done_twice(int status, string body, int seconds)
    {
        await _hubspot.PrepareAsync();
        DateTimeOffset before = _hubspot.Clock.GetUtcNow();
        _hubspot.Fake.Answer("POST .*batch/create", status, body);
        Assert.IsType<WriteOutcome.Written>(await _hubspot.WriteAsync(_hubspot.Create("contacts", ("email", List("ada@example.com")))));
        Assert.True(_hubspot.Clock.GetUtcNow() - before >= TimeSpan.FromSeconds(seconds));
        Assert.Single(_hubspot.Fake.Objects["contacts"]);
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData(null, 10)]
    public async Task A_time_that_an_answer_names_is_obeyed(string? named, int seconds)
    {
        DateTimeOffset before = _hubspot.Clock.GetUtcNow();
        _hubspot.Fake.Answer("GET", 429, Limited, named is null ? [] : [("Retry-After", named)]);
        await _hubspot.Connection.Doctor.TestAsync(CancellationToken.None);
        TimeSpan waited = _hubspot.Clock.GetUtcNow() - before;
        Assert.InRange(waited.TotalSeconds, seconds, seconds + 2);
    }

    [Fact]
    public async Task A_portal_that_is_being_moved_ends_the_run_with_the_time()
    {
        _hubspot.Fake.Answer("GET", 477, "", ("Retry-After", "7200"));
        ProviderException failure = await Assert.ThrowsAsync<ProviderException>(() => _hubspot.PrepareAsync());
        Assert.Equal((Recovery.StopRun, TimeSpan.FromHours(2)), (failure.Recovery, failure.RetryAfter));
        Assert.Contains("120 minutes", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_that_is_used_up_ends_the_run_with_the_time_at_which_the_next_begins()
    {
        await _hubspot.PrepareAsync();
        _hubspot.Fake.Answer("POST .*batch/create", 429, """{"message":"You have reached your daily limit.","policyName":"DAILY"}""");
        ProviderException failure = await Assert.ThrowsAsync<ProviderException>(() => _hubspot.WriteAsync(_hubspot.Create("contacts", ("email", List("ada@example.com")))));
        Assert.Equal(Recovery.StopRun, failure.Recovery);
        Assert.InRange(failure.RetryAfter!.Value, TimeSpan.FromHours(11.9), TimeSpan.FromHours(12));
        Assert.Contains("2026-10-02 00:00 UTC", failure.Hint, StringComparison.Ordinal);
        Assert.Empty(_hubspot.Fake.Objects["contacts"]);
    }

    [Fact]
    public async Task A_reserve_of_the_day_is_left_to_others()
    {
        _hubspot.Fake.Answer("GET", 200, """{"portalId":1}""", ("X-HubSpot-RateLimit-Daily-Remaining", "1000"));
        await _hubspot.Connection.Doctor.TestAsync(CancellationToken.None);
        int before = _hubspot.Fake.Calls.Count;
        ProviderException failure = await Assert.ThrowsAsync<ProviderException>(() => _hubspot.PrepareAsync());
        Assert.Equal((Recovery.StopRun, before), (failure.Recovery, _hubspot.Fake.Calls.Count));
        _hubspot.Clock.Pass(TimeSpan.FromHours(13));
        await _hubspot.PrepareAsync();
    }

    [Fact]
    public async Task A_bad_credential_stops_the_run_and_says_what_to_do()
    {
        _hubspot.Fake.Answer("GET", 401, """{"status":"error","category":"INVALID_AUTHENTICATION","message":"Authentication credentials not found."}""");
        ProviderException failure = await Assert.ThrowsAsync<ProviderException>(() => _hubspot.PrepareAsync());
        Assert.Equal(Recovery.StopRun, failure.Recovery);
        Assert.DoesNotContain("pat-one", failure.ToString() + failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_credential_nothing_is_opened()
    {
        ProviderException failure = Assert.Throws<ProviderException>(() => new HubSpotFixture(("token", "")));
        Assert.Contains("token", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tier", "gold")]
    [InlineData("page_size", "101")]
    [InlineData("reconcile_every", "often")]
    [InlineData("external_id_property", "Our Id")]
    [InlineData("webhook_signature", "v4")]
    [InlineData("base_url", "http://example.com")]
    public void A_setting_that_cannot_be_used_is_named(string name, string value) =>
        Assert.Contains($"hubspot.{name}", Assert.Throws<ProviderException>(() => new HubSpotFixture((name, value))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task An_access_token_is_renewed_once_before_it_ends_however_many_wait_for_it()
    {
        HubSpotFixture hubspot = OAuth();
        Token(hubspot, "one");
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => hubspot.Connection.Doctor.TestAsync(CancellationToken.None)));
        HubSpotCall renewal = Assert.Single(hubspot.Fake.Calls, c => c.Form is not null);
        Assert.Equal("grant_type=refresh_token&client_id=id&client_secret=s%26t&refresh_token=r-1", renewal.Form);
        Assert.Null(renewal.Token);
        Assert.All(hubspot.Fake.Calls.Where(c => c.Form is null), c => Assert.Equal("Bearer one", c.Token));

        hubspot.Clock.Pass(TimeSpan.FromMinutes(26));
        Token(hubspot, "two");
        await hubspot.Connection.Doctor.TestAsync(CancellationToken.None);
        Assert.Equal("Bearer two", hubspot.Fake.Calls[^1].Token);
        Assert.Contains("refresh_token=r-2", hubspot.Fake.Calls[^2].Form, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_has_ended_is_renewed_and_the_call_made_again()
    {
        HubSpotFixture hubspot = OAuth();
        Token(hubspot, "one");
        hubspot.Fake.Answer("GET", 401, """{"status":"error","category":"EXPIRED_AUTHENTICATION","message":"The OAuth token used to make this call expired 5 second(s) ago."}""");
        Token(hubspot, "two");
        Assert.Equal(Severity.Good, (await hubspot.Connection.Doctor.TestAsync(CancellationToken.None)).Severity);
        Assert.Equal("Bearer two", hubspot.Fake.Calls[^1].Token);
    }

    [Fact]
    public async Task A_refresh_token_that_was_revoked_says_so()
    {
        HubSpotFixture hubspot = OAuth();
        hubspot.Fake.Answer("POST .*token", 400, """{"status":"BAD_REFRESH_TOKEN","message":"missing or unknown refresh token","error":"invalid_grant"}""");
        Finding finding = await hubspot.Connection.Doctor.TestAsync(CancellationToken.None);
        Assert.Equal(Severity.Error, finding.Severity);
        Assert.Contains("refresh_token", finding.Remedy, StringComparison.Ordinal);
    }

    private static HubSpotFixture OAuth() => new(("token", ""), ("client_id", "id"), ("client_secret", "s&t"), ("refresh_token", "r-1"));

    private static void Token(HubSpotFixture hubspot, string access) => hubspot.Fake.Answer("POST .*oauth/2026-09/token", 200, $$"""{"access_token":"{{access}}","refresh_token":"r-2","expires_in":1800,"token_type":"bearer"}""");
}
