using System.Net.Http;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Syncline.Sandbox.Attio;
using Syncline.Server.Tests.Served;
using Syncline.Storage;
using Syncline.Storage.Serving;

namespace Syncline.Server.Tests.Webhooks;

/// <summary>People in the simulated Attio who are contacts in the simulated Quo, and what happens to them.</summary>
internal sealed class Townspeople(ServedFolder served, IReadOnlyList<string> people)
{
    private const string Sync = "attio-to-quo";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public IReadOnlyList<string> All => people;

    /// <summary>Adds people and brings them over by an ordinary run.</summary>
    public static async Task<Townspeople> SettleAsync(ServedFolder served, int count)
    {
        string[] people = [.. Enumerable.Range(0, count).Select(i => served.Gate.Locked(() => served.Attio.CreateByPerson("people", new()
        {
            ["name"] = new JsonObject { ["first_name"] = $"Ada{i}", ["last_name"] = "Example", ["full_name"] = $"Ada{i} Example" },
            ["phone_numbers"] = new JsonArray($"+1212{2000000 + i}"),
            ["job_title"] = "Welder",
        })))];
        HttpClient client = await served.ClientAsync("operator");
        HttpResponseMessage begun = await client.PostAsJsonAsync($"/api/v1/syncs/{Sync}/runs", new { full = false }, Token);
        await client.FollowAsync((string)(await begun.JsonAsync())["id"]!);
        Assert.Equal(count, served.Gate.Locked(() => served.Quo.ContactCount));
        return new(served, people);
    }

    public void Edit(string person, string title) => served.Gate.Locked(() =>
    {
        served.Attio.EditByPerson("people", person, "job_title", title);
        return 0;
    });

    /// <summary>What Attio sends to whoever subscribed; each may be sent once.</summary>
    public IReadOnlyList<Hook> TakeDue() => served.Gate.Locked<IReadOnlyList<Hook>>(() =>
    {
        IReadOnlyList<AttioHook> due = served.Attio.Webhooks.TakeDue();
        foreach (AttioHook hook in due) served.Attio.Webhooks.Answer(hook, 200);
        return [.. due.Select(h => new Hook(h.Url.AbsolutePath.TrimStart('/'), System.Text.Encoding.UTF8.GetBytes(h.Body), h.Headers.Where(p => p.Key != "Content-Type").ToDictionary()))];
    });

    /// <summary>A delivery that says that one of them was changed, whether he was or not.</summary>
    public Hook About(string person, string id) => Hook.Attio(id, ServedFolder.WebhookSecrets["attio"], $$$"""{"webhook_id":"w","events":[{"event_type":"record.updated","id":{"workspace_id":"a","object_id":"{{{ObjectId()}}}","record_id":"{{{person}}}"}}]}""");

    public string? TitleOf(string person) => served.Gate.Locked(() => served.Quo.WithExternalId(person).Single().Role);

    /// <summary>Returns when nothing waits to be worked on at once.</summary>
    public static async Task UntilThroughAsync(SqliteStore store)
    {
        while ((await store.Inbox.ListAsync(null, InboxState.Pending, null, 2_000, Token)).Any(r => r.DueAt is null)) await Task.Yield();
    }

    private string ObjectId() => _objectId ??= served.Gate.Locked(() => served.Attio.Handle(new("GET", "/v2/objects/people", "", new Dictionary<string, string> { ["Authorization"] = "Bearer " + "attio-test-key".PadRight(64, '0') }, ""))) is { Body: { } body }
        ? (string)JsonNode.Parse(body)!["data"]!["id"]!["object_id"]!
        : throw new InvalidOperationException("Attio told of no people.");

    private string? _objectId;
}
