using System.Buffers;
using System.Text;

namespace Syncline.Connectors.Csv;

/// <summary>Tells UTF-8 from windows-1252 by all bytes of a file: the first that is not ASCII may be in its last line.</summary>
internal sealed class CsvEncoding
{
    private const int BlockSize = 256 * 1024;

    /// <summary>Bytes to which windows-1252 gives no character.</summary>
    private static readonly SearchValues<byte> Undefined = SearchValues.Create([0x81, 0x8D, 0x8F, 0x90, 0x9D]);

    private bool _hasUtf8, _hasOther, _hasUndefined;

    /// <summary>Reads from where the stream stands to its end, and goes back. A file that holds both valid sequences of UTF-8 and other bytes is damaged UTF-8: it is called so, and reading it stops at the first of them.</summary>
    public static async Task<string> GuessAsync(Stream file, CancellationToken cancellationToken)
    {
        long start = file.Position;
        CsvEncoding seen = new();
        byte[] block = new byte[BlockSize];
        int kept = 0;
        while (await file.ReadAsync(block.AsMemory(kept), cancellationToken) is > 0 and var read)
        {
            int rest = seen.Look(block.AsSpan(0, kept + read), isLast: false);
            block.AsSpan(kept + read - rest, rest).CopyTo(block);
            kept = rest;
        }
        seen.Look(block.AsSpan(0, kept), isLast: true);
        file.Position = start;
        return seen is { _hasOther: true, _hasUtf8: false, _hasUndefined: false } ? "windows-1252" : "utf-8";
    }

    /// <summary>Returns how many bytes at the end are a character's beginning.</summary>
    private int Look(ReadOnlySpan<byte> bytes, bool isLast)
    {
        while (bytes.IndexOfAnyExceptInRange((byte)0, (byte)0x7F) is >= 0 and var high)
        {
            bytes = bytes[high..];
            OperationStatus status = Rune.DecodeFromUtf8(bytes, out _, out int length);
            if (status == OperationStatus.NeedMoreData && !isLast) return bytes.Length;
            if (status == OperationStatus.Done) _hasUtf8 = true;
            else Note(bytes[..length]);
            bytes = bytes[length..];
        }
        return 0;
    }

    private void Note(ReadOnlySpan<byte> other)
    {
        _hasOther = true;
        _hasUndefined |= other.ContainsAny(Undefined);
    }
}
