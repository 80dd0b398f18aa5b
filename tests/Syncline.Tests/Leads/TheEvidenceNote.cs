using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Syncline.Leads;

namespace Syncline.Tests.Leads;

public sealed class TheEvidenceNote
{
    private static readonly Lead Ada = new()
    {
        FirstName = "Ada",
        LastName = "Example",
        Title = "Head of R&D",
        CompanyName = "Acme",
        CompanyDomain = "acme.example",
        Email = "ada_e@example.com",
        LinkedIn = "ada-example",
        IcpScore = 80,
        IcpReasons = ["They hire", "They write *a lot*"],
        Signal = new("We grow.\n\n# Fast", "https://example.com/post?id=1", new(2026, 1, 2, 4, 4, 0, TimeSpan.FromHours(1)), "growth"),
        Drafts = [new("growth", "B", null, "1. Hi"), new("growth", "A", "short wins", "Hello Ada,\nshall we talk?")],
        Touchpoints = [new("mail", "planned", null), new("linkedin", "sent", new(2026, 1, 3, 0, 0, 0, TimeSpan.Zero))],
    };

    [Fact]
    public void It_tells_everything_in_one_order() => Assert.Equal("""
        ## Lead

        - **Name:** Ada Example
        - **Role:** Head of R&D
        - **Company:** Acme (acme.example)
        - **E-mail:** ada_e@example.com
        - **LinkedIn:** <https://www.linkedin.com/in/ada-example>

        ## ICP score

        - **Score:** 80 of 100

        Reasons:

        - They hire
        - They write \*a lot\*

        ## Source signal

        > We grow.
        >
        > \# Fast

        - **Source:** <https://example.com/post?id=1>
        - **Captured:** 2026-01-02 03:04 UTC
        - **Angle:** growth

        ## Drafts

        ### Draft 1

        - **Angle:** growth
        - **Variant:** A
        - **Hypothesis:** short wins

        > Hello Ada,
        > shall we talk?

        ### Draft 2

        - **Angle:** growth
        - **Variant:** B

        > 1\. Hi

        ## Touchpoints

        - linkedin, sent, 2026-01-03 00:00 UTC
        - mail, planned
        """.ReplaceLineEndings("\n"), EvidenceNote.BodyOf(Ada));

    [Fact]
    public void A_section_without_content_is_left_out() =>
        Assert.Equal("## Lead\n\n- **Name:** Ada\n- **E-mail:** ada@example.com", EvidenceNote.BodyOf(new() { FirstName = "Ada", Email = "ada@example.com" }));

    [Fact]
    public void Its_title_is_the_day_in_utc() => Assert.Equal("Sync snapshot 2026-03-04", EvidenceNote.TitleOf(new(2026, 3, 5, 1, 0, 0, TimeSpan.FromHours(2))));

    [Fact]
    public void The_digest_moves_with_the_evidence_and_not_with_its_order_nor_with_who_it_is()
    {
        string digest = EvidenceNote.DigestOf(Ada);
        Assert.Matches("^[0-9a-f]{32}$", digest);
        Assert.Equal(digest, EvidenceNote.DigestOf(Ada with { Id = "7", Drafts = [.. Ada.Drafts.Reverse()], Touchpoints = [.. Ada.Touchpoints.Reverse()] }));
        Assert.Equal(digest, EvidenceNote.DigestOf(Ada with { FirstName = "Adela", Title = null, CompanyName = "Beta", Email = "adela@example.com", LinkedIn = null }));
        Lead[] others = [Ada with { IcpScore = 81 }, Ada with { IcpReasons = ["They hire"] }, Ada with { Signal = null }, Ada with { Drafts = [] }, Ada with { Touchpoints = [new("mail", "sent", null)] }];
        Assert.Equal(others.Length + 1, others.Select(EvidenceNote.DigestOf).Append(digest).Distinct().Count());
    }

    [Theory]
    [InlineData("# Drafts")]
    [InlineData("```\ncode")]
    [InlineData("~~~")]
    [InlineData("Title\n===")]
    [InlineData("Title\n---")]
    [InlineData("a | b\n--- | ---")]
    [InlineData("> quote")]
    [InlineData("\t# after a tab")]
    [InlineData("    # behind spaces")]
    [InlineData("a\r# after a lone return")]
    [InlineData("a\u2028# after a line separator")]
    [InlineData("a\v# after a vertical tab")]
    [InlineData("[x]: https://example.com")]
    [InlineData("![x](https://example.com/pixel)")]
    [InlineData("</blockquote><script>")]
    [InlineData("3) three")]
    [InlineData("* * *")]
    [InlineData("\\# # #")]
    [InlineData("&lt;b&gt;")]
    public void What_means_something_in_markdown_stays_text_everywhere(string text) => Assert.True(IsSafe(text));

    [Fact]
    public void No_text_at_all_breaks_out() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(Texts, IsSafe));

    [Fact]
    public void No_text_at_all_is_lost() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(Texts, text => Words(Read(ContentOf(text))) == Words(SecretText.Remove(text))));

    [Fact]
    public void A_note_too_long_is_cut_between_lines()
    {
        Lead talker = Ada with { Drafts = [.. Enumerable.Range(0, 20).Select(i => new LeadDraft(null, i.ToString("00", CultureInfo.InvariantCulture), null, string.Join('\n', Enumerable.Repeat(new string('*', 99), 190))))] };
        string body = EvidenceNote.BodyOf(talker);
        Assert.InRange(body.Length, 90_000, 100_000);
        Assert.EndsWith("\n\n(cut here: the note is too long)", body, StringComparison.Ordinal);
        Assert.All(body.Split('\n').Where(l => l.StartsWith("> ", StringComparison.Ordinal)), l => Assert.True(IsText(l[2..])));
    }

    private static readonly Arbitrary<string> Texts = Arb.From(Gen.OneOf(
        ArbMap.Default.GeneratorFor<string?>().Select(s => s ?? ""),
        Gen.ListOf(Gen.Elements("# ", "## Touchpoints", "```", "~~~", "\n", "\n\n", "\r", "\u2028", "\u0085", "\v", "\t", "    ", "- ", "* ", "_", "__", "1. ", "2) ", "> ", "=", "===", "---", "|", ":-", "<b>", "</", "[a]", "](", "\\", "\\\\", "`", "&amp;", "&#35;", "word", "a_b", "!", "\0")).Select(string.Concat)));

    /// <summary>However a lead is filled with it, the lines of the note are the program's own or a text that means nothing.</summary>
    private static bool IsSafe(string text)
    {
        Lead lead = new() { FirstName = text, LastName = text, Title = text, CompanyName = text, IcpReasons = [text], Signal = new(text, text, null, text), Drafts = [new(text, text, text, text)], Touchpoints = [new(text, text, null)] };
        string[] own = ["## Lead", "## ICP score", "Reasons:", "## Source signal", "## Drafts", "### Draft 1", "## Touchpoints", ""];
        string[] lines = EvidenceNote.BodyOf(lead).Split('\n');
        return lines.Count(l => l.StartsWith('#')) <= 6 && lines.All(l => own.Contains(l) || l == ">" || Behind(l, "> ") is { } quoted && IsText(quoted) || Behind(l, "- ") is { } item && IsText(Behind(item, "**") is { } named ? named[(named.IndexOf("** ", StringComparison.Ordinal) + 3)..] : item));
    }

    private static string? Behind(string line, string start) => line.StartsWith(start, StringComparison.Ordinal) ? line[start.Length..] : null;

    /// <summary>One line with no unescaped character that could begin anything.</summary>
    private static bool IsText(string line)
    {
        if (line.Any(char.IsControl) || line.AsSpan().IndexOfAny('\u2028', '\u2029') >= 0) return false;
        if (line.StartsWith("<https://", StringComparison.Ordinal) || line.StartsWith("<http://", StringComparison.Ordinal)) return line.IndexOfAny(['>', ' '], 1) == line.Length - 1;
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '\\' && i + 1 < line.Length && (char.IsPunctuation(line[i + 1]) || char.IsSymbol(line[i + 1]))) i++;
            else if (line[i] is '\\' or '`' or '*' or '[' or '<' or '~') return false;
        }
        return true;
    }

    private static string ContentOf(string text) =>
        string.Join('\n', EvidenceNote.BodyOf(new() { Drafts = [new(null, null, null, text)] }).Split('\n').Where(l => l.StartsWith("> ", StringComparison.Ordinal)).Select(l => l[2..]));

    /// <summary>As a reader of Markdown shows it.</summary>
    private static string Read(string markdown)
    {
        System.Text.StringBuilder text = new();
        for (int i = 0; i < markdown.Length; i++)
        {
            if (markdown[i] == '\\' && i + 1 < markdown.Length && char.IsAscii(markdown[i + 1]) && !char.IsLetterOrDigit(markdown[i + 1])) i++;
            text.Append(markdown[i]);
        }
        return text.ToString();
    }

    private static string Words(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c) && !char.IsControl(c)));
}
