using System.Text.Json.Nodes;
using Syncline.Sandbox.HubSpot;

namespace Syncline.Sandbox.Tests.HubSpot;

/// <summary>What came back, parsed; an empty body is an empty object.</summary>
internal sealed record Reply(int Status, JsonNode Json, IReadOnlyDictionary<string, string> Headers)
{
    public string Id => (string)Json["id"]!;
    public string Message => (string?)Json["message"] ?? "";
    public string Category => (string?)Json["category"] ?? "";
    public JsonArray Results => Json["results"]!.AsArray();
    public JsonArray Errors => Json["errors"]?.AsArray() ?? [];
    public string? After => (string?)Json["paging"]?["next"]?["after"];
    public string? Code => (string?)Json["errors"]?[0]?["code"];

    public string? this[string property] => (string?)Json["properties"]![property];

    public string[] Ids => [.. Results.Select(r => (string)r!["id"]!)];
}

/// <summary>A clock that moves only when told to.</summary>
internal sealed class HandClock : TimeProvider
{
    private DateTimeOffset _now = new(2026, 9, 20, 12, 0, 0, 250, TimeSpan.Zero);

    public void Step(TimeSpan by) => _now += by;

    public void Step(double seconds) => _now += TimeSpan.FromSeconds(seconds);

    public override DateTimeOffset GetUtcNow() => _now;
}

/// <summary>A portal with a token that may do everything, and short ways to call it.</summary>
internal sealed class Portal
{
    public const string Token = "pat-na1-sandbox";
    public const string Newest = "/crm/objects/2026-09";

    public Portal(bool limitsOn = false, string scopes = "*")
    {
        Simulator = new(new() { Seed = 7, LimitsOn = limitsOn, Tokens = new Dictionary<string, string> { [Token] = scopes } }, Clock);
    }

    public HandClock Clock { get; } = new();

    public HubSpotSimulator Simulator { get; }

    public HubSpotBehaviour Behaviour => Simulator.Behaviour;

    public Portal Turn(string knob, string value)
    {
        Simulator.Knobs.Single(k => k.Name == knob).Set(value);
        return this;
    }

    public Reply Get(string path) => Send("GET", path);
    public Reply Post(string path, string body) => Send("POST", path, body);
    public Reply Put(string path, string body = "") => Send("PUT", path, body);
    public Reply Patch(string path, string body) => Send("PATCH", path, body);
    public Reply Delete(string path) => Send("DELETE", path);

    public Reply Send(string method, string path, string body = "", string? token = Token, string contentType = "application/json; charset=utf-8")
    {
        string[] parts = path.Split('?', 2);
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        if (token is not null) headers["Authorization"] = $"Bearer {token}";
        if (body.Length > 0) headers["Content-Type"] = contentType;
        SandboxResponse answer = Simulator.Handle(new(method, parts[0], parts.Length > 1 ? parts[1] : "", headers, body));
        JsonNode json = answer.Body.StartsWith('{') ? JsonNode.Parse(answer.Body)! : new JsonObject();
        return new(answer.Status, json, answer.Headers);
    }

    /// <summary>Creates a record and expects it to be taken.</summary>
    public string Create(string type, string properties, string associations = "[]")
    {
        Reply reply = TryCreate(type, properties, associations);
        Assert.True(reply.Status == 201, reply.Json.ToJsonString());
        return reply.Id;
    }

    public Reply TryCreate(string type, string properties, string associations = "[]") =>
        Post($"{Newest}/{type}", $$$"""{"properties":{{{properties}}},"associations":{{{associations}}}}""");

    public string Contact(string email) => Create("contacts", $$"""{"email":"{{email}}"}""");

    public string[] Contacts(int count, string prefix = "person") => [.. Enumerable.Range(0, count).Select(i => Contact($"{prefix}{i}@example.com"))];

    public Reply Read(string type, string id, string query = "") => Get($"{Newest}/{type}/{id}{query}");

    public Reply Change(string type, string id, string properties) => Patch($"{Newest}/{type}/{id}", $$$"""{"properties":{{{properties}}}}""");

    public Reply Search(string type, string body) => Post($"{Newest}/{type}/search", body);

    /// <summary>A search with one group of filters, written as: name OPERATOR value.</summary>
    public string[] Find(string type, params string[] filters)
    {
        JsonArray read = [.. filters.Select(f => f.Split(' ', 3)).Select(w => (JsonNode)(w.Length < 3 ? new JsonObject { ["propertyName"] = w[0], ["operator"] = w[1] } : new JsonObject { ["propertyName"] = w[0], ["operator"] = w[1], ["value"] = w[2] }))];
        Reply reply = Search(type, new JsonObject { ["limit"] = 200, ["filterGroups"] = new JsonArray(new JsonObject { ["filters"] = read }) }.ToJsonString());
        Assert.True(reply.Status == 200, reply.Json.ToJsonString());
        Assert.Equal(reply.Results.Count, Math.Min(200, (int)reply.Json["total"]!));
        return reply.Ids;
    }

    /// <summary>Waits until search knows what was written.</summary>
    public Portal Settle()
    {
        Clock.Step(30);
        return this;
    }

    public Portal WithUnique(string type, string name)
    {
        Reply made = Post($"/crm/properties/2026-09/{type}", $$"""{"name":"{{name}}","label":"{{name}}","groupName":"{{(type == "contacts" ? "contactinformation" : "companyinformation")}}","type":"string","fieldType":"text","hasUniqueValue":true}""");
        Assert.True(made.Status == 201, made.Json.ToJsonString());
        Clock.Step(1);
        return this;
    }
}
