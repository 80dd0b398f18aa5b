using Syncline.Simulation.Time;

namespace Syncline.Bench.Flows;

/// <summary>Runs work on one thread in time that passes only when everybody waits.</summary>
internal static class VirtualRun
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    /// <summary>The virtual time the work took.</summary>
    public static TimeSpan Of(VirtualClock clock, Func<Task> work)
    {
        DateTimeOffset began = clock.GetUtcNow();
        Task task = work();
        while (!task.IsCompleted)
        {
            if (!clock.FireNext()) throw new InvalidOperationException("Nothing is waiting for time and the run does not end: it is stuck.");
        }
        task.GetAwaiter().GetResult();
        return clock.GetUtcNow() - began;
    }
}
