using System.Globalization;
using System.Xml.Linq;
using Syncline.Composition.Telling;
using Syncline.Syncs;
using static Syncline.Cli.Report.Markup;

namespace Syncline.Cli.Report;

/// <summary>The parts of a report about the runs and what came of the records.</summary>
internal static class RunParts
{
    public static XElement? Runs(IReadOnlyList<RunFigures> runs) =>
        runs.Count == 0 ? null : ReportPage.Section(runs.Count == 1 ? "The run" : "The runs", null, Calls(runs), Outcomes(runs[0]));

    public static XElement? SetAside(IReadOnlyList<SetAside> letters) => letters.Count == 0 ? null : ReportPage.Section(
        "Not written, and why", "Nothing is dropped in silence: what cannot be written is kept with its reason.",
        Table("Records set aside or skipped", ["Reason", "Code", "Records"], letters.GroupBy(l => (l.Code, l.Reason)).Select(g => (IReadOnlyList<object?>)
        [
            g.Key.Reason, El("code", g.First().IsSkip ? $"{g.Key.Code}, skipped by rule" : g.Key.Code), Names([.. g.Select(l => l.What)]),
        ])));

    private static XElement Names(IReadOnlyList<string> names) => El("details",
        El("summary", names.Count == 1 ? "1 record" : $"{Tables.Number(names.Count)} records"), El("ul", names.Select(n => El("li", El("code", n)))));

    private static XElement Calls(IReadOnlyList<RunFigures> runs) => Table(
        "Records, and the calls made for them. Set aside: open at the end of the run. Floor: the least time, in seconds, that the destination's limit needs for the records written.",
        ["", "Seen", "Created", "Updated", "Linked", "Skipped", "Set aside", "Reads", "Writes", "Refused", "Seconds", "Floor", "Ratio"],
        runs.Select(r => (IReadOnlyList<object?>)
        [
            r.Name, Tables.Number(r.Tally.Seen), Tables.Number(r.Tally.Created), Tables.Number(r.Tally.Updated), Tables.Number(r.Tally.Linked), Tables.Number(r.Tally.Skipped), Tables.Number(r.Tally.DeadLetters),
            Tables.Number(r.Reads), Tables.Number(r.Writes), Tables.Number(r.Tally.Calls.Values.Sum(c => c.Throttled)), Decimal(r.Seconds, "0.0"), Decimal(r.FloorSeconds, "0.0"), Decimal(r.Ratio, "0.00"),
        ]));

    private static XElement Outcomes(RunFigures run)
    {
        RunTally tally = run.Tally;
        Share[] all = [new("created", tally.Created), new("updated", tally.Updated), new("linked", tally.Linked), new("skipped", tally.Skipped), new("set aside", tally.DeadLetters)];
        Share[] some = [.. all.Where(s => s.Count > 0)];
        return some.Length == 0 ? El("p", "Nothing was there to do.") : El("div", El("h2", At("style", "margin-top:1.5rem"), $"What came of them: {run.Name.ToLowerInvariant()}"), Charts.Bars("Records by outcome", some));
    }

    private static string Decimal(double? number, string format) => number?.ToString(format, CultureInfo.InvariantCulture) ?? "–";
}
