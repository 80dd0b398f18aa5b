using System.Globalization;
using Syncline.Conformance.Sources;
using Syncline.Extraction;
using Syncline.Records;
using Syncline.Sandbox.HeyReach;

namespace Syncline.Connectors.Tests.Conforming;

/// <summary>The inbox by cursor (V3), against the simulator.</summary>
public sealed class HeyReachInboxConforms : SourceConformance
{
    protected override Task<SourceWorld> NewWorldAsync() => Task.FromResult<SourceWorld>(new SimulatedInbox());
}

/// <summary>The same by offset (V2), where there is no V3.</summary>
public sealed class HeyReachInboxByOffsetConforms : SourceConformance
{
    protected override Task<SourceWorld> NewWorldAsync() => Task.FromResult<SourceWorld>(new SimulatedInbox(("v3-missing", "true")));
}

/// <summary>Listings that show the newest message only, so that threads are read from the chatroom.</summary>
public sealed class HeyReachInboxWithPreviewsConforms : SourceConformance
{
    protected override Task<SourceWorld> NewWorldAsync() => Task.FromResult<SourceWorld>(new SimulatedInbox(("preview", "1")));
}

internal sealed class SimulatedInbox : SourceWorld
{
    private readonly SandboxConnection<HeyReachSimulator> _sandbox = SandboxConnections.HeyReach();

    public SimulatedInbox(params (string Knob, string Value)[] knobs)
    {
        foreach ((string knob, string value) in knobs) _sandbox.Turn(knob, value);
    }

    public override ISource Open(int pageSize) => Open(pageSize, SandboxConnections.HeyReachKey);

    public override ISource? OpenWithBadCredential(int pageSize) => Open(pageSize, "another-key");

    public override Task<RecordKey> AddRecordAsync(CancellationToken cancellationToken)
    {
        Pass(TimeSpan.FromMilliseconds(200));
        return Task.FromResult(new RecordKey("heyreach", "conversations", _sandbox.Simulator.NewConversation().Id));
    }

    public override Task<RecordKey> ChangeRecordAsync(RecordKey added, CancellationToken cancellationToken)
    {
        Pass(TimeSpan.FromMilliseconds(200));
        _sandbox.Simulator.ReplyArrives(added.Id);
        return Task.FromResult(added);
    }

    public override void Pass(TimeSpan time) => _sandbox.Clock.Pass(time);

    private ISource Open(int pageSize, string key) =>
        _sandbox.Open(("page_size", pageSize.ToString(CultureInfo.InvariantCulture)), ("api_key", key)).Sources.Single();
}
