using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Syncline.Sandbox.Lemlist;

namespace Syncline.Sandbox.Tests.Lemlist;

/// <summary>What came back, parsed where it is JSON.</summary>
internal sealed record Reply(int Status, JsonNode? Json, SandboxResponse Raw)
{
    public JsonArray Rows => Json!.AsArray();
    public string Text => Raw.Body;
    public string Id => (string)Json!["_id"]!;
    public IReadOnlyList<string> Ids => [.. Rows.Select(r => (string)r!["_id"]!)];
}

/// <summary>A clock moved by hand.</summary>
internal sealed class BureauClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 9, 15, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;

    public void Advance(TimeSpan by) => Now += by;
}

/// <summary>A team and short ways to call it. Answers with 200 and 201 are held against the published document where that lies beside the repository.</summary>
internal sealed class Bureau
{
    public const string Key = "lemlist-sandbox-key";
    public const string Feed = "/activities?version=v2";
    public static readonly PublishedDocument Published = new("lemlist.openapi.json");

    public Bureau(LemlistWorld? world = null, bool limitsOn = false, int seed = 1)
    {
        Lemlist = new(new() { Seed = seed, LimitsOn = limitsOn }, Clock);
        if (world is not null) Lemlist.Populate(world);
    }

    public BureauClock Clock { get; } = new();
    public LemlistSimulator Lemlist { get; }
    public LemlistBehaviour Behaviour => Lemlist.Behaviour;
    public LemlistLife Life => Lemlist.Life;

    public static string Basic(string pair) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(pair));

    public Reply Get(string path) => Send("GET", path);
    public Reply Post(string path, string body = "") => Send("POST", path, body);
    public Reply Patch(string path, string body = "") => Send("PATCH", path, body);
    public Reply Delete(string path) => Send("DELETE", path);

    public Reply Send(string method, string path, string body = "") => Send(method, path, body, Basic(":" + Key));

    /// <param name="path">After the base.</param>
    /// <param name="authorization">Null sends none.</param>
    public Reply Send(string method, string path, string body, string? authorization)
    {
        string[] parts = path.Split('?', 2);
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        if (authorization is not null) headers["Authorization"] = authorization;
        SandboxResponse answer = Lemlist.Handle(new(method, "/api" + parts[0], parts.Length > 1 ? parts[1] : "", headers, body));
        JsonNode? json = answer.ContentType?.StartsWith("application/json", StringComparison.Ordinal) == true ? JsonNode.Parse(answer.Body) : null;
        Check(method, parts[0], answer.Status, json);
        return new(answer.Status, json, answer);
    }

    /// <summary>A running campaign with that many leads, <c>lead1@example.com</c> and so on.</summary>
    public (string Campaign, IReadOnlyList<string> Leads) Campaign(int leads = 1)
    {
        string campaign = Life.AddCampaign("Outreach");
        return (campaign, [.. Enumerable.Range(1, leads).Select(i => Life.AddLead(campaign, $"lead{i}@example.com"))]);
    }

    /// <summary>Every row of the feed, read as a careful client does: by rows received, until a page is short.</summary>
    public List<string> Walk(string query = "", Action? betweenPages = null)
    {
        List<string> met = [];
        while (true)
        {
            Reply page = Get($"{Feed}{query}&limit=100&offset={met.Count}");
            Assert.True(page.Status == 200, page.Text);
            met.AddRange(page.Ids);
            if (page.Rows.Count < 100) return met;
            betweenPages?.Invoke();
        }
    }

    // The document shows the list of campaigns as a bare array only, and no answer of a bare string.
    private static void Check(string method, string path, int status, JsonNode? json)
    {
        if (status is not (200 or 201) || json is null or JsonValue || (path == "/campaigns" && json is JsonObject)) return;
        Assert.Empty(Published.Violations(method, path, status, json));
    }
}
