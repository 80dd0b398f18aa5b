using System.Globalization;
using System.Xml.Linq;
using Syncline.Composition.Telling;
using static Syncline.Cli.Report.Markup;

namespace Syncline.Cli.Report;

/// <summary>The parts of a report that are charts, each with its figures as a table.</summary>
internal static class ChartParts
{
    public static IEnumerable<XElement> Of(HubFigures? hub)
    {
        if (hub is null) yield break;
        if (hub.Weeks.Count > 0) yield return Messages(hub.Weeks);
        yield return El("div", Class("pair"), States(hub.ReplyStates), Scores(hub.Scores));
    }

    public static XElement? Pace(PaceFigures? pace)
    {
        if (pace is not { WritesPerSecond.Count: > 0 }) return null;
        string[] seconds = [.. pace.WritesPerSecond.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"{i + 1} s"))];
        string allowed = pace.Limit is { } limit ? $"Attio allows {limit.ToString(CultureInfo.InvariantCulture)} in any second. " : "";
        string note = $"{allowed}The busiest second, wherever it begins, had {Tables.Number(pace.Busiest)} writes; {Refusals(pace.Refused)}.";
        return ReportPage.Section("Writes to Attio in each second of the first run", note,
            Charts.Columns($"Writes per second over {Tables.Number(seconds.Length)} seconds. {note}", seconds, [new("writes", "one", [.. pace.WritesPerSecond.Select(w => (double)w)])], pace.Limit is { } most ? (most, $"limit {most.ToString(CultureInfo.InvariantCulture)}/s") : null),
            Figures(["Second", "Writes"], seconds.Zip(pace.WritesPerSecond, (s, w) => (IReadOnlyList<object?>)[s, Tables.Number(w)])));
    }

    private static string Refusals(int count) => count switch
    {
        0 => "no request was refused",
        1 => "1 request was refused, waited for and sent again",
        _ => $"{Tables.Number(count)} requests were refused, waited for and sent again",
    };

    private static XElement Messages(IReadOnlyList<Week> weeks)
    {
        string[] mondays = [.. weeks.Select(w => w.Monday.ToString("MMM d", CultureInfo.InvariantCulture))];
        Series[] series = [new("sent", "one", [.. weeks.Select(w => (double)w.Sent)]), new("received", "two", [.. weeks.Select(w => (double)w.Received)])];
        string note = $"{Tables.Number(weeks.Sum(w => w.Sent))} sent and {Tables.Number(weeks.Sum(w => w.Received))} received, by the week they were written in.";
        return ReportPage.Section("Messages", note,
            Charts.Columns("Messages per week. " + note, mondays, series), Charts.Legend(series),
            Figures(["Week of", "Sent", "Received"], weeks.Select(w => (IReadOnlyList<object?>)[w.Monday.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Tables.Number(w.Sent), Tables.Number(w.Received)])));
    }

    private static XElement States(IReadOnlyList<Share> states) =>
        ReportPage.Section("Where the conversations stand", "Reckoned from the messages alone, per person.", Charts.Bars("People by reply state", [.. states.Select(s => s with { Name = Words(s.Name) })]));

    private static XElement Scores(IReadOnlyList<Share> scores) =>
        ReportPage.Section("How engaged people are", "Score from 0 to 100: how often and how fast they replied.", Charts.Bars("People by engagement score", scores));

    private static XElement Figures(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<object?>> rows) => El("details", El("summary", "The figures"), Table("The chart's figures", head, rows));

    private static string Words(string state) => state switch
    {
        "waiting" => "waiting for a reply",
        "replied" => "replied, our turn",
        "answered" => "replied and answered",
        "none" => "no message",
        _ => state,
    };
}
