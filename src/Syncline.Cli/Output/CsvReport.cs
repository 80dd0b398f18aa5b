using System.Text.Json.Nodes;
using Spectre.Console;
using Syncline.Composition.Telling;
using Syncline.Connectors.Csv;

namespace Syncline.Cli.Output;

/// <summary>How a CSV file is understood.</summary>
internal static class CsvReport
{
    private const int LongestSample = 40;

    /// <summary><c>people.csv: HubSpot contacts; rows are people, utf-8, comma, told apart by 'Record ID'.</c></summary>
    public static string Line(string file, CsvSource source, bool isEncodingNamed) =>
        $"{file}: {source.Header.Dialect}; rows are {source.Header.Stream}, {Encoding(source.Format, isEncodingNamed)}, {Delimiter(source.Format.Delimiter)}, told apart by {Key(source.Header)}.";

    public static void Show(Terminal terminal, CsvPreview preview)
    {
        Table table = Tables.Of("Column", "Field", "First values", "Filled", "Not understood");
        foreach (CsvPreviewColumn column in preview.Columns)
        {
            string samples = string.Join(" | ", column.Samples.Select(Short));
            table.Row(column.Column.Heading.Trim(), Field(column.Column), samples, Tables.Number(column.Filled), column.NotUnderstood == 0 ? "" : Tables.Number(column.NotUnderstood));
        }
        terminal.Show(table);
        terminal.Out.WriteLine($"{Tables.Number(preview.Rows)} rows would be imported, {Tables.Number(preview.Rejected)} rejected, {Tables.Number(preview.Empty)} skipped because they are empty. Nothing was written.");
        foreach (CsvPreviewRejection rejection in preview.Rejections) terminal.Out.WriteLine(rejection.Reason);
        if (preview.Rejected > preview.Rejections.Count) terminal.Out.WriteLine($"… and {Tables.Number(preview.Rejected - preview.Rejections.Count)} more.");
    }

    public static JsonObject Json(string file, CsvSource source, CsvPreview preview) => new()
    {
        ["file"] = file,
        ["dialect"] = source.Header.Dialect.Name,
        ["kind"] = source.Header.Kind.Name,
        ["encoding"] = source.Format.Encoding,
        ["hasByteOrderMark"] = source.Format.HasBom,
        ["delimiter"] = source.Format.Delimiter.ToString(),
        ["key"] = source.Header.RowColumn,
        ["rows"] = preview.Rows,
        ["rejected"] = preview.Rejected,
        ["empty"] = preview.Empty,
        ["columns"] = new JsonArray([.. preview.Columns.Select(Json)]),
        ["rejections"] = new JsonArray([.. preview.Rejections.Select(r => new JsonObject { ["line"] = r.Line, ["code"] = r.Code, ["reason"] = r.Reason })]),
    };

    private static JsonObject Json(CsvPreviewColumn column) => new()
    {
        ["column"] = column.Column.Heading,
        ["field"] = column.Column.Field,
        ["isOwn"] = column.Column.IsOwn,
        ["alsoKeptAs"] = column.Column.AlsoKeptAs,
        ["samples"] = new JsonArray([.. column.Samples.Select(s => (JsonNode)s)]),
        ["filled"] = column.Filled,
        ["notUnderstood"] = column.NotUnderstood,
    };

    private static string Field(CsvColumn column) => (column.Field, column.IsOwn, column.AlsoKeptAs) switch
    {
        (null, _, _) => "(left out)",
        ({ } own, true, _) => $"{own} (your own)",
        ({ } second, _, { } name) => $"{second} where it is empty; {name} (your own)",
        ({ } field, _, _) => field,
    };

    private static string Encoding(CsvFormat format, bool isNamed) =>
        format.Encoding == "windows-1252" && !isNamed ? "windows-1252 (its bytes are no UTF-8)" : format.HasBom ? $"{format.Encoding} with a byte order mark" : format.Encoding;

    private static string Key(CsvHeader header) => header.RowColumn is { } column ? $"'{column.Trim()}'" : "their strongest key, else their names";

    private static string Delimiter(char delimiter) => delimiter switch { ',' => "comma", ';' => "semicolon", '\t' => "tab", '|' => "bar", _ => $"'{delimiter}'" };

    private static string Short(string value)
    {
        string line = string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= LongestSample ? line : line[..(LongestSample - 1)] + "…";
    }
}
