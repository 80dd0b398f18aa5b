namespace Syncline.Connectors.Attio;

/// <summary>The spellings under which a CRM may hold one LinkedIn profile: people paste addresses with and without scheme, <c>www</c> and closing slash.</summary>
internal static class LinkedInSpellings
{
    private static readonly string[] Starts =
        ["https://www.linkedin.com/in/", "https://linkedin.com/in/", "http://www.linkedin.com/in/", "http://linkedin.com/in/", "www.linkedin.com/in/", "linkedin.com/in/"];

    /// <summary>The slug in lower case, from an address or a bare slug; null when it is neither.</summary>
    public static string? Slug(string text)
    {
        string rest = text.Trim();
        int section = rest.IndexOf("/in/", StringComparison.OrdinalIgnoreCase);
        if (section >= 0) rest = rest[(section + 4)..];
        int end = rest.AsSpan().IndexOfAny("/?#");
        if (end >= 0) rest = rest[..end];
        return rest.Length > 0 && !rest.Contains(' ', StringComparison.Ordinal) ? Uri.UnescapeDataString(rest).ToLowerInvariant() : null;
    }

    /// <summary>Spellings to look for, the likeliest first; for exact-match filters.</summary>
    public static IReadOnlyList<string> Variants(string slug)
    {
        string[] forms = [slug, Uri.EscapeDataString(slug)];
        return [.. forms.Concat(Starts.SelectMany(_ => forms, (start, form) => start + form).SelectMany(url => new[] { url, url + "/" })).Distinct()];
    }
}
