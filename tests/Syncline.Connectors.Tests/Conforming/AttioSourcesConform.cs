using System.Globalization;
using System.Text.Json.Nodes;
using Syncline.Conformance.Sources;
using Syncline.Extraction;
using Syncline.Records;
using Syncline.Sandbox.Attio;

namespace Syncline.Connectors.Tests.Conforming;

public sealed class AttioPeopleConform : SourceConformance
{
    protected override Task<SourceWorld> NewWorldAsync() => Task.FromResult<SourceWorld>(new SimulatedAttio("people"));
}

public sealed class AttioCompaniesConform : SourceConformance
{
    protected override Task<SourceWorld> NewWorldAsync() => Task.FromResult<SourceWorld>(new SimulatedAttio("companies"));
}

public sealed class AttioMessagesConform : SourceConformance
{
    protected override Task<SourceWorld> NewWorldAsync() => Task.FromResult<SourceWorld>(new SimulatedAttio("messages"));
}

/// <summary>An import gives a thousand rows one creation time, and rows of a time come in no promised order.</summary>
public sealed class AttioPeopleOfOneInstantConform : SourceConformance
{
    protected override Task<SourceWorld> NewWorldAsync() => Task.FromResult<SourceWorld>(new SimulatedAttio("people", TimeSpan.Zero));
}

/// <summary>Objects of a workspace, filled and changed as its members do.</summary>
internal sealed class SimulatedAttio(string stream, TimeSpan? apart = null) : SourceWorld
{
    private readonly SandboxConnection<AttioSimulator> _sandbox = SandboxConnections.Attio(AttioWorkspaces.LinkedInReady);
    private int _added;

    private string ObjectSlug => stream == "messages" ? "linkedin_messages" : stream;

    public override IReadOnlyCollection<string> OtherStreams { get; } = [.. ((string[])["people", "companies", "messages"]).Where(s => s != stream)];

    public override ISource Open(int pageSize) => Open(("page_size", pageSize.ToString(CultureInfo.InvariantCulture)));

    public override ISource? OpenWithBadCredential(int pageSize) => Open(("api_key", new string('b', 64)));

    public override Task<RecordKey> AddRecordAsync(CancellationToken cancellationToken)
    {
        Pass(apart ?? TimeSpan.FromMilliseconds(200));
        return Task.FromResult(Key(_sandbox.Simulator.CreateByPerson(ObjectSlug, Values(++_added))));
    }

    public override Task<RecordKey> ChangeRecordAsync(RecordKey added, CancellationToken cancellationToken)
    {
        string attribute = stream switch { "people" => "job_title", "companies" => "name", _ => "body" };
        string changed = (_sandbox.Simulator.Record(ObjectSlug, added.Id)?.Text(attribute) ?? "") + " more";
        _sandbox.Simulator.EditByPerson(ObjectSlug, added.Id, attribute, changed);
        return Task.FromResult(added);
    }

    public override void Pass(TimeSpan time) => _sandbox.Clock.Pass(time);

    private ISource Open(params (string, string)[] settings) => _sandbox.Open(settings).Sources.Single(s => s.Stream.Id.Name == stream);

    private static RecordKey Key(string stream, string id) => new("attio", stream, id);

    private RecordKey Key(string id) => Key(stream, id);

    private JsonObject Values(int number) => stream switch
    {
        "people" => Person(number),
        "companies" => new() { ["name"] = $"Example {number}", ["domains"] = new JsonArray($"example-{number}.example.com") },
        _ => Message(number),
    };

    private static JsonObject Person(int number) => new()
    {
        ["name"] = new JsonObject { ["first_name"] = "Ada", ["last_name"] = $"Example {number}", ["full_name"] = $"Ada Example {number}" },
        ["email_addresses"] = new JsonArray($"ada{number}@example.com"),
    };

    private JsonObject Message(int number)
    {
        string person = _sandbox.Simulator.CreateByPerson("people", Person(number));
        return new()
        {
            ["message_uid"] = $"thread:{number}",
            ["body"] = $"Hello {number}",
            ["direction"] = "Outbound",
            ["sent_at"] = "2026-05-19T08:00:00Z",
            ["person"] = new JsonArray(new JsonObject { ["target_object"] = "people", ["target_record_id"] = person }),
        };
    }
}
