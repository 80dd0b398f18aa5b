using Syncline.Records;

namespace Syncline.Connectors.Csv;

/// <summary>What is known of a CSV file before it is opened.</summary>
/// <param name="Connection">The connection's name: the scope of ids that mean nothing outside this file.</param>
public sealed record CsvOptions(string Connection, string Path)
{
    /// <summary>What a row is about; null decides by the headings.</summary>
    public RecordKind? Kind { get; init; }

    /// <summary>An encoding's name, <c>windows-1252</c>; null is UTF-8 where every byte fits it, else windows-1252 where every byte fits that. A byte order mark speaks louder.</summary>
    public string? Encoding { get; init; }

    /// <summary>Null decides by the first line: comma, semicolon, tab or bar.</summary>
    public char? Delimiter { get; init; }

    /// <summary>The heading of the column that identifies a row; null guesses it.</summary>
    public string? KeyColumn { get; init; }

    /// <summary>Heading to canonical field, laid over the guess; an empty field leaves the column out.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();

    /// <summary>The country of phone numbers without <c>+</c>; null takes international numbers only.</summary>
    public string? PhoneRegion { get; init; } = "US";

    /// <summary>Rows in a page. With a thousand, most of a page outlives the youngest generation of the heap and is collected at ten times the cost; commits are cheap beside that.</summary>
    public int PageSize { get; init; } = 250;

    internal ProviderException Error(string message, string hint, Exception? cause = null) => new(message, cause)
    {
        Operation = $"csv.{Connection}.read",
        Recovery = Recovery.StopRun,
        Hint = hint,
    };
}
