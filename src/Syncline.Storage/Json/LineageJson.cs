using System.Text.Json;
using Syncline.Merging;
using Syncline.Records;

namespace Syncline.Storage.Json;

/// <summary>Origins and field changes as JSON arrays: they are kept by the million, so that names would be most of them.</summary>
internal static class LineageJson
{
    public static string Write(IReadOnlyDictionary<string, FieldOrigin> origins) => origins.Count == 0 ? "{}" : JsonText.Write(origins, WriteOrigins);

    public static string Write(IReadOnlyList<FieldChange> changes) => JsonText.Write(changes, WriteChanges);

    public static Dictionary<string, FieldOrigin> ReadOrigins(string text) => JsonText.Read(text, ReadOrigins);

    public static List<FieldChange> ReadChanges(string text) => JsonText.Read(text, ReadChanges);

    private static void WriteOrigins(Utf8JsonWriter json, IReadOnlyDictionary<string, FieldOrigin> origins)
    {
        json.WriteStartObject();
        foreach ((string field, FieldOrigin origin) in origins)
        {
            json.WritePropertyName(field);
            WriteOrigin(json, origin);
        }
        json.WriteEndObject();
    }

    private static void WriteOrigin(Utf8JsonWriter json, FieldOrigin origin)
    {
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
        foreach (FieldChange change in changes) WriteChange(json, change);
        json.WriteEndArray();
    }

    private static void WriteChange(Utf8JsonWriter json, FieldChange change)
    {
        json.WriteStartArray();
        json.WriteStringValue(change.Field);
        FieldJson.Write(json, change.Before);
        FieldJson.Write(json, change.After);
        WriteOrigin(json, change.Origin);
        json.WriteEndArray();
    }

    private static Dictionary<string, FieldOrigin> ReadOrigins(ref Utf8JsonReader json)
    {
        Dictionary<string, FieldOrigin> origins = [];
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            string field = json.GetString()!;
            json.Read();
            origins.Add(field, ReadOrigin(ref json));
        }
        return origins;
    }

    private static FieldOrigin ReadOrigin(ref Utf8JsonReader json)
    {
        RecordKey source = new(NextText(ref json), NextText(ref json), NextText(ref json));
        json.Read();
        long run = json.GetInt64();
        json.Read();
        DateTimeOffset at = json.GetDateTimeOffset();
        string rule = NextText(ref json);
        json.Read();
        return new(source, run, at, rule);
    }

    private static List<FieldChange> ReadChanges(ref Utf8JsonReader json)
    {
        List<FieldChange> changes = [];
        while (json.Read() && json.TokenType != JsonTokenType.EndArray) changes.Add(ReadChange(ref json));
        return changes;
    }

    private static FieldChange ReadChange(ref Utf8JsonReader json)
    {
        string field = NextText(ref json);
        json.Read();
        FieldValue? before = FieldJson.Read(ref json);
        json.Read();
        FieldValue? after = FieldJson.Read(ref json);
        json.Read();
        FieldOrigin origin = ReadOrigin(ref json);
        json.Read();
        return new(field, before, after, origin);
    }

    private static string NextText(ref Utf8JsonReader json)
    {
        json.Read();
        return json.GetString()!;
    }
}
