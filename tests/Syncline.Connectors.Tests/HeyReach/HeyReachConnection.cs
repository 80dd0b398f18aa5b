using System.Net.Http;
using Syncline.Connectors.HeyReach;
using Syncline.Extraction;
using Syncline.Limits;
using Syncline.Records;

namespace Syncline.Connectors.Tests.HeyReach;

public sealed class HeyReachConnection
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_refused_key_stops_the_run_and_is_not_repeated_in_the_error()
    {
        FakeHeyReach http = new(_ => (401, "Invalid API key"));
        ProviderException failure = await Assert.ThrowsAsync<ProviderException>(() => http.ReadAsync());
        Assert.Equal(Recovery.StopRun, failure.Recovery);
        Assert.Contains("Invalid API key", failure.Message, StringComparison.Ordinal);
        Assert.Contains("MCP key", failure.Hint, StringComparison.Ordinal);
        Assert.DoesNotContain("key-of-the-test", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_key_is_told_before_any_call()
    {
        FakeHeyReach http = new(_ => (200, Inboxes.Page()));
        http.Settings.Remove("api_key");
        Assert.Equal(Recovery.StopRun, (await Assert.ThrowsAsync<ProviderException>(() => http.ReadAsync())).Recovery);
        Assert.Empty(http.Calls);
    }

    [Fact]
    public async Task A_rotated_key_is_used_by_the_next_call()
    {
        FakeHeyReach http = null!;
        http = new(_ =>
        {
            http.Settings["api_key"] = " new-key\n";
            return (200, http.Calls.Count == 1 ? """{"items":[],"nextCursor":"n","hasNextPage":true}""" : Inboxes.Page());
        });
        await http.ReadAsync();
        Assert.Equal(["key-of-the-test", "new-key"], http.Calls.Select(c => c.Key));
    }

    [Theory]
    [InlineData(200, "<html>sign in</html>", Recovery.RetryLater)]
    [InlineData(200, "null", Recovery.RetryLater)]
    [InlineData(200, "", Recovery.RetryLater)]
    [InlineData(400, """{"errorMessage":"From is after to."}""", Recovery.StopStream)]
    [InlineData(400, """{"detail":17}""", Recovery.StopStream)]
    [InlineData(400, """{"errors":""", Recovery.StopStream)]
    [InlineData(403, """{"errorMessage":"No access"}""", Recovery.StopRun)]
    [InlineData(404, "", Recovery.StopRun)]
    [InlineData(503, "<html/>", Recovery.RetryLater)]
    public async Task Every_refusal_is_sorted_by_what_happens_next(int status, string body, Recovery recovery)
    {
        ProviderException failure = await Assert.ThrowsAsync<ProviderException>(() => new FakeHeyReach(_ => (status, body)).ReadAsync());
        Assert.Equal(recovery, failure.Recovery);
        Assert.DoesNotContain("<html", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("base_url", "http://heyreach.example.com")]
    [InlineData("base_url", "not an address")]
    [InlineData("page_size", "101")]
    [InlineData("page_size", "0")]
    [InlineData("overlap", "soon")]
    [InlineData("overlap", "30")]
    [InlineData("campaigns", "guess")]
    [InlineData("requests_per_2s", "50")]
    public void An_unusable_setting_is_named(string name, string value)
    {
        FakeHeyReach http = new(_ => (200, ""));
        http.Settings[name] = value;
        Assert.Contains(name, Assert.Throws<ProviderException>(() => http.Open()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080/heyreach")]
    [InlineData("http://localhost/heyreach")]
    public void This_machine_may_be_called_without_tls(string address)
    {
        FakeHeyReach http = new(_ => (200, ""));
        http.Settings["base_url"] = address;
        Assert.Equal("heyreach", http.Open().Name);
    }

    [Fact]
    public void The_pace_keeps_below_both_readings_of_the_limit()
    {
        FakeHeyReach http = new(_ => (200, ""));
        Connection connection = new HeyReachProvider().Open(
            new("heyreach", name => http.Settings.GetValueOrDefault(name)),
            new(new HttpMessageInvoker(http), http.Clock, new Governor(http.Clock, new LocalRateLedger()), Priority.Manual));
        Assert.Equal(4, connection.Permits.RateOf("calls"));
    }

    [Fact]
    public void Every_setting_that_is_read_is_described()
    {
        Assert.Equal(["api_key", "base_url", "page_size", "concurrency", "webhook_secret", "overlap", "campaigns", "requests_per_2s"], new HeyReachProvider().Settings.Select(s => s.Name));
        Assert.All(new HeyReachProvider().Settings, s => Assert.True(s.IsRequired || s.Default is not null || s == CheckedSettings.Concurrency || s == CheckedSettings.WebhookSecret));
    }

    [Fact]
    public async Task Every_call_counts_as_a_read()
    {
        FakeHeyReach http = new(_ => (200, Inboxes.Page()));
        Connection connection = http.Open();
        await foreach (Page page in connection.Sources[0].ReadAsync(new Conformance.Sources.CommittedPages().Request(), Token)) Assert.NotNull(page);
        Assert.Equal((1L, 0L), ((long)connection.Permits.Calls.Reads, (long)connection.Permits.Calls.Writes));
    }

    [Fact]
    public async Task The_doctor_names_senders_that_are_signed_out()
    {
        FakeHeyReach http = new(call => call.Path switch
        {
            "auth/CheckApiKey" => (200, ""),
            "li_account/GetAll" => (200, """{"totalCount":2,"items":[{"id":1,"firstName":"Sam","lastName":"Sender","authIsValid":true},{"id":"2","emailAddress":"out@example.com","authIsValid":"false"}]}"""),
            _ => (200, Inboxes.Page()),
        });
        IReadOnlyList<Finding> findings = await http.Open().Doctor.ExamineAsync(HeyReachMaps.All, Token);
        Assert.Equal(["Good api_key", "Good inbox", "Good senders", "Warning senders.2"], findings.Select(f => $"{f.Severity} {f.Subject}"));
        Assert.Contains("out@example.com", findings[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_warns_of_a_missing_listing()
    {
        FakeHeyReach http = new(call => call.Path.EndsWith("V3", StringComparison.Ordinal) ? (404, "") : (200, """{"items":[{"id":1}]}"""));
        Assert.Contains(await http.Open().Doctor.ExamineAsync(HeyReachMaps.All, Token), f => f is { Severity: Severity.Warning, Subject: "inbox" });
    }

    [Fact]
    public async Task The_doctor_says_that_a_key_is_dead_and_asks_nothing_more()
    {
        FakeHeyReach http = new(_ => (401, "Missing API key"));
        Finding finding = Assert.Single(await http.Open().Doctor.ExamineAsync(HeyReachMaps.All, Token));
        Assert.Equal(Severity.Error, finding.Severity);
        Assert.Single(http.Calls);
        Assert.NotNull(finding.Remedy);
    }
}
