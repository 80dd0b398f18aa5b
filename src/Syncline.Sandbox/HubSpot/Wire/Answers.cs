using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Syncline.Sandbox.HubSpot.Wire;

/// <summary>Bodies of answers, before the headers that every answer carries.</summary>
internal static class Answers
{
    private const int SpareBytes = 256 * 1024;

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_spare;

    public static SandboxResponse Empty { get; } = new(204, ContentType: null);

    /// <summary>One JSON object.</summary>
    public static SandboxResponse Object(Action<Utf8JsonWriter> members, int status = 200) => new(status, Json(writer =>
    {
        writer.WriteStartObject();
        members(writer);
        writer.WriteEndObject();
    }));

    public static string Json(Action<Utf8JsonWriter> write)
    {
        // A page of a hundred records is some 60 kB: a nested call finds no spare buffer and makes its own.
        (ArrayBufferWriter<byte> buffer, t_spare) = (t_spare ?? new(SpareBytes), null);
        buffer.ResetWrittenCount();
        using (Utf8JsonWriter writer = new(buffer, Relaxed)) write(writer);
        string json = Encoding.UTF8.GetString(buffer.WrittenSpan);
        t_spare = buffer;
        return json;
    }

    public static void WriteTime(this Utf8JsonWriter writer, string name, long milliseconds)
    {
        Span<char> text = stackalloc char[WireTime.Length];
        writer.WriteString(name, WireTime.Write(milliseconds, text));
    }

    public static void WriteId(this Utf8JsonWriter writer, string name, long id)
    {
        Span<char> text = stackalloc char[20];
        id.TryFormat(text, out int written, provider: System.Globalization.CultureInfo.InvariantCulture);
        writer.WriteString(name, text[..written]);
    }

    public static void WriteArray<T>(this Utf8JsonWriter writer, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> item)
    {
        writer.WriteStartArray(name);
        foreach (T one in items) item(writer, one);
        writer.WriteEndArray();
    }

    /// <summary>Text, or null where there is none.</summary>
    public static void WriteOptional(this Utf8JsonWriter writer, string name, string? text)
    {
        if (text is null) writer.WriteNull(name);
        else writer.WriteString(name, text);
    }

    /// <summary>The <c>paging</c> object; nothing on the last page.</summary>
    public static void WritePaging(this Utf8JsonWriter writer, Call call, string? after)
    {
        if (after is null) return;
        writer.WriteStartObject("paging");
        writer.WriteStartObject("next");
        writer.WriteString("after", after);
        writer.WriteString("link", $"https://api.hubapi.com{call.Request.Path}?after={Uri.EscapeDataString(after)}");
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
