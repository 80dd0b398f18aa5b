using System.Diagnostics;
using System.Globalization;
using System.Net.Http;
using System.Text;
using System.Text.Json.Nodes;
using Syncline.Bench.Children;
using Syncline.Sandbox;
using Syncline.Sandbox.Attio;
using Syncline.Sandbox.Hosting;
using Syncline.Sandbox.Quo;

namespace Syncline.Bench.Flows;

/// <summary>One delivery: when the server had it, and when its write came in at the other side. Null until it did.</summary>
internal sealed record Passage(string Title, double AnswerMilliseconds, DateTimeOffset AcceptedAt, DateTimeOffset? WrittenAt)
{
    public double Milliseconds => Math.Max(0, (WrittenAt!.Value - AcceptedAt).TotalMilliseconds);
}

/// <summary><c>syncline serve</c> as a process of its own between Attio, whose people are edited and told of by webhooks, and Quo.</summary>
internal sealed class WebhookFlow : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("syncline-bench-").FullName;
    private readonly AttioSimulator _attio;
    private readonly SandboxGate _gate;
    private readonly SandboxServer _sandbox;
    private readonly string[] _people;
    private readonly HttpClient _client = new();
    private Process? _server;
    private string? _signIn;
    private int _edits;

    private WebhookFlow(AttioSimulator attio, SandboxGate gate, SandboxServer sandbox, string[] people) => (_attio, _gate, _sandbox, _people) = (attio, gate, sandbox, people);

    /// <summary>Returns when all people are contacts and the server takes deliveries.</summary>
    /// <param name="every">How often the sync runs by its schedule besides, as in the configuration; null for never.</param>
    public static async Task<WebhookFlow> StartAsync(int people, string? every = null)
    {
        AttioSimulator attio = AttioWorkspaces.LinkedInReady(new(new AttioSandboxOptions { LimitsOn = false, Tokens = new Dictionary<string, string> { [Keys.Attio] = Keys.AttioScopes } }, TimeProvider.System));
        QuoSimulator quo = new(new() { LimitsOn = false, ApiKeys = [Keys.Quo] }, TimeProvider.System);
        SandboxGate gate = new([attio, quo], TimeProvider.System);
        string[] ids = [.. Enumerable.Range(0, people).Select(i => attio.CreateByPerson("people", Person(i)))];
        WebhookFlow flow = new(attio, gate, await SandboxServer.StartAsync(gate, new SandboxServerOptions(), CancellationToken.None), ids);
        string secret = attio.Webhooks.Subscribe(new("https://bench.example.com/webhooks/attio"), "record.updated");
        await File.WriteAllTextAsync(Path.Combine(flow._folder, "syncline.yaml"), flow.Configuration(secret, every));
        await ChildProcess.RunAsync(ChildProcess.Command, "run", "attio-to-quo", "--config", Path.Combine(flow._folder, "syncline.yaml"));
        await flow.ServeAsync(runsSchedules: every is not null);
        gate.Ledger.Clear();
        return flow;
    }

    /// <summary>Edits one person after another and delivers each edit; returns when all of them are written.</summary>
    /// <param name="pause">From one edit's beginning to the next one's; zero sends as fast as the answers of so many senders come.</param>
    public async Task<IReadOnlyList<Passage>> SendAsync(int count, TimeSpan pause, int senders)
    {
        (AttioHook Hook, string Title)[] burst = pause > TimeSpan.Zero ? [] : [.. Enumerable.Range(0, count).Select(_ => Edit())];
        Task<Passage>[] sent = new Task<Passage>[count];
        using SemaphoreSlim turn = new(senders);
        Stopwatch watch = Stopwatch.StartNew();
        for (int i = 0; i < count; i++)
        {
            if (i * pause - watch.Elapsed is { Ticks: > 0 } early) await Task.Delay(early);
            (AttioHook hook, string title) = pause > TimeSpan.Zero ? Edit() : burst[i];
            sent[i] = DeliverAsync(hook, title, turn);
        }
        return await ArrivedAsync(await Task.WhenAll(sent));
    }

    /// <summary>What the server's process holds now, megabytes: also what its collector has not taken back yet.</summary>
    public double Megabytes()
    {
        _server!.Refresh();
        return _server.WorkingSet64 / 1048576.0;
    }

    /// <summary>What it holds after a full collection, megabytes.</summary>
    public async Task<double> HeldMegabytesAsync()
    {
        await HeapCollection.RunAsync(_server!.Id);
        return Megabytes();
    }

    /// <summary>Signs in, once, with the link that the server printed.</summary>
    public async Task SignInAsync() => await LookAsync(_signIn!);

    /// <summary>Fetches a page or an answer of the API as somebody who is signed in.</summary>
    public async Task LookAsync(string path)
    {
        using HttpResponseMessage answer = await _client.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute));
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
    }

    /// <summary>Forgets what the sandbox saw so far.</summary>
    public void ForgetRequests() => _gate.Ledger.Clear();

    public async ValueTask DisposeAsync()
    {
        if (_server is { HasExited: false }) _server.Kill();
        if (_server is not null) await _server.WaitForExitAsync();
        _server?.Dispose();
        _client.Dispose();
        await _sandbox.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private (AttioHook Hook, string Title) Edit() => _gate.Locked(() =>
    {
        string title = string.Create(CultureInfo.InvariantCulture, $"Title {++_edits:000000}");
        _attio.EditByPerson("people", _people[_edits % _people.Length], "job_title", title);
        AttioHook hook = _attio.Webhooks.TakeDue().Single();
        _attio.Webhooks.Answer(hook, 200);
        return (hook, title);
    });

    private async Task<Passage> DeliverAsync(AttioHook hook, string title, SemaphoreSlim turn)
    {
        await turn.WaitAsync();
        try
        {
            using HttpRequestMessage request = new(HttpMethod.Post, "webhooks/attio") { Content = new StringContent(hook.Body, Encoding.UTF8) };
            foreach ((string name, string value) in hook.Headers) request.Headers.TryAddWithoutValidation(name, value);
            Stopwatch watch = Stopwatch.StartNew();
            using HttpResponseMessage answer = await _client.SendAsync(request);
            answer.EnsureSuccessStatusCode();
            return new(title, watch.Elapsed.TotalMilliseconds, DateTimeOffset.UtcNow, null);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<IReadOnlyList<Passage>> ArrivedAsync(Passage[] sent)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (true)
        {
            Dictionary<string, DateTimeOffset> written = [];
            foreach (LedgerEntry write in _gate.Ledger.Entries.Where(e => e is { Provider: "quo", Request.Method: not "GET" }))
            {
                if (TitleIn(write.Request.Body) is { } title) written.TryAdd(title, write.At);
            }
            if (sent.All(s => written.ContainsKey(s.Title))) return [.. sent.Select(s => s with { WrittenAt = written[s.Title] })];
            if (watch.Elapsed > Patience) throw new InvalidOperationException($"{sent.Count(s => !written.ContainsKey(s.Title))} of {sent.Length} edits were not written.");
            await Task.Delay(200);
        }
    }

    private static string? TitleIn(string body) => body.IndexOf("Title ", StringComparison.Ordinal) is >= 0 and var at ? body.Substring(at, "Title 000000".Length) : null;

    private async Task ServeAsync(bool runsSchedules)
    {
        ProcessStartInfo start = new("dotnet", [ChildProcess.Command, "serve", "--port", "0", .. runsSchedules ? (string[])[] : ["--no-schedules"], "--json"]) { WorkingDirectory = _folder, RedirectStandardOutput = true };
        _server = Process.Start(start) ?? throw new InvalidOperationException("The server did not start.");
        string told = await _server.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server said nothing.");
        JsonNode said = JsonNode.Parse(told)!;
        (_client.BaseAddress, _signIn) = (new((string)said["address"]!), (string)said["signIn"]!);
    }

    private string Configuration(string secret, string? every) => $$"""
        connections:
          attio: { provider: attio, api_key: "{{Keys.Attio}}", base_url: "{{_sandbox.Address}}attio", webhook_secret: "{{secret}}", limits: off }
          quo: { provider: quo, api_key: "{{Keys.Quo}}", base_url: "{{_sandbox.Address}}quo", limits: off }
        syncs:
          attio-to-quo: { from: [attio], to: [quo]{{(every is null ? "" : $", every: {every}")}} }
        """;

    private static JsonObject Person(int number) => new()
    {
        ["name"] = new JsonObject { ["first_name"] = $"Ada {number}", ["last_name"] = "Example", ["full_name"] = $"Ada {number} Example" },
        ["phone_numbers"] = new JsonArray(string.Create(CultureInfo.InvariantCulture, $"+1212{2000000 + number:0000000}")),
        ["job_title"] = "Engineer",
    };
}
