using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Syncline.Sandbox.Attio.Wire;

/// <summary>What an endpoint answers, before the headers that every answer carries.</summary>
internal sealed record Answer(int Status, string Body)
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_spare;

    /// <summary>The query's complexity score; null on every endpoint but the two queries.</summary>
    public int? Score { get; init; }

    /// <summary>The answer to every delete.</summary>
    public static Answer Empty { get; } = new(200, "{}");

    /// <summary>The usual envelope, <c>{"data": ...}</c>.</summary>
    public static Answer Data(Action<Utf8JsonWriter> data, int status = 200) => new(status, Json(writer =>
    {
        writer.WriteStartObject();
        writer.WritePropertyName("data");
        data(writer);
        writer.WriteEndObject();
    }));

    public static Answer DataArray<T>(IEnumerable<T> items, Action<Utf8JsonWriter, T> item) => Data(writer =>
    {
        writer.WriteStartArray();
        foreach (T one in items) item(writer, one);
        writer.WriteEndArray();
    });

    public static Answer Of(AttioRefusalException refusal) => new(refusal.Status, Json(writer => Write(writer, refusal)));

    public static string Json(Action<Utf8JsonWriter> write)
    {
        // A page is some megabytes: growing a new buffer to that size for each costs more than filling it. A nested call finds none and makes its own.
        (ArrayBufferWriter<byte> buffer, t_spare) = (t_spare ?? new(64 * 1024), null);
        buffer.ResetWrittenCount();
        using (Utf8JsonWriter writer = new(buffer, Relaxed)) write(writer);
        string json = Encoding.UTF8.GetString(buffer.WrittenSpan);
        t_spare = buffer;
        return json;
    }

    private static void Write(Utf8JsonWriter writer, AttioRefusalException refusal)
    {
        writer.WriteStartObject();
        writer.WriteNumber("status_code", refusal.Status);
        writer.WriteString("type", refusal.Type);
        writer.WriteString("code", refusal.Code);
        writer.WriteString("message", refusal.Message);
        if (refusal.FilterPath is { } path) writer.WriteStrings("path", path);
        if (refusal.Faults.Count > 0) WriteFaults(writer, refusal.Faults);
        writer.WriteEndObject();
    }

    private static void WriteFaults(Utf8JsonWriter writer, IReadOnlyList<ValidationFault> faults)
    {
        writer.WriteStartArray("validation_errors");
        foreach (ValidationFault fault in faults)
        {
            writer.WriteStartObject();
            writer.WriteString("code", fault.Code);
            writer.WriteStrings("path", fault.Path);
            writer.WriteString("message", fault.Message);
            if (fault.Expected is not null) writer.WriteString("expected", fault.Expected);
            if (fault.Received is not null) writer.WriteString("received", fault.Received);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
