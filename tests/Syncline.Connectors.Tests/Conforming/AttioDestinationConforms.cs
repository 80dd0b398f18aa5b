using System.Text.Json.Nodes;
using Syncline.Conformance.Destinations;
using Syncline.Connectors.Tests.Attio;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Records;
using Syncline.Sandbox.Attio;

namespace Syncline.Connectors.Tests.Conforming;

/// <summary>A workspace that the doctor has set up: people and messages are two sides of one relationship.</summary>
public sealed class AttioDestinationConforms : DestinationConformance
{
    protected override Task<DestinationWorld> NewWorldAsync(CancellationToken cancellationToken) =>
        Task.FromResult<DestinationWorld>(new SimulatedWorkspace(AttioWorkspaces.LinkedInReady, hasOurId: true));
}

/// <summary>A workspace that was set up by hand: two references that know nothing of each other, and no column for our id.</summary>
public sealed class AttioDestinationAsFoundConforms : DestinationConformance
{
    protected override Task<DestinationWorld> NewWorldAsync(CancellationToken cancellationToken) =>
        Task.FromResult<DestinationWorld>(new SimulatedWorkspace(SandboxConnections.AsFound, hasOurId: false));
}

internal sealed class SimulatedWorkspace : DestinationWorld
{
    private readonly SandboxConnection<AttioSimulator> _sandbox;
    private readonly Connection _connection;

    public SimulatedWorkspace(Func<AttioSimulator, AttioSimulator> workspace, bool hasOurId)
    {
        _sandbox = SandboxConnections.Attio(workspace);
        _connection = _sandbox.Open();
        Samples = hasOurId ? AttioSamples.All : [.. AttioSamples.All.Select(s => s with { NotFoundBy = [.. s.NotFoundBy, "syncline_id"] })];
    }

    public override IDestination Destination => _connection.Destination!;

    public override IReadOnlyList<FieldMap> Maps => _connection.Maps;

    public override IReadOnlyList<DestinationSample> Samples { get; }

    public override int CameTooEarly => _sandbox.Faults.CameTooEarly;

    public override Task<int> CountAsync(string stream, CancellationToken cancellationToken) =>
        Task.FromResult(stream == "notes" ? _sandbox.Simulator.Notes().Count : _sandbox.Simulator.Records(ObjectOf(stream)).Count);

    public override void LoseAnswers(int writes) => _sandbox.Faults.LostAnswers = writes;

    public override void Fail(int calls) => _sandbox.Faults.Failures = calls;

    public override void Throttle(int calls) => _sandbox.Faults.Throttles = calls;

    public override Task AddByHandAsync(string stream, string id, string field, FieldValue value, CancellationToken cancellationToken)
    {
        string slug = ObjectOf(stream);
        IEnumerable<string> all = _sandbox.Simulator.Record(slug, id)!.Texts(field).Append(value.Text);
        _sandbox.Simulator.EditByPerson(slug, id, field, new JsonArray([.. all.Select(t => JsonValue.Create(t))]));
        return Task.CompletedTask;
    }

    public override Task<IReadOnlyList<string>> BreakAsync(CancellationToken cancellationToken)
    {
        _sandbox.Simulator.Happenings.Single(h => h.Name == "archive-option").Happen("linkedin_messages direction Outbound");
        return Task.FromResult<IReadOnlyList<string>>(["linkedin_messages", "direction", "Outbound"]);
    }

    private static string ObjectOf(string stream) => stream == "messages" ? "linkedin_messages" : stream;
}
