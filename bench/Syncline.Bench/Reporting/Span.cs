using System.Diagnostics;

namespace Syncline.Bench.Reporting;

/// <summary>How long something took, seconds.</summary>
/// <param name="Processor">Of the whole process: what other work on the machine cannot stretch.</param>
internal readonly record struct Span(double Wall, double Processor)
{
    public static async Task<Span> OfAsync(Func<Task> work)
    {
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        Stopwatch watch = Stopwatch.StartNew();
        await work();
        return new(watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalSeconds);
    }
}
