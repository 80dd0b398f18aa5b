using System.Globalization;
using Syncline.Bench.Engine;
using Syncline.Bench.Reporting;

namespace Syncline.Bench.Rows;

/// <summary>What the engine and its database can do when nothing outside holds them up.</summary>
internal sealed class EngineAlone : IRow
{
    private const double Target = 20_000;
    private const int PageSize = 500;

    public string Name => "engine";

    public async Task<Section> RunAsync(bool quick)
    {
        Section section = new("Engine alone, limits off", "", "connections", "records", "wall", "records/s", "per processor second", "÷ target", "allocated a record", "in the database", "target");
        int people = quick ? 20_000 : 100_000;
        // Twice, so that the compiler has seen it all before it counts.
        for (int i = 0; i < 2; i++) await MeasureAsync(10_000, 1, null);
        foreach (int connections in (int[])[1, 2]) await MeasureAsync(people / connections, connections, section);
        return section
            .Note($"In-process sources of {PageSize} records a page (11 fields, two identity keys), a destination that answers at once, the real database on disk. A record is decided when it is mapped, matched, merged and committed.")
            .Note("\"In the database\" is the share of the wall time in look-ups, saving and commits, JSON included; two connections take turns at the one writer, so that it sums over both. ÷ target is the rate over the target's rate. A processor second is one core's second, compilation and collection included: other work on the machine cannot stretch it.");
    }

    private static async Task MeasureAsync(int people, int connections, Section? section)
    {
        using EngineUnderTest engine = new();
        string[] names = [.. Enumerable.Range(0, connections).Select(c => $"source{c.ToString(CultureInfo.InvariantCulture)}")];
        Line(section, "in: new", connections, await engine.ReadAsync(Sources(names, people, 1)), hasTarget: true);
        if (connections == 1)
        {
            Line(section, "out: planned", connections, await engine.PlanAsync(names), hasTarget: true);
            Line(section, "out: planned and written", connections, await engine.LoadAsync(names), hasTarget: false);
        }
        Line(section, "in: unchanged", connections, await engine.ReadAsync(Sources(names, people, 1)), hasTarget: true);
        Line(section, "in: one field changed", connections, await engine.ReadAsync(Sources(names, people, 2)), hasTarget: true);
    }

    private static People[] Sources(string[] names, int people, int edition) => [.. names.Select(n => People.Of(n, people, PageSize, edition))];

    private static void Line(Section? section, string what, int connections, Speed speed, bool hasTarget) => section?.Line(
        what, Figure.Count(connections), Figure.Count(speed.Records), Figure.Seconds(speed.Seconds), Figure.Count(speed.PerSecond), Figure.Count(speed.PerProcessorSecond),
        hasTarget ? Figure.Ratio(speed.PerSecond, Target) : "–", $"{Figure.Count(speed.BytesPerRecord)} B", Shares(speed),
        hasTarget ? $"≥ {Figure.Count(Target)}: {Figure.Verdict(speed.PerSecond >= Target)}" : "–");

    private static string Shares(Speed speed)
    {
        Stages stages = speed.Stages;
        if (stages.Save == 0) return "–";
        return string.Create(CultureInfo.InvariantCulture, $"look-ups {speed.ShareOf(stages.LookUp):P0}, saving {speed.ShareOf(stages.Save):P0}, commits {speed.ShareOf(stages.Commit):P0}");
    }
}
