using System.Text;

namespace Syncline.Leads;

/// <summary>Foreign text within Markdown: it is shown as it was written and can never become a heading, a list, code, a link or markup.</summary>
/// <remarks>Source: CommonMark 0.31, 2.4: a backslash before a character of ASCII punctuation makes it that character. Only what could mean something is escaped, because some systems show notes as plain text.</remarks>
internal static class NoteText
{
    private const string Special = "\\`*[<~", SpecialAtLineStart = "#-+=:|>";

    /// <summary>On one line, for a place behind other text.</summary>
    public static string OnOneLine(string text) => Inline(string.Join(' ', Clean(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));

    /// <summary>Each line as a line of a quotation, which ends where the quotation ends.</summary>
    public static string Quoted(string text) => string.Join('\n', Clean(text).Trim().Split('\n').Select(line => line.Trim()).Select(line => line.Length == 0 ? ">" : $"> {AtLineStart(Inline(line))}"));

    /// <summary>Without secrets, with one sort of line end and no other control characters.</summary>
    private static string Clean(string text)
    {
        StringBuilder clean = new(text.Length);
        foreach (char c in SecretText.Remove(text).ReplaceLineEndings("\n"))
        {
            if (c is '\n' or '\t' || !char.IsControl(c)) clean.Append(c is '\t' ? ' ' : c);
        }
        return clean.ToString();
    }

    private static string Inline(string line)
    {
        StringBuilder escaped = new(line.Length + 8);
        for (int i = 0; i < line.Length; i++)
        {
            if (Special.Contains(line[i], StringComparison.Ordinal) || (line[i] == '_' && !IsInWord(line, i)) || (line[i] == '&' && IsEntity(line, i))) escaped.Append('\\');
            escaped.Append(line[i]);
        }
        return escaped.ToString();
    }

    private static bool IsInWord(string line, int at) => at > 0 && at + 1 < line.Length && char.IsLetterOrDigit(line[at - 1]) && char.IsLetterOrDigit(line[at + 1]);

    private static bool IsEntity(string line, int at)
    {
        int end = at + 1;
        while (end < line.Length && (char.IsAsciiLetterOrDigit(line[end]) || line[end] == '#')) end++;
        return end > at + 1 && end < line.Length && line[end] == ';';
    }

    /// <summary>Headings, lists, rules, tables: what means something only where a line begins.</summary>
    private static string AtLineStart(string line)
    {
        if (SpecialAtLineStart.Contains(line[0], StringComparison.Ordinal)) return "\\" + line;
        int digits = line.TakeWhile(char.IsAsciiDigit).Count();
        return digits > 0 && digits < line.Length && line[digits] is '.' or ')' ? $"{line[..digits]}\\{line[digits..]}" : line;
    }
}
