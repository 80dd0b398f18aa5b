using System.Net.Http;
using System.Text.Json.Nodes;
using Syncline.Cli.Commands;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;
using Syncline.EndToEnd.InProcess;
using Syncline.Sandbox;
using Syncline.Sandbox.Attio;
using Syncline.Sandbox.Hosting;
using Syncline.Sandbox.Quo;

namespace Syncline.EndToEnd.AttioToQuo;

/// <summary>A folder, Attio and Quo served over HTTP without limits, and the command line run in this process.</summary>
internal sealed class Office : IAsyncDisposable
{
    public const string QuoKey = "quo-sandbox-key";
    public static readonly string AttioKey = "attio-sandbox-key".PadRight(64, '0');

    private const string Scopes = "record_permission:read-write object_configuration:read-write list_configuration:read-write list_entry:read-write note:read-write user_management:read";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("syncline-office-");
    private readonly SandboxGate _gate;
    private readonly SandboxServer _server;

    private Office(AttioSimulator attio, QuoSimulator quo, SandboxGate gate, SandboxServer server) => (Attio, Quo, _gate, _server) = (attio, quo, gate, server);

    public AttioSimulator Attio { get; }

    public QuoSimulator Quo { get; }

    public IReadOnlyList<LedgerEntry> Calls => _gate.Ledger.Entries;

    public IEnumerable<SandboxRequest> QuoWrites => QuoCalls.Where(r => r.Method != "GET");

    public IEnumerable<SandboxRequest> QuoCalls => _gate.Ledger.Entries.Where(e => e.Provider == "quo").Select(e => e.Request);

    public IEnumerable<SandboxRequest> AttioCalls => _gate.Ledger.Entries.Where(e => e.Provider == "attio").Select(e => e.Request);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="plainAttio">A workspace in which nobody has made anything; else one that is ready for all that Syncline writes.</param>
    /// <param name="attio">More settings of the connection, each after a comma.</param>
    /// <param name="more">More of the configuration.</param>
    public static async Task<Office> OpenAsync(string sync = "{ from: [attio], to: [quo] }", bool plainAttio = false, string attio = "", string quo = "", string more = "")
    {
        AttioSimulator workspace = new(new() { LimitsOn = false, Tokens = new Dictionary<string, string> { [AttioKey] = Scopes } }, TimeProvider.System);
        if (!plainAttio) AttioWorkspaces.LinkedInReady(workspace);
        QuoSimulator phones = new(new() { ApiKeys = [QuoKey], LimitsOn = false }, TimeProvider.System);
        SandboxGate gate = new([workspace, phones], TimeProvider.System);
        Office office = new(workspace, phones, gate, await SandboxServer.StartAsync(gate, new(), Token));
        await File.WriteAllTextAsync(Path.Combine(office._folder.FullName, "syncline.yaml"), $$"""
            connections:
              attio: { provider: attio, api_key: "{{AttioKey}}", base_url: "{{office._server.Address}}attio", limits: off{{attio}} }
              quo:   { provider: quo,   api_key: "{{QuoKey}}",   base_url: "{{office._server.Address}}quo",   limits: off{{quo}} }
            syncs:
              attio-to-quo: {{sync}}
            {{more}}
            """, Token);
        return office;
    }

    /// <returns>The record's id.</returns>
    public string AddPerson(string name, string? phone, string? title = null)
    {
        JsonObject values = new()
        {
            ["name"] = new JsonObject { ["first_name"] = name, ["last_name"] = "Example", ["full_name"] = $"{name} Example" },
            ["email_addresses"] = new JsonArray($"{name.ToLowerInvariant()}@example.com"),
        };
        if (phone is not null) values["phone_numbers"] = new JsonArray(phone);
        if (title is not null) values["job_title"] = title;
        return Attio.CreateByPerson("people", values);
    }

    public QuoContactView ContactOf(string person) => Quo.WithExternalId(person).Single();

    /// <summary>A call of the dated surface by another program.</summary>
    public async Task QuoAsync(string method, string path, string body)
    {
        using HttpClient http = new();
        using HttpRequestMessage request = new(new(method), $"{_server.Address}quo/{path}") { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Authorization", QuoKey);
        request.Headers.Add("Quo-Api-Version", "2026-03-30");
        using HttpResponseMessage answer = await http.SendAsync(request, Token);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Token));
    }

    public void ForgetCalls() => _gate.Ledger.Clear();

    /// <summary>The database is lost; the configuration stays.</summary>
    public void LoseDatabase() => Directory.Delete(Path.Combine(_folder.FullName, ".syncline"), recursive: true);

    public async Task<Ended> RunAsync(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        Surroundings surroundings = new(Catalogue.Providers) { WorkingFolder = _folder.FullName, Variable = _ => null, Terminal = new(TextReader.Null, output, error) };
        int code = await CommandTree.InvokeAsync(surroundings, arguments, Token);
        return new(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs the sync, which has to end well.</summary>
    public async Task<Ended> SyncAsync(params string[] more)
    {
        Ended ended = await RunAsync(["run", "attio-to-quo", "--json", .. more]);
        Assert.True(ended.Code == 0, ended.Out + ended.Error);
        return ended;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
