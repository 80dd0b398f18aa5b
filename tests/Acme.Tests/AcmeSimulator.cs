using System.Globalization;
using System.Text.Json.Nodes;
using Syncline.Sandbox;

namespace Acme.Tests;

/// <summary>Acme's API as its contract describes it, over invented contacts. Shares nothing with the connector it judges.</summary>
internal sealed class AcmeSimulator : ISimulator
{
    private const int CallsPerSecond = 10, LongestTitle = 80;

    private readonly TimeProvider _clock;
    private readonly Dictionary<string, Contact> _contacts = new(StringComparer.Ordinal);
    private readonly List<string> _fields = ["name", "title", "emails", "tags", "external_id"];
    private readonly Queue<DateTimeOffset> _calls = new();
    private TimeSpan _searchLag;

    public AcmeSimulator(TimeProvider clock)
    {
        _clock = clock;
        Knobs = [new("search-lag", "How long a search misses a new contact, 00:00:01.", () => _searchLag.ToString("c"), text => _searchLag = TimeSpan.Parse(text, CultureInfo.InvariantCulture))];
        Happenings = [new("remove-field", "An admin removes a field: NAME.", name => _fields.Remove(name!))];
    }

    public const string Key = "acme-sandbox-key";

    public string Provider => "acme";

    public IReadOnlyList<Knob> Knobs { get; }

    public IReadOnlyList<Happening> Happenings { get; }

    /// <summary>Contacts that are not archived.</summary>
    public int Count => Alive.Count();

    public IReadOnlyList<HeldTable> Holds(int rows) => [new("contacts", ["id", "name"], [.. Alive.Take(rows).Select(c => (string[])[c.Id, c.Texts.GetValueOrDefault("name") ?? ""])], Count)];

    /// <summary>A person adds a contact, and its id is returned.</summary>
    public string Add(string name)
    {
        Contact contact = New();
        contact.Texts["name"] = name;
        return contact.Id;
    }

    public void Edit(string id, string field, string text) => Touch(_contacts[id]).Texts[field] = text;

    public void AddTo(string id, string field, string text) => Touch(_contacts[id]).Lists[field].Add(text);

    public void Archive(string id) => Touch(_contacts[id]).Archived = true;

    public SandboxResponse Handle(SandboxRequest request)
    {
        if (request.Header("Authorization") != "Bearer " + Key) return Refuse(401, "unauthorized", "Unknown key.");
        if (WaitOf(_clock.GetUtcNow()) is { } wait) return Refuse(429, "slow_down", "10 calls a second.") with { Headers = new Dictionary<string, string> { ["Retry-After"] = wait } };
        string[] path = [.. request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];
        JsonNode? body = request.Body.Length > 0 ? JsonNode.Parse(request.Body) : null;
        return (request.Method, path) switch
        {
            ("GET", ["v1", "fields"]) => Ok(new JsonObject { ["data"] = new JsonArray([.. _fields.Select(f => JsonValue.Create(f))]) }),
            ("GET", ["v1", "contacts"]) => List(request),
            ("POST", ["v1", "contacts", "search"]) => Search(body!),
            ("PUT", ["v1", "contacts", "by-external-id", var id]) => Write(Alive.FirstOrDefault(c => c.Texts.GetValueOrDefault("external_id") == id), id, body!),
            ("PATCH", ["v1", "contacts", var id]) => Alive.FirstOrDefault(c => c.Id == id) is { } contact ? Write(contact, null, body!) : NotFound,
            ("DELETE", ["v1", "contacts", var id]) => Delete(id),
            _ => Refuse(404, "no_such_path", $"{request.Method} {request.Path}"),
        };
    }

    private static SandboxResponse NotFound => Refuse(404, "not_found", "There is no such contact.");

    private IEnumerable<Contact> Alive => _contacts.Values.Where(c => !c.Archived);

    private SandboxResponse List(SandboxRequest request)
    {
        DateTimeOffset from = DateTimeOffset.Parse(request.Parameter("changed_from") ?? "1970-01-01Z", CultureInfo.InvariantCulture);
        string after = request.Parameter("after_id") ?? "";
        if (!int.TryParse(request.Parameter("limit"), out int limit) || limit is < 1 or > 200) return Refuse(422, "invalid", "limit is a number from 1 to 200.", "limit");
        Contact[] rest = [.. _contacts.Values
            .Where(c => c.ChangedAt > from || (c.ChangedAt == from && string.CompareOrdinal(c.Id, after) > 0))
            .OrderBy(c => c.ChangedAt).ThenBy(c => c.Id, StringComparer.Ordinal)];
        return Ok(Page(rest.Take(limit), rest.Length > limit));
    }

    private SandboxResponse Search(JsonNode body)
    {
        string[] ids = Texts(body["ids"]), external = Texts(body["external_ids"]), emails = Texts(body["emails"]);
        if (ids.Length > 100 || external.Length > 100 || emails.Length > 100) return Refuse(422, "invalid", "At most 100 values of each kind.");
        DateTimeOffset seen = _clock.GetUtcNow() - _searchLag;
        return Ok(Page(Alive.Where(c => c.CreatedAt <= seen && (ids.Contains(c.Id) || external.Contains(c.Texts.GetValueOrDefault("external_id")) || c.Lists["emails"].Overlaps(emails))), more: false));
    }

    /// <param name="contact">Null makes a new one with that external id.</param>
    private SandboxResponse Write(Contact? contact, string? externalId, JsonNode body)
    {
        if (Trouble(contact, body) is { } trouble) return trouble;
        bool isNew = contact is null;
        contact ??= New();
        if (isNew) contact.Texts["external_id"] = externalId;
        foreach ((string name, JsonNode? value) in body["set"]!.AsObject())
        {
            if (contact.Lists.TryGetValue(name, out SortedSet<string>? list)) list.Clear();
            else contact.Texts[name] = (string?)value;
        }
        foreach ((string name, _) in body["replace"]!.AsObject()) contact.Lists[name].Clear();
        foreach ((string name, JsonNode? values) in body["replace"]!.AsObject().Concat(body["add"]!.AsObject())) contact.Lists[name].UnionWith(Texts(values));
        Touch(contact);
        return Ok(Shape(contact));
    }

    private SandboxResponse? Trouble(Contact? contact, JsonNode body)
    {
        IEnumerable<string> named = body["set"]!.AsObject().Concat(body["add"]!.AsObject()).Concat(body["replace"]!.AsObject()).Select(f => f.Key);
        if (named.FirstOrDefault(n => !_fields.Contains(n)) is { } unknown) return Refuse(422, "unknown_field", $"There is no field {unknown}.", unknown);
        if (((string?)body["set"]!["title"])?.Length > LongestTitle) return Refuse(422, "invalid", $"A title has {LongestTitle} characters at the most.", "title");
        string[] emails = [.. Texts(body["add"]!["emails"]), .. Texts(body["replace"]!["emails"])];
        Contact? holder = Alive.FirstOrDefault(c => c != contact && c.Lists["emails"].Overlaps(emails));
        return holder is null ? null : Refuse(409, "email_taken", "Another contact has that address.", "emails", holder.Id);
    }

    private SandboxResponse Delete(string id)
    {
        if (Alive.All(c => c.Id != id)) return NotFound;
        Archive(id);
        return Ok([]);
    }

    private Contact New()
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"c{_contacts.Count + 1:0000}");
        return _contacts[id] = new(id, _clock.GetUtcNow());
    }

    private Contact Touch(Contact contact)
    {
        contact.ChangedAt = _clock.GetUtcNow();
        return contact;
    }

    private string? WaitOf(DateTimeOffset now)
    {
        while (_calls.TryPeek(out DateTimeOffset first) && first <= now.AddSeconds(-1)) _calls.Dequeue();
        if (_calls.Count >= CallsPerSecond) return "1";
        _calls.Enqueue(now);
        return null;
    }

    private static string[] Texts(JsonNode? list) => [.. (list?.AsArray() ?? []).Select(v => (string)v!)];

    private static JsonObject Page(IEnumerable<Contact> contacts, bool more) => new() { ["data"] = new JsonArray([.. contacts.Select(c => (JsonNode)Shape(c))]), ["more"] = more };

    private static JsonObject Shape(Contact contact)
    {
        JsonObject shape = new() { ["id"] = contact.Id, ["changed_at"] = contact.ChangedAt.UtcDateTime.ToString("O"), ["archived"] = contact.Archived };
        foreach ((string name, string? text) in contact.Texts) shape[name] = text;
        foreach ((string name, SortedSet<string> list) in contact.Lists) shape[name] = new JsonArray([.. list.Select(t => JsonValue.Create(t))]);
        return shape;
    }

    private static SandboxResponse Ok(JsonObject body) => new(200, body.ToJsonString());

    private static SandboxResponse Refuse(int status, string code, string message, string? field = null, string? contact = null) =>
        new(status, new JsonObject { ["code"] = code, ["message"] = message, ["field"] = field, ["contact_id"] = contact }.ToJsonString());

    private sealed class Contact(string id, DateTimeOffset createdAt)
    {
        public string Id => id;

        public DateTimeOffset CreatedAt { get; } = createdAt;

        public DateTimeOffset ChangedAt { get; set; } = createdAt;

        public bool Archived { get; set; }

        public Dictionary<string, string?> Texts { get; } = [];

        public Dictionary<string, SortedSet<string>> Lists { get; } = new() { ["emails"] = [], ["tags"] = [] };
    }
}
