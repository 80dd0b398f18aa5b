using Syncline.Conformance.Sources;

namespace Syncline.Connectors.Tests.HeyReach;

public sealed class HeyReachInboxConforms : SourceConformance
{
    protected override Task<SourceWorld> NewWorldAsync() => Task.FromResult<SourceWorld>(new InboxWorld(hasV3: true));
}

public sealed class HeyReachInboxByOffsetConforms : SourceConformance
{
    protected override Task<SourceWorld> NewWorldAsync() => Task.FromResult<SourceWorld>(new InboxWorld(hasV3: false));
}
