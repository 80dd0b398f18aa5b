using System.Buffers;
using System.Text.Json;
using Syncline.Records;

namespace Syncline.Connectors.Csv;

/// <summary>Writes rows back as they were read, and golden records as CSV or JSON lines.</summary>
/// <remarks>Quotes where RFC 4180 asks for them and nowhere else: a file that was quoted so comes out byte for byte as it was read.</remarks>
public static class CsvExport
{
    /// <summary>Writes rows under their file's headings, in its encoding, delimiter and line ends. A row is the remote fields of its record; fields that are no heading are left out.</summary>
    public static async Task WriteRowsAsync(Stream target, CsvFormat format, IAsyncEnumerable<FieldSet> rows, CancellationToken cancellationToken)
    {
        System.Text.Encoding encoding = CsvFormat.FindEncoding(format.Encoding, format.HasBom) ?? throw new ArgumentException($"There is no encoding named '{format.Encoding}'.", nameof(format));
        await using StreamWriter writer = new(target, encoding, leaveOpen: true);
        await writer.WriteAsync((format.Preamble + Line(format.Headings, format)).AsMemory(), cancellationToken);
        await foreach (FieldSet row in rows.WithCancellation(cancellationToken))
        {
            string line = Line(format.Headings.Select(h => row[h]?.Text ?? ""), format);
            await writer.WriteAsync((format.NewLine + line).AsMemory(), cancellationToken);
        }
        if (format.EndsWithNewLine) await writer.WriteAsync(format.NewLine.AsMemory(), cancellationToken);
    }

    /// <summary>Writes golden records as CSV with the union of their fields as columns, sorted, after <c>id</c> and <c>kind</c>; lists are joined with <c>; </c>.</summary>
    /// <param name="records">Enumerated twice, once for the columns, so that no record need be kept.</param>
    public static async Task WriteGoldenAsync(Stream target, IAsyncEnumerable<GoldenRecord> records, CancellationToken cancellationToken)
    {
        SortedSet<string> columns = new(StringComparer.Ordinal);
        await foreach (GoldenRecord record in records.WithCancellation(cancellationToken))
        {
            foreach (Field field in record.Fields) columns.Add(field.Name);
        }
        CsvFormat format = CsvFormat.Plain(["id", "kind", .. columns]);
        await using StreamWriter writer = new(target, leaveOpen: true);
        await writer.WriteAsync((Line(format.Headings, format) + "\n").AsMemory(), cancellationToken);
        await foreach (GoldenRecord record in records.WithCancellation(cancellationToken))
        {
            IEnumerable<string> cells = columns.Select(c => record.Fields[c] is { } value ? string.Join("; ", value.Items.Select(i => i.Text)) : "");
            await writer.WriteAsync((Line([Id(record), record.Kind.Name, .. cells], format) + "\n").AsMemory(), cancellationToken);
        }
    }

    /// <summary>Writes golden records as JSON lines: <c>{"id":7,"kind":"person","fields":{…}}</c>. Numbers and flags are JSON ones, lists arrays, all else text.</summary>
    public static async Task WriteJsonLinesAsync(Stream target, IAsyncEnumerable<GoldenRecord> records, CancellationToken cancellationToken)
    {
        await foreach (GoldenRecord record in records.WithCancellation(cancellationToken))
        {
            ArrayBufferWriter<byte> line = new();
            using (Utf8JsonWriter json = new(line, new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) Write(json, record);
            line.Write("\n"u8);
            await target.WriteAsync(line.WrittenMemory, cancellationToken);
        }
    }

    private static void Write(Utf8JsonWriter json, GoldenRecord record)
    {
        json.WriteStartObject();
        json.WriteNumber("id", record.Id);
        json.WriteString("kind", record.Kind.Name);
        json.WriteStartObject("fields");
        foreach (Field field in record.Fields)
        {
            json.WritePropertyName(field.Name);
            Write(json, field.Value);
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, FieldValue value)
    {
        switch (value.Type)
        {
            case FieldType.List:
                json.WriteStartArray();
                foreach (FieldValue item in value.Items) Write(json, item);
                json.WriteEndArray();
                break;
            case FieldType.Number or FieldType.Flag:
                json.WriteRawValue(value.Text);
                break;
            default:
                json.WriteStringValue(value.Text);
                break;
        }
    }

    private static string Id(GoldenRecord record) => record.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Line(IEnumerable<string> cells, CsvFormat format) => string.Join(format.Delimiter, cells.Select(c => Quoted(c, format.Delimiter)));

    private static string Quoted(string cell, char delimiter) =>
        cell.AsSpan().IndexOfAny(['"', '\r', '\n', delimiter]) < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
