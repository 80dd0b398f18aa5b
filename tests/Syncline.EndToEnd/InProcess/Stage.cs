using System.Text.Json.Nodes;
using Syncline.Cli.Commands;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;
using Syncline.Sandbox;
using Syncline.Sandbox.Attio;
using Syncline.Sandbox.HeyReach;
using Syncline.Sandbox.Hosting;

namespace Syncline.EndToEnd.InProcess;

/// <summary>What a command came to.</summary>
internal sealed record Ended(int Code, string Out, string Error)
{
    public JsonNode Json => JsonNode.Parse(Out)!;

    public long Count(string name) => (long)Json[name]!;
}

/// <summary>A folder, a sandbox served over HTTP without limits, and the command line run in this process.</summary>
internal sealed class Stage : IAsyncDisposable
{
    public const string HeyReachKey = "heyreach-sandbox-key";
    public const string Sync = "linkedin-to-attio";

    private const string Scopes = "record_permission:read-write object_configuration:read-write list_configuration:read-write list_entry:read-write note:read-write user_management:read";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("syncline-stage-");
    private readonly SandboxGate _gate;
    private readonly SandboxServer _server;

    private Stage(AttioSimulator attio, HeyReachSimulator heyreach, SandboxGate gate, SandboxServer server) => (Attio, HeyReach, _gate, _server) = (attio, heyreach, gate, server);

    public static string AttioKey { get; } = "attio-sandbox-key".PadRight(64, '0');

    public AttioSimulator Attio { get; }

    public HeyReachSimulator HeyReach { get; }

    /// <summary>The process's environment, as the command sees it.</summary>
    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    public string AttioBase => _server.Address + "attio";

    public string HeyReachBase => _server.Address + "heyreach/api/public";

    /// <summary>Everything sent to Attio that changes something, oldest first.</summary>
    public IReadOnlyList<SandboxRequest> Writes =>
        [.. _gate.Ledger.Entries.Where(e => e.Provider == "attio" && e.Request.Method != "GET" && !e.Request.Path.EndsWith("/query", StringComparison.Ordinal)).Select(e => e.Request)];

    public string Configuration => $$"""
        connections:
          heyreach: { provider: heyreach, api_key: "{{HeyReachKey}}", base_url: "{{HeyReachBase}}", limits: off }
          attio:    { provider: attio,    api_key: "{{AttioKey}}", base_url: "{{AttioBase}}", limits: off }
        syncs:
          {{Sync}}: { from: [heyreach], to: [attio] }
          everything: { from: [hub], to: [attio] }
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="furnish">Lets the doctor set the Attio workspace up first.</param>
    public static async Task<Stage> SetAsync(HeyReachWorld? world = null, bool furnish = true)
    {
        HeyReachSimulator heyreach = new(new() { ApiKeys = [HeyReachKey], Limits = HeyReachLimits.Off }, TimeProvider.System);
        if (world is not null) heyreach.Populate(world);
        AttioSimulator attio = new(new() { LimitsOn = false, Tokens = new Dictionary<string, string> { [AttioKey] = Scopes } }, TimeProvider.System);
        SandboxGate gate = new([heyreach, attio], TimeProvider.System);
        Stage stage = new(attio, heyreach, gate, await SandboxServer.StartAsync(gate, new(), Token));
        stage.Write("syncline.yaml", stage.Configuration);
        if (furnish) await stage.FurnishAsync();
        return stage;
    }

    public async Task FurnishAsync()
    {
        Ended ended = await RunAsync("doctor", "--fix", "--yes");
        Assert.True(ended.Code == 0, ended.Out + ended.Error);
        _gate.Ledger.Clear();
    }

    public string PathOf(string file) => Path.Combine(_folder.FullName, file);

    public void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        File.WriteAllText(PathOf(file), text);
    }

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
        int code = await CommandTree.InvokeAsync(surroundings, arguments, Token);
        return new(code, output.ToString(), error.ToString());
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
