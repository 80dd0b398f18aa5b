using Syncline.Conformance.Sources;
using Syncline.Connectors.Lemlist;
using Syncline.Records;

namespace Syncline.Connectors.Tests.Lemlist;

public sealed class OpeningALemlistConnection
{
    private readonly FakeLemlist _lemlist = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_key_stands_behind_the_colon()
    {
        await _lemlist.Open().Doctor.TestAsync(Token);
        Assert.Equal("Basic " + Convert.ToBase64String(":key-of-the-test"u8), _lemlist.Calls.Single().Authorization);
        Assert.DoesNotContain("access_token", _lemlist.Calls.Single().Query.Keys);
    }

    [Fact]
    public async Task The_key_stands_in_the_address_only_where_that_is_set()
    {
        _lemlist.Settings["auth"] = "query";
        await _lemlist.ReadAsync(new CommittedPages());
        Assert.All(_lemlist.Calls, c => Assert.Equal((FakeLemlist.Key, null), (c["access_token"], c.Authorization)));
        Assert.Contains(await _lemlist.Open().Doctor.ExamineAsync([], Token), f => f is { Severity: Severity.Advice, Subject: "auth" });
    }

    [Theory]
    [InlineData(400, "No API key provided", Recovery.StopRun)]
    [InlineData(401, "The authentication you supplied is incorrect", Recovery.StopRun)]
    [InlineData(403, "User linked to this API key is blocked", Recovery.StopRun)]
    [InlineData(404, "No user found for this API key", Recovery.StopRun)]
    [InlineData(402, "route is available starting emailPro plan", Recovery.StopRun)]
    [InlineData(400, """{"success":false,"error":{"code":"INVALID_EMAIL","message":"Bad address"}}""", Recovery.StopStream)]
    [InlineData(400, """{"success":false,"error":"Bad entity"}""", Recovery.StopStream)]
    [InlineData(406, "\"Not acceptable\"", Recovery.StopStream)]
    [InlineData(404, "<html>secret page</html>", Recovery.StopRun)]
    [InlineData(200, "<html>sign in</html>", Recovery.RetryLater)]
    [InlineData(503, "", Recovery.RetryLater)]
    public async Task Every_refusal_is_sorted_by_what_happens_next(int status, string body, Recovery recovery)
    {
        _lemlist.Answer("contacts", status, body);
        ProviderException failure = await Assert.ThrowsAsync<ProviderException>(() => _lemlist.ReadAsync(new CommittedPages(), "people"));
        Assert.Equal(recovery, failure.Recovery);
        Assert.DoesNotContain("<html", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeLemlist.Key, failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("base_url", "http://lemlist.example.com")]
    [InlineData("auth", "bearer")]
    [InlineData("page_size", "501")]
    [InlineData("overlap", "soon")]
    [InlineData("contacts_every", "1")]
    [InlineData("bots", "maybe")]
    [InlineData("deduplicate", "perhaps")]
    [InlineData("requests_per_2s", "21")]
    public void An_unusable_setting_is_named(string name, string value)
    {
        _lemlist.Settings[name] = value;
        Assert.Contains(name, Assert.Throws<ProviderException>(() => _lemlist.Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_shows_the_team_and_nothing_of_its_webhooks()
    {
        _lemlist.AddContact("ada@example.com");
        IReadOnlyList<Finding> findings = await _lemlist.Open().Doctor.ExamineAsync(LemlistMaps.Of(new() { Connection = "lemlist" }), Token);
        Assert.Equal(["Good api_key", "Good contacts", "Good activities"], findings.Select(f => $"{f.Severity} {f.Subject}"));
        Assert.Contains("Example team", findings[0].Message, StringComparison.Ordinal);
        Assert.DoesNotContain(findings, f => f.Message.Contains("hooks.example.com", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_doctor_says_which_part_the_plan_leaves_out()
    {
        _lemlist.Answer("activities", 402, "route is available starting emailPro plan");
        Assert.Contains(await _lemlist.Open().Doctor.ExamineAsync([], Token), f => f is { Severity: Severity.Error, Subject: "activities", Remedy: not null });
    }

    [Fact]
    public async Task The_doctor_names_the_campaigns_there_are()
    {
        _lemlist.Settings["campaign"] = "Winter";
        _lemlist.AddCampaign("Spring");
        Finding finding = (await _lemlist.Open().Doctor.ExamineAsync([], Token)).Single(f => f.Subject == "campaign");
        Assert.Equal(Severity.Error, finding.Severity);
        Assert.Contains("Spring", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_campaigns_of_one_name_are_not_chosen_between()
    {
        _lemlist.Settings["campaign"] = "Spring";
        _lemlist.AddCampaign("Spring");
        string second = _lemlist.AddCampaign("spring");
        Finding finding = (await _lemlist.Open().Doctor.ExamineAsync([], Token)).Single(f => f.Subject == "campaign");
        Assert.Contains(second, finding.Remedy, StringComparison.Ordinal);
    }
}
