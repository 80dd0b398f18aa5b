using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Syncline.Records;

namespace Syncline.Imports;

/// <summary>A record's name as a file name without its ending: <c>a</c> to <c>z</c>, digits and single hyphens, a letter or digit at both ends.</summary>
/// <remarks>
/// Letters with accents lose them; other scripts leave nothing. Keeping them was rejected: file systems differ in how they compose, compare and order such letters, so that one
/// repository would hold one file on one machine and two on the next. The name itself is in the file.
/// </remarks>
public static class FileSlug
{
    /// <summary>Longest slug, in characters: with folders and a short id far below the 260 of a Windows path.</summary>
    public const int Longest = 60;

    // Letters that are no letter with a mark.
    private static readonly FrozenDictionary<char, string> Spelt = new Dictionary<char, string>
    {
        ['ß'] = "ss", ['æ'] = "ae", ['œ'] = "oe", ['ø'] = "o", ['đ'] = "d", ['ð'] = "d", ['þ'] = "th", ['ł'] = "l", ['ħ'] = "h", ['ı'] = "i", ['ŋ'] = "ng", ['ĸ'] = "k", ['ŧ'] = "t", ['&'] = "-and-",
    }.ToFrozenDictionary();

    // Devices of Windows: their names are refused with any ending.
    private static readonly FrozenSet<string> Reserved =
        ((string[])["con", "prn", "aux", "nul", .. Enumerable.Range(0, 10).SelectMany(i => (string[])[$"com{i}", $"lpt{i}"])]).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The slug; empty when nothing of the name is left. Idempotent.</summary>
    public static string Of(string name)
    {
        StringBuilder slug = new();
        foreach (char c in ComposedText.Plain(name).ToLowerInvariant()) Append(slug, c);
        if (slug.Length > Longest) slug.Length = Longest;
        string text = slug.ToString().Trim('-');
        return Reserved.Contains(text) ? text + "-name" : text;
    }

    private static void Append(StringBuilder slug, char c)
    {
        if (char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)) slug.Append(c);
        else if (Spelt.TryGetValue(c, out string? spelt)) foreach (char one in spelt) AppendPlain(slug, one);
        else if (!LeavesNoGap(c)) AppendPlain(slug, '-');
    }

    // Never two hyphens, never one in front.
    private static void AppendPlain(StringBuilder slug, char c)
    {
        if (c != '-' || (slug.Length > 0 && slug[^1] != '-')) slug.Append(c);
    }

    /// <summary>Apostrophes, and what is not seen: direction marks, joiners, soft hyphens, marks that stand over a letter.</summary>
    private static bool LeavesNoGap(char c) => c is '\'' or '’' or '‘' || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;
}
