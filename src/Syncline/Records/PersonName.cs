namespace Syncline.Records;

/// <summary>A person's name in its parts, tidied and never a key: people share names.</summary>
/// <param name="First">Given names, or the only name; null when unknown.</param>
/// <param name="Last">Family name with its suffix, <c>Doe, Jr.</c>; null when unknown.</param>
/// <param name="Full">As the person is addressed in full; null when nothing is known.</param>
public readonly record struct PersonName(string? First, string? Last, string? Full)
{
    private static readonly HashSet<string> Suffixes = new(StringComparer.OrdinalIgnoreCase) { "jr", "sr", "ii", "iii", "iv", "v", "phd", "md", "esq", "cpa", "mba" };

    private static readonly HashSet<string> Particles =
        new(StringComparer.OrdinalIgnoreCase) { "van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "du", "la", "le", "bin", "ibn", "al", "el", "ter", "ten", "zu" };

    /// <summary>What the given parts say together: a full name is split only when both others are missing, and joined only when it is missing itself.</summary>
    public static PersonName Of(string? first, string? last, string? full)
    {
        (string? given, string? family, string? whole) = (Clean(first), Clean(last), Clean(full));
        if (given is null && family is null && whole is not null) return Split(whole);
        return new(given, family, whole ?? Clean($"{given} {family}"));
    }

    /// <summary>The text without outer and repeated spaces, composed; null when nothing is left.</summary>
    public static string? Clean(string? text)
    {
        string joined = string.Join(' ', ComposedText.Of(text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return joined.Length == 0 ? null : joined;
    }

    private static PersonName Split(string full)
    {
        if (full.Split(',', 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } family, { Length: > 0 } given] && !IsSuffix(given.Split(' ')[0]) && !IsSuffix(given))
        {
            return new(given, family, $"{given} {family}");
        }
        string[] words = full.Split(' ');
        int last = words.Length - 1;
        while (last > 0 && IsSuffix(words[last])) last--;
        while (last > 1 && Particles.Contains(words[last - 1])) last--;
        return last == 0 ? new(full, null, full) : new(string.Join(' ', words[..last]), string.Join(' ', words[last..]), full);
    }

    private static bool IsSuffix(string word) => Suffixes.Contains(word.Trim(',').Replace(".", "", StringComparison.Ordinal));
}
