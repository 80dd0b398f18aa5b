using Syncline.Bench.Flows;
using Syncline.Bench.Reporting;

namespace Syncline.Bench.Rows;

/// <summary>Enriching people about whom everything was asked before.</summary>
internal sealed class EnrichWarm : IRow
{
    private const int People = 10_000;

    public string Name => "enrich-warm";

    public async Task<Section> RunAsync(bool quick)
    {
        int people = quick ? People / 10 : People;
        Section section = new("People enriched by a language model", "", "people", "wall", "people/s", "processor", "paid calls", "from the cache", "spent", "target");
        using EnrichFlow flow = new();
        await flow.ImportAsync(people);
        EnrichRun cold = await flow.EnrichAsync("first");
        Line("nothing kept", cold, "–");
        // Another sync has its own place in the feed and the same cache: it asks about everybody anew.
        EnrichRun warm = await flow.EnrichAsync("second");
        Line("all kept", warm, $"0 paid calls, all from the cache: {Figure.Verdict(warm is { Calls: 0, Count.Spent: 0 } && warm.Count.Kept >= people)}");
        return section.Note("The simulated model in process, limits off, real time, the database on disk. Both lines merge what is known into every person, which is what remains when nothing is asked. A person is looked at again when the company changes further on in the feed: from the cache in either line.");

        void Line(string what, EnrichRun run, string target) => section.Line(
            what, Figure.Count(people), Figure.Seconds(run.Span.Wall), Figure.PerSecond(people, run.Span.Wall), Figure.Seconds(run.Span.Processor), Figure.Count(run.Calls), Figure.Count(run.Count.Kept), $"{Figure.Amount(run.Count.Spent)} {run.Count.Unit}", target);
    }
}
