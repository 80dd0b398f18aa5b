using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Syncline.Records;

/// <summary>LinkedIn profiles by their slug, the last part of <c>https://www.linkedin.com/in/jane-doe</c>: the form in which two spellings of one profile are equal.</summary>
/// <remarks>
/// A slug is lower case, percent-decoded and composed (NFC). A member URN, <c>ACoAA…</c>, stands in the same place, keeps its case because it is base64, and
/// never equals the same person's slug. Pages of companies and schools, Sales Navigator, Recruiter and the retired <c>/pub/</c> form name no profile this can tell: null.
/// </remarks>
public static partial class LinkedInUrl
{
    private const string UrnStart = "ACoAA";
    private const int ShortestSlug = 3, LongestSlug = 100, ShortestUrn = 20;

    private static readonly SearchValues<char> UrnCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=");

    /// <summary>What people and exports write where there is no profile; as a key it would merge strangers.</summary>
    private static readonly string[] Placeholders = ["none", "null", "n-a", "nan", "unknown", "linkedin", "undefined", "profile"];

    [GeneratedRegex("%[0-9A-F]{2}", RegexOptions.CultureInvariant)]
    private static partial Regex EscapeDigits { get; }

    /// <summary>The normalised slug or member URN of a person's profile, from any spelling of its address or from a bare slug; null when it is neither.</summary>
    public static string? Slug(string? text) => Find(text, "in", allowBare: true);

    /// <summary>The slug of a company, school or showcase page; null for anything else, a bare word among it.</summary>
    public static string? CompanySlug(string? text) =>
        Find(text, "company", allowBare: false) ?? Find(text, "school", allowBare: false) ?? Find(text, "showcase", allowBare: false);

    /// <summary>True for a member URN, whose letters must keep their case.</summary>
    public static bool IsUrn(string? slug) =>
        slug is { Length: >= ShortestUrn and <= LongestSlug } && slug.StartsWith(UrnStart, StringComparison.Ordinal) && !slug.AsSpan().ContainsAnyExcept(UrnCharacters);

    /// <summary>The public address of a profile, unescaped, as HeyReach shows it: of a bare slug, and of an address in any spelling. An address of something else stays as it is.</summary>
    public static string ToUrl(string profile)
    {
        string? slug = profile.Contains('/', StringComparison.Ordinal) ? Slug(profile) : profile;
        return slug is null ? profile : $"https://www.linkedin.com/in/{slug}";
    }

    /// <summary>The spellings under which another system may hold this profile, the likeliest first; for exact-match look-ups.</summary>
    public static IReadOnlyList<string> Variants(string slug)
    {
        string escaped = Uri.EscapeDataString(slug);
        string[] forms = escaped == slug ? [slug] : [slug, escaped, EscapeDigits.Replace(escaped, m => m.Value.ToLowerInvariant())];
        string[] starts = ["https://www.linkedin.com/in/", "https://linkedin.com/in/", "http://www.linkedin.com/in/", "http://linkedin.com/in/", "www.linkedin.com/in/", "linkedin.com/in/"];
        return [.. forms, .. starts.SelectMany(_ => forms, (start, form) => start + form).SelectMany(url => new[] { url, url + "/" })];
    }

    private static string? Find(string? text, string section, bool allowBare)
    {
        string rest = WithoutTail((text ?? "").Trim());
        string[] parts = WithoutScheme(rest).Split('/', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts is [var only]) return allowBare ? Normalise(only) : null;
        IEnumerable<string> path = parts.Length > 0 && IsLinkedInHost(parts[0]) ? parts[1..] : parts;
        if (path.FirstOrDefault()?.Equals("mwlite", StringComparison.OrdinalIgnoreCase) == true) path = path.Skip(1);
        return path.Take(2).ToArray() is [var first, var slug] && first.Equals(section, StringComparison.OrdinalIgnoreCase) ? Normalise(slug) : null;
    }

    private static string? Normalise(string raw)
    {
        string decoded = Uri.UnescapeDataString(raw).Trim();
        if (IsUrn(decoded)) return decoded;
        string slug = ComposedText.Lower(decoded);
        return slug.Length is >= ShortestSlug and <= LongestSlug && IsSlug(slug) ? slug : null;
    }

    private static bool IsSlug(string slug) => slug.EnumerateRunes().All(IsSlugCharacter) && slug.Any(char.IsLetterOrDigit) && !Placeholders.Contains(slug);

    /// <summary>Letters of any script with their marks, digits, hyphen and underscore, and the emoji of old slugs.</summary>
    private static bool IsSlugCharacter(Rune c) => c.Value is '-' or '_' || (c != Rune.ReplacementChar && Rune.GetUnicodeCategory(c) is
        UnicodeCategory.LowercaseLetter or UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
        or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.NonSpacingMark
        or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.OtherSymbol or UnicodeCategory.Format);

    private static bool IsLinkedInHost(string host)
    {
        string name = host.Split(':')[0].TrimEnd('.');
        return name.Equals("linkedin.com", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".linkedin.com", StringComparison.OrdinalIgnoreCase);
    }

    private static string WithoutTail(string url)
    {
        int end = url.AsSpan().IndexOfAny('?', '#');
        return end < 0 ? url : url[..end];
    }

    private static string WithoutScheme(string url)
    {
        int start = url.IndexOf("://", StringComparison.Ordinal);
        return start < 0 ? url : url[(start + 3)..];
    }
}
