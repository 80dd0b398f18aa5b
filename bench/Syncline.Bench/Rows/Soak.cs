using System.Diagnostics;
using System.Globalization;
using Syncline.Bench.Flows;
using Syncline.Bench.Reporting;

namespace Syncline.Bench.Rows;

/// <summary>Whether a server that is always at work holds more and more: deliveries, scheduled runs, pages and the API together, its memory watched from outside.</summary>
internal sealed class Soak : IRow
{
    private const int People = 1_000, Rate = 25, Senders = 32, StepsToACollection = 6;

    /// <summary>Megabytes a minute, of what is resident and of what is held after a collection.</summary>
    private const double Target = 1;

    private static readonly TimeSpan Step = TimeSpan.FromSeconds(10);

    private static readonly string[] Looks = ["", "runs", "contacts", "failures", "conflicts", "webhooks", "leads", "imports", "api/v1/runs", "api/v1/contacts?take=50", "api/v1/syncs"];

    public string Name => "soak";

    public bool IsLong => true;

    public async Task<Section> RunAsync(bool quick)
    {
        int minutes = quick ? 2 : int.TryParse(Environment.GetEnvironmentVariable("SYNCLINE_BENCH_MINUTES"), NumberStyles.None, CultureInfo.InvariantCulture, out int asked) ? asked : 10;
        await using WebhookFlow flow = await WebhookFlow.StartAsync(People, every: "1m");
        await flow.SignInAsync();
        List<(double Minutes, double Megabytes)> samples = [], held = [];
        int delivered = 0, looked = 0;
        Stopwatch watch = Stopwatch.StartNew();
        while (watch.Elapsed.TotalMinutes < minutes)
        {
            Task<IReadOnlyList<Passage>> deliveries = flow.SendAsync((int)(Rate * Step.TotalSeconds), TimeSpan.FromSeconds(1.0 / Rate), Senders);
            looked += await LookUntilAsync(flow, deliveries);
            delivered += (await deliveries).Count;
            flow.ForgetRequests();
            samples.Add((watch.Elapsed.TotalMinutes, flow.Megabytes()));
            if (samples.Count % StepsToACollection == 0) held.Add((watch.Elapsed.TotalMinutes, await flow.HeldMegabytesAsync()));
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {samples[^1].Minutes:0.0} min {samples[^1].Megabytes:0} MB, held {(held.Count == 0 ? double.NaN : held[^1].Megabytes):0}"));
        }
        return Told(samples, held, delivered, looked, watch.Elapsed);
    }

    /// <summary>Four looks a second while deliveries go on.</summary>
    private static async Task<int> LookUntilAsync(WebhookFlow flow, Task deliveries)
    {
        int looked = 0;
        while (!deliveries.IsCompleted)
        {
            await flow.LookAsync(Looks[looked++ % Looks.Length]);
            await Task.Delay(250);
        }
        return looked;
    }

    private static Section Told(List<(double Minutes, double Megabytes)> samples, List<(double Minutes, double Megabytes)> held, int delivered, int looked, TimeSpan wall)
    {
        // The first part fills the caches and is compiled.
        List<(double Minutes, double Megabytes)> settled = held[(held.Count * 3 / 10)..];
        double resident = Slope(samples[(samples.Count * 3 / 10)..]), slope = Slope(settled);
        Section section = new("The server at work without a pause: memory", "deliveries, each written", "looks", "wall", "resident at the beginning", "most", "slope of what is resident", "held after three tenths", "at the end", "slope of what is held", "target");
        section.Line(Figure.Count(delivered), Figure.Count(looked), Figure.Seconds(wall.TotalSeconds), Megabytes(samples[0]), Megabytes(samples.MaxBy(s => s.Megabytes)), PerMinute(resident), Megabytes(settled[0]), Megabytes(settled[^1]),
            PerMinute(slope), $"both < {Target} MB a minute: {Figure.Verdict(Math.Max(resident, slope) < Target)}");
        return section.Note($"{Rate} deliveries a second, each of them written; the sync by its schedule each minute; four pages or answers of the API a second. Resident is what the server's process holds, every ten seconds, with what the collector has not taken back yet; held is the same right after a full collection, each minute, which keeps what is resident lower, too: a server that nobody makes collect grows faster in its first ten minutes. The slopes are those of the straight lines nearest to the last seven tenths.");
    }

    private static string Megabytes((double Minutes, double Megabytes) sample) => $"{Figure.Count(sample.Megabytes)} MB";

    private static string PerMinute(double slope) => string.Create(CultureInfo.InvariantCulture, $"{slope:0.00} MB a minute");

    /// <summary>By least squares, megabytes a minute.</summary>
    private static double Slope(List<(double Minutes, double Megabytes)> samples)
    {
        double time = samples.Average(s => s.Minutes), size = samples.Average(s => s.Megabytes);
        return samples.Sum(s => (s.Minutes - time) * (s.Megabytes - size)) / samples.Sum(s => (s.Minutes - time) * (s.Minutes - time));
    }
}
