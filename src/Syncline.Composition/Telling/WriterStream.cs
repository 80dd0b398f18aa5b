using System.Text;

namespace Syncline.Composition.Telling;

/// <summary>A text writer as a stream of UTF-8, for writers that want bytes. The writer is flushed and stays open.</summary>
internal sealed class WriterStream(TextWriter writer) : Stream
{
    // A letter may be cut between two writes: the decoder keeps its first bytes.
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        char[] text = new char[_decoder.GetCharCount(buffer, flush: false)];
        writer.Write(text, 0, _decoder.GetChars(buffer, text, flush: false));
    }

    public override void Flush() => writer.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
