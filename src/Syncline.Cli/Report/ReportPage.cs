using System.Globalization;
using System.Xml.Linq;
using static Syncline.Cli.Report.Markup;

namespace Syncline.Cli.Report;

/// <summary>A report as one page that needs nothing else: no script, no font, no address outside. Well-formed XML as well as HTML.</summary>
internal static class ReportPage
{
    public static string Of(RunReport report)
    {
        XElement page = El("html", At("lang", "en"),
            El("head",
                Shape("meta", At("charset", "utf-8")),
                Shape("meta", At("name", "viewport"), At("content", "width=device-width, initial-scale=1")),
                Shape("meta", At("name", "generator"), At("content", "Syncline")),
                El("title", report.Title),
                El("style", ReportStyle.Text)),
            El("body", El("main",
                El("header", El("h1", report.Title), El("p", report.Lead)),
                Headlines(report.Headlines),
                ChartParts.Pace(report.Pace),
                RunParts.Runs(report.Runs),
                Checks(report.Checks),
                StoryParts.Of(report),
                ChartParts.Of(report.Hub),
                RunParts.SetAside(report.SetAside),
                Footer(report))));
        return "<!DOCTYPE html>\n" + page.ToString(SaveOptions.DisableFormatting) + "\n";
    }

    /// <summary>A part of the page under its own heading.</summary>
    public static XElement Section(string title, string? note, params object?[] content) =>
        El("section", El("h2", title), note is null ? null : El("p", Class("note"), note), content);

    private static XElement? Headlines(IReadOnlyList<Headline> headlines) =>
        headlines.Count == 0 ? null : El("dl", Class("figures"), headlines.Select(h => El("div", El("dt", h.Figure), El("dd", h.What))));

    private static XElement? Checks(IReadOnlyList<Check> checks) => checks.Count == 0 ? null : Section(
        checks.All(c => c.IsTrue) ? "Looked up, and true" : "Looked up, and not all true",
        "Each claim was compared with what the providers themselves hold, not with what Syncline believes.",
        Table("What was looked up", ["Claim", "Expected", "Found", ""], checks.Select(c => (IReadOnlyList<object?>)[c.What, c.Expected, c.Found, El("span", Class(c.IsTrue ? "good" : "bad"), c.IsTrue ? "✓ true" : "✗ false")])));

    private static XElement Footer(RunReport report) => El("footer",
        El("ul", report.Conditions.Select(c => El("li", c))),
        El("p", $"Made by Syncline on {report.MadeAt.UtcDateTime.ToString("yyyy-MM-dd 'at' HH:mm 'UTC'", CultureInfo.InvariantCulture)}."));
}
