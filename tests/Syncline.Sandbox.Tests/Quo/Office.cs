using System.Text.Json.Nodes;
using Syncline.Sandbox.Quo;

namespace Syncline.Sandbox.Tests.Quo;

/// <summary>What came back, parsed.</summary>
internal sealed record Reply(int Status, JsonNode? Json, SandboxResponse Raw)
{
    public JsonNode Data => Json!["data"]!;
    public JsonArray Rows => Data.AsArray();
    public string Id => (string)Data["id"]!;
    public string Code => (string?)Json!["code"] ?? "";
    public string? NextPage => (string?)Json!["nextPageToken"];
    public string? NextCursor => (string?)Json!["nextCursor"];
    public IReadOnlyList<string> Ids => [.. Rows.Select(r => (string)r!["id"]!)];
    public IReadOnlyList<string> FaultPaths => [.. Json!["errors"]?.AsArray().Select(e => (string)e!["path"]!) ?? []];
}

/// <summary>A clock moved by hand.</summary>
internal sealed class OfficeClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 9, 15, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;

    public void Advance(TimeSpan by) => Now += by;
}

/// <summary>A workspace and short ways to call it. Every v1 answer is held against the published document where that lies beside the repository.</summary>
internal sealed class Office
{
    public const string Key = "quo-sandbox-key";
    public const string Version = "2026-03-30";

    public Office(bool limitsOn = false, int seed = 1) => Quo = new(new() { Seed = seed, LimitsOn = limitsOn }, Clock);

    public OfficeClock Clock { get; } = new();

    public QuoSimulator Quo { get; }

    public QuoBehaviour Behaviour => Quo.Behaviour;

    public Reply Get(string path) => Send("GET", path);
    public Reply Post(string path, string body) => Send("POST", path, body);
    public Reply Patch(string path, string body) => Send("PATCH", path, body);
    public Reply Delete(string path) => Send("DELETE", path);

    /// <summary>On a v1 path no version is sent, on all others the right one unless told otherwise.</summary>
    public Reply Send(string method, string path, string body = "", string? key = Key, string? version = Version)
    {
        string[] parts = path.Split('?', 2);
        bool isV1 = parts[0].StartsWith("/v1/", StringComparison.Ordinal);
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        if (key is not null) headers["Authorization"] = key;
        if (!isV1 && version is not null) headers["Quo-Api-Version"] = version;
        SandboxResponse answer = Quo.Handle(new(method, parts[0], parts.Length > 1 ? parts[1] : "", headers, body));
        JsonNode? json = answer.Body.Length == 0 ? null : JsonNode.Parse(answer.Body);
        if (isV1 && Behaviour.V1Errors == V1ErrorForm.Spec) Assert.Empty(PublishedQuo.Violations(method, parts[0], answer.Status, json));
        return new(answer.Status, json, answer);
    }

    /// <summary>Makes a v1 contact and expects it to be taken.</summary>
    public Reply Make(string? externalId = null, string phones = "", string emails = "", string extra = "")
    {
        string id = externalId is null ? "" : $",\"externalId\":\"{externalId}\"";
        string tail = extra.Length == 0 ? "" : "," + extra;
        Reply made = Post("/v1/contacts", $$"""{"defaultFields":{"firstName":"Ada","phoneNumbers":[{{phones}}],"emails":[{{emails}}]}{{id}}{{tail}}}""");
        Assert.True(made.Status == 201, made.Raw.Body);
        return made;
    }

    public static string Item(string value, string name = "work", string? id = null) =>
        id is null ? $$"""{"name":"{{name}}","value":"{{value}}"}""" : $$"""{"name":"{{name}}","value":"{{value}}","id":"{{id}}"}""";

    public QuoContactView Held(string id) => Quo.Contact(id)!;

    /// <summary>Every row of a v1 list.</summary>
    public List<string> Walk(string path, int pageSize, Action? betweenPages = null)
    {
        List<string> met = [];
        string? token = null;
        do
        {
            Reply page = Get($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}maxResults={pageSize}{(token is null ? "" : "&pageToken=" + Uri.EscapeDataString(token))}");
            Assert.True(page.Status == 200, page.Raw.Body);
            met.AddRange(page.Ids);
            token = page.NextPage;
            betweenPages?.Invoke();
        }
        while (token is not null);
        return met;
    }
}
