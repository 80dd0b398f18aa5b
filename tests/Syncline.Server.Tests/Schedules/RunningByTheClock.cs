using System.Net.Http;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Syncline.Composition.Configuration;
using Syncline.Server.Runs;
using Syncline.Server.Schedules;
using Syncline.Server.Tests.Served;

namespace Syncline.Server.Tests.Schedules;

public sealed class RunningByTheClock
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_sync_with_an_interval_runs_by_itself_and_again()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1, "  by-itself: { from: [heyreach], to: [attio], every: 1s }\n", new() { Port = 0 });
        LiveRuns live = served.Server.Services.GetRequiredService<LiveRuns>();
        await Until(live, () => live.All.Count(r => r.IsOver && r.Title == "by-itself") >= 2);
        Assert.All(live.All.Where(r => r.Title == "by-itself"), r => Assert.Equal(SyncJob.By, r.By));
    }

    [Fact]
    public async Task A_paused_schedule_stays_paused_over_a_restart_and_is_resumed()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1, "  nightly: { from: [heyreach], to: [attio], cron: \"0 3 * * *\", time_zone: Europe/Paris }\n", new() { Port = 0 });
        HttpClient client = await served.ClientAsync("operator");
        ScheduleKeeper keeper = served.Server.Services.GetRequiredService<ScheduleKeeper>();
        await keeper.AlignAsync(TestContext.Current.CancellationToken);
        JsonNode before = (await client.GetFromJsonAsync<JsonNode>("/api/v1/syncs/nightly", TestContext.Current.CancellationToken))!;
        DateTimeOffset next = TimeZoneInfo.ConvertTime((DateTimeOffset)before["nextAt"]!, TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"));
        Assert.Equal(3, next.Hour);
        JsonNode paused = await (await client.PostAsync("/api/v1/syncs/nightly/pause", null, TestContext.Current.CancellationToken)).JsonAsync();
        Assert.Null(paused["nextAt"]);
        Assert.StartsWith("token", (string?)paused["pausedBy"], StringComparison.Ordinal);
        JsonNode resumed = await (await client.PostAsync("/api/v1/syncs/nightly/resume", null, TestContext.Current.CancellationToken)).JsonAsync();
        Assert.NotNull(resumed["nextAt"]);
    }

    [Fact]
    public void What_was_due_while_the_server_was_off_is_made_up_for_once()
    {
        Schedule hourly = new(TimeSpan.FromHours(1), null, TimeZoneInfo.Utc, TimeSpan.Zero), daily = new(null, "0 3 * * *", TimeZoneInfo.Utc, TimeSpan.Zero);
        Assert.Equal(Now, ScheduleKeeper.FirstOf(hourly, Now.AddHours(-7), Now));
        Assert.Equal(Now.AddMinutes(40), ScheduleKeeper.FirstOf(hourly, Now.AddMinutes(-20), Now));
        Assert.Equal(Now, ScheduleKeeper.FirstOf(daily, Now.AddDays(-3), Now));
        Assert.Equal(Now.Date.AddDays(1).AddHours(3), ScheduleKeeper.FirstOf(daily, Now.AddHours(-8), Now).UtcDateTime);
    }

    [Fact]
    public void A_crontab_line_keeps_to_the_clock_of_its_zone_when_the_clocks_change()
    {
        Schedule daily = new(null, "30 8 * * *", TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"), TimeSpan.Zero);
        DateTimeOffset winter = daily.NextAfter(new(2026, 3, 27, 12, 0, 0, TimeSpan.Zero))!.Value, summer = daily.NextAfter(new(2026, 3, 28, 12, 0, 0, TimeSpan.Zero))!.Value;
        Assert.Equal(new(7, 30), TimeOnly.FromTimeSpan(winter.UtcDateTime.TimeOfDay));
        Assert.Equal(new(6, 30), TimeOnly.FromTimeSpan(summer.UtcDateTime.TimeOfDay));
    }

    private static async Task Until(LiveRuns live, Func<bool> isSo)
    {
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        live.Changed += Look;
        Look(null);
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        live.Changed -= Look;

        void Look(LiveRun? changed)
        {
            if (isSo()) reached.TrySetResult();
        }
    }
}
