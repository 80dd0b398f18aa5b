using System.Globalization;
using System.Text.Json.Nodes;
using Syncline.Conformance.Destinations;
using Syncline.Conformance.Sources;
using Syncline.Connectors.HubSpot;
using Syncline.Extraction;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Records;
using Syncline.Sandbox;
using Syncline.Sandbox.HubSpot;

namespace Syncline.Connectors.Tests.Conforming;

/// <summary>A portal as it is found: nothing in it of ours but the key of notes.</summary>
public sealed class HubSpotDestinationConforms : DestinationConformance
{
    protected override Task<DestinationWorld> NewWorldAsync(CancellationToken cancellationToken) => Task.FromResult<DestinationWorld>(new SimulatedHubSpot(null));
}

/// <summary>A portal with a unique property for our id.</summary>
public sealed class HubSpotDestinationWithOurIdConforms : DestinationConformance
{
    protected override Task<DestinationWorld> NewWorldAsync(CancellationToken cancellationToken) => Task.FromResult<DestinationWorld>(new SimulatedHubSpot("our_id"));
}

public sealed class HubSpotContactsConform : SourceConformance
{
    protected override Task<SourceWorld> NewWorldAsync() => Task.FromResult<SourceWorld>(new SimulatedHubSpotRecords("contacts"));
}

public sealed class HubSpotCompaniesConform : SourceConformance
{
    protected override Task<SourceWorld> NewWorldAsync() => Task.FromResult<SourceWorld>(new SimulatedHubSpotRecords("companies"));
}

public sealed class HubSpotCallsConform : SourceConformance
{
    protected override Task<SourceWorld> NewWorldAsync() => Task.FromResult<SourceWorld>(new SimulatedHubSpotRecords("calls"));
}

public sealed class HubSpotListsConform : SourceConformance
{
    protected override Task<SourceWorld> NewWorldAsync() => Task.FromResult<SourceWorld>(new SimulatedHubSpotRecords("lists"));
}

public sealed class HubSpotEntriesConform : SourceConformance
{
    protected override Task<SourceWorld> NewWorldAsync() => Task.FromResult<SourceWorld>(new SimulatedHubSpotRecords("list-entries"));
}

/// <summary>A portal and the people in it, who use the API of the app.</summary>
internal sealed class HubSpotOffice
{
    public const string Token = "pat-na1-ours", Theirs = "pat-na1-theirs";

    public HubSpotOffice()
    {
        QuickClock clock = new(new(2026, 10, 1, 9, 30, 0, TimeSpan.Zero));
        HubSpotSimulator simulator = new(new() { Tokens = new Dictionary<string, string> { [Token] = "*", [Theirs] = "*" } }, clock);
        Sandbox = new(simulator, new HubSpotProvider(), clock, new() { ["token"] = Token });
    }

    public SandboxConnection<HubSpotSimulator> Sandbox { get; }

    public JsonNode Post(string path, JsonObject body) => Send("POST", path, body);

    public JsonNode Send(string method, string path, JsonNode? body)
    {
        // What people do takes time of its own, so that the limits of their app are never reached.
        Sandbox.Clock.Pass(TimeSpan.FromMilliseconds(200));
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase) { ["Authorization"] = $"Bearer {Theirs}", ["Content-Type"] = "application/json" };
        string[] parts = path.Split('?', 2);
        SandboxResponse answer = Sandbox.Simulator.Handle(new(method, parts[0], parts.Length > 1 ? parts[1] : "", headers, body?.ToJsonString() ?? ""));
        Assert.True(answer.Status is >= 200 and < 300, $"{method} {path}: {answer.Status} {answer.Body}");
        return answer.Body.Length == 0 ? new JsonObject() : JsonNode.Parse(answer.Body)!;
    }

    public string Add(string type, params (string Name, string Value)[] properties) => (string)Post($"/crm/objects/2026-09/{type}", Properties(properties))["id"]!;

    public void Edit(string type, string id, params (string Name, string Value)[] properties) => Send("PATCH", $"/crm/objects/2026-09/{type}/{id}", Properties(properties));

    public void Define(string type, string name, bool isUnique) => Post($"/crm/properties/2026-09/{type}", new()
    {
        ["name"] = name,
        ["label"] = name,
        ["groupName"] = (string?)Send("GET", $"/crm/properties/2026-09/{type}/groups", null)["results"]![0]!["name"],
        ["type"] = "string",
        ["fieldType"] = "text",
        ["hasUniqueValue"] = isUnique,
    });

    public int Count(string type)
    {
        int count = 0;
        string? after = null;
        do
        {
            JsonNode page = Send("GET", $"/crm/objects/2026-09/{type}?limit=100{(after is null ? "" : $"&after={after}")}", null);
            count += page["results"]!.AsArray().Count;
            after = (string?)page["paging"]?["next"]?["after"];
        }
        while (after is not null);
        return count;
    }

    public IReadOnlyList<string> Lists() => [.. Post("/crm/lists/2026-09/search", new() { ["count"] = 500 })["lists"]!.AsArray().Select(l => (string)l!["listId"]!)];

    private static JsonObject Properties((string Name, string Value)[] properties) =>
        new() { ["properties"] = new JsonObject(properties.Select(p => KeyValuePair.Create(p.Name, (JsonNode?)JsonValue.Create(p.Value)))) };
}

internal sealed class SimulatedHubSpot : DestinationWorld
{
    private readonly HubSpotOffice _office = new();
    private readonly Connection _connection;

    public SimulatedHubSpot(string? ourId)
    {
        _office.Define("contacts", "colour", isUnique: false);
        foreach (string type in (string[])["contacts", "companies", "deals", "notes"])
        {
            if (ourId is not null) _office.Define(type, ourId, isUnique: true);
            _office.Define(type, "syncline_key", isUnique: true);
        }
        _office.Sandbox.Clock.Pass(TimeSpan.FromSeconds(5));
        // The engine waits the settle time before it looks by anything but a unique value; here nobody waits.
        (_office.Sandbox.Simulator.Behaviour.IndexLag, _office.Sandbox.Simulator.Behaviour.IndexJitter) = (TimeSpan.Zero, TimeSpan.Zero);
        _connection = ourId is null ? _office.Sandbox.Open() : _office.Sandbox.Open(("external_id_property", ourId));
        Samples = HubSpotSamples.Of(ourId, _office.Add("contacts", ("firstname", "Already there")));
    }

    public override IDestination Destination => _connection.Destination!;

    public override IReadOnlyList<FieldMap> Maps => [.. _connection.Maps.Select(m => m.Stream == "contacts" ? m with { Rules = [.. m.Rules, new("colour", "favourite_colour") { IsRequired = true }] } : m)];

    public override IReadOnlyList<DestinationSample> Samples { get; }

    public override int CameTooEarly => _office.Sandbox.Faults.CameTooEarly;

    public override Task<int> CountAsync(string stream, CancellationToken cancellationToken) => Task.FromResult(stream switch
    {
        "messages" or "activities" => _office.Count("notes"),
        "lists" => _office.Lists().Count,
        "list-entries" => _office.Lists().Sum(l => (int?)_office.Send("GET", $"/crm/lists/2026-09/{l}/memberships", null)["results"]!.AsArray().Count ?? 0),
        "contacts" => _office.Count(stream) - 1,
        _ => _office.Count(stream),
    });

    public override void LoseAnswers(int writes) => _office.Sandbox.Faults.LostAnswers = writes;

    public override void Fail(int calls) => _office.Sandbox.Faults.Failures = calls;

    public override void Throttle(int calls) => _office.Sandbox.Faults.Throttles = calls;

    public override Task AddByHandAsync(string stream, string id, string field, FieldValue value, CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task<IReadOnlyList<string>> BreakAsync(CancellationToken cancellationToken)
    {
        _office.Send("DELETE", "/crm/properties/2026-09/contacts/colour", null);
        _office.Sandbox.Clock.Pass(TimeSpan.FromSeconds(5));
        return Task.FromResult<IReadOnlyList<string>>(["colour", "contacts"]);
    }
}

internal static class HubSpotSamples
{
    public static IReadOnlyList<DestinationSample> Of(string? ourId, string alreadyThere)
    {
        FieldSet ours = ourId is null ? FieldSet.Empty : FieldSet.Of((ourId, FieldValue.Of("hub-1")));
        string dealKey = ourId ?? "syncline_key";
        return
        [
            new("companies", ours.With(FieldSet.Of(("name", Text("Acme")), ("domain", List("acme.example.com")))), new("city", Text("Vienna"))),
            new("contacts", ours.With(FieldSet.Of(("email", List("ada@example.com")), ("firstname", Text("Ada")), ("lastname", Text("Example")), ("colour", Text("red")))), new("jobtitle", Text("Engineer")))
            {
                References = new Dictionary<string, string> { ["associations.company"] = "companies" },
                Refused = new("lifecyclestage", Text("nonsense")),
            },
            new("deals", FieldSet.Of((dealKey, Text("hub-2")), ("dealname", Text("Pilot")), ("dealstage", Text("appointmentscheduled")), ("amount", FieldValue.Of(1200m))), new("amount", FieldValue.Of(1500m)))
            {
                References = new Dictionary<string, string> { ["associations.contact"] = "contacts", ["associations.company"] = "companies" },
            },
            Note("messages", "message:m-1", ("note.direction", Text("outbound")), ("note.channel", Text("linkedin"))),
            Note("activities", "activity:a-1", ("note.type", Text("email-opened"))),
            Note("notes", "note:n-1", ("note.title", Text("Conversation"))),
            new("lists", FieldSet.Of(("name", Text("Invited"))), new("name", Text("Asked"))),
            new("list-entries", FieldSet.Empty, new("person", FieldValue.Reference("contacts", alreadyThere)))
            {
                References = new Dictionary<string, string> { ["list"] = "lists", ["person"] = "contacts" },
            },
        ];
    }

    private static DestinationSample Note(string stream, string key, params (string, FieldValue?)[] parts) => new(
        stream,
        FieldSet.Of([("syncline_key", Text(key)), ("note.text", Text("Hello <b>Ada</b>\nnice to meet you")), ("hs_timestamp", FieldValue.Of(new DateTimeOffset(2026, 9, 1, 8, 0, 0, TimeSpan.Zero))), .. parts]),
        new("note.text", Text("Hello again")))
    {
        References = new Dictionary<string, string> { ["associations.contact"] = "contacts" },
    };

    private static FieldValue Text(string text) => FieldValue.Of(text);

    private static FieldValue List(string text) => FieldValue.List([FieldValue.Of(text)])!;
}

/// <summary>Records that people fill and change in the app. What they do has reached the index when the next reading begins.</summary>
internal sealed class SimulatedHubSpotRecords(string stream) : SourceWorld
{
    private static readonly TimeSpan Indexed = TimeSpan.FromSeconds(30);

    private readonly HubSpotOffice _office = new();
    private int _added;
    private string _list = "";

    public override IReadOnlyCollection<string> OtherStreams { get; } = ["companies", "contacts", "deals", "lists"];

    public override ISource Open(int pageSize) => Open(("page_size", pageSize.ToString(CultureInfo.InvariantCulture)));

    public override ISource OpenWithBadCredential(int pageSize) => Open(("token", "pat-na1-nobody"));

    public override Task<RecordKey> AddRecordAsync(CancellationToken cancellationToken)
    {
        _added++;
        if (stream is "lists" or "list-entries") return Task.FromResult(AddListed());
        string id = stream switch
        {
            "contacts" => _office.Add(stream, ("email", $"ada{_added}@example.com"), ("firstname", "Ada")),
            "companies" => _office.Add(stream, ("name", $"Example {_added}")),
            _ => _office.Add(stream, ("hs_call_title", $"Call {_added}"), ("hs_timestamp", "2026-09-01T08:00:00Z")),
        };
        Pass(Indexed);
        return Task.FromResult(new RecordKey("hubspot", stream, id));
    }

    public override Task<RecordKey> ChangeRecordAsync(RecordKey added, CancellationToken cancellationToken)
    {
        if (stream is "lists" or "list-entries") return Task.FromResult(ChangeListed(added));
        string property = stream switch { "contacts" => "jobtitle", "companies" => "city", _ => "hs_call_body" };
        _office.Edit(stream, added.Id, (property, $"At {_office.Sandbox.Clock.GetUtcNow():O}"));
        Pass(Indexed);
        return Task.FromResult(added);
    }

    public override void Pass(TimeSpan time) => _office.Sandbox.Clock.Pass(time);

    private RecordKey AddListed()
    {
        if (stream == "lists") return new("hubspot", stream, AddList());
        // Two to a list, so that some lists need more than one page.
        if (_added % 3 == 1) _list = AddList();
        return Join(_office.Add("contacts", ("email", $"ada{_added}@example.com")));
    }

    private RecordKey ChangeListed(RecordKey added)
    {
        if (stream == "lists")
        {
            _office.Send("PUT", $"/crm/lists/2026-09/{added.Id}/update-list-name?listName=Renamed%20{added.Id}", null);
            return added;
        }
        return Join(_office.Add("contacts", ("email", $"eve{++_added}@example.com")));
    }

    private string AddList() => (string)_office.Post("/crm/lists/2026-09", new() { ["name"] = $"List {_added}", ["objectTypeId"] = "0-1", ["processingType"] = "MANUAL" })["list"]!["listId"]!;

    private RecordKey Join(string contact)
    {
        _office.Send("PUT", $"/crm/lists/2026-09/{_list}/memberships/add", new JsonArray(contact));
        return new("hubspot", stream, $"{_list}:{contact}");
    }

    private ISource Open(params (string, string)[] settings) => _office.Sandbox.Open(settings).Sources.Single(s => s.Stream.Id.Name == stream);
}
