using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Syncline.EndToEnd.Processes;

namespace Syncline.EndToEnd.Killing;

/// <summary>The same with Attio's people as Quo's contacts: a provider without an idempotency key, whose listings lag, and which allows the same contact twice.</summary>
public sealed class KillingARunIntoQuo : IDisposable
{
    private const int People = 200, Kills = 12;

    /// <summary>Five times what Quo allows, and the pace set below it: at the true pace the contacts alone would take half of a minute.</summary>
    private const int CallsPerSecond = 50, Pace = 40;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("syncline-kill-quo-");
    private readonly ITestOutputHelper _output;

    public KillingARunIntoQuo(ITestOutputHelper output) => _output = output;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Everybody_is_one_contact_however_often_it_is_killed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "SIGKILL is a signal of Linux and macOS.");
        int seed = int.TryParse(Environment.GetEnvironmentVariable("SYNCLINE_SEED"), CultureInfo.InvariantCulture, out int given) ? given : Random.Shared.Next();
        _output.WriteLine($"SYNCLINE_SEED={seed}");
        using SandboxProcess sandbox = await StartSandboxAsync();

        Executioner executioner = new(sandbox, _folder.FullName, "quo", seed);
        (int code, string output, string error) = await executioner.RunAsync(Kills, Token);
        Assert.True(code == 0, $"Exit code {code}.\n{output}\n{error}");
        Assert.True(executioner.Kills >= 10, $"Only {executioner.Kills} kills before the sync was done.");

        IReadOnlyList<Seen> ledger = await sandbox.LedgerAsync(Token);
        Aftermath aftermath = new(sandbox, executioner, _folder.FullName, "quo");
        aftermath.Tell(_output, ledger);
        await EverybodyOnceAsync(sandbox);
        Assert.InRange(Pressure.BusiestSecond([.. ledger.Where(s => s.Provider == "quo")]), 1, CallsPerSecond);
        Assert.DoesNotContain(ledger, s => s.Status == 429 || s is { Provider: "quo", Method: "DELETE" });
        await aftermath.NoCallIsLeftOpenAsync(Token);
        await aftermath.AnotherRunWritesNothingAsync(Token);
    }

    private async Task<SandboxProcess> StartSandboxAsync()
    {
        SandboxProcess sandbox = await SandboxProcess.StartAsync(_folder.FullName, ["--people", "1"], Token);
        await sandbox.TurnAsync("attio/knobs/limits", "false", Token);
        await sandbox.TurnAsync("quo/knobs/limits", "false", Token);
        for (int i = 0; i < People; i++) await sandbox.AddRecordAsync("people", Person(i), Token);
        // Listings miss what was just made for as long as they have been seen to: looking before making is then not enough.
        await sandbox.TurnAsync("quo/knobs/read-lag", "00:00:01.900", Token);
        await sandbox.TurnAsync("latency", "00:00:00.040", Token);
        string configuration = sandbox.Configuration("attio-to-quo: { from: [attio], to: [quo] }", ("attio", "off"), ("quo", $"{{ calls: {Pace}/s }}"));
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "syncline.yaml"), configuration, Token);
        return sandbox;
    }

    /// <summary>Every tenth shares the number of the one before.</summary>
    private static JsonObject Person(int number) => new()
    {
        ["name"] = new JsonArray(new JsonObject { ["first_name"] = $"Ada{number}", ["last_name"] = "Example", ["full_name"] = $"Ada{number} Example" }),
        ["phone_numbers"] = new JsonArray(string.Create(CultureInfo.InvariantCulture, $"+1212555{(number % 10 == 9 ? number - 1 : number):0000}")),
    };

    private static async Task EverybodyOnceAsync(SandboxProcess sandbox)
    {
        IReadOnlyList<JsonElement> people = await sandbox.RecordsAsync("people", Token);
        IReadOnlyList<IReadOnlyDictionary<string, string>> contacts = await sandbox.HoldsAsync("quo", "contacts", Token);
        Assert.Equal(People, people.Count);
        Assert.Equal(people.Select(Described).Order(StringComparer.Ordinal), contacts.Select(c => $"{c["externalId"]} {c["name"]} {c["phones"]}").Order(StringComparer.Ordinal));
    }

    private static string Described(JsonElement person)
    {
        JsonElement values = person.GetProperty("values");
        return $"{person.GetProperty("id").GetProperty("record_id")} {values.GetProperty("name")[0].GetProperty("full_name")} {values.GetProperty("phone_numbers")[0].GetProperty("phone_number")}";
    }
}
