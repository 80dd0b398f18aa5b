using System.Xml.Linq;
using Syncline.Cli.Report;
using Syncline.Syncs;

namespace Syncline.Cli.Tests.Demo;

public sealed class PageOfAReport
{
    private const string Hostile = "<script>alert('x')</script> & \"quoted\" \u0007\uFFFE </style> Zoë 李娜 👋";

    private static readonly RunReport Bare = new() { Title = "A run", Lead = "What happened.", MadeAt = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero) };

    [Fact]
    public void What_a_record_holds_is_text_and_never_markup()
    {
        RunReport report = Bare with
        {
            Title = Hostile,
            Lead = Hostile,
            Headlines = [new(Hostile, Hostile)],
            Person = new(Hostile, Hostile, true, [new(Hostile, Hostile, Hostile, Hostile, Hostile)]),
            Message = new(Hostile, Bare.MadeAt, Hostile, Hostile, Hostile, Hostile, Hostile, true, false),
            Life = [new(Hostile, Hostile)],
            SetAside = [new(Hostile, Hostile, Hostile, false)],
            Checks = [new(Hostile, Hostile, Hostile)],
            Conditions = [Hostile],
            Hub = new([new(new(2026, 3, 2), 1, 2)], [new(Hostile, 1)], [new(Hostile, 1)]),
            Runs = [new(Hostile, RunState.Done, 1, null, RunTally.Empty with { Created = 1 })],
        };
        string html = ReportPage.Of(report);

        XDocument page = XDocument.Parse(html);
        Assert.Empty(page.Descendants("script"));
        Assert.Single(page.Descendants("style"));
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\u0007', html);
        Assert.Contains("Zoë 李娜 👋", page.Descendants("blockquote").Single().Value, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_known_is_left_out()
    {
        XDocument page = XDocument.Parse(ReportPage.Of(Bare));
        Assert.Empty(page.Descendants("section"));
        Assert.Empty(page.Descendants("table"));
    }

    [Fact]
    public void Nothing_that_html_needs_closed_is_written_as_an_empty_tag()
    {
        string html = ReportPage.Of(Bare with { Message = new("Inbound", Bare.MadeAt, "", "uid", "m", "P", "p", true, true), Person = new("P", "p", false, [new("a", null, "", "", null)]) });
        Assert.DoesNotMatch("<(td|th|div|span|p|ul|ol|li|dl|dt|dd|code|blockquote|table|style|title|details|i|b)( [^>]*)?/>", html);
    }

    [Fact]
    public void A_claim_that_is_not_true_is_shown_as_such()
    {
        XDocument page = XDocument.Parse(ReportPage.Of(Bare with { Checks = [new("People", "3", "2")] }));
        Assert.Contains(page.Descendants("span"), s => s.Attribute("class")?.Value == "bad" && s.Value.Contains("false", StringComparison.Ordinal));
        Assert.Contains(page.Descendants("h2"), h => h.Value.Contains("not all true", StringComparison.Ordinal));
    }

    [Fact]
    public void The_style_sheet_survives_escaping() => Assert.DoesNotContain(ReportStyle.Text, c => c is '<' or '>' or '&');
}
