using System.Diagnostics;
using System.Globalization;
using Syncline.Bench.Flows;
using Syncline.Bench.Reporting;

namespace Syncline.Bench.Rows;

/// <summary>From a delivery's answer to its write at the other side.</summary>
internal sealed class Webhooks : IRow
{
    private const int People = 1_000, Rate = 25, Burst = 1_000, Senders = 32;
    private const double Target = 250;

    // So long after a write its record is not read at Quo: what of the burst is about such a person would wait for that and not for the server.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(4);

    // The first deliveries of a process pay for its compilation, once.
    private const int WarmUp = 3 * Rate;

    public string Name => "webhooks";

    public async Task<Section> RunAsync(bool quick)
    {
        int seconds = quick ? 5 : int.TryParse(Environment.GetEnvironmentVariable("SYNCLINE_BENCH_SECONDS"), NumberStyles.None, CultureInfo.InvariantCulture, out int asked) ? asked : 120;
        Section section = new("Webhook in, write out", "", "deliveries", "answer p50", "answer p99", "to the write p50", "to the write p99", "most", "wall", "target");
        await using WebhookFlow flow = await WebhookFlow.StartAsync(People);
        await flow.SendAsync(WarmUp, TimeSpan.FromSeconds(1.0 / Rate), Senders);
        (IReadOnlyList<Passage> steady, double wall) = await TimedAsync(flow, Rate * seconds, TimeSpan.FromSeconds(1.0 / Rate));
        Line($"{Rate} a second", steady, wall, $"p99 < {Figure.Milliseconds(Target)}: {Figure.Verdict(Percentile(steady, 99, p => p.Milliseconds) < Target)}");
        await Task.Delay(Settling);
        (IReadOnlyList<Passage> burst, wall) = await TimedAsync(flow, Burst, TimeSpan.Zero);
        Line("a burst", burst, wall, "each one written");
        return section.Note("Edits in a simulated Attio, delivered as its webhooks are, written to a simulated Quo; limits off on both sides, loopback HTTP, the server a process of its own. From the answer to a delivery, which is on the disk by then, to the arrival of its write.");

        void Line(string what, IReadOnlyList<Passage> passages, double took, string judged) => section.Line(
            what, Figure.Count(passages.Count), Figure.Milliseconds(Percentile(passages, 50, p => p.AnswerMilliseconds)), Figure.Milliseconds(Percentile(passages, 99, p => p.AnswerMilliseconds)),
            Figure.Milliseconds(Percentile(passages, 50, p => p.Milliseconds)), Figure.Milliseconds(Percentile(passages, 99, p => p.Milliseconds)), Figure.Milliseconds(passages.Max(p => p.Milliseconds)), Figure.Seconds(took), judged);
    }

    private static async Task<(IReadOnlyList<Passage> Passages, double Seconds)> TimedAsync(WebhookFlow flow, int count, TimeSpan pause)
    {
        Stopwatch watch = Stopwatch.StartNew();
        IReadOnlyList<Passage> passages = await flow.SendAsync(count, pause, Senders);
        return (passages, watch.Elapsed.TotalSeconds);
    }

    private static double Percentile(IReadOnlyList<Passage> passages, int percent, Func<Passage, double> of)
    {
        double[] sorted = [.. passages.Select(of).Order()];
        return sorted[Math.Min(sorted.Length - 1, sorted.Length * percent / 100)];
    }
}
