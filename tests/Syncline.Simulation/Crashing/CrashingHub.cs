using Syncline.Merging;
using Syncline.Simulation.Worlds;

namespace Syncline.Simulation.Crashing;

/// <summary>The hub with a crash point before and after each commit.</summary>
internal sealed class CrashingHub(IHub inner, CrashSwitch crash) : PassThroughHub(inner)
{
    public override async Task<IHubSession> BeginAsync(CancellationToken cancellationToken) => new Session(await base.BeginAsync(cancellationToken), crash);

    private sealed class Session(IHubSession inner, CrashSwitch crash) : PassThroughSession(inner)
    {
        public override async Task CommitAsync(CancellationToken cancellationToken)
        {
            await crash.PassAsync("before a page's commit");
            await base.CommitAsync(cancellationToken);
            await crash.PassAsync("after a page's commit");
        }
    }
}
