using System.Globalization;
using System.Text.Json;

namespace Syncline.Sandbox.HeyReach;

internal static class JsonWriting
{
    /// <summary>UTC with <c>Z</c>, the fraction trimmed of trailing zeros: 0 to 7 digits.</summary>
    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    public static void WriteTime(this Utf8JsonWriter writer, string name, DateTimeOffset? time)
    {
        if (time is { } known) writer.WriteString(name, Text(known));
        else writer.WriteNull(name);
    }

    public static void WriteTexts(this Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (string text in texts) writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    public static void WriteNumbers(this Utf8JsonWriter writer, string name, IEnumerable<int> numbers)
    {
        writer.WriteStartArray(name);
        foreach (int number in numbers) writer.WriteNumberValue(number);
        writer.WriteEndArray();
    }

    /// <summary>The form of every offset collection: <c>{totalCount, items}</c>.</summary>
    public static void WritePage<T>(this Utf8JsonWriter writer, int total, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartObject();
        writer.WriteNumber("totalCount"u8, total);
        writer.WriteItems(items, write);
        writer.WriteEndObject();
    }

    public static void WriteItems<T>(this Utf8JsonWriter writer, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartArray("items"u8);
        foreach (T item in items) write(writer, item);
        writer.WriteEndArray();
    }
}
