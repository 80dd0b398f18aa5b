using System.Text.Json;
using System.Text.Json.Serialization;
using Syncline.Extraction;

namespace Syncline.Connectors.Csv;

/// <summary>A position in one content of a file.</summary>
/// <param name="Fingerprint">Of the file and of the options it is read with; another one means to start over.</param>
/// <param name="Line">The last line that is done with, counted from 1.</param>
/// <param name="Rows">Rows handed on up to there.</param>
/// <param name="IsComplete">True when the whole file was read.</param>
/// <param name="Format">Kept here because the cursor is what the hub keeps of a stream: the export asks it.</param>
internal sealed record CsvCursor(string Fingerprint, long Line, long Rows, bool IsComplete, CsvFormat Format)
{
    public static CsvCursor Read(Cursor cursor) => JsonSerializer.Deserialize(cursor.Text, CsvJson.Default.CsvCursor) ?? throw new JsonException("A CSV cursor is empty.");

    public Cursor ToCursor() => new(JsonSerializer.Serialize(this, CsvJson.Default.CsvCursor));
}

[JsonSerializable(typeof(CsvCursor))]
internal sealed partial class CsvJson : JsonSerializerContext;
