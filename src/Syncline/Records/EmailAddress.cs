namespace Syncline.Records;

/// <summary>E-mail addresses in the form in which two spellings are equal. Plus tags and dots are kept: they are the provider's business, and folding them merges strangers.</summary>
public static class EmailAddress
{
    private const int LongestAddress = 254, LongestLocalPart = 64;

    /// <summary>The address in lower case without <c>mailto:</c>, display name and angle brackets, its domain in ASCII; null when it is no address.</summary>
    public static string? Normalise(string? text)
    {
        string address = WithoutMailTo(InsideBrackets((text ?? "").Trim()));
        int at = address.IndexOf('@', StringComparison.Ordinal);
        if (at <= 0 || at != address.LastIndexOf('@')) return null;
        string local = ComposedText.Lower(address[..at]);
        if (local.Length > LongestLocalPart || !local.All(IsLocalCharacter) || DomainName.Host(address[(at + 1)..]) is not { } domain) return null;
        return local.Length + 1 + domain.Length <= LongestAddress ? $"{local}@{domain}" : null;
    }

    private static string InsideBrackets(string text)
    {
        int open = text.LastIndexOf('<');
        return open >= 0 && text.EndsWith('>') ? text[(open + 1)..^1].Trim() : text;
    }

    private static string WithoutMailTo(string text)
    {
        if (!text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)) return text;
        int query = text.IndexOf('?', StringComparison.Ordinal);
        return text[7..(query < 0 ? text.Length : query)].Trim();
    }

    private static bool IsLocalCharacter(char c) =>
        !char.IsWhiteSpace(c) && !char.IsControl(c) && c is not ('<' or '>' or '"' or '(' or ')' or ',' or ';' or ':' or '\\' or '[' or ']');
}
