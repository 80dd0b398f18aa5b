using System.Globalization;
using System.Xml.Linq;
using Syncline.Cli.Output;
using Syncline.Syncs;
using static Syncline.Cli.Report.Markup;

namespace Syncline.Cli.Report;

/// <summary>The parts of a report about the runs and what came of the records.</summary>
internal static class RunParts
{
    public static IEnumerable<XElement> Of(RunReport report)
    {
        if (report.Runs.Count == 0) yield break;
        yield return ReportPage.Section(report.Runs.Count == 1 ? "The run" : "The runs", null, Runs(report.Runs), Outcomes(report.Runs[0]));
        if (report.SetAside.Count > 0) yield return SetAside(report.SetAside);
    }

    private static XElement Runs(IReadOnlyList<RunFigures> runs) => Table(
        "Records, and the calls made for them. Floor: what the destination's limit needs at least for the records written.",
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

    private static XElement SetAside(IReadOnlyList<SetAside> letters) => ReportPage.Section("Not written, and why", "Nothing is dropped in silence: what cannot be written waits here with its reason.",
        Table("Records set aside or skipped", ["Record", "Reason", ""], letters.Select(l => (IReadOnlyList<object?>)[El("code", l.What), l.Reason, El("code", Class("none"), l.IsSkip ? "skipped" : l.Code)])));

    private static string Decimal(double? number, string format) => number?.ToString(format, CultureInfo.InvariantCulture) ?? "–";
}
