using System.Globalization;
using System.Text.Json.Nodes;

namespace Syncline.Connectors.Tests.Attio;

internal sealed record FakeAttribute(string Slug, string Type, bool IsMultiselect = false, bool IsUnique = false, bool IsWritable = true)
{
    public List<string> Titles { get; } = [];

    public string? ReverseSlug { get; init; }

    public string MainKey => Type switch
    {
        "email-address" => "email_address",
        "domain" => "domain",
        "phone-number" => "phone_number",
        "currency" => "currency_value",
        _ => "value",
    };
}

internal sealed record FakeRecord(string Id, string CreatedAt, Dictionary<string, JsonArray> Values);

/// <summary>Objects, attributes and records in memory, with the rules of create, assert, PATCH and PUT that the connector relies on.</summary>
internal sealed class FakeAttioWorld
{
    private int _ids;

    public Dictionary<string, List<FakeAttribute>> Objects { get; } = new(StringComparer.Ordinal)
    {
        ["people"] =
        [
            new("record_id", "text", IsUnique: true, IsWritable: false), new("created_at", "timestamp", IsWritable: false),
            new("name", "personal-name"), new("email_addresses", "email-address", true, true), new("phone_numbers", "phone-number", true), new("job_title", "text"),
            new("company", "record-reference"), new("primary_location", "location"), new("linkedin", "text"), new("linkedin_url_6", "text"), new("company_name", "text"),
            new("heyreach_lead_id", "text"), new("syncline_id", "text"), new("campaign_id", "text"), new("messages_sent", "number"), new("last_reply_at", "timestamp"),
            new("avatar_url", "text", IsWritable: false), new("linkedin_messages", "record-reference", true) { ReverseSlug = "person" },
        ],
        ["companies"] = [new("record_id", "text", IsWritable: false), new("created_at", "timestamp", IsWritable: false), new("name", "text"), new("linkedin", "text"), new("domains", "domain", true, true), new("syncline_id", "text"), new("categories", "select", true)],
        ["linkedin_messages"] =
        [
            new("record_id", "text", IsWritable: false), new("created_at", "timestamp", IsWritable: false),
            new("person", "record-reference") { ReverseSlug = "linkedin_messages" }, new("body", "text"), new("sent_at", "timestamp"),
            new("direction", "select") { Titles = { "Inbound", "Outbound" } }, new("channel", "text"), new("conversation_id", "text"), new("campaign", "text"), new("message_uid", "text", IsUnique: true),
        ],
    };

    public Dictionary<string, List<FakeRecord>> Records { get; } = new(StringComparer.Ordinal) { ["people"] = [], ["companies"] = [], ["linkedin_messages"] = [] };

    public List<JsonObject> Notes { get; } = [];

    public FakeAttribute Attribute(string objectSlug, string slug) => Objects[objectSlug].First(a => a.Slug == slug);

    public void Replace(string objectSlug, FakeAttribute attribute)
    {
        Objects[objectSlug].RemoveAll(a => a.Slug == attribute.Slug);
        Objects[objectSlug].Add(attribute);
    }

    public string NewId() => new Guid(++_ids, 7, 7, [1, 2, 3, 4, 5, 6, 7, 8]).ToString();

    /// <summary>Adds a record as a person would by hand.</summary>
    public FakeRecord Add(string objectSlug, string valuesJson, string? createdAt = null)
    {
        FakeRecord record = new(NewId(), createdAt ?? string.Create(CultureInfo.InvariantCulture, $"2026-02-01T10:00:{_ids % 60:00}.{_ids:000000000}Z"), []);
        Records[objectSlug].Add(record);
        foreach ((string slug, JsonNode? value) in JsonNode.Parse(valuesJson)!.AsObject()) record.Values[slug] = Stored(Attribute(objectSlug, slug), value);
        return record;
    }

    public (int, string) Handle(SeenCall call)
    {
        string[] path = call.Path.Split('?')[0].Trim('/').Split('/');
        return (call.Method, path) switch
        {
            ("GET", [_, "self"]) => (200, """{"active":true,"scope":"record_permission:read-write object_configuration:read-write note:read-write list_configuration:read list_entry:read-write","workspace_name":"Acme"}"""),
            ("GET", [_, "objects"]) => Ok(new JsonArray([.. Objects.Keys.Select(o => (JsonNode)new JsonObject { ["id"] = new JsonObject { ["object_id"] = "o-" + o }, ["api_slug"] = o })])),
            ("GET", [_, "lists"]) => Ok(new JsonArray()),
            ("GET", [_, "objects", var o, "attributes"]) => Objects.TryGetValue(o, out List<FakeAttribute>? all) ? Ok(new JsonArray([.. all.Select(a => (JsonNode)Shape(a))])) : NoObject(o),
            ("GET", [_, "objects", var o, "attributes", var a, "options"]) => Ok(new JsonArray([.. Attribute(o, a).Titles.Select(t => (JsonNode)new JsonObject { ["title"] = t, ["is_archived"] = false })])),
            ("POST", [_, "objects", var o, "records", "query"]) => Query(o, call.Body!),
            ("POST", [_, "objects", var o, "records"]) => Write(o, null, call.Body!, isPut: true),
            ("PUT", [_, "objects", var o, "records"]) => Assert(o, call.Path.Split("matching_attribute=")[1], call.Body!),
            ("PATCH" or "PUT", [_, "objects", var o, "records", var id]) => Records[o].Find(r => r.Id == id) is { } r ? Write(o, r, call.Body!, call.Method == "PUT") : NoRecord(id),
            ("DELETE", [_, "objects", var o, "records", var id]) => Records[o].RemoveAll(r => r.Id == id) > 0 ? (200, "{}") : NoRecord(id),
            ("GET", [_, "notes"]) => Ok(new JsonArray([.. Notes.Where(n => call.Path.Contains((string)n["parent_record_id"]!, StringComparison.Ordinal) || !call.Path.Contains("parent", StringComparison.Ordinal)).Select(n => n.DeepClone())])),
            ("POST", [_, "notes"]) => AddNote(call.Body!["data"]!.AsObject()),
            ("GET", [_, "notes", var id]) => Notes.Find(n => (string?)n["id"]!["note_id"] == id) is { } n ? Ok(n.DeepClone()) : NoRecord(id),
            ("DELETE", [_, "notes", var id]) => Notes.RemoveAll(n => (string?)n["id"]!["note_id"] == id) > 0 ? (200, "{}") : NoRecord(id),
            _ => Refusal(404, "not_found", $"Could not find endpoint \"{call.Method} {call.Path}\"."),
        };
    }

    private (int, string) AddNote(JsonObject data)
    {
        JsonObject note = new()
        {
            ["id"] = new JsonObject { ["note_id"] = NewId() },
            ["parent_object"] = data["parent_object"]!.DeepClone(),
            ["parent_record_id"] = data["parent_record_id"]!.DeepClone(),
            ["title"] = data["title"]!.DeepClone(),
            ["content_plaintext"] = data["content"]!.DeepClone(),
            ["content_markdown"] = data["content"]!.DeepClone(),
            ["created_at"] = data["created_at"]?.DeepClone() ?? "2026-03-01T12:00:00.000000000Z",
        };
        Notes.Add(note);
        return Ok(note.DeepClone());
    }

    private (int, string) Assert(string objectSlug, string matching, JsonNode body)
    {
        if (!Attribute(objectSlug, matching).IsUnique) return Refusal(400, "matching_attribute_definition_not_unique", "The matching attribute specified is not a unique attribute.");
        string[] wanted = [.. body["data"]!["values"]![matching]!.AsArray().Select(v => v!.ToString())];
        FakeRecord? found = Records[objectSlug].Find(r => Texts(r, objectSlug, matching).Intersect(wanted, StringComparer.OrdinalIgnoreCase).Any());
        return Write(objectSlug, found, body, isPut: true, adds: matching);
    }

    private (int, string) Write(string objectSlug, FakeRecord? record, JsonNode body, bool isPut, string? adds = null)
    {
        JsonObject values = body["data"]!["values"]!.AsObject();
        foreach ((string slug, JsonNode? value) in values)
        {
            if (Objects[objectSlug].Find(a => a.Slug == slug) is not { } attribute) return Refusal(400, "value_not_found", $"Cannot find attribute with slug/ID \"{slug}\".");
            if (value is JsonArray array && Trouble(objectSlug, record, attribute, array) is { } trouble) return trouble;
        }
        bool isNew = record is null;
        record ??= Add(objectSlug, "{}");
        foreach ((string slug, JsonNode? value) in values)
        {
            FakeAttribute attribute = Attribute(objectSlug, slug);
            JsonArray stored = Stored(attribute, value);
            bool keeps = attribute.IsMultiselect && !isNew && (!isPut || slug == adds);
            if (keeps && record.Values.TryGetValue(slug, out JsonArray? before))
            {
                HashSet<string> held = [.. stored.Select(Identity)];
                foreach (JsonNode? old in before.Where(b => !held.Contains(Identity(b))).ToArray()) stored.Add(old!.DeepClone());
            }
            record.Values[slug] = stored;
            if (attribute.ReverseSlug is { } reverse) Mirror(objectSlug, record, stored, reverse);
        }
        return Ok(Shape(objectSlug, record));
    }

    private (int, string)? Trouble(string objectSlug, FakeRecord? record, FakeAttribute attribute, JsonArray values)
    {
        foreach (string text in values.Select(v => v?.ToString() ?? ""))
        {
            if (attribute.Type == "phone-number" && !text.StartsWith('+')) return Refusal(400, "validation_type", $"An invalid value was passed to attribute with slug \"{attribute.Slug}\".");
            if (attribute.Type == "select" && !attribute.Titles.Contains(text)) return Refusal(400, "value_not_found", $"Cannot find select attribute with select option title \"{text}\".");
            if (attribute.IsUnique && Records[objectSlug].Find(r => r != record && Texts(r, objectSlug, attribute.Slug).Contains(text, StringComparer.OrdinalIgnoreCase)) is { } holder)
            {
                return Refusal(400, "uniqueness_conflict", $"A value provided for attribute with slug \"{attribute.Slug}\" conflicts with one already in the system. Conflicting record IDs: {holder.Id}");
            }
        }
        if (attribute.Type != "record-reference") return null;
        bool dangles = values.Any(v => Records.GetValueOrDefault((string)v!["target_object"]!)?.Exists(r => r.Id == (string)v["target_record_id"]!) != true);
        return dangles ? Refusal(400, "value_not_found", $"A record referenced by attribute with slug \"{attribute.Slug}\" was not found.") : null;
    }

    private void Mirror(string objectSlug, FakeRecord record, JsonArray references, string reverse)
    {
        foreach (JsonNode? reference in references)
        {
            string target = (string)reference!["target_object"]!;
            FakeRecord other = Records[target].First(r => r.Id == (string)reference["target_record_id"]!);
            JsonArray back = other.Values.GetValueOrDefault(reverse) ?? [];
            if (!back.Any(b => (string)b!["target_record_id"]! == record.Id)) back.Add(Envelope("record-reference", new() { ["target_object"] = objectSlug, ["target_record_id"] = record.Id }));
            other.Values[reverse] = back;
        }
    }

    private (int, string) Query(string objectSlug, JsonNode body)
    {
        if (!Objects.ContainsKey(objectSlug)) return NoObject(objectSlug);
        IEnumerable<FakeRecord> hits = Records[objectSlug].Where(r => Passes(objectSlug, r, body["filter"]?.AsObject())).OrderBy(r => r.CreatedAt, StringComparer.Ordinal);
        return Ok(new JsonArray([.. hits.Skip((int)(body["offset"] ?? 0)).Take((int)(body["limit"] ?? 500)).Select(r => (JsonNode)Shape(objectSlug, r))]));
    }

    private bool Passes(string objectSlug, FakeRecord record, JsonObject? filter) => filter is null || filter.All(condition => condition.Key switch
    {
        "$or" => condition.Value!.AsArray().Any(f => Passes(objectSlug, record, f!.AsObject())),
        "record_id" => In(condition.Value!, record.Id),
        "created_at" => string.CompareOrdinal(record.CreatedAt, (string)condition.Value!["$gte"]!) >= 0,
        _ => Texts(record, objectSlug, condition.Key).Any(text => In(condition.Value!, text)),
    });

    private static bool In(JsonNode condition, string text) =>
        condition["$in"] is JsonArray any ? any.Any(v => (string)v! == text) : (string)condition["$eq"]! == text;

    private IEnumerable<string> Texts(FakeRecord record, string objectSlug, string slug) =>
        (record.Values.GetValueOrDefault(slug) ?? []).Select(v => v![Attribute(objectSlug, slug).MainKey]!.ToString());

    private static string Identity(JsonNode? value) => (value!["value"] ?? value["email_address"] ?? value["domain"] ?? value["phone_number"] ?? value["target_record_id"] ?? value["option"]!["title"])!.ToString();

    private static JsonArray Stored(FakeAttribute attribute, JsonNode? value) => value switch
    {
        null => [],
        JsonArray array => new([.. array.Select(v => Envelope(attribute.Type, Element(attribute, v!)))]),
        _ => new(Envelope(attribute.Type, Element(attribute, value))),
    };

    private static JsonObject Element(FakeAttribute attribute, JsonNode value) => attribute.Type switch
    {
        "select" => new() { ["option"] = new JsonObject { ["title"] = value.ToString(), ["is_archived"] = false } },
        "email-address" => new() { ["email_address"] = value.ToString().ToLowerInvariant(), ["original_email_address"] = value.ToString() },
        "timestamp" => new() { ["value"] = value.ToString().Contains('.', StringComparison.Ordinal) ? value.ToString() : value.ToString().Replace("Z", ".000000000Z", StringComparison.Ordinal) },
        _ => value is JsonObject whole ? whole.DeepClone().AsObject() : new() { [attribute.MainKey] = value.DeepClone() },
    };

    private static JsonObject Envelope(string type, JsonObject element)
    {
        element["active_from"] = "2026-02-01T10:00:00.123456789Z";
        element["active_until"] = null;
        element["attribute_type"] = type;
        return element;
    }

    private JsonObject Shape(string objectSlug, FakeRecord record)
    {
        JsonObject values = [];
        foreach (FakeAttribute attribute in Objects[objectSlug]) values[attribute.Slug] = record.Values.GetValueOrDefault(attribute.Slug)?.DeepClone() ?? new JsonArray();
        values["created_at"] = new JsonArray(Envelope("timestamp", new() { ["value"] = record.CreatedAt }));
        return new() { ["id"] = new JsonObject { ["workspace_id"] = "w", ["object_id"] = "o-" + objectSlug, ["record_id"] = record.Id }, ["created_at"] = record.CreatedAt, ["values"] = values };
    }

    private static JsonObject Shape(FakeAttribute a) => new()
    {
        ["id"] = new JsonObject { ["attribute_id"] = "a-" + a.Slug },
        ["api_slug"] = a.Slug,
        ["type"] = a.Type,
        ["is_writable"] = a.IsWritable,
        ["is_required"] = false,
        ["is_unique"] = a.IsUnique,
        ["is_multiselect"] = a.IsMultiselect,
        ["is_archived"] = false,
        ["relationship"] = a.ReverseSlug is { } reverse ? new JsonObject { ["object_slug"] = "other", ["api_slug"] = reverse } : null,
        ["config"] = new JsonObject { ["currency"] = new JsonObject { ["default_currency_code"] = null } },
    };

    private static (int, string) Ok(JsonNode data) => (200, new JsonObject { ["data"] = data }.ToJsonString());

    private static (int, string) NoObject(string slug) => Refusal(404, "not_found", $"Object with slug/ID \"{slug}\" not found.");

    private static (int, string) NoRecord(string id) => Refusal(404, "not_found", $"Record with ID \"{id}\" not found.");

    private static (int, string) Refusal(int status, string code, string message) =>
        (status, new JsonObject { ["status_code"] = status, ["type"] = "invalid_request_error", ["code"] = code, ["message"] = message }.ToJsonString());
}
