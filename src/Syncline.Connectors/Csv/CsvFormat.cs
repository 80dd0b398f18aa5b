using System.Text;

namespace Syncline.Connectors.Csv;

/// <summary>How a file is written, apart from its rows: what an export needs to give back the same bytes.</summary>
/// <param name="Encoding">The encoding's name.</param>
/// <param name="HasBom">True when a byte order mark stands first.</param>
/// <param name="NewLine">As the first line ends; a file without any line end counts as <c>\n</c>.</param>
/// <param name="EndsWithNewLine">Known once the file was read to its end; true until then.</param>
/// <param name="Headings">The column names, verbatim and in order.</param>
public sealed record CsvFormat(string Encoding, bool HasBom, char Delimiter, string NewLine, bool EndsWithNewLine, IReadOnlyList<string> Headings)
{
    /// <summary>What stands before the headings, verbatim, line ends included; null where nothing does.</summary>
    public string? Preamble { get; init; }

    /// <summary>What a new file is written in: UTF-8, comma, LF.</summary>
    public static CsvFormat Plain(IReadOnlyList<string> headings) => new("utf-8", HasBom: false, ',', "\n", EndsWithNewLine: true, headings);

    /// <summary>The format of the file that a stream's cursor is about.</summary>
    public static CsvFormat Of(Extraction.Cursor cursor) => CsvCursor.Read(cursor).Format;

    /// <summary>The same, or null where the cursor is another provider's.</summary>
    public static CsvFormat? Find(Extraction.Cursor cursor)
    {
        try
        {
            return CsvCursor.Read(cursor).Format;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    /// <summary>An encoding that throws rather than lose a character; null when there is none of that name.</summary>
    internal static Encoding? FindEncoding(string name, bool withBom = false) => name.ToLowerInvariant() switch
    {
        "utf-8" or "utf8" => new UTF8Encoding(withBom, throwOnInvalidBytes: true),
        "utf-16" or "utf-16le" => new UnicodeEncoding(bigEndian: false, withBom, throwOnInvalidBytes: true),
        "utf-16be" => new UnicodeEncoding(bigEndian: true, withBom, throwOnInvalidBytes: true),
        var other => CodePagesEncodingProvider.Instance.GetEncoding(other, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback) ?? Framework(other),
    };

    private static Encoding? Framework(string name) =>
        System.Text.Encoding.GetEncodings().Any(e => e.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ? System.Text.Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
            : null;
}
