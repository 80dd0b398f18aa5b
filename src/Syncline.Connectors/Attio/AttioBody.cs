using System.Text.Json;

namespace Syncline.Connectors.Attio;

/// <summary>Request bodies.</summary>
internal static class AttioBody
{
    /// <summary><c>{"data": {…}}</c>.</summary>
    public static byte[] Data(Action<Utf8JsonWriter> write) => Object(json => Nested(json, "data", write));

    /// <summary><c>{"data": {"values": {…}}}</c>.</summary>
    public static byte[] Values(Action<Utf8JsonWriter> write) => Data(json => Nested(json, "values", write));

    /// <summary>A query, oldest record first: without a sort the order is not documented.</summary>
    public static byte[] Query(Action<Utf8JsonWriter>? filter, int limit, int offset) => Object(json =>
    {
        if (filter is not null) Nested(json, "filter", filter);
        json.WriteStartArray("sorts");
        json.WriteStartObject();
        json.WriteString("direction", "asc");
        json.WriteString("attribute", "created_at");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteNumber("limit", limit);
        json.WriteNumber("offset", offset);
    });

    public static void Nested(Utf8JsonWriter json, string name, Action<Utf8JsonWriter> write)
    {
        json.WriteStartObject(name);
        write(json);
        json.WriteEndObject();
    }

    public static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static byte[] Object(Action<Utf8JsonWriter> write)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        return stream.ToArray();
    }
}
