using System.Text;

namespace Syncline.Records;

/// <summary>Company names as a weak key: two companies may share one, and one company is written in many ways.</summary>
public static class CompanyName
{
    private static readonly HashSet<string> LegalForms = new(StringComparer.Ordinal)
    {
        "inc", "incorporated", "llc", "llp", "lp", "lc", "ltd", "limited", "corp", "corporation", "co", "company", "plc", "pllc", "pbc",
        "gmbh", "mbh", "ag", "kg", "kgaa", "ug", "ev", "se", "sa", "sas", "sarl", "sca", "sl", "spa", "srl", "bv", "nv", "ab", "asa", "as", "aps", "oy", "oyj", "kk", "pty", "pte", "sro", "doo",
    };

    /// <summary>The name for matching: lower case, punctuation and trailing legal forms folded, a share class kept (<c>Acme Inc. (Class A)</c> is <c>acme class a</c>).
    /// Null when there is no letter or digit in it. A name that is nothing but a legal form keeps its last word.</summary>
    public static string? Key(string? text)
    {
        List<string> words = [.. Words(ComposedText.Lower(text ?? "")).Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        while (FoldEnd(words)) continue;
        return words.Count == 0 ? null : string.Join(' ', words);
    }

    /// <summary>Removes legal forms from the end, or from before a share class; false when there was none. Removing one can bring a share class to the end.</summary>
    private static bool FoldEnd(List<string> words)
    {
        int end = words is [_, .., "class", { Length: 1 }] ? words.Count - 2 : words.Count;
        int full = end;
        while (end > 1 && (LegalForms.Contains(words[end - 1]) || (end < full && words[end - 1] == "and"))) words.RemoveAt(--end);
        return end < full;
    }

    /// <summary>Dots and apostrophes join (<c>S.A.</c> is <c>sa</c>), an ampersand is a word, all else that is no letter or digit separates.</summary>
    private static string Words(string lower)
    {
        StringBuilder words = new(lower.Length);
        foreach (Rune c in lower.EnumerateRunes())
        {
            if (c.Value is '.' or '\'' or '\u2019') continue;
            if (c.Value == '&') words.Append(" and ");
            else if (IsWordCharacter(c)) words.Append(c);
            else words.Append(' ');
        }
        // Lower case once more: joined letters and marks may compose to a capital.
        return ComposedText.Lower(words.ToString());
    }

    private static bool IsWordCharacter(Rune c) => Rune.IsLetterOrDigit(c)
        || Rune.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;
}
