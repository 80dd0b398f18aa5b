using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Syncline.Storage.Json;

/// <summary>Texts and compact JSON documents as bytes, in scratch space of the thread: several documents a record would otherwise each bring a buffer of their own.</summary>
/// <remarks>What a method returns is good until the thread's next call.</remarks>
internal static class Utf8Scratch
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic] private static Space? s_space;

    public static ReadOnlySpan<byte> Write(string text)
    {
        Span<byte> space = Cleared().Buffer.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));
        return space[..Encoding.UTF8.GetBytes(text, space)];
    }

    public static ReadOnlySpan<byte> Write(object content, Action<Utf8JsonWriter, object> write)
    {
        Space space = Cleared();
        space.Writer.Reset(space.Buffer);
        write(space.Writer, content);
        space.Writer.Flush();
        return space.Buffer.WrittenSpan;
    }

    private static Space Cleared()
    {
        Space space = s_space ??= new();
        space.Buffer.ResetWrittenCount();
        return space;
    }

    private sealed class Space
    {
        public ArrayBufferWriter<byte> Buffer { get; } = new(4096);

        public Utf8JsonWriter Writer { get; }

        public Space() => Writer = new(Buffer, Compact);
    }
}
