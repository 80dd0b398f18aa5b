using System.Globalization;
using Syncline.Conformance.Destinations;
using Syncline.Conformance.Sources;
using Syncline.Connectors.Quo;
using Syncline.Connectors.Tests.Quo;
using Syncline.Extraction;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Records;
using Syncline.Sandbox.Quo;

namespace Syncline.Connectors.Tests.Conforming;

public sealed class QuoDestinationConforms : DestinationConformance
{
    protected override Task<DestinationWorld> NewWorldAsync(CancellationToken cancellationToken) => Task.FromResult<DestinationWorld>(new SimulatedQuo());
}

public sealed class QuoContactsConform : SourceConformance
{
    protected override Task<SourceWorld> NewWorldAsync() => Task.FromResult<SourceWorld>(new SimulatedQuoContacts(ListOrder.OldestFirst));
}

public sealed class QuoContactsNewestFirstConform : SourceConformance
{
    protected override Task<SourceWorld> NewWorldAsync() => Task.FromResult<SourceWorld>(new SimulatedQuoContacts(ListOrder.NewestFirst));
}

internal static class QuoSandbox
{
    public const string Key = "quo-sandbox-key";

    public static SandboxConnection<QuoSimulator> New()
    {
        QuickClock clock = new(new(2026, 5, 20, 9, 30, 0, TimeSpan.Zero));
        return new(new(new() { ApiKeys = [Key] }, clock), new QuoProvider(), clock, new() { ["api_key"] = Key });
    }
}

/// <summary>A workspace with one custom field, which the map cannot do without.</summary>
internal sealed class SimulatedQuo : DestinationWorld
{
    private readonly SandboxConnection<QuoSimulator> _sandbox = QuoSandbox.New();
    private readonly Connection _connection;

    public SimulatedQuo()
    {
        _sandbox.Simulator.App.DefineCustomField("colour");
        _connection = _sandbox.Open();
    }

    public override IDestination Destination => _connection.Destination!;

    public override IReadOnlyList<FieldMap> Maps =>
        [.. _connection.Maps.Select(m => m with { Rules = [.. m.Rules, new("custom.colour", "favourite_colour") { IsRequired = true }] })];

    public override IReadOnlyList<DestinationSample> Samples => QuoSamples.All;

    public override int CameTooEarly => _sandbox.Faults.CameTooEarly;

    public override Task<int> CountAsync(string stream, CancellationToken cancellationToken) => Task.FromResult(_sandbox.Simulator.ContactCount);

    public override void LoseAnswers(int writes) => _sandbox.Faults.LostAnswers = writes;

    public override void Fail(int calls) => _sandbox.Faults.Failures = calls;

    public override void Throttle(int calls) => _sandbox.Simulator.Behaviour.ThrottleNext = calls;

    public override Task AddByHandAsync(string stream, string id, string field, FieldValue value, CancellationToken cancellationToken)
    {
        if (field == "emails") _sandbox.Simulator.App.AddEmail(id, value.Text);
        else _sandbox.Simulator.App.AddPhone(id, value.Text);
        return Task.CompletedTask;
    }

    public override Task<IReadOnlyList<string>> BreakAsync(CancellationToken cancellationToken)
    {
        _sandbox.Simulator.App.RemoveCustomField("colour");
        return Task.FromResult<IReadOnlyList<string>>(["custom.colour"]);
    }
}

/// <summary>A workspace that people fill and change in the app.</summary>
internal sealed class SimulatedQuoContacts : SourceWorld
{
    private readonly SandboxConnection<QuoSimulator> _sandbox = QuoSandbox.New();
    private int _added;

    public SimulatedQuoContacts(ListOrder order) => _sandbox.Simulator.Behaviour.ListOrder = order;

    public override ISource Open(int pageSize) => Open(("page_size", pageSize.ToString(CultureInfo.InvariantCulture)));

    public override ISource OpenWithBadCredential(int pageSize) => Open(("api_key", "another"));

    public override Task<RecordKey> AddRecordAsync(CancellationToken cancellationToken)
    {
        Pass(TimeSpan.FromMilliseconds(200));
        string id = _sandbox.Simulator.App.AddContact("Ada", $"Example {++_added}", $"+1212555{_added:0000}", $"ada{_added}@example.com");
        return Task.FromResult(new RecordKey("quo", "contacts", id));
    }

    public override Task<RecordKey> ChangeRecordAsync(RecordKey added, CancellationToken cancellationToken)
    {
        _sandbox.Simulator.App.Edit(added.Id, "role", $"Role at {_sandbox.Clock.GetUtcNow():O}");
        return Task.FromResult(added);
    }

    public override void Pass(TimeSpan time) => _sandbox.Clock.Pass(time);

    private ISource Open(params (string, string)[] settings) => _sandbox.Open(settings).Sources.Single();
}
