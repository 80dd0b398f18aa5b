using Syncline.Loading;
using Syncline.Simulation.Worlds;

namespace Syncline.Simulation.Crashing;

/// <summary>The journal with a crash point before and after each write.</summary>
internal sealed class CrashingJournal(IJournal inner, CrashSwitch crash) : PassThroughJournal(inner)
{
    public override async Task IntendAsync(string sync, long runId, IReadOnlyList<Operation> operations, CancellationToken cancellationToken)
    {
        await crash.PassAsync("before intents");
        await base.IntendAsync(sync, runId, operations, cancellationToken);
        await crash.PassAsync("after intents");
    }

    public override async Task SettleAsync(IReadOnlyList<Settlement> settlements, CancellationToken cancellationToken)
    {
        await crash.PassAsync("before outcomes");
        await base.SettleAsync(settlements, cancellationToken);
        await crash.PassAsync("after outcomes");
    }

    public override async Task SaveOffsetAsync(string reader, long sequence, CancellationToken cancellationToken)
    {
        await crash.PassAsync("before an offset");
        await base.SaveOffsetAsync(reader, sequence, cancellationToken);
        await crash.PassAsync("after an offset");
    }
}
