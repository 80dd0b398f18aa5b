using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Syncline.EndToEnd.Processes;

namespace Syncline.EndToEnd.Killing;

/// <summary>The same with Attio's people as HubSpot's contacts: written by the batch, some of which a kill cuts off; found again by an address, or by a profile that only a lagging search knows. HubSpot is read as well.</summary>
public sealed class KillingARunIntoHubSpot : IDisposable
{
    private const int People = 240, PageSize = 3, Kills = 6;

    /// <summary>HubSpot's published limits, and the pace set below the first: between the two is room for requests that a busy machine lets arrive late and close together.</summary>
    private const int CallsInTenSeconds = 190, Pace = 160;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("syncline-kill-hubspot-");
    private readonly ITestOutputHelper _output;

    public KillingARunIntoHubSpot(ITestOutputHelper output) => _output = output;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Everybody_is_one_contact_however_often_it_is_killed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "SIGKILL is a signal of Linux and macOS.");
        int seed = int.TryParse(Environment.GetEnvironmentVariable("SYNCLINE_SEED"), CultureInfo.InvariantCulture, out int given) ? given : Random.Shared.Next();
        _output.WriteLine($"SYNCLINE_SEED={seed}");
        using SandboxProcess sandbox = await StartSandboxAsync();

        Executioner executioner = new(sandbox, _folder.FullName, "hubspot", seed, (Calls: 8, Writes: 2));
        (int code, string output, string error) = await executioner.RunAsync(Kills, Token);
        Assert.True(code == 0, $"Exit code {code}.\n{output}\n{error}");
        Assert.True(executioner.Kills >= 1, $"Only {executioner.Kills} kills before the sync was done.");

        IReadOnlyList<Seen> ledger = await sandbox.LedgerAsync(Token);
        Aftermath aftermath = new(sandbox, executioner, _folder.FullName, "hubspot");
        aftermath.Tell(_output, ledger);
        await EverybodyOnceAsync(sandbox);
        Seen[] calls = [.. ledger.Where(s => s.Provider == "hubspot" && !s.Path.EndsWith("/search", StringComparison.Ordinal) && !s.Path.Contains("/associations/", StringComparison.Ordinal))];
        for (int i = CallsInTenSeconds; i < calls.Length; i++) Assert.True(calls[i].At - calls[i - CallsInTenSeconds].At >= TimeSpan.FromSeconds(10), $"{CallsInTenSeconds + 1} calls within ten seconds, at {calls[i].At:O}.");
        Assert.DoesNotContain(ledger, s => s.Status == 429 || s is { Provider: "hubspot", Method: "DELETE" } || s.Path.EndsWith("/contacts/batch/archive", StringComparison.Ordinal));
        await aftermath.NoCallIsLeftOpenAsync(Token);
        await aftermath.AnotherRunWritesNothingAsync(Token);
    }

    private async Task<SandboxProcess> StartSandboxAsync()
    {
        SandboxProcess sandbox = await SandboxProcess.StartAsync(_folder.FullName, ["--people", "1"], Token);
        await sandbox.TurnAsync("attio/knobs/limits", "false", Token);
        // What the limiter of the sandbox counts is judged here, by the ledger.
        await sandbox.TurnAsync("hubspot/knobs/limits", "false", Token);
        for (int i = 0; i < People; i++) await sandbox.AddRecordAsync("people", Person(i), Token);
        await sandbox.TurnAsync("latency", "00:00:00.150", Token);
        string configuration = $$"""
            connections:
              attio: { provider: attio, api_key: "{{sandbox.Told("attio", "apiKey")}}", base_url: "{{sandbox.Told("attio", "baseUrl")}}", limits: off, page_size: {{PageSize}} }
              hubspot: { provider: hubspot, token: "{{sandbox.Told("hubspot", "token")}}", base_url: "{{sandbox.Told("hubspot", "baseUrl")}}", limits: { calls: {{Pace}}/10s } }
            syncs:
              attio-and-hubspot: { from: [attio, hubspot], to: [hubspot] }
            """;
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "syncline.yaml"), configuration, Token);
        return sandbox;
    }

    /// <summary>Every tenth has a profile and no address.</summary>
    private static JsonObject Person(int number)
    {
        JsonObject values = new() { ["name"] = new JsonArray(new JsonObject { ["first_name"] = $"Ada{number}", ["last_name"] = "Example", ["full_name"] = $"Ada{number} Example" }) };
        if (number % 10 == 9) values["linkedin"] = $"https://www.linkedin.com/in/ada-example-{number}";
        else values["email_addresses"] = new JsonArray($"ada{number}@example.org");
        return values;
    }

    private static async Task EverybodyOnceAsync(SandboxProcess sandbox)
    {
        IReadOnlyList<JsonElement> people = await sandbox.RecordsAsync("people", Token);
        IReadOnlyList<IReadOnlyDictionary<string, string>> contacts = await sandbox.HoldsAsync("hubspot", "contacts", Token);
        Assert.Equal(People, people.Count);
        Assert.Equal(people.Select(Described).Order(StringComparer.Ordinal), contacts.Select(c => $"{c["firstname"]} {c["lastname"]}").Order(StringComparer.Ordinal));
    }

    private static string Described(JsonElement person) => person.GetProperty("values").GetProperty("name")[0].GetProperty("full_name").ToString();
}
