namespace Syncline.Sandbox.Lemlist.Leads;

/// <summary>Cells of comma-separated text; a cell with a line end, a comma or a quote in it is quoted.</summary>
internal static class Csvs
{
    public static string Cell(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public static string Sheet(string header, IEnumerable<string[]> rows) =>
        string.Join('\n', rows.Select(r => string.Join(',', r.Select(Cell))).Prepend(header));
}
