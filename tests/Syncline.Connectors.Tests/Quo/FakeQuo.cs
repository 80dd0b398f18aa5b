using System.Net;
using System.Net.Http;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Web;
using Syncline.Connectors.Tests.Attio;

namespace Syncline.Connectors.Tests.Quo;

/// <summary>A call as it came, with what stood in its headers.</summary>
internal sealed record QuoCall(string Method, string Path, JsonNode? Body, string? Key, string? Version)
{
    public override string ToString() => $"{Method} {Path}";
}

/// <summary>Answers what a test has scripted, and everything else from a handful of contacts. It knows only as much of Quo as these tests need.</summary>
internal sealed class FakeQuo : HttpMessageHandler
{
    private readonly List<(string Pattern, int Status, string Body, int Times)> _scripted = [];
    private int _lastId;

    public static OpenApiCheck? Schema { get; } = OpenApiCheck.Of("quo");

    public List<JsonObject> Contacts { get; } = [];

    public List<JsonObject> CustomFields { get; } = [];

    public List<QuoCall> Calls { get; } = [];

    public List<string> Violations { get; } = [];

    public IEnumerable<QuoCall> Writes => Calls.Where(c => c.Method != "GET");

    /// <summary>Writes that still take effect while their answers are lost.</summary>
    public int LoseAnswers { get; set; }

    public int Throttle { get; set; }

    /// <summary>Runs before each call is answered: what people do meanwhile.</summary>
    public Action<QuoCall>? Meanwhile { get; set; }

    public void Answer(string pattern, int status, string body, int times = int.MaxValue) => _scripted.Add((pattern, status, body, times));

    public void Define(string key, string type) => CustomFields.Add(new() { ["name"] = key, ["key"] = key, ["type"] = type });

    /// <summary>Adds a contact as if it had been there all along.</summary>
    public JsonObject Add(string? externalId = null, string json = "{}")
    {
        JsonObject given = JsonNode.Parse(json)!.AsObject();
        JsonObject contact = Contact(new() { ["externalId"] = externalId, ["defaultFields"] = given });
        Contacts.Add(contact);
        return contact;
    }

    public JsonObject Find(string id) => Contacts.Single(c => (string?)c["id"] == id);

    /// <summary>A single value of a contact; null where there is none, or a list.</summary>
    public string? Single(string id, string field)
    {
        JsonObject? contact = Contacts.FirstOrDefault(c => (string?)c["id"] == id);
        return (contact?[field] ?? contact?["defaultFields"]?[field]) is JsonValue value ? value.ToString() : null;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string? text = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        string? key = request.Headers.TryGetValues("Authorization", out IEnumerable<string>? keys) ? keys.Single() : null;
        string? version = request.Headers.TryGetValues("Quo-Api-Version", out IEnumerable<string>? versions) ? versions.Single() : null;
        QuoCall call = new(request.Method.Method, request.RequestUri!.PathAndQuery, text is null ? null : JsonNode.Parse(text), key, version);
        Calls.Add(call);
        bool isV1 = call.Path.StartsWith("/v1/", StringComparison.Ordinal);
        if (isV1 && Schema is { } schema) Violations.AddRange(schema.Violations(call.Method, call.Path, call.Body));
        if (isV1 != (version is null)) Violations.Add($"{call}: version header '{version}'");
        Meanwhile?.Invoke(call);
        (int status, string body) = Throttle-- > 0 ? (429, Error(429, "0800429", "Too many requests")) : Scripted(call) ?? Handle(call, isV1);
        if (call.Method != "GET" && status < 400 && LoseAnswers-- > 0) throw new HttpRequestException("the line went dead");
        return new((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
    }

    public static string Error(int status, string code, string message, string errors = "") =>
        $$"""{"message":"{{message}}","code":"{{code}}","status":{{status}},"docs":"https://quo.example.com","title":"T"{{errors}}}""";

    private (int, string)? Scripted(QuoCall call)
    {
        int at = _scripted.FindIndex(s => s.Times > 0 && Regex.IsMatch(call.ToString(), s.Pattern));
        if (at < 0) return null;
        _scripted[at] = _scripted[at] with { Times = _scripted[at].Times - 1 };
        return (_scripted[at].Status, _scripted[at].Body);
    }

    private (int, string) Handle(QuoCall call, bool isV1)
    {
        string[] path = call.Path.Split('?')[0].Trim('/').Split('/')[(isV1 ? 1 : 0)..];
        if (path[0] == "contact-custom-fields") return (200, new JsonObject { ["data"] = new JsonArray([.. CustomFields.Select(f => f.DeepClone())]) }.ToJsonString());
        var query = HttpUtility.ParseQueryString(call.Path.Contains('?') ? call.Path[call.Path.IndexOf('?')..] : "");
        if (path.Length == 1) return call.Method == "POST" ? Create(call.Body!.AsObject()) : isV1 ? List(query) : ListFlat(query);
        if (Contacts.FirstOrDefault(c => (string?)c["id"] == path[1]) is not { } contact) return (404, Error(404, "0800404", "Not found"));
        if (path.Length > 2) return AddProperty(contact, call.Body!.AsObject());
        switch (call.Method)
        {
            case "DELETE":
                Contacts.Remove(contact);
                return (204, "");
            case "PATCH" when isV1:
                Replace(contact, call.Body!.AsObject());
                return (200, Wrapped(contact));
            case "PATCH":
                foreach ((string name, JsonNode? value) in call.Body!.AsObject()) (name is "externalId" or "sourceUrl" ? contact : contact["defaultFields"]!.AsObject())[name] = value?.DeepClone();
                return (200, Wrapped(Flat(contact)));
            default:
                return (200, Wrapped(contact));
        }
    }

    private (int, string) Create(JsonObject body)
    {
        if (body["defaultFields"] is not JsonObject held || !held.ContainsKey("firstName")) return (400, Error(400, "0800400", "firstName"));
        if (body["customFields"]!.AsArray().Any(c => CustomFields.All(f => (string?)f["key"] != (string?)c!["key"]))) return (400, Error(400, "0801400", "Invalid Custom Field Item"));
        JsonObject contact = Contact(body);
        Contacts.Add(contact);
        return (201, Wrapped(contact));
    }

    private (int, string) List(System.Collections.Specialized.NameValueCollection query)
    {
        if (!int.TryParse(query["maxResults"], out int size) || size is < 1 or > 50) return (400, Error(400, "0800400", "maxResults"));
        string[] ids = query.GetValues("externalIds") ?? [];
        if (ids.Length > 20) return (400, Error(400, "0800400", "externalIds must be an array"));
        JsonObject[] all = [.. Contacts.Where(c => ids.Length == 0 || ids.Contains((string?)c["externalId"]))];
        if (query["pageToken"] is { } token && !token.StartsWith("p-", StringComparison.Ordinal)) return (400, Error(400, "0800400", "pageToken"));
        int at = query["pageToken"] is { } place ? int.Parse(place[2..], System.Globalization.CultureInfo.InvariantCulture) : 0;
        JsonObject[] page = [.. all.Skip(at).Take(size)];
        return (200, new JsonObject { ["data"] = new JsonArray([.. page.Select(c => c.DeepClone())]), ["totalItems"] = page.Length, ["nextPageToken"] = at + size < all.Length ? $"p-{at + size}" : null }.ToJsonString());
    }

    private (int, string) ListFlat(System.Collections.Specialized.NameValueCollection query)
    {
        string[]? ids = query["externalId[in]"]?.Split(',');
        int size = int.Parse(query["limit"]!, System.Globalization.CultureInfo.InvariantCulture), at = int.Parse(query["after"] ?? "0", System.Globalization.CultureInfo.InvariantCulture);
        if (ids?.Length > 50 || size > 50) return (400, """{"title":"Bad Request","message":"limit","docs":"","errors":[{"path":"/query/limit","message":"too large"}]}""");
        JsonObject[] all = [.. Contacts.Where(c => ids?.Contains((string?)c["externalId"]) ?? true)];
        return (200, new JsonObject { ["data"] = new JsonArray([.. all.Skip(at).Take(size).Select(Flat)]), ["nextCursor"] = at + size < all.Length ? $"{at + size}" : null }.ToJsonString());
    }

    private static (int, string) AddProperty(JsonObject contact, JsonObject property)
    {
        string list = (string?)property["type"] == "email" ? "emails" : "phoneNumbers";
        JsonObject item = new() { ["id"] = $"prop-{contact["defaultFields"]![list]!.AsArray().Count}", ["name"] = (string?)property["name"], ["value"] = (string?)property["value"] };
        contact["defaultFields"]![list]!.AsArray().Add(item);
        return (200, Wrapped(new JsonObject { ["id"] = (string?)item["id"], ["type"] = (string?)property["type"], ["name"] = (string?)item["name"], ["value"] = (string?)item["value"] }));
    }

    private void Replace(JsonObject contact, JsonObject body)
    {
        JsonObject given = body["defaultFields"]?.AsObject() ?? [];
        JsonObject held = contact["defaultFields"]!.AsObject();
        foreach ((string name, JsonNode? value) in given.Where(f => f.Value is not JsonArray)) held[name] = value?.DeepClone();
        foreach (string list in (string[])["emails", "phoneNumbers"]) held[list] = Items(given[list]);
        contact["customFields"] = Customs(body["customFields"]);
        foreach (string name in (string[])["externalId", "sourceUrl"])
        {
            if (body.ContainsKey(name)) contact[name] = body[name]?.DeepClone();
        }
    }

    private JsonObject Contact(JsonObject body)
    {
        JsonObject given = body["defaultFields"]!.AsObject();
        return new()
        {
            ["id"] = $"c{++_lastId}",
            ["externalId"] = body["externalId"]?.DeepClone(),
            ["source"] = body["source"]?.DeepClone(),
            ["sourceUrl"] = body["sourceUrl"]?.DeepClone(),
            ["defaultFields"] = new JsonObject
            {
                ["firstName"] = given["firstName"]?.DeepClone(),
                ["lastName"] = given["lastName"]?.DeepClone(),
                ["company"] = given["company"]?.DeepClone(),
                ["role"] = given["role"]?.DeepClone(),
                ["emails"] = Items(given["emails"]),
                ["phoneNumbers"] = Items(given["phoneNumbers"]),
            },
            ["customFields"] = Customs(body["customFields"]),
            ["createdAt"] = "2026-03-01T12:00:00Z",
            ["updatedAt"] = "2026-03-01T12:00:00Z",
            ["createdByUserId"] = "US1",
        };
    }

    private JsonArray Items(JsonNode? items) =>
        [.. (items?.AsArray() ?? []).Where(i => i!["value"] is not null).Select(i => new JsonObject { ["id"] = (string?)i!["id"] ?? $"i{++_lastId}", ["name"] = (string?)i["name"], ["value"] = (string?)i["value"] })];

    private JsonArray Customs(JsonNode? items) => [.. (items?.AsArray() ?? []).Where(i => i!["value"] is not null).Select(i =>
    {
        JsonObject? definition = CustomFields.FirstOrDefault(f => (string?)f["key"] == (string?)i!["key"]);
        return new JsonObject { ["id"] = $"f{++_lastId}", ["key"] = (string?)i!["key"], ["name"] = (string?)definition?["name"], ["type"] = (string?)definition?["type"], ["value"] = i["value"]!.DeepClone() };
    })];

    private static JsonObject Flat(JsonObject contact)
    {
        JsonObject held = contact["defaultFields"]!.AsObject();
        JsonObject flat = new() { ["actorId"] = "US1" };
        foreach (string name in (string[])["id", "externalId", "source", "sourceUrl", "createdAt", "updatedAt"]) flat[name] = contact[name]?.DeepClone();
        foreach (string name in (string[])["firstName", "lastName", "company", "role"]) flat[name] = held[name]?.DeepClone();
        return flat;
    }

    private static string Wrapped(JsonObject contact) => new JsonObject { ["data"] = contact.DeepClone() }.ToJsonString();
}
