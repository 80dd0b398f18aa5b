using System.Globalization;

namespace Syncline.Records;

/// <summary>Internet domains in the form in which two spellings are equal: lower case, ASCII (punycode), without <c>www.</c>.</summary>
public static class DomainName
{
    private const int LongestName = 253, LongestLabel = 63;

    /// <summary>The domain of an address or a bare host name; null for IP addresses, single words, e-mail addresses and free text.</summary>
    public static string? Normalise(string? text)
    {
        string? host = Host(HostPart((text ?? "").Trim()));
        while (host is not null && host.StartsWith("www.", StringComparison.Ordinal) && host.IndexOf('.', 4) > 0) host = host[4..];
        return host;
    }

    /// <summary>A host name in lower-case ASCII, <c>www.</c> kept; null when it is no domain name with at least two labels.</summary>
    internal static string? Host(string host)
    {
        string? ascii = ToAscii(ComposedText.Lower(host.EndsWith('.') ? host[..^1] : host));
        string[] labels = ascii?.Split('.') ?? [];
        bool isName = labels.Length >= 2 && ascii!.Length <= LongestName && labels.All(IsLabel) && labels[^1].Length >= 2 && !labels[^1].All(char.IsAsciiDigit);
        return isName ? ascii : null;
    }

    private static string HostPart(string address)
    {
        int scheme = address.IndexOf("//", StringComparison.Ordinal);
        string rest = scheme < 0 ? address : address[(scheme + 2)..];
        int end = rest.AsSpan().IndexOfAny('/', '?', '#');
        string authority = end < 0 ? rest : rest[..end];
        int port = authority.LastIndexOf(':');
        return port > 0 && authority.AsSpan(port + 1).IndexOfAnyExceptInRange('0', '9') < 0 ? authority[..port] : authority;
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= LongestLabel && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    private static string? ToAscii(string host)
    {
        if (host.Length is 0 or > LongestName) return null;
        if (host.All(char.IsAscii)) return host;
        if (!host.All(c => char.IsLetterOrDigit(c) || c is '.' or '-' || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)) return null;
        try
        {
            return new IdnMapping().GetAscii(host).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            // The only way the framework says that a name cannot be encoded.
            return null;
        }
    }
}
