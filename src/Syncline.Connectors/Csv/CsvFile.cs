using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Syncline.Mapping;

namespace Syncline.Connectors.Csv;

/// <summary>A file opened at its first row, its headings checked.</summary>
internal sealed class CsvFile : IDisposable
{
    private static readonly (byte[] Mark, string Encoding)[] Marks = [([0xEF, 0xBB, 0xBF], "utf-8"), ([0xFF, 0xFE], "utf-16"), ([0xFE, 0xFF], "utf-16be")];

    /// <summary>Bytes of each end that the fingerprint covers.</summary>
    private const int FingerprintedEnd = 64 * 1024;

    private readonly FileStream _file;

    private CsvFile(FileStream file, CsvRows rows, CsvFormat format)
    {
        _file = file;
        Rows = rows;
        Format = format;
    }

    /// <summary>Reads what follows the headings.</summary>
    public CsvRows Rows { get; }

    public CsvFormat Format { get; }

    public static async Task<CsvFile> OpenAsync(CsvOptions options, CancellationToken cancellationToken)
    {
        FileStream file = OpenStream(options);
        try
        {
            (string name, bool hasBom) = await ReadMarkAsync(file, options, cancellationToken);
            Encoding encoding = CsvFormat.FindEncoding(name) ?? throw options.Error($"There is no encoding named '{name}'.", "Try --encoding windows-1252, utf-8 or utf-16.");
            CsvLines lines = new(file, encoding, options);
            string? preamble = await CsvPreamble.SkipAsync(lines, cancellationToken);
            CsvLine first = await lines.NextAsync(cancellationToken) ?? throw options.Error($"{options.Path} is empty.", "A CSV file starts with a line of column names.");
            if (first.Text.Contains('\0', StringComparison.Ordinal)) throw options.Error($"{options.Path} holds zero bytes: it is UTF-16 without a byte order mark, or no text.", "Try --encoding utf-16.");
            lines.Return([first]);
            char delimiter = options.Delimiter ?? GuessDelimiter(first.Text);
            CsvRows rows = new(lines, delimiter);
            CsvRow header = (await rows.NextAsync(cancellationToken)).GetValueOrDefault();
            Check(header, options);
            string newLine = first.Text.EndsWith("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
            return new(file, rows, new(name, hasBom, delimiter, newLine, EndsWithNewLine: true, [.. header.Cells]) { Preamble = preamble });
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>Differs when the file's length, time of change, or first or last 64 KiB differ, or the options it is read with.</summary>
    /// <remarks>A change of the same length in the middle of a file that also restores its time goes unseen; a full reading asks for no fingerprint.</remarks>
    public static async Task<string> FingerprintAsync(CsvOptions options, CancellationToken cancellationToken)
    {
        await using FileStream file = OpenStream(options);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string columns = string.Join('\n', options.Columns.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key}={c.Value}"));
        long changed = File.GetLastWriteTimeUtc(options.Path).Ticks;
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{file.Length}\n{changed}\n{options.Kind}\n{options.Encoding}\n{options.Delimiter}\n{options.KeyColumn}\n{options.PhoneRegion}\n{columns}")));
        byte[] end = new byte[FingerprintedEnd];
        hash.AppendData(end, 0, await file.ReadAtLeastAsync(end, end.Length, throwOnEndOfStream: false, cancellationToken));
        file.Position = Math.Max(0, file.Length - end.Length);
        hash.AppendData(end, 0, await file.ReadAtLeastAsync(end, end.Length, throwOnEndOfStream: false, cancellationToken));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..32];
    }

    public void Dispose() => _file.Dispose();

    private static FileStream OpenStream(CsvOptions options)
    {
        try
        {
            return new(options.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw options.Error($"{options.Path} cannot be opened: {error.Message}", "Check the path and that the file may be read.", error);
        }
    }

    /// <summary>Leaves the file behind its byte order mark.</summary>
    private static async Task<(string Encoding, bool HasBom)> ReadMarkAsync(FileStream file, CsvOptions options, CancellationToken cancellationToken)
    {
        byte[] start = new byte[3];
        int read = await file.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
        (byte[] mark, string encoding) = Marks.FirstOrDefault(m => start.AsSpan(0, read).StartsWith(m.Mark));
        file.Position = mark?.Length ?? 0;
        if (mark is not null) return (encoding, true);
        return (options.Encoding ?? await CsvEncoding.GuessAsync(file, cancellationToken), false);
    }

    private static char GuessDelimiter(string line)
    {
        string unquoted = string.Concat(line.Split('"').Where((_, i) => i % 2 == 0));
        return new[] { ',', ';', '\t', '|' }.MaxBy(d => unquoted.Count(c => c == d));
    }

    private static void Check(CsvRow header, CsvOptions options)
    {
        if (header.Fault is { } fault) throw options.Error($"The line of column names of {options.Path} {fault}.", "Mend its quotes.");
        List<string> names = [.. header.Cells.Select(h => h.Trim())];
        if (names.FindIndex(n => n.Length == 0) is var empty and >= 0) throw options.Error($"Column {empty + 1} of {options.Path} has no name.", "Name it in the first line, or remove the column.");
        if (names.GroupBy(n => n, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            string places = string.Join(" and ", names.Index().Where(n => n.Item.Equals(twice.Key, StringComparison.OrdinalIgnoreCase)).Select(n => n.Index + 1));
            throw options.Error($"Columns {places} of {options.Path} are both named '{twice.Key}'.", "Rename one of them in the first line.");
        }
        if (names.FirstOrDefault(LooksLikeData) is { } value)
        {
            // The value itself may be a person's address: only its place is told.
            throw options.Error($"Column {names.IndexOf(value) + 1} of the first line of {options.Path} holds data and not a name.", "A CSV file starts with a line of column names: add one.");
        }
        if (options.Columns.Keys.Append(options.KeyColumn).OfType<string>().FirstOrDefault(c => !names.Contains(c.Trim(), StringComparer.OrdinalIgnoreCase)) is { } missing)
        {
            string known = NearestName.Of(missing, names) is { } near ? $"Did you mean '{near}'?" : $"Its columns: {string.Join(", ", names)}.";
            throw options.Error($"{options.Path} has no column '{missing}'.", known);
        }
    }

    private static bool LooksLikeData(string name) =>
        Records.EmailAddress.Normalise(name) is not null || name.Contains("://", StringComparison.Ordinal) || Records.PhoneNumber.Normalise(name, "US") is not null
        || decimal.TryParse(name, NumberStyles.Number, CultureInfo.InvariantCulture, out _);
}
