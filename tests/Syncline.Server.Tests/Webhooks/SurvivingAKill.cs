using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http;
using System.Text.Json.Nodes;
using Syncline.Server.Tests.Served;
using Syncline.Storage;
using Syncline.Storage.Serving;

namespace Syncline.Server.Tests.Webhooks;

public sealed class SurvivingAKill
{
    private const int BeforeTheKill = 300;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_accepted_before_a_kill_is_there_after_it_and_is_worked_on()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1, options: new() { Port = 0, RunsSchedules = false, PublicUrl = Hook.World });
        Townspeople people = await Townspeople.SettleAsync(served, 10);
        foreach (string person in people.All) people.Edit(person, "Fitter");
        await served.CloseServerAsync();
        ConcurrentBag<string> accepted = [];
        using (Served first = await Served.StartAsync(served.Folder)) await SendUntilKilledAsync(first, people, accepted);
        Assert.InRange(accepted.Count, BeforeTheKill, int.MaxValue);

        using Served second = await Served.StartAsync(served.Folder);
        using SqliteDatabase database = SqliteDatabase.OpenReadOnly(Path.Combine(served.Folder, ".syncline", "hub.db"), TimeProvider.System);
        SqliteStore store = new(database);
        await Townspeople.UntilThroughAsync(store);
        IReadOnlyList<InboxRow> rows = await store.Inbox.ListAsync(null, null, null, 10_000, Token);
        Assert.Empty(accepted.Except(rows.Select(r => r.DeliveryId)));
        Assert.Equal(rows.Count, rows.Select(r => r.DeliveryId).Distinct().Count());
        Assert.All(rows, r => Assert.Equal(InboxState.Done, r.State));
        Assert.All(people.All, p => Assert.Equal("Fitter", people.TitleOf(p)));
    }

    private static async Task SendUntilKilledAsync(Served server, Townspeople people, ConcurrentBag<string> accepted)
    {
        using HttpClient client = new() { BaseAddress = server.Address };
        int sent = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SendAsync()));

        async Task SendAsync()
        {
            while (true)
            {
                int number = Interlocked.Increment(ref sent);
                try
                {
                    using HttpResponseMessage answer = await people.About(people.All[number % people.All.Count], $"delivery-{number}").SendAsync(client);
                    if (answer.StatusCode == HttpStatusCode.OK) accepted.Add($"delivery-{number}");
                }
                catch (HttpRequestException)
                {
                    // Killed: whether this one was kept nobody told its sender, who would send it again.
                    return;
                }
                if (accepted.Count >= BeforeTheKill) server.Kill();
            }
        }
    }

    /// <summary><c>syncline serve</c> as a process of its own.</summary>
    private sealed class Served(Process process, Uri address) : IDisposable
    {
        public Uri Address => address;

        public static async Task<Served> StartAsync(string folder)
        {
            ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Path.Combine(AppContext.BaseDirectory, "syncline.dll"), "serve", "--port", "0", "--no-schedules", "--json", "--public-url", Hook.World.ToString()])
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
            };
            Process process = Process.Start(start) ?? throw new InvalidOperationException("The command could not be started.");
            string told = await process.StandardOutput.ReadLineAsync(Token) ?? throw new InvalidOperationException("The server said nothing.");
            return new(process, new((string)JsonNode.Parse(told)!["address"]!));
        }

        public void Kill()
        {
            if (!process.HasExited) process.Kill();
        }

        public void Dispose()
        {
            Kill();
            process.WaitForExit();
            process.Dispose();
        }
    }
}
