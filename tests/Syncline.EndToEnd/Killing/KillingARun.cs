using System.Globalization;
using System.Text.Json;
using Syncline.EndToEnd.Processes;

namespace Syncline.EndToEnd.Killing;

/// <summary>The command against a sandbox, each a process; the command is killed with SIGKILL over and over during one sync.</summary>
public sealed class KillingARun : IDisposable
{
    private const int People = 200, MessagesEach = 3, Kills = 52;

    /// <summary>Attio's published limit, and the pace set: between the two is room for requests that a busy machine lets arrive late and close together.</summary>
    private const int WritesPerSecond = 25, Pace = 20;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("syncline-kill-");
    private readonly ITestOutputHelper _output;

    public KillingARun(ITestOutputHelper output) => _output = output;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Nothing_is_missing_and_nothing_is_twice_however_often_it_is_killed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "SIGKILL is a signal of Linux and macOS.");
        int seed = int.TryParse(Environment.GetEnvironmentVariable("SYNCLINE_SEED"), CultureInfo.InvariantCulture, out int given) ? given : Random.Shared.Next();
        _output.WriteLine($"SYNCLINE_SEED={seed}");
        using SandboxProcess sandbox = await StartSandboxAsync();

        Executioner executioner = new(sandbox, _folder.FullName, "attio", seed);
        (int code, string output, string error) = await executioner.RunAsync(Kills, Token);
        Assert.True(code == 0, $"Exit code {code}.\n{output}\n{error}");
        Assert.True(executioner.Kills >= 50, $"Only {executioner.Kills} kills before the sync was done.");

        await sandbox.TurnAsync("attio/knobs/query-lag", "00:00:00", Token);
        IReadOnlyList<Seen> ledger = await sandbox.LedgerAsync(Token);
        await EverybodyOnceAsync(sandbox);
        await EveryMessageOnceAsync(sandbox);
        Seen[] writes = [.. ledger.Where(s => s.IsWriteTo("attio") && s.At >= executioner.Starts[0])];
        Aftermath aftermath = new(sandbox, executioner, _folder.FullName, "attio");
        aftermath.Tell(_output, ledger);
        Assert.InRange(Pressure.BusiestSecond(writes), 1, WritesPerSecond);
        Assert.DoesNotContain(ledger, s => s.Status == 429);
        Assert.Contains(writes, w => w is { Method: "POST", Path: "/v2/objects/people/records" });
        Assert.Contains(writes, w => w.Method == "PUT" && w.Query.Contains("matching_attribute=email_addresses", StringComparison.Ordinal));
        await aftermath.NoCallIsLeftOpenAsync(Token);
        await aftermath.AnotherRunWritesNothingAsync(Token);
    }

    /// <summary>The provider's limit is off, so that nothing but our own pace keeps to it; each answer comes late, so that kills find calls under way.</summary>
    private async Task<SandboxProcess> StartSandboxAsync()
    {
        string[] world = ["--people", Text(People), "--messages", Text(MessagesEach), "--emails", "50"];
        SandboxProcess sandbox = await SandboxProcess.StartAsync(_folder.FullName, world, Token);
        await sandbox.TurnAsync("attio/knobs/limits", "false", Token);
        await sandbox.TurnAsync("heyreach/knobs/limits", "Off", Token);
        // Only the older listing tells e-mail addresses, and with them half of the people are created by an upsert.
        await sandbox.TurnAsync("heyreach/knobs/v3-missing", "true", Token);
        // Queries miss what was just created for as long as the connector says they may: looking before creating is then not enough.
        await sandbox.TurnAsync("attio/knobs/query-lag", "00:00:01.900", Token);
        await sandbox.TurnAsync("latency", "00:00:00.040", Token);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "syncline.yaml"), sandbox.Configuration("linkedin-to-attio: { from: [heyreach], to: [attio] }", ("heyreach", "off"), ("attio", $"{{ writes: {Pace}/s }}")), Token);
        return sandbox;
    }

    private static async Task EverybodyOnceAsync(SandboxProcess sandbox)
    {
        string[] leads = [.. (await sandbox.HoldsAsync("heyreach", "leads", Token)).Select(l => l["linkedin_id"]).Order(StringComparer.Ordinal)];
        IReadOnlyList<JsonElement> people = await sandbox.RecordsAsync("people", Token);
        Assert.Equal(People, leads.Length);
        Assert.Equal(leads, people.Select(p => TextOf(p, "heyreach_lead_id")).Order(StringComparer.Ordinal));
        Assert.Equal(People, people.Select(p => TextOf(p, "syncline_id")).Distinct().Count());
        Assert.InRange(people.Count(p => ValuesOf(p, "email_addresses").Any()), 1, People - 1);
    }

    private static async Task EveryMessageOnceAsync(SandboxProcess sandbox)
    {
        string[] sent = [.. (await sandbox.HoldsAsync("heyreach", "messages", Token)).Select(m => Identity(m["conversation"], m["createdAt"], m["sender"])).Order(StringComparer.Ordinal)];
        IReadOnlyList<JsonElement> messages = await sandbox.RecordsAsync("linkedin_messages", Token);
        Assert.Equal(People * MessagesEach, sent.Length);
        Assert.Equal(sent, messages.Select(m => TextOf(m, "message_uid")).Select(Identity).Order(StringComparer.Ordinal));
        string[] ofPeople = [.. messages.Select(m => ValuesOf(m, "person").Single().GetProperty("target_record_id").GetString()!)];
        Assert.All(ofPeople.CountBy(p => p), person => Assert.Equal(MessagesEach, person.Value));
        Assert.Equal(People, ofPeople.Distinct().Count());
    }

    private static string Identity(string uid)
    {
        string[] parts = uid.Split(':');
        return Identity(parts[0], string.Join(':', parts[1..^1]), parts[^1]);
    }

    private static string Identity(string conversation, string time, string sender) =>
        string.Create(CultureInfo.InvariantCulture, $"{conversation} {DateTimeOffset.Parse(time, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds()} {sender.ToLowerInvariant()}");

    private static string TextOf(JsonElement record, string slug) => ValuesOf(record, slug).Single().GetProperty("value").ToString();

    private static IEnumerable<JsonElement> ValuesOf(JsonElement record, string slug) => record.GetProperty("values").GetProperty(slug).EnumerateArray();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
