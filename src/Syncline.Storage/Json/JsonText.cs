using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Syncline.Storage.Json;

/// <summary>Turns values into compact JSON text and back, without a tree between.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    // Scratch space of the thread, empty between calls: two documents a record would otherwise each bring a buffer of their own.
    [ThreadStatic] private static Scratch? s_scratch;

    public delegate T Reading<out T>(ref Utf8JsonReader reader);

    public static string Write<T>(T value, Action<Utf8JsonWriter, T> write)
    {
        Scratch scratch = s_scratch ??= new();
        scratch.Writer.Reset(scratch.Buffer);
        write(scratch.Writer, value);
        scratch.Writer.Flush();
        string text = Encoding.UTF8.GetString(scratch.Buffer.WrittenSpan);
        scratch.Buffer.ResetWrittenCount();
        return text;
    }

    /// <param name="read">Called with the reader on the document's first token.</param>
    public static T Read<T>(string text, Reading<T> read)
    {
        byte[] bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            Utf8JsonReader reader = new(bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, bytes)));
            reader.Read();
            return read(ref reader);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private sealed class Scratch
    {
        public ArrayBufferWriter<byte> Buffer { get; } = new(4096);

        public Utf8JsonWriter Writer { get; }

        public Scratch() => Writer = new(Buffer, Compact);
    }
}
