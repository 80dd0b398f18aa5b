using System.Text;

namespace Syncline.Connectors.Csv;

/// <summary>A line of a file with the line end it has.</summary>
/// <param name="Number">Counted from 1.</param>
internal readonly record struct CsvLine(long Number, string Text);

/// <summary>Reads a file line by line, decoding strictly, in memory that does not grow with the file.</summary>
internal sealed class CsvLines(Stream file, Encoding encoding, CsvOptions options, int blockSize = 64 * 1024)
{
    /// <summary>Characters. A longer line is a file that is no CSV; unbounded it would be read into memory whole.</summary>
    internal const int LongestLine = 8 * 1024 * 1024;

    private readonly Decoder _decoder = encoding.GetDecoder();
    private readonly byte[] _bytes = new byte[blockSize];
    private readonly char[] _characters = new char[encoding.GetMaxCharCount(blockSize)];
    private readonly Stack<CsvLine> _returned = new();
    private int _start, _end;
    private long _decodedTo = file.Position, _decodedLines, _number;
    private bool _isAtEnd;

    /// <summary>The next line, or null at the end.</summary>
    public async ValueTask<CsvLine?> NextAsync(CancellationToken cancellationToken)
    {
        if (_returned.TryPop(out CsvLine returned)) return returned;
        StringBuilder? longer = null;
        while (true)
        {
            ReadOnlySpan<char> rest = _characters.AsSpan(_start, _end - _start);
            int end = rest.IndexOf('\n');
            string text = (end < 0 ? rest : rest[..(end + 1)]).ToString();
            _start += text.Length;
            if (end >= 0) return new(++_number, longer is null ? text : longer.Append(text).ToString());
            longer = (longer ?? new()).Append(text);
            if (longer.Length > LongestLine) throw options.Error($"Line {_number + 1} of {options.Path} is longer than {LongestLine} characters.", "Is it a CSV file with line feeds at its line ends?");
            if (!await FillAsync(cancellationToken)) return longer.Length == 0 ? null : new(++_number, longer.ToString());
        }
    }

    /// <summary>Gives lines back, to be read again in their order.</summary>
    public void Return(IReadOnlyList<CsvLine> lines)
    {
        for (int i = lines.Count - 1; i >= 0; i--) _returned.Push(lines[i]);
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        (_start, _end) = (0, 0);
        while (_end == 0 && !_isAtEnd)
        {
            int read = await file.ReadAsync(_bytes, cancellationToken);
            _isAtEnd = read == 0;
            _end = Decode(read);
            _decodedTo += read;
            _decodedLines += _characters.AsSpan(0, _end).Count('\n');
        }
        return _end > 0;
    }

    private int Decode(int count)
    {
        try
        {
            return _decoder.GetChars(_bytes.AsSpan(0, count), _characters, flush: count == 0);
        }
        catch (DecoderFallbackException error)
        {
            // The index counts from this block's start, and is negative for a character that began in the block before.
            int valid = Math.Max(0, error.Index);
            long line = _decodedLines + _bytes.AsSpan(0, Math.Min(valid, count)).Count((byte)'\n') + 1;
            throw options.Error(
                $"Line {line} of {options.Path} holds bytes that are no {encoding.WebName}, at byte offset {_decodedTo + error.Index}.",
                "Say how the file is encoded, for many spreadsheets: --encoding windows-1252", error);
        }
    }
}
