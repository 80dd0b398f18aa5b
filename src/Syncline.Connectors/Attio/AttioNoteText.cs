using System.Text.RegularExpressions;

namespace Syncline.Connectors.Attio;

/// <summary>A note's text with the line that says which of ours it is: notes have no field for it and cannot be changed.</summary>
/// <param name="Key">Null for a note that is not ours.</param>
/// <param name="IsMarkdown">The text is Markdown, and the note is shown with its headings and lists. Only known of notes that are ours: Attio does not tell how a note was made.</param>
/// <remarks>Source: Attio API reference, "Create a note", read 2026-11-20: <c>format</c> is <c>plaintext</c> or <c>markdown</c>; of Markdown it takes headings, lists, bold, italic, strike, highlight and inline links.</remarks>
internal sealed partial record AttioNoteText(string Content, string? Key, bool IsMarkdown)
{
    /// <summary>The field that says it, and its one value.</summary>
    public const string Format = "format", Markdown = "markdown";

    private const string PlainMarker = "syncline:", MarkdownMarker = "syncline-markdown:";

    /// <summary>As the note is sent.</summary>
    public string ToSent() => IsMarkdown
        ? $"{Autolink.Replace(Content.TrimEnd(), m => InlineLink(m.Groups[1].Value))}\n\n{MarkdownMarker}{Meaningful.Replace(Key ?? "", @"\$0")}"
        : $"{Content.TrimEnd()}\n\n{PlainMarker}{Key}";

    /// <summary>Takes a note apart. The key stands in the plain text; a text that was sent as Markdown is read as such, so that a note of ours is read as it was written.</summary>
    public static AttioNoteText Read(string plain, string? markdown)
    {
        (string before, string last) = Cut(plain);
        if (last.StartsWith(MarkdownMarker, StringComparison.Ordinal)) return new(Sameness.Replace(Cut(markdown ?? plain).Before, ToAutolink), Escape.Replace(last[MarkdownMarker.Length..], "$1"), true);
        return last.StartsWith(PlainMarker, StringComparison.Ordinal) ? new(before, last[PlainMarker.Length..], false) : new(plain, null, false);
    }

    private static (string Before, string Last) Cut(string text)
    {
        string trimmed = text.TrimEnd();
        int line = trimmed.LastIndexOf('\n') + 1;
        return (trimmed[..line].TrimEnd(), trimmed[line..].Trim());
    }

    /// <summary>The address itself is the link's text, or its host where the address holds what Markdown could take for marks.</summary>
    private static string InlineLink(string address)
    {
        string target = address.Replace("(", "%28", StringComparison.Ordinal).Replace(")", "%29", StringComparison.Ordinal);
        return Uri.TryCreate(target, UriKind.Absolute, out Uri? uri) ? $"[{(Harmless.IsMatch(target) ? target : uri.IdnHost)}]({target})" : address;
    }

    private static string ToAutolink(Match link)
    {
        (string text, string target) = (link.Groups["text"].Value, link.Groups["target"].Value);
        return text == target || (Uri.TryCreate(target, UriKind.Absolute, out Uri? uri) && text == uri.IdnHost) ? $"<{target}>" : link.Value;
    }

    [GeneratedRegex(@"(?<!\\)<(https?://[^\s<>]+)>")]
    private static partial Regex Autolink { get; }

    [GeneratedRegex(@"\[(?<text>[^\[\]\s]+)\]\((?<target>https?://[^\s()]+)\)")]
    private static partial Regex Sameness { get; }

    // One equals sign is a query's, two are a highlight.
    [GeneratedRegex(@"^(?!.*==)[A-Za-z0-9:/.?&=%#+,;@!-]+$")]
    private static partial Regex Harmless { get; }

    [GeneratedRegex(@"[\\`*_~=\[\]<>]")]
    private static partial Regex Meaningful { get; }

    [GeneratedRegex(@"\\([\\`*_~=\[\]<>])")]
    private static partial Regex Escape { get; }
}
