using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Syncline.Records;

namespace Syncline.Imports;

/// <summary>The JSON file of one imported record: UTF-8, keys in a fixed order, attributes by name, one value a line, so that a comparison shows what changed and nothing else.</summary>
public static class ImportFile
{
    private const string ImportedAt = "importedAt", Attributes = "attributes";

    private static readonly JsonWriterOptions Layout = new() { Indented = true, IndentSize = 2, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The file's bytes, a line end at the end. Equal records imported at one time have equal files.</summary>
    public static byte[] Write(ImportedRecord record, DateTimeOffset importedAt)
    {
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter json = new(bytes, Layout)) WriteRecord(json, record, importedAt);
        bytes.Write("\n"u8);
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>The id of the record a file is about; null when it is no file of this source.</summary>
    public static string? OwnerOf(ReadOnlyMemory<byte> file, string source)
    {
        if (Parse(file) is not { } root || TextOf(root, "source") != source) return null;
        return TextOf(root, source + "EntryId") ?? TextOf(root, source + "RecordId");
    }

    /// <summary>Field by field what differs between two states of a file, by name; the time of the import is no difference.</summary>
    /// <param name="before">Null when there was none. A file that is no JSON counts as one without fields.</param>
    /// <param name="after">Null when there is none any more.</param>
    public static IReadOnlyList<ImportedChange> Compare(ReadOnlyMemory<byte>? before, ReadOnlyMemory<byte>? after)
    {
        SortedDictionary<string, string> old = FieldsOf(before), now = FieldsOf(after);
        return [.. old.Keys.Union(now.Keys).Order(StringComparer.Ordinal)
            .Select(name => new ImportedChange(name, old.GetValueOrDefault(name), now.GetValueOrDefault(name)))
            .Where(change => change.Before != change.After)];
    }

    private static void WriteRecord(Utf8JsonWriter json, ImportedRecord record, DateTimeOffset importedAt)
    {
        json.WriteStartObject();
        json.WriteString("source", record.Source);
        json.WriteString(ImportedAt, importedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture));
        json.WriteString(record.Source + "RecordId", record.Entry?.RecordId ?? record.Id);
        if (record.Entry is { } entry)
        {
            json.WriteString(record.Source + "EntryId", record.Id);
            json.WriteString("listSlug", entry.List);
        }
        if (record.WebUrl is { } url) json.WriteString(record.Source + "WebUrl", url);
        json.WriteString("objectType", record.Type);
        json.WriteString("name", record.Name);
        json.WriteStartObject(Attributes);
        foreach (Field attribute in record.Attributes)
        {
            json.WritePropertyName(attribute.Name);
            WriteValue(json, attribute.Value);
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, FieldValue value)
    {
        switch (value.Type)
        {
            case FieldType.List:
                json.WriteStartArray();
                foreach (FieldValue item in value.Items) WriteValue(json, item);
                json.WriteEndArray();
                break;
            case FieldType.Number: json.WriteRawValue(value.Text); break;
            case FieldType.Flag: json.WriteBooleanValue(value.Text == "true"); break;
            default: json.WriteStringValue(value.Text); break;
        }
    }

    private static SortedDictionary<string, string> FieldsOf(ReadOnlyMemory<byte>? file)
    {
        SortedDictionary<string, string> fields = new(StringComparer.Ordinal);
        if (file is not { } bytes || Parse(bytes) is not { } root) return fields;
        foreach (JsonProperty property in root.EnumerateObject().Where(p => p.Name != ImportedAt))
        {
            if (property.Name != Attributes || property.Value.ValueKind != JsonValueKind.Object) fields[property.Name] = Text(property.Value);
            else foreach (JsonProperty attribute in property.Value.EnumerateObject()) fields[$"{Attributes}.{attribute.Name}"] = Text(attribute.Value);
        }
        return fields;
    }

    private static JsonElement? Parse(ReadOnlyMemory<byte> file)
    {
        try
        {
            JsonElement root = JsonElement.Parse(file.Span);
            return root.ValueKind == JsonValueKind.Object ? root : null;
        }
        catch (JsonException)
        {
            // Somebody's own file, or one in the middle of a merge.
            return null;
        }
    }

    private static string? TextOf(JsonElement root, string name) => root.TryGetProperty(name, out JsonElement held) && held.ValueKind == JsonValueKind.String ? held.GetString() : null;

    // Written anew, so that line breaks between the items of a list are no difference.
    private static string Text(JsonElement value)
    {
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter json = new(bytes, Compact)) value.WriteTo(json);
        return System.Text.Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}

/// <summary>One field of a record that differs between two imports.</summary>
/// <param name="Field">The property; an attribute as <c>attributes.NAME</c>.</param>
/// <param name="Before">The value as JSON; null when the field was added.</param>
/// <param name="After">The value as JSON; null when the field was removed.</param>
public sealed record ImportedChange(string Field, string? Before, string? After);
