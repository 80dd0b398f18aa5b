namespace Syncline.Connectors.Csv;

/// <summary>What stands between the cells of a row, as people write it.</summary>
public static class CsvDelimiter
{
    /// <summary>What <see cref="Find"/> takes, in words.</summary>
    public const string Allowed = "one character that is no quote and no line end, such as ; or |, or the word tab";

    /// <summary>The character that is meant; null when it can be none.</summary>
    public static char? Find(string text) => text switch
    {
        "tab" or "\\t" => '\t',
        [not ('"' or '\r' or '\n') and var character] => character,
        _ => null,
    };
}
