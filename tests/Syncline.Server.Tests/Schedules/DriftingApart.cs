using System.Net;
using System.Net.Http;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Syncline.Server.Schedules;
using Syncline.Server.Tests.Served;
using Syncline.Syncs;

namespace Syncline.Server.Tests.Schedules;

public sealed class DriftingApart
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly SetClock _clock = new(new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void A_share_above_the_limit_is_a_drift_and_zero_allows_none()
    {
        Assert.Equal([false, false, true], new long[] { 0, 1, 2 }.Select(missing => Drift.IsDrift(Count(missing), 0.01)));
        Assert.Equal([false, true], new long[] { 0, 1 }.Select(missing => Drift.IsDrift(Count(missing), 0)));
    }

    [Fact]
    public void Somebody_is_told_once_until_it_is_in_order_again()
    {
        AuditCount?[] audits = [null, Count(0), Told(3), Told(4), Told(3), Count(0), Told(1)];
        Assert.Equal([false, true, false, false, false, true], audits.Zip(audits.Skip(1), (before, now) => Drift.IsNews(before, now!)));
    }

    [Fact]
    public void What_nobody_was_told_of_is_news_once_it_counts()
    {
        // Nothing was set, or the share was too small for what was.
        AuditCount?[] audits = [null, Count(3), Told(3), Told(3)];
        Assert.Equal([false, true, false], audits.Zip(audits.Skip(1), (before, now) => Drift.IsNews(before, now!)));
    }

    [Fact]
    public async Task A_drift_that_was_found_before_anybody_wanted_to_know_is_told_of_afterwards()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 2, options: new() { Port = 0 });
        string told = Path.Combine(served.Folder, "told.txt");
        HttpClient client = await served.ClientAsync("operator");
        await client.FollowAsync(await client.SendAsync(HttpMethod.Post, "/api/v1/syncs/linkedin-to-attio/runs", new { }, HttpStatusCode.Accepted));
        served.Gate.Locked(() =>
        {
            served.Attio.DeleteByPerson("people", served.Attio.Records("people")[0].Id);
            return true;
        });
        await client.FollowAsync(await client.SendAsync(HttpMethod.Post, "/api/v1/syncs/linkedin-to-attio/audits", new { }, HttpStatusCode.Accepted));
        await File.AppendAllTextAsync(Path.Combine(served.Folder, "syncline.yaml"), $"alert: {{ count_drift: 0%, command: 'echo \"$SYNCLINE_STATE\" >> {told}' }}\n", TestContext.Current.CancellationToken);
        for (int again = 0; again < 2; again++) await client.FollowAsync(await client.SendAsync(HttpMethod.Post, "/api/v1/syncs/linkedin-to-attio/audits", new { }, HttpStatusCode.Accepted));
        Assert.Equal("drift\n", await File.ReadAllTextAsync(told, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void It_is_due_a_day_after_the_last_one_and_once_for_all_that_was_missed()
    {
        RunRow last = Audit(RunState.Done, _clock.Now);
        Assert.True(IsDue(null));
        Assert.False(IsDue(last));
        _clock.Now += Day - TimeSpan.FromSeconds(1);
        Assert.False(IsDue(last));
        _clock.Now += TimeSpan.FromDays(9);
        Assert.True(IsDue(last));
        Assert.False(IsDue(Audit(RunState.Done, _clock.Now)));
    }

    [Theory]
    [InlineData(RunState.Failed)]
    [InlineData(RunState.Interrupted)]
    [InlineData(RunState.Running)]
    public void One_that_did_not_come_to_its_end_is_tried_again_after_an_hour(RunState state)
    {
        RunRow last = Audit(state, _clock.Now);
        _clock.Now += TimeSpan.FromMinutes(59);
        Assert.False(IsDue(last));
        _clock.Now += TimeSpan.FromMinutes(1);
        Assert.True(IsDue(last));
    }

    [Fact]
    public async Task A_destination_that_lost_a_record_is_told_of_once_and_shown()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 4, options: new() { Port = 0 });
        string told = Path.Combine(served.Folder, "told.txt");
        await File.AppendAllTextAsync(Path.Combine(served.Folder, "syncline.yaml"), $"alert: {{ count_drift: 0%, command: 'echo \"$SYNCLINE_SYNC $SYNCLINE_STATE\" >> {told}' }}\n", TestContext.Current.CancellationToken);
        DriftWatch watch = served.Server.Services.GetRequiredService<DriftWatch>();
        HttpClient client = await served.ClientAsync("operator");
        await watch.LookAsync(TestContext.Current.CancellationToken);
        Assert.Null((await client.ReadAsync("/api/v1/syncs/linkedin-to-attio"))["audit"]);

        await client.FollowAsync(await client.SendAsync(HttpMethod.Post, "/api/v1/syncs/linkedin-to-attio/runs", new { }, HttpStatusCode.Accepted));
        await watch.LookAsync(TestContext.Current.CancellationToken);
        JsonNode audit = (await client.ReadAsync("/api/v1/syncs/linkedin-to-attio"))["audit"]!;
        Assert.True((bool)audit["isInOrder"]!, audit.ToJsonString());
        Assert.Contains(audit["streams"]!.AsArray(), s => (string?)s!["stream"] == "attio/people" && (long)s["compared"]! == 4);

        served.Gate.Locked(() =>
        {
            served.Attio.DeleteByPerson("people", served.Attio.Records("people")[0].Id);
            return true;
        });
        await watch.LookAsync(TestContext.Current.CancellationToken);
        Assert.True((bool)(await client.ReadAsync("/api/v1/syncs/linkedin-to-attio"))["audit"]!["isInOrder"]!);
        Assert.False(File.Exists(told));

        for (int again = 0; again < 2; again++) await client.FollowAsync(await client.SendAsync(HttpMethod.Post, "/api/v1/syncs/linkedin-to-attio/audits", new { }, HttpStatusCode.Accepted));
        audit = (await client.ReadAsync("/api/v1/syncs/linkedin-to-attio"))["audit"]!;
        Assert.Equal((false, 1L, 0L), ((bool)audit["isInOrder"]!, (long)audit["missing"]!, (long)audit["extra"]!));
        Assert.Equal("linkedin-to-attio drift\n", await File.ReadAllTextAsync(told, TestContext.Current.CancellationToken));
        Assert.Equal("sync", (string?)(await client.ReadAsync("/api/v1/syncs/linkedin-to-attio"))["lastRun"]!["kind"]);
        string page = WebUtility.HtmlDecode(await client.GetStringAsync("/", TestContext.Current.CancellationToken));
        Assert.Contains("Drift", page, StringComparison.Ordinal);
        Assert.Contains("1 missing, 0 too many", page, StringComparison.Ordinal);
    }

    private bool IsDue(RunRow? last) => Drift.IsDue(last, Day, _clock.GetUtcNow());

    private static AuditCount Told(long missing) => Count(missing) with { IsTold = true };

    private static AuditCount Count(long missing) => new([new("crm/people", 100, missing, 0)]);

    private static RunRow Audit(RunState state, DateTimeOffset at) => new(1, "daily", RunRow.Audit, state, at, null, RunTally.Empty, null);
}
