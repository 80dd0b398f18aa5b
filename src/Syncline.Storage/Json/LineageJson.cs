using System.Text.Json;
using Syncline.Merging;
using Syncline.Records;

namespace Syncline.Storage.Json;

/// <summary>
/// Origins and field changes as JSON arrays: they are kept by the million, so that names would be most of them. An origin equal to the one before it is null:
/// most records come from one source at a time.
/// </summary>
internal static class LineageJson
{
    public static Parameter Write(IReadOnlyDictionary<string, FieldOrigin> origins) =>
        origins.Count == 0 ? "{}" : Parameter.Document(origins, static (json, all) => WriteOrigins(json, (IReadOnlyDictionary<string, FieldOrigin>)all));

    public static Parameter Write(IReadOnlyList<FieldChange> changes) => Parameter.Document(changes, static (json, all) => WriteChanges(json, (IReadOnlyList<FieldChange>)all));

    public static Dictionary<string, FieldOrigin> ReadOrigins(ReadOnlySpan<byte> text)
    {
        Utf8JsonReader json = new(text);
        json.Read();
        return ReadOrigins(ref json);
    }

    public static List<FieldChange> ReadChanges(ReadOnlySpan<byte> text)
    {
        Utf8JsonReader json = new(text);
        json.Read();
        return ReadChanges(ref json);
    }

    private static void WriteOrigins(Utf8JsonWriter json, IReadOnlyDictionary<string, FieldOrigin> origins)
    {
        json.WriteStartObject();
        FieldOrigin? before = null;
        foreach ((string field, FieldOrigin origin) in origins)
        {
            json.WritePropertyName(field);
            WriteOrigin(json, origin, before);
            before = origin;
        }
        json.WriteEndObject();
    }

    private static void WriteOrigin(Utf8JsonWriter json, FieldOrigin origin, FieldOrigin? before)
    {
        if (ReferenceEquals(origin, before) || origin == before)
        {
            json.WriteNullValue();
            return;
        }
        json.WriteStartArray();
        json.WriteStringValue(origin.Source.Connection);
        json.WriteStringValue(origin.Source.Stream);
        json.WriteStringValue(origin.Source.Id);
        json.WriteNumberValue(origin.RunId);
        json.WriteStringValue(origin.At);
        json.WriteStringValue(origin.Rule);
        json.WriteEndArray();
    }

    private static void WriteChanges(Utf8JsonWriter json, IReadOnlyList<FieldChange> changes)
    {
        json.WriteStartArray();
        FieldOrigin? before = null;
        foreach (FieldChange change in changes)
        {
            WriteChange(json, change, before);
            before = change.Origin;
        }
        json.WriteEndArray();
    }

    private static void WriteChange(Utf8JsonWriter json, FieldChange change, FieldOrigin? before)
    {
        json.WriteStartArray();
        json.WriteStringValue(change.Field);
        FieldJson.Write(json, change.Before);
        FieldJson.Write(json, change.After);
        WriteOrigin(json, change.Origin, before);
        json.WriteEndArray();
    }

    private static Dictionary<string, FieldOrigin> ReadOrigins(ref Utf8JsonReader json)
    {
        Dictionary<string, FieldOrigin> origins = new(16);
        FieldOrigin? before = null;
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            string field = FieldJson.ReadName(ref json);
            json.Read();
            before = ReadOrigin(ref json, before);
            origins.Add(field, before);
        }
        return origins;
    }

    private static FieldOrigin ReadOrigin(ref Utf8JsonReader json, FieldOrigin? previous)
    {
        if (json.TokenType == JsonTokenType.Null) return previous!;
        RecordKey source = new(NextName(ref json), NextName(ref json), NextText(ref json));
        json.Read();
        long run = json.GetInt64();
        json.Read();
        DateTimeOffset at = json.GetDateTimeOffset();
        string rule = NextName(ref json);
        json.Read();
        return new(source, run, at, rule);
    }

    private static List<FieldChange> ReadChanges(ref Utf8JsonReader json)
    {
        List<FieldChange> changes = [];
        while (json.Read() && json.TokenType != JsonTokenType.EndArray) changes.Add(ReadChange(ref json, changes.Count == 0 ? null : changes[^1].Origin));
        return changes;
    }

    private static FieldChange ReadChange(ref Utf8JsonReader json, FieldOrigin? previous)
    {
        string field = NextName(ref json);
        json.Read();
        FieldValue? before = FieldJson.Read(ref json);
        json.Read();
        FieldValue? after = FieldJson.Read(ref json);
        json.Read();
        FieldOrigin origin = ReadOrigin(ref json, previous);
        json.Read();
        return new(field, before, after, origin);
    }

    private static string NextName(ref Utf8JsonReader json)
    {
        json.Read();
        return FieldJson.ReadName(ref json);
    }

    private static string NextText(ref Utf8JsonReader json)
    {
        json.Read();
        return json.GetString()!;
    }
}
