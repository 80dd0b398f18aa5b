using System.Net.Http;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Syncline.Cli.Commands;
using Syncline.Composition.Secrets;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;
using Syncline.Connectors;
using Syncline.Sandbox;
using Syncline.Sandbox.Attio;
using Syncline.Sandbox.HeyReach;
using Syncline.Sandbox.Hosting;
using Syncline.Sandbox.HubSpot;
using Syncline.Sandbox.Lemlist;
using Syncline.Sandbox.Quo;
using Syncline.Server.Hosting;
using Syncline.Server.Security;
using Syncline.Storage;

namespace Syncline.Server.Tests.Served;

/// <summary>A server over a folder of its own, with simulated providers behind it; both listen on this machine.</summary>
public sealed class ServedFolder : IAsyncDisposable
{
    private const string HeyReachKey = "heyreach-test-key", QuoKey = "quo-test-key", HubSpotToken = "pat-na1-test-token", LemlistKey = "lemlist-test-key";
    private const string Scopes = "record_permission:read-write object_configuration:read-write list_configuration:read-write list_entry:read-write note:read-write user_management:read webhook:read-write";

    /// <summary>What each provider's deliveries prove themselves with, as it is configured.</summary>
    public static IReadOnlyDictionary<string, string> WebhookSecrets { get; } = new Dictionary<string, string>
    {
        ["attio"] = "attio-hook-secret", ["quo"] = "whsec_cXVvLWhvb2stc2VjcmV0", ["hubspot"] = "hubspot-client-secret", ["lemlist"] = "lemlist-hook-secret", ["heyreach"] = "heyreach-hook-secret",
    };

    private static readonly string AttioKey = "attio-test-key".PadRight(64, '0');

    // Made once: a key of that length costs more than all the rest of a start.
    private static readonly Lazy<byte[]> Certificate = new(() =>
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("syncline-key-");
        KeyCertificate.OpenOrCreate(folder.FullName, TimeProvider.System).Dispose();
        byte[] bytes = File.ReadAllBytes(Path.Combine(folder.FullName, KeyCertificate.FileName));
        folder.Delete(recursive: true);
        return bytes;
    });

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("syncline-served-");
    private readonly List<HttpClient> _clients = [];
    private readonly List<IAsyncDisposable> _guests = [];
    private SandboxServer _sandbox = null!;
    private bool _isClosed;

    private ServedFolder()
    {
        HeyReach = new(new() { ApiKeys = [HeyReachKey], Limits = HeyReachLimits.Off }, TimeProvider.System);
        Attio = new(new() { LimitsOn = false, Tokens = new Dictionary<string, string> { [AttioKey] = Scopes } }, TimeProvider.System);
        Quo = new(new() { LimitsOn = false, ApiKeys = [QuoKey] }, TimeProvider.System);
        HubSpot = new(new() { LimitsOn = false, Tokens = new Dictionary<string, string> { [HubSpotToken] = "*" } }, TimeProvider.System);
        Lemlist = new(new() { LimitsOn = false, ApiKeys = [LemlistKey] }, TimeProvider.System);
    }

    public HeyReachSimulator HeyReach { get; }

    public AttioSimulator Attio { get; }

    public QuoSimulator Quo { get; }

    public HubSpotSimulator HubSpot { get; }

    public LemlistSimulator Lemlist { get; }

    internal SynclineServer Server { get; private set; } = null!;

    /// <summary>The way into the simulators: they are changed only inside its lock.</summary>
    public SandboxGate Gate { get; private set; } = null!;

    public Uri Address => Server.Address;

    public string AttioUrl => $"{_sandbox.Address}attio";

    public string AttioToken => AttioKey;

    public string Folder => _folder.FullName;

    public SqliteStore Store => Server.Services.GetRequiredService<SqliteStore>();

    /// <param name="people">How many people the LinkedIn inbox holds.</param>
    /// <param name="configFile">As <c>--config</c> names it; null is the usual one, unnamed.</param>
    /// <param name="configuration">Added to the connections and syncs that are there anyway.</param>
    internal static async Task<ServedFolder> StartAsync(int people = 5, string configuration = "", ServeOptions? options = null, Dictionary<string, string>? environment = null, string? configFile = null, TimeProvider? clock = null)
    {
        ServedFolder served = new();
        served.HeyReach.Populate(HeyReachWorld.Plain(people, 2));
        served.Gate = new([served.HeyReach, served.Attio, served.Quo, served.HubSpot, served.Lemlist], TimeProvider.System);
        served._sandbox = await SandboxServer.StartAsync(served.Gate, new(), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(Directory.CreateDirectory(Path.Combine(served.Folder, ".syncline")).FullName, KeyCertificate.FileName), Certificate.Value);
        await File.WriteAllTextAsync(Path.Combine(served.Folder, configFile ?? "syncline.yaml"), served.Configuration() + configuration);
        served.Server = await SynclineServer.StartAsync(served.Surroundings(environment ?? [], clock), configFile, null, options ?? new() { Port = 0, RunsSchedules = false }, TestContext.Current.CancellationToken);
        await served.FurnishAsync();
        return served;
    }

    /// <summary>Gives a connection limits of its own; for what is opened from now on.</summary>
    public async Task LimitAsync(string connection, string limits)
    {
        string file = Path.Combine(Folder, "syncline.yaml");
        string[] lines = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
        await File.WriteAllLinesAsync(file, lines.Select(l => l.StartsWith($"  {connection}:", StringComparison.Ordinal) ? l.Replace("limits: off", $"limits: {limits}", StringComparison.Ordinal) : l), TestContext.Current.CancellationToken);
    }

    /// <summary>A client that is signed in by a token of that role; null is nobody.</summary>
    public async Task<HttpClient> ClientAsync(string? role)
    {
        HttpClient client = new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
        _clients.Add(client);
        if (role is null) return client;
        string token = TokenSecret.Create();
        await Store.ApiTokens.AddAsync($"test {Guid.NewGuid():N}", TokenSecret.HashOf(token), [role], "test", null, TestContext.Current.CancellationToken);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>A command in the same folder, in this process, beside the server.</summary>
    internal async Task<(int Code, string Said)> CommandAsync(params string[] arguments)
    {
        await using StringWriter said = new();
        Surroundings surroundings = Surroundings([]);
        int code = await CommandTree.InvokeAsync(new(Catalogue.Providers) { WorkingFolder = Folder, Variable = surroundings.Variable, Terminal = new Terminal(TextReader.Null, said, said) }, arguments, TestContext.Current.CancellationToken);
        return (code, said.ToString());
    }

    /// <summary>What ends before the server does.</summary>
    public void OnClosing(IAsyncDisposable guest) => _guests.Add(guest);

    /// <summary>Starts the server anew over the same folder, at another address.</summary>
    public async Task ReopenServerAsync()
    {
        await CloseServerAsync();
        Server = await SynclineServer.StartAsync(Surroundings([]), null, null, new() { Port = 0, RunsSchedules = false }, TestContext.Current.CancellationToken);
        _isClosed = false;
    }

    /// <summary>Stops the server alone; providers and folder stay.</summary>
    public async Task CloseServerAsync()
    {
        if (!_isClosed) await Server.DisposeAsync();
        _isClosed = true;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable guest in _guests) await guest.DisposeAsync();
        foreach (HttpClient client in _clients) client.Dispose();
        await CloseServerAsync();
        await _sandbox.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private Surroundings Surroundings(Dictionary<string, string> environment, TimeProvider? clock = null) => new(Catalogue.Providers) { Clock = clock ?? TimeProvider.System, WorkingFolder = Folder, Variable = environment.GetValueOrDefault, Terminal = new Terminal(TextReader.Null, TextWriter.Null, TextWriter.Null) };

    private string Configuration() => $$"""
        connections:
          heyreach: { provider: heyreach, api_key: "{{HeyReachKey}}", base_url: "{{_sandbox.Address}}heyreach/api/public", webhook_secret: "{{WebhookSecrets["heyreach"]}}", limits: off }
          attio: { provider: attio, api_key: "{{AttioKey}}", base_url: "{{_sandbox.Address}}attio", webhook_secret: "{{WebhookSecrets["attio"]}}", limits: off }
          quo: { provider: quo, api_key: "{{QuoKey}}", base_url: "{{_sandbox.Address}}quo", webhook_secret: "{{WebhookSecrets["quo"]}}", limits: off }
          hubspot: { provider: hubspot, token: "{{HubSpotToken}}", base_url: "{{_sandbox.Address}}hubspot", client_secret: "{{WebhookSecrets["hubspot"]}}", limits: off }
          lemlist: { provider: lemlist, api_key: "{{LemlistKey}}", base_url: "{{_sandbox.Address}}lemlist/api", webhook_secret: "{{WebhookSecrets["lemlist"]}}", limits: off }
          leads: { provider: leads }
        syncs:
          linkedin-to-attio: { from: [heyreach], to: [attio] }
          leads-to-attio: { from: [leads], to: [attio] }
          attio-to-quo: { from: [attio], to: [quo] }
          hub-to-hubspot: { from: [hub], to: [hubspot] }

        """;

    /// <summary>Sets the Attio workspace up the way a user would: with the doctor.</summary>
    private async Task FurnishAsync()
    {
        Connection attio = Server.Services.GetRequiredService<Premises>().Open(Limits.Priority.Manual).Open("attio");
        foreach (Finding finding in await attio.Doctor.ExamineAsync(attio.Maps, TestContext.Current.CancellationToken))
        {
            if (finding.FixAsync is { } fix) await fix(TestContext.Current.CancellationToken);
        }
    }
}
