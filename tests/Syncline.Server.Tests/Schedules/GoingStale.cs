using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Syncline.Server.Schedules;
using Syncline.Server.Tests.Served;

namespace Syncline.Server.Tests.Schedules;

public sealed class GoingStale
{
    private static readonly DateTimeOffset Started = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Most = TimeSpan.FromHours(6);

    [Fact]
    public void A_sync_is_stale_when_its_last_good_end_is_too_long_ago()
    {
        Assert.False(StalenessWatch.IsStale(Started, Started, Most, Started.AddHours(6)));
        Assert.True(StalenessWatch.IsStale(Started, Started, Most, Started.AddHours(6).AddSeconds(1)));
    }

    [Fact]
    public void What_is_made_up_for_at_the_start_has_the_time_to_end() =>
        Assert.Equal([false, true], new[] { 5, 11 }.Select(minutes => StalenessWatch.IsStale(Started.AddDays(-3), Started, Most, Started.AddMinutes(minutes))));

    [Fact]
    public void What_never_ran_is_stale_after_that_time() =>
        Assert.Equal([false, true], new[] { 6, 7 }.Select(hours => StalenessWatch.IsStale(null, Started, Most, Started.AddHours(hours))));

    [Fact]
    public async Task What_is_added_to_a_server_that_runs_for_long_is_given_the_time_to_run()
    {
        LaterClock clock = new();
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1, options: new() { Port = 0 }, clock: clock);
        StalenessWatch watch = served.Server.Services.GetRequiredService<StalenessWatch>();
        string told = Path.Combine(served.Folder, "told.txt"), file = Path.Combine(served.Folder, "syncline.yaml");
        await watch.LookAsync(TestContext.Current.CancellationToken);
        clock.By += Most * 2;
        await File.AppendAllTextAsync(file, $"  added: {{ from: [heyreach], to: [attio], cron: \"0 0 29 2 *\" }}\nalert: {{ stale_after: 6h, command: 'echo \"$SYNCLINE_SYNC\" >> {told}' }}\n", TestContext.Current.CancellationToken);
        await watch.LookAsync(TestContext.Current.CancellationToken);
        Assert.False(File.Exists(told));
        clock.By += Most * 2;
        await watch.LookAsync(TestContext.Current.CancellationToken);
        Assert.Equal("added\n", await File.ReadAllTextAsync(told, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Only_a_run_that_left_nothing_out_makes_a_sync_fresh()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 3);
        HttpClient client = await served.ClientAsync("operator");
        await RunAsync(new { limit = 1 });
        Assert.Null(await FreshAsync());
        await RunAsync(new { });
        JsonNode fresh = (await FreshAsync())!;
        foreach (JsonNode? run in (await client.SendAsync(HttpMethod.Post, "/api/v1/sync/attio", new { }, HttpStatusCode.Accepted))["runs"]!.AsArray()) await client.FollowAsync(run!);
        await RunAsync(new { limit = 1, full = true });
        Assert.Equal(fresh.ToJsonString(), (await FreshAsync())?.ToJsonString());
        // A limit that is not reached leaves nothing out.
        await RunAsync(new { limit = 1000, full = true });
        Assert.NotEqual(fresh.ToJsonString(), (await FreshAsync())?.ToJsonString());

        async Task RunAsync(object options) => await client.FollowAsync(await client.SendAsync(HttpMethod.Post, "/api/v1/syncs/linkedin-to-attio/runs", options, HttpStatusCode.Accepted));

        async Task<JsonNode?> FreshAsync() => (await client.ReadAsync("/api/v1/syncs/linkedin-to-attio"))["freshAt"];
    }

    [Fact]
    public async Task A_letter_is_sent_and_no_second_one()
    {
        using TcpListener post = new(IPAddress.Loopback, 0);
        post.Start();
        int port = ((IPEndPoint)post.LocalEndpoint).Port;
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1, $$"""
              sleepy: { from: [heyreach], to: [attio], cron: "0 0 29 2 *" }
            alert:
              stale_after: 1s
              mail: { to: ops@example.com, from: syncline@example.com, host: 127.0.0.1, port: {{port}} }

            """, new() { Port = 0 });
        StalenessWatch watch = served.Server.Services.GetRequiredService<StalenessWatch>();
        Task<string> letter = ReceiveAsync(post);
        while (!letter.IsCompleted) await watch.LookAsync(TestContext.Current.CancellationToken);
        Assert.Contains("Subject: Syncline: sleepy: stale", await letter, StringComparison.Ordinal);
        await watch.LookAsync(TestContext.Current.CancellationToken);
        Assert.False(post.Pending());
    }

    /// <summary>The machine's clock, put forward.</summary>
    private sealed class LaterClock : TimeProvider
    {
        public TimeSpan By { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + By;
    }

    /// <summary>As much of a mail server as one letter needs.</summary>
    private static async Task<string> ReceiveAsync(TcpListener post)
    {
        using TcpClient client = await post.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        using StreamReader reader = new(client.GetStream(), Encoding.ASCII);
        await using StreamWriter writer = new(client.GetStream(), Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 here");
        StringBuilder letter = new();
        bool isData = false;
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (isData) letter.AppendLine(line);
            if (isData && line != ".") continue;
            bool begins = line == "DATA", ends = isData && line == ".";
            await writer.WriteLineAsync(begins ? "354 go on" : line == "QUIT" ? "221 bye" : "250 well");
            isData = begins;
            if (ends) return letter.ToString();
        }
        return letter.ToString();
    }
}
