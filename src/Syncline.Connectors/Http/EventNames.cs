namespace Syncline.Connectors.Http;

/// <summary>Names of events for a person to read. A provider's body is not ours: what does not look like a name is left out, and so no text of a record gets in.</summary>
internal static class EventNames
{
    private const int LongestName = 64, MostNames = 20;

    public static IReadOnlyList<string> Of(params IEnumerable<string?> names) => [.. names.OfType<string>().Where(IsName).Distinct(StringComparer.Ordinal).Take(MostNames)];

    private static bool IsName(string text) => text.Length is > 0 and <= LongestName && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
}
