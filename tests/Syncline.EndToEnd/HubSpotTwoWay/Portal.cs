using Syncline.Cli.Commands;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;
using Syncline.EndToEnd.InProcess;
using Syncline.Sandbox;
using Syncline.Sandbox.Anthropic;
using Syncline.Sandbox.Explorium;
using Syncline.Sandbox.Hosting;
using Syncline.Sandbox.HubSpot;
using Syncline.Sandbox.Lemlist;

namespace Syncline.EndToEnd.HubSpotTwoWay;

/// <summary>A folder, HubSpot with Lemlist and both enrichers served over HTTP without limits, and the command line run in this process.</summary>
internal sealed class Portal : IAsyncDisposable
{
    private const string Key = "sandbox-key", Token = "pat-na1-sandbox-token";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("syncline-portal-");
    private readonly SandboxServer _server;
    private readonly SandboxGate _gate;

    private Portal(SandboxGate gate, SandboxServer server) => (_gate, _server) = (gate, server);

    public required HubSpotSimulator HubSpot { get; init; }

    public required LemlistSimulator Lemlist { get; init; }

    public required ExploriumSimulator Explorium { get; init; }

    public required AnthropicSimulator Anthropic { get; init; }

    /// <summary>Anthropic's time: its batches end by it.</summary>
    public required AheadClock AnthropicTime { get; init; }

    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    /// <summary>Everything sent to HubSpot that changes a record, oldest first.</summary>
    public IReadOnlyList<SandboxRequest> Writes =>
        [.. _gate.Ledger.Entries.Where(e => e.Provider == "hubspot" && e.Request.Method != "GET" && !e.Request.Path.EndsWith("/search", StringComparison.Ordinal) && !e.Request.Path.EndsWith("/read", StringComparison.Ordinal)).Select(e => e.Request)];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <param name="sync">The sync, called leads.</param>
    /// <param name="hubspot">More settings of the connection, each after a comma.</param>
    /// <param name="more">More of the configuration.</param>
    public static async Task<Portal> OpenAsync(string sync = "{ from: [lemlist, hubspot], to: [hubspot], enrich: [explorium, claude] }", string hubspot = "", string more = "")
    {
        HubSpotSimulator portal = new(new() { LimitsOn = false, Tokens = new Dictionary<string, string> { [Token] = "*" } }, TimeProvider.System);
        (portal.Behaviour.IndexLag, portal.Behaviour.IndexJitter, portal.Behaviour.PropertyDelay) = (TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);
        LemlistSimulator lemlist = new(new() { LimitsOn = false, ApiKeys = [Key] }, TimeProvider.System);
        ExploriumSimulator explorium = new(new() { LimitsOn = false, ApiKeys = [Key] }, TimeProvider.System);
        AheadClock anthropicTime = new();
        AnthropicSimulator anthropic = new(new() { LimitsOn = false, ApiKeys = [Key] }, anthropicTime);
        SandboxGate gate = new([portal, lemlist, explorium, anthropic], TimeProvider.System);
        Portal opened = new(gate, await SandboxServer.StartAsync(gate, new(), Cancelled)) { HubSpot = portal, Lemlist = lemlist, Explorium = explorium, Anthropic = anthropic, AnthropicTime = anthropicTime };
        opened.Configure(sync, hubspot, more);
        await opened.DoAsync("doctor", "--fix", "--yes");
        gate.Ledger.Clear();
        return opened;
    }

    /// <param name="people">Also read people.csv.</param>
    /// <param name="claude">More settings of the connection, each after a comma.</param>
    public void Configure(string sync, string hubspot = "", string more = "", bool people = false, string claude = "") => Write("syncline.yaml", $$"""
        connections:
          hubspot:   { provider: hubspot, token: "{{Token}}", base_url: "{{_server.Address}}hubspot", limits: off{{hubspot}} }
          lemlist:   { provider: lemlist, api_key: "{{Key}}", base_url: "{{_server.Address}}lemlist/api", limits: off, contacts_every: 0m }
          explorium: { provider: explorium, api_key: "{{Key}}", base_url: "{{_server.Address}}explorium", limits: off }
          claude:    { provider: claude, api_key: "{{Key}}", base_url: "{{_server.Address}}anthropic", limits: off{{claude}} }
          {{(people ? $"people:    {{ provider: csv, path: \"{PathOf("people.csv")}\", key: Email }}" : "")}}
        syncs:
          leads: {{sync}}
        {{more}}
        """);

    public string PathOf(string file) => Path.Combine(_folder.FullName, file);

    public void Write(string file, string text) => File.WriteAllText(PathOf(file), text);

    public HubSpotRecordView Contact(string email) => Assert.Single(HubSpot.ContactsByEmail(email));

    /// <summary>Runs a command line to its end.</summary>
    public async Task<Ended> RunAsync(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        Surroundings surroundings = new(Catalogue.Providers)
        {
            WorkingFolder = _folder.FullName,
            Variable = Environment.GetValueOrDefault,
            Terminal = new(TextReader.Null, output, error),
        };
        return new(await CommandTree.InvokeAsync(surroundings, arguments, Cancelled), output.ToString(), error.ToString());
    }

    /// <summary>Runs a command line that has to end with 0.</summary>
    public async Task<Ended> DoAsync(params string[] arguments)
    {
        Ended ended = await RunAsync(arguments);
        Assert.True(ended.Code == 0, $"{string.Join(' ', arguments)} ended with {ended.Code}.\n{ended.Out}\n{ended.Error}");
        return ended;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}

/// <summary>The system's time and as much more as it is told.</summary>
internal sealed class AheadClock : TimeProvider
{
    private long _ahead;

    public void Pass(TimeSpan time) => Interlocked.Add(ref _ahead, time.Ticks);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + new TimeSpan(Interlocked.Read(ref _ahead));
}
