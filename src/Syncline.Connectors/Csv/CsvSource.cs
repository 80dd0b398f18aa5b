using System.Runtime.CompilerServices;
using Syncline.Extraction;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.Csv;

/// <summary>The rows of a CSV file, in their order. Remote fields are headings and cells, verbatim; an empty cell is no field.</summary>
/// <remarks>
/// A page's cursor holds the file's fingerprint, the line reached and the format. With the same fingerprint a reading goes on behind that line: what stands
/// before it is read again, quickly and without being handed on, because repeated ids and companies' domains depend on it. With another one it starts over.
/// A file that was read to its end and has not changed yields one page without records. Memory does not grow with the file.
/// </remarks>
public sealed class CsvSource : ISource
{
    private readonly CsvOptions _options;
    private readonly CsvFormat _format;

    private CsvSource(CsvOptions options, CsvFormat format)
    {
        _options = options;
        _format = format;
        Header = new(format.Headings, options);
        Stream = new(new(options.Connection, Header.Stream), [.. Header.Others.Select(o => o.Kind), Header.Kind]) { IsCensus = true, KeepsRows = true };
    }

    public StreamDescriptor Stream { get; }

    public CsvHeader Header { get; }

    /// <summary>How the file was found to be written; whether it ends with a line end is known to a reading's cursor alone.</summary>
    public CsvFormat Format => _format;

    /// <summary>The shipped field maps of this file's streams.</summary>
    public IReadOnlyList<FieldMap> Maps => Header.Maps;

    /// <summary>Reads a file's first line.</summary>
    /// <exception cref="ProviderException"><see cref="Recovery.StopRun"/>: there is no such file, its encoding is another one, or its headings cannot be used; which, and what to do.</exception>
    public static async Task<CsvSource> OpenAsync(CsvOptions options, CancellationToken cancellationToken)
    {
        using CsvFile file = await CsvFile.OpenAsync(options, cancellationToken);
        return new(options, file.Format);
    }

    public async IAsyncEnumerable<Page> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string fingerprint = await CsvFile.FingerprintAsync(_options, cancellationToken);
        CsvCursor start = StartOf(request, fingerprint);
        if (start.IsComplete)
        {
            yield return new([], start.ToCursor()) { Unchanged = (int)Math.Min(start.Rows, int.MaxValue) };
            yield break;
        }
        await foreach (Page page in PagesAsync(start, request.MaxRecords ?? int.MaxValue, request.MaxPages ?? int.MaxValue, cancellationToken)) yield return page;
    }

    /// <summary>The whole file, whatever was read of it before.</summary>
    internal IAsyncEnumerable<Page> PagesAsync(CancellationToken cancellationToken) =>
        PagesAsync(new(Fingerprint: "", Line: 0, Rows: 0, IsComplete: false, _format), int.MaxValue, int.MaxValue, cancellationToken);

    private async IAsyncEnumerable<Page> PagesAsync(CsvCursor start, int mostRecords, int mostPages, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using CsvFile file = await CsvFile.OpenAsync(_options, cancellationToken);
        CsvRecords records = new(Header, file.Format.Headings, _options.Connection);
        int left = mostRecords;
        CsvCursor reached = start;
        for (int pages = 0; pages < mostPages && left > 0 && !reached.IsComplete; pages++)
        {
            CsvPage page = new(Stream.Id, Header.Kind, reached);
            await FillAsync(page, file, records, Math.Min(left, _options.PageSize), cancellationToken);
            Page read = page.ToPage(file.Rows.EndsWithNewLine);
            left -= read.Covered;
            reached = page.Reached;
            yield return read;
        }
    }

    private CsvCursor StartOf(ReadRequest request, string fingerprint)
    {
        CsvCursor? after = request.After is { } cursor && !request.IsFull ? CsvCursor.Read(cursor) : null;
        return after?.Fingerprint == fingerprint ? after : new(fingerprint, Line: 0, Rows: 0, IsComplete: false, _format);
    }

    private static async Task FillAsync(CsvPage page, CsvFile file, CsvRecords records, int rows, CancellationToken cancellationToken)
    {
        while (page.Count < rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await file.Rows.NextAsync(cancellationToken) is not { } row)
            {
                page.Complete();
                return;
            }
            page.Add(row, records, file.Format.Headings.Count);
        }
    }
}
