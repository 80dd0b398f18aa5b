using System.Text.RegularExpressions;

namespace Syncline.Sandbox.Attio.Endpoints;

/// <summary>The plain text of the Markdown that notes know: headings, lists, bold, italic, strike, highlight, links.</summary>
internal static partial class Markdown
{
    public static string ToPlain(string markdown)
    {
        string lines = LineMarks().Replace(markdown, "");
        string links = Links().Replace(lines, "${text}");
        return Emphasis().Replace(links, "${text}");
    }

    [GeneratedRegex(@"^(#{1,3} |\s*([-*+]|\d+\.) )", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex LineMarks();

    [GeneratedRegex(@"\[(?<text>[^\]]*)\]\([^)]*\)")]
    private static partial Regex Links();

    [GeneratedRegex(@"(?<mark>\*\*|__|~~|==|\*)(?<text>[^\n]+?)\k<mark>")]
    private static partial Regex Emphasis();
}
