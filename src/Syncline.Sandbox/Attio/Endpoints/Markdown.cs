using System.Text.RegularExpressions;

namespace Syncline.Sandbox.Attio.Endpoints;

/// <summary>The plain text of the Markdown that notes know: headings, lists, bold, italic, strike, highlight, links. What else there is in Markdown stays as it was written.</summary>
/// <remarks>A backslash before a sign makes it that sign, as in all Markdown (CommonMark 0.31, 2.4); Attio's pages do not speak of it.</remarks>
internal static partial class Markdown
{
    // Escaped signs stand in the private use area meanwhile, where no mark is looked for.
    private const int Aside = 0xE000;

    public static string ToPlain(string markdown)
    {
        string set = Escapes().Replace(markdown, m => ((char)(m.Value[1] + Aside)).ToString());
        string lines = LineMarks().Replace(set, "");
        string links = Links().Replace(lines, "${text}");
        string plain = Emphasis().Replace(links, "${text}");
        return SetAside().Replace(plain, m => ((char)(m.Value[0] - Aside)).ToString());
    }

    [GeneratedRegex(@"\\[!-/:-@\[-`{-~]")]
    private static partial Regex Escapes();

    [GeneratedRegex(@"[\uE021-\uE07E]")]
    private static partial Regex SetAside();

    [GeneratedRegex(@"^(#{1,3} |[ \t]*([-*+]|\d+\.) )", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex LineMarks();

    [GeneratedRegex(@"\[(?<text>[^\]]*)\]\([^)]*\)")]
    private static partial Regex Links();

    [GeneratedRegex(@"(?<mark>\*\*|__|~~|==|\*)(?<text>[^\n]+?)\k<mark>")]
    private static partial Regex Emphasis();
}
