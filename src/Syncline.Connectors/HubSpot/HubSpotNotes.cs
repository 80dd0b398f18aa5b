using System.Net;
using System.Text.RegularExpressions;
using Syncline.Records;

namespace Syncline.Connectors.HubSpot;

/// <summary>What we write on a contact's timeline: notes, whatever they are about. The parts that notes have no property for are the first lines of their text.</summary>
internal static class HubSpotNotes
{
    public const string Messages = "messages", Activities = "activities", Notes = "notes";

    public const string Text = "note.text";

    // HubSpot takes 65,536 characters of HTML.
    private const int Longest = 60_000;

    /// <summary>Parts of the heading, by field, in their order.</summary>
    private static readonly (string Field, string Label)[] Parts =
    [
        ("note.title", "Title"),
        ("note.subject", "Subject"),
        ("note.type", "Type"),
        ("note.direction", "Direction"),
        ("note.channel", "Channel"),
        ("note.status", "Status"),
        ("note.campaign", "Campaign"),
    ];

    public static bool IsPart(string field) => field.StartsWith("note.", StringComparison.Ordinal);

    public static string Compose(FieldSet fields)
    {
        string[] heading = [.. Parts.Where(p => fields[p.Field] is not null).Select(p => $"<strong>{p.Label}:</strong> {HubSpotHtml.OfLine(fields[p.Field]!.ToString())}")];
        string body = fields[Text]?.Text ?? "";
        string html = (heading.Length == 0 ? "" : $"<p>{string.Join("<br>", heading)}</p>") + HubSpotHtml.OfText(body.Length <= Longest ? body : body[..Longest] + "…");
        return html.Length <= 65_536 ? html : HubSpotHtml.OfText(body[..Math.Min(body.Length, Longest / 6)] + "…");
    }

    /// <summary>The parts of a note's text, as far as they are wanted.</summary>
    public static FieldSet Parse(string html, Func<string, bool> wants)
    {
        string text = HubSpotHtml.ToText(html);
        int end = text.IndexOf("\n\n", StringComparison.Ordinal);
        string[] lines = (end < 0 ? text : text[..end]).Split('\n');
        (string Field, string Value)[] heading = [.. lines.Select(PartOf).OfType<(string, string)>()];
        bool hasHeading = heading.Length == lines.Length;
        string body = !hasHeading ? text : end < 0 ? "" : text[end..];
        return FieldSet.Of((hasHeading ? heading : []).Append((Text, body)).Where(p => wants(p.Item1)).Select(p => (p.Item1, FieldValue.TextOrNone(p.Item2))));
    }

    private static (string, string)? PartOf(string line) =>
        Parts.Where(p => line.StartsWith(p.Label + ": ", StringComparison.Ordinal)).Select(p => ((string, string)?)(p.Field, line[(p.Label.Length + 2)..])).FirstOrDefault();
}

/// <summary>Plain text as HTML and back. HubSpot cleans what it is given, so that only the text of it is ever compared.</summary>
internal static partial class HubSpotHtml
{
    public static string OfLine(string text) => WebUtility.HtmlEncode(text.ReplaceLineEndings(" "));

    public static string OfText(string text) => string.Concat(text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(paragraph => $"<p>{string.Join("<br>", paragraph.Split('\n').Select(OfLine))}</p>"));

    public static string ToText(string html)
    {
        string text = Break.Replace(html.ReplaceLineEndings(" "), "\n");
        text = WebUtility.HtmlDecode(Tag.Replace(Paragraph.Replace(text, "\n\n"), ""));
        return Blank.Replace(Space.Replace(text, "\n"), "\n\n").Trim();
    }

    [GeneratedRegex(@"<br\s*/?>", RegexOptions.IgnoreCase)]
    private static partial Regex Break { get; }

    [GeneratedRegex(@"</(p|div|li|h[1-6])\s*>", RegexOptions.IgnoreCase)]
    private static partial Regex Paragraph { get; }

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag { get; }

    [GeneratedRegex(@"[ \t\u00a0]*\n[ \t\u00a0]*")]
    private static partial Regex Space { get; }

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex Blank { get; }
}
