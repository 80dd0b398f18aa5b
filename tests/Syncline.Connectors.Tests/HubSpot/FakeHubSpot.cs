using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Web;

namespace Syncline.Connectors.Tests.HubSpot;

/// <summary>A call as it came.</summary>
internal sealed record HubSpotCall(string Method, string Path, JsonNode? Body, string? Token, string? Form)
{
    public override string ToString() => $"{Method} {(Path.Contains('?', StringComparison.Ordinal) ? Path[..Path.IndexOf('?', StringComparison.Ordinal)] : Path)}";
}

/// <summary>One object the fake holds.</summary>
internal sealed class FakeObject(long id)
{
    public long Id => id;

    public Dictionary<string, string?> Properties { get; } = new(StringComparer.Ordinal);

    public DateTimeOffset UpdatedAt { get; set; }

    public bool IsArchived { get; set; }
}

/// <summary>Answers what a test has scripted, and everything else from a handful of objects. It knows only as much of HubSpot as these tests need.</summary>
internal sealed class FakeHubSpot(TimeProvider clock) : HttpMessageHandler
{
    private readonly List<(Regex Pattern, int Status, string Body, Dictionary<string, string> Headers)> _scripted = [];
    private long _lastId = 100;

    public List<HubSpotCall> Calls { get; } = [];

    public Dictionary<string, List<FakeObject>> Objects { get; } = new(StringComparer.Ordinal) { ["contacts"] = [], ["companies"] = [], ["deals"] = [], ["notes"] = [], ["calls"] = [] };

    /// <summary>From type, from id, to type, to id, association type.</summary>
    public HashSet<(string From, long FromId, string To, long ToId, int Type)> Ties { get; } = [];

    public Dictionary<string, JsonArray> Properties { get; } = new(StringComparer.Ordinal);

    public int LoseAnswers { get; set; }

    public Dictionary<long, long> Merged { get; } = [];

    public IEnumerable<string> Made => Calls.Select(c => c.ToString().Replace("/2026-09/", "/", StringComparison.Ordinal));

    /// <summary>Scripts the next answer to calls that match; answers are used once each, in order.</summary>
    public void Answer(string pattern, int status, string body, params (string Name, string Value)[] headers) =>
        _scripted.Add((new(pattern), status, body, headers.ToDictionary(h => h.Name, h => h.Value)));

    public FakeObject Add(string type, params (string Name, string? Value)[] properties)
    {
        FakeObject made = new(++_lastId) { UpdatedAt = clock.GetUtcNow() };
        foreach ((string name, string? value) in properties) made.Properties[name] = value;
        Objects[type].Add(made);
        return made;
    }

    public void Define(string type, string name, string propertyType = "string", string fieldType = "text", bool isUnique = false, params (string Value, string Label)[] options)
    {
        if (!Properties.TryGetValue(type, out JsonArray? held)) Properties[type] = held = [];
        held.Add(new JsonObject
        {
            ["name"] = name,
            ["type"] = propertyType,
            ["fieldType"] = fieldType,
            ["hasUniqueValue"] = isUnique,
            ["options"] = new JsonArray([.. options.Select((o, i) => new JsonObject { ["value"] = o.Value, ["label"] = o.Label, ["displayOrder"] = i })]),
        });
    }

    public void Tie(string from, long fromId, string to, long toId, params int[] types)
    {
        foreach (int type in types) Ties.Add((from, fromId, to, toId, type));
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string? text = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        bool isForm = request.Content?.Headers.ContentType?.MediaType == "application/x-www-form-urlencoded";
        string? token = request.Headers.TryGetValues("Authorization", out IEnumerable<string>? keys) ? keys.Single() : null;
        HubSpotCall call = new(request.Method.Method, request.RequestUri!.PathAndQuery, text is null || isForm ? null : JsonNode.Parse(text), token, isForm ? text : null);
        lock (_scripted)
        {
            Calls.Add(call);
            int at = _scripted.FindIndex(s => s.Pattern.IsMatch($"{call.Method} {call.Path}"));
            if (at >= 0)
            {
                (_, int scripted, string content, Dictionary<string, string> headers) = _scripted[at];
                _scripted.RemoveAt(at);
                return Response(scripted, content, headers);
            }
            (int status, JsonNode? answer) = Handle(call);
            bool isWrite = call.Method != "GET" && !call.Path.EndsWith("/search", StringComparison.Ordinal) && !call.Path.EndsWith("/batch/read", StringComparison.Ordinal);
            if (isWrite && LoseAnswers-- > 0) throw new HttpRequestException("the line went dead");
            return Response(status, answer?.ToJsonString() ?? "", []);
        }
    }

    private static HttpResponseMessage Response(int status, string body, Dictionary<string, string> headers)
    {
        HttpResponseMessage response = new((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach ((string name, string value) in headers) response.Headers.TryAddWithoutValidation(name, value);
        return response;
    }

    private (int, JsonNode?) Handle(HubSpotCall call)
    {
        string path = call.Path.Split('?')[0].TrimStart('/');
        string[] parts = path.Split('/');
        System.Collections.Specialized.NameValueCollection query = HttpUtility.ParseQueryString(call.Path.Contains('?', StringComparison.Ordinal) ? call.Path[call.Path.IndexOf('?', StringComparison.Ordinal)..] : "");
        return parts switch
        {
            ["crm", "objects", _, var type, "search"] => Search(type, call.Body!),
            ["crm", "objects", _, var type, "batch", var verb] => Batch(type, verb, call.Body!),
            ["crm", "objects", _, var type] when call.Method == "GET" => List(type, query),
            ["crm", "objects", _, var type, var id] when call.Method == "GET" => Get(type, long.Parse(id, CultureInfo.InvariantCulture), query),
            ["crm", "associations", _, var from, var to, "batch", var verb] => Associate(from, to, verb, call.Body!),
            ["crm", "properties", _, _, "groups"] => (200, new JsonObject { ["results"] = new JsonArray(new JsonObject { ["name"] = "information" }) }),
            ["crm", "properties", _, var type] when call.Method == "POST" => Defined(type, call.Body!),
            ["crm", "properties", _, var type] => (200, new JsonObject { ["results"] = Properties.GetValueOrDefault(type)?.DeepClone() ?? new JsonArray() }),
            ["account-info", ..] => (200, new JsonObject { ["portalId"] = 62515, ["timeZone"] = "UTC", ["utcOffsetMilliseconds"] = 0 }),
            _ => (404, Error("OBJECT_NOT_FOUND", "resource not found")),
        };
    }

    private (int, JsonNode?) Defined(string type, JsonNode body)
    {
        Define(type, (string)body["name"]!, (string)body["type"]!, (string)body["fieldType"]!, (bool?)body["hasUniqueValue"] == true);
        return (201, body.DeepClone());
    }

    private (int, JsonNode?) List(string type, System.Collections.Specialized.NameValueCollection query)
    {
        int limit = int.Parse(query["limit"] ?? "10", CultureInfo.InvariantCulture);
        long after = long.Parse(query["after"] ?? "0", CultureInfo.InvariantCulture);
        FakeObject[] behind = [.. Objects[type].Where(o => !o.IsArchived && o.Id > after).OrderBy(o => o.Id)];
        JsonObject page = new() { ["results"] = new JsonArray([.. behind.Take(limit).Select(o => Show(type, o, query["properties"]?.Split(','), query["associations"]?.Split(',')))]) };
        if (behind.Length > limit) page["paging"] = new JsonObject { ["next"] = new JsonObject { ["after"] = behind[limit - 1].Id.ToString(CultureInfo.InvariantCulture) } };
        return (200, page);
    }

    private (int, JsonNode?) Get(string type, long id, System.Collections.Specialized.NameValueCollection query)
    {
        FakeObject? held = Objects[type].FirstOrDefault(o => o.Id == Merged.GetValueOrDefault(id, id) && !o.IsArchived);
        return held is null ? (404, Error("OBJECT_NOT_FOUND", "resource not found")) : (200, Show(type, held, query["properties"]?.Split(','), query["associations"]?.Split(',')));
    }

    private (int, JsonNode?) Search(string type, JsonNode body)
    {
        bool isDown = (string?)body["sorts"]?[0]?["direction"] == "DESCENDING";
        JsonArray groups = body["filterGroups"]!.AsArray();
        FakeObject[] hits = [.. Objects[type].Where(o => !o.IsArchived && (groups.Count == 0 || groups.Any(g => g!["filters"]!.AsArray().All(f => Holds(o, f!))))).OrderBy(o => isDown ? -o.Id : o.Id)];
        string[] properties = [.. body["properties"]!.AsArray().Select(p => (string)p!)];
        return (200, new JsonObject { ["total"] = hits.Length, ["results"] = new JsonArray([.. hits.Take((int)body["limit"]!).Select(o => Show(type, o, properties, null))]) });
    }

    private static bool Holds(FakeObject held, JsonNode filter)
    {
        string property = (string)filter["propertyName"]!;
        string? value = property == "hs_object_id" ? held.Id.ToString(CultureInfo.InvariantCulture)
            : property.EndsWith("lastmodifieddate", StringComparison.Ordinal) ? held.UpdatedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)
            : held.Properties.GetValueOrDefault(property);
        return (string)filter["operator"]! switch
        {
            "HAS_PROPERTY" => value is not null,
            "GT" => long.Parse(value!, CultureInfo.InvariantCulture) > long.Parse((string)filter["value"]!, CultureInfo.InvariantCulture),
            "GTE" => long.Parse(value!, CultureInfo.InvariantCulture) >= long.Parse((string)filter["value"]!, CultureInfo.InvariantCulture),
            "LTE" => long.Parse(value!, CultureInfo.InvariantCulture) <= long.Parse((string)filter["value"]!, CultureInfo.InvariantCulture),
            "IN" => value is not null && filter["values"]!.AsArray().Any(v => ((string)v!).Equals(value, StringComparison.OrdinalIgnoreCase)),
            _ => value?.Split(';').Contains((string)filter["value"]!) == true,
        };
    }

    private (int, JsonNode?) Batch(string type, string verb, JsonNode body)
    {
        JsonArray results = [], errors = [];
        foreach (JsonObject input in body["inputs"]!.AsArray().Select(i => i!.AsObject()))
        {
            (FakeObject? held, JsonObject? error) = verb switch
            {
                "read" => (Find(type, (string?)body["idProperty"], (string)input["id"]!), null),
                "create" => Create(type, input),
                "archive" => (Archive(type, (string)input["id"]!), null),
                "upsert" => Upsert(type, input),
                _ => Update(type, Find(type, null, (string)input["id"]!), input),
            };
            string? trace = (string?)input["objectWriteTraceId"];
            if (held is not null)
            {
                JsonObject shown = Show(type, held, [.. body["properties"]?.AsArray().Select(p => (string)p!) ?? held.Properties.Keys], null);
                if (trace is not null) shown["objectWriteTraceId"] = trace;
                results.Insert(0, shown);
            }
            if (error is null) continue;
            if (trace is not null) error["context"]!["objectWriteTraceId"] = new JsonArray(trace);
            errors.Add(error);
        }
        JsonObject answer = new() { ["status"] = "COMPLETE", ["results"] = results };
        if (errors.Count > 0) (answer["errors"], answer["numErrors"]) = (errors, errors.Count);
        return verb == "archive" ? (204, null) : (errors.Count > 0 ? 207 : 200, answer);
    }

    private FakeObject? Find(string type, string? idProperty, string value) =>
        Objects[type].FirstOrDefault(o => !o.IsArchived && (idProperty is null ? o.Id.ToString(CultureInfo.InvariantCulture) == value : o.Properties.GetValueOrDefault(idProperty) == value));

    private FakeObject? Archive(string type, string id)
    {
        if (Find(type, null, id) is { } held) held.IsArchived = true;
        return null;
    }

    private (FakeObject?, JsonObject?) Create(string type, JsonObject input)
    {
        string? email = ((string?)input["properties"]!["email"])?.ToLowerInvariant();
        FakeObject? holder = email is null ? null : Objects[type].FirstOrDefault(o => !o.IsArchived && $"{o.Properties.GetValueOrDefault("email")};{o.Properties.GetValueOrDefault("hs_additional_emails")}".Split(';').Contains(email));
        if (holder is not null) return (null, Error("CONFLICT", $"Contact already exists. Existing ID: {holder.Id}", ("existingId", holder.Id.ToString(CultureInfo.InvariantCulture))));
        if ((string?)input["properties"]!["syncline_key"] is { } key && Find(type, "syncline_key", key) is not null) return (null, Error("VALIDATION_ERROR", "a value that must be unique is taken", ("propertyName", "syncline_key")));
        FakeObject made = Add(type);
        Set(made, input);
        foreach (JsonNode? tie in input["associations"]?.AsArray() ?? [])
        {
            string to = type == "deals" && (int)tie!["types"]![0]!["associationTypeId"]! == 3 || type == "notes" ? "contacts" : "companies";
            foreach (JsonNode? one in tie!["types"]!.AsArray()) Ties.Add((type, made.Id, to, long.Parse((string)tie["to"]!["id"]!, CultureInfo.InvariantCulture), (int)one!["associationTypeId"]!));
        }
        return (made, null);
    }

    private (FakeObject?, JsonObject?) Upsert(string type, JsonObject input)
    {
        FakeObject? held = Find(type, (string)input["idProperty"]!, (string)input["id"]!);
        if (held is not null) return Update(type, held, input);
        input["properties"]![(string)input["idProperty"]!] = (string)input["id"]!;
        return Create(type, input);
    }

    private (FakeObject?, JsonObject?) Update(string type, FakeObject? held, JsonObject input)
    {
        if (held is null) return (null, Error("OBJECT_NOT_FOUND", "Could not get some objects, they may be deleted or not exist.", ("ids", (string)input["id"]!)));
        if (((JsonObject)input["properties"]!).FirstOrDefault(p => p.Key == "refuse_me") is { Key: not null }) return (null, Error("VALIDATION_ERROR", "Property \"refuse_me\" does not exist", ("propertyName", "refuse_me")));
        Set(held, input);
        return (held, null);
    }

    private void Set(FakeObject held, JsonObject input)
    {
        foreach ((string name, JsonNode? value) in (JsonObject)input["properties"]!) held.Properties[name] = (string?)value is not { Length: > 0 } text ? null : name == "email" ? text.ToLowerInvariant() : text;
        held.UpdatedAt = clock.GetUtcNow();
    }

    private (int, JsonNode?) Associate(string from, string to, string verb, JsonNode body)
    {
        JsonArray results = [];
        foreach (JsonNode? input in body["inputs"]!.AsArray())
        {
            long id = long.Parse((string)(verb == "read" ? input!["id"] : input!["from"]!["id"])!, CultureInfo.InvariantCulture);
            if (verb == "read") results.Add(Neighbours(from, id, to));
            else if (verb == "archive") Ties.RemoveWhere(t => t.From == from && t.FromId == id && t.To == to && input["to"]!.AsArray().Any(o => (string)o!["id"]! == t.ToId.ToString(CultureInfo.InvariantCulture)));
            else AddTies(from, id, to, input);
        }
        return (200, new JsonObject { ["results"] = results });
    }

    private void AddTies(string from, long id, string to, JsonNode input)
    {
        foreach (int type in input["types"]!.AsArray().Select(t => (int)t!["associationTypeId"]!))
        {
            if (type is 1 or 5) Ties.RemoveWhere(t => t.From == from && t.FromId == id && t.Type == type);
            Ties.Add((from, id, to, long.Parse((string)input["to"]!["id"]!, CultureInfo.InvariantCulture), type));
        }
    }

    private JsonObject Neighbours(string from, long id, string to) => new()
    {
        ["from"] = new JsonObject { ["id"] = id.ToString(CultureInfo.InvariantCulture) },
        ["to"] = new JsonArray([.. Ties.Where(t => t.From == from && t.FromId == id && t.To == to).GroupBy(t => t.ToId).Select(g => new JsonObject
        {
            ["toObjectId"] = g.Key,
            ["associationTypes"] = new JsonArray([.. g.Select(t => new JsonObject { ["category"] = "HUBSPOT_DEFINED", ["typeId"] = t.Type })]),
        })]),
    };

    private JsonObject Show(string type, FakeObject held, string[]? properties, string[]? associations)
    {
        JsonObject shown = new()
        {
            ["id"] = held.Id.ToString(CultureInfo.InvariantCulture),
            ["properties"] = new JsonObject((properties ?? []).Distinct().Select(p => KeyValuePair.Create(p, (JsonNode?)held.Properties.GetValueOrDefault(p)))),
            ["createdAt"] = held.UpdatedAt,
            ["updatedAt"] = held.UpdatedAt,
            ["archived"] = held.IsArchived,
        };
        // Without neighbours the field is not there at all.
        if (associations is null || !Ties.Any(t => t.From == type && t.FromId == held.Id && associations.Contains(t.To))) return shown;
        shown["associations"] = new JsonObject(associations.Where(to => Ties.Any(t => t.From == type && t.FromId == held.Id && t.To == to)).Select(to => KeyValuePair.Create(to, (JsonNode?)new JsonObject
        {
            ["results"] = new JsonArray([.. Ties.Where(t => t.From == type && t.FromId == held.Id && t.To == to).Select(t => new JsonObject { ["id"] = t.ToId.ToString(CultureInfo.InvariantCulture), ["type"] = "contact_to_company" })]),
        })));
        return shown;
    }

    public static JsonObject Error(string category, string message, params (string Name, string Value)[] context) => new()
    {
        ["status"] = "error",
        ["category"] = category,
        ["message"] = message,
        ["context"] = new JsonObject(context.Select(c => KeyValuePair.Create(c.Name, (JsonNode?)new JsonArray(c.Value)))),
    };
}
