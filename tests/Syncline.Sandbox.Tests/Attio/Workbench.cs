using System.Text.Json.Nodes;
using Syncline.Sandbox.Attio;

namespace Syncline.Sandbox.Tests.Attio;

/// <summary>What came back, parsed.</summary>
internal sealed record Reply(int Status, JsonNode Json, IReadOnlyDictionary<string, string> Headers)
{
    public JsonNode Data => Json["data"]!;
    public JsonArray Rows => Data.AsArray();
    public string Code => (string?)Json["code"] ?? "";
    public string Message => (string?)Json["message"] ?? "";
    public string RecordId => (string)Data["id"]!["record_id"]!;
    public string EntryId => (string)Data["id"]!["entry_id"]!;

    /// <summary>The path of the first validation error, joined with dots.</summary>
    public string FaultPath => string.Join('.', Json["validation_errors"]![0]!["path"]!.AsArray().Select(n => (string)n!));

    public JsonArray Values(string slug) => Data["values"]![slug]!.AsArray();

    public JsonNode Value(string slug) => Values(slug)[0]!;
}

/// <summary>A workspace with a token that may do everything, and short ways to call it.</summary>
internal sealed class Workbench
{
    public const string AllScopes =
        "record_permission:read-write object_configuration:read-write list_entry:read-write list_configuration:read-write note:read-write user_management:read";

    public static string Token { get; } = new('a', 64);

    public Workbench(bool limitsOn = false, string scopes = AllScopes)
    {
        Simulator = new(new() { Seed = 7, LimitsOn = limitsOn, Tokens = new Dictionary<string, string> { [Token] = scopes } }, Clock);
    }

    public SteppedClock Clock { get; } = new();

    public AttioSimulator Simulator { get; }

    public Workbench Turn(string knob, string value)
    {
        Simulator.Knobs.Single(k => k.Name == knob).Set(value);
        return this;
    }

    public Reply Get(string path) => Send("GET", path);
    public Reply Post(string path, string body) => Send("POST", path, body);
    public Reply Put(string path, string body) => Send("PUT", path, body);
    public Reply Patch(string path, string body) => Send("PATCH", path, body);
    public Reply Delete(string path) => Send("DELETE", path);

    public Reply Send(string method, string path, string body = "", string? authorization = null)
    {
        string[] parts = path.Split('?', 2);
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        if (authorization != "") headers["Authorization"] = authorization ?? $"Bearer {Token}";
        SandboxResponse answer = Simulator.Handle(new(method, parts[0], parts.Length > 1 ? parts[1] : "", headers, body));
        return new(answer.Status, JsonNode.Parse(answer.Body)!, answer.Headers);
    }

    /// <summary>Creates a record and expects it to be taken.</summary>
    public Reply Create(string table, string values)
    {
        Reply reply = Post($"/v2/objects/{table}/records", $$$"""{"data":{"values":{{{values}}}}}""");
        Assert.True(reply.Status == 200, reply.Json.ToJsonString());
        return reply;
    }

    public Reply TryCreate(string table, string values) => Post($"/v2/objects/{table}/records", $$$"""{"data":{"values":{{{values}}}}}""");

    public Reply PutBy(string table, string matching, string values) =>
        Put($"/v2/objects/{table}/records?matching_attribute={matching}", $$$"""{"data":{"values":{{{values}}}}}""");

    public Reply Query(string table, string body) => Post($"/v2/objects/{table}/records/query", body);

    /// <summary>How many records a filter finds.</summary>
    public int Count(string table, string filter)
    {
        Reply reply = Query(table, $$$"""{"filter":{{{filter}}}}""");
        Assert.True(reply.Status == 200, reply.Json.ToJsonString());
        return reply.Rows.Count;
    }

    /// <summary>A custom object with one attribute of each kind that can be made.</summary>
    public Workbench WithThings()
    {
        Simulator.DefineObject("things", "Thing", "Things");
        foreach (string type in (string[])["text", "number", "checkbox", "currency", "date", "timestamp", "rating", "status", "select", "actor-reference", "location", "domain", "email-address", "phone-number"])
        {
            Simulator.DefineAttribute("things", new() { ["api_slug"] = $"a_{type.Replace('-', '_')}", ["type"] = type });
        }
        Simulator.DefineAttribute("things", new() { ["api_slug"] = "tags", ["type"] = "select", ["is_multiselect"] = true });
        Simulator.DefineAttribute("things", new() { ["api_slug"] = "key", ["type"] = "text", ["is_unique"] = true });
        Simulator.DefineAttribute("things", new() { ["api_slug"] = "owner_person", ["type"] = "record-reference", ["config"] = References("people") });
        foreach (string title in (string[])["Red", "Green", "Blue"])
        {
            Simulator.DefineOption("things", "a_select", title);
            Simulator.DefineOption("things", "tags", title);
            Post("/v2/objects/things/attributes/a_status/statuses", $$$"""{"data":{"title":"{{{title}}}"}}""");
        }
        return this;
    }

    public static JsonObject References(string table) =>
        new() { ["record_reference"] = new JsonObject { ["allowed_objects"] = new JsonArray(table) } };
}
