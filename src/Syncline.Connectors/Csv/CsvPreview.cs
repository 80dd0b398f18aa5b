using Syncline.Extraction;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.Csv;

/// <summary>What an import of a file would take up. Made by reading the whole file; writes nothing.</summary>
/// <param name="Rows">Rows that would become records.</param>
/// <param name="Empty">Rows without a value in any column, which are skipped.</param>
/// <param name="Rejected">Rows that would be rejected.</param>
/// <param name="Rejections">The first of them, by line.</param>
public sealed record CsvPreview(long Rows, long Empty, long Rejected, IReadOnlyList<CsvPreviewRejection> Rejections, IReadOnlyList<CsvPreviewColumn> Columns)
{
    /// <summary>Rejections that are listed, and values that are shown of a column.</summary>
    public const int ListedRejections = 20, Samples = 3;

    /// <exception cref="ProviderException">The file cannot be read to its end.</exception>
    public static async Task<CsvPreview> OfAsync(CsvSource source, CancellationToken cancellationToken)
    {
        Dictionary<string, Counted> columns = source.Header.Columns.ToDictionary(c => c.Heading, c => new Counted(c, source.Header.InwardOf(c.Heading)));
        List<CsvPreviewRejection> rejections = [];
        (long rows, long empty, long rejected) = (0, 0, 0);
        await foreach (Page page in source.PagesAsync(cancellationToken))
        {
            foreach (Field cell in page.Records.Where(r => r.Key.Stream == source.Header.Stream).SelectMany(r => r.Fields)) columns.GetValueOrDefault(cell.Name)?.Take(cell.Value);
            rows += page.Covered - page.Rejections.Count;
            empty += page.Rejections.Count(r => r.IsSkip);
            foreach (Rejection rejection in page.Rejections.Where(r => !r.IsSkip))
            {
                if (rejected++ < ListedRejections) rejections.Add(new(CsvPage.LineOf(rejection), rejection.Code, rejection.Reason));
            }
        }
        return new(rows, empty, rejected, rejections, [.. source.Header.Columns.Select(c => columns[c.Heading].ToColumn())]);
    }

    private sealed class Counted(CsvColumn column, Transform? inward)
    {
        private readonly List<string> _samples = [];
        private long _filled, _notUnderstood;

        public void Take(FieldValue cell)
        {
            if (string.IsNullOrWhiteSpace(cell.Text)) return;
            _filled++;
            if (_samples.Count < Samples) _samples.Add(cell.Text);
            if (column.Field is not null && Transform.Apply(inward, cell) is null) _notUnderstood++;
        }

        public CsvPreviewColumn ToColumn() => new(column, _samples, _filled, _notUnderstood);
    }
}

/// <summary>A column and what stands in it.</summary>
/// <param name="Samples">Its first values, verbatim.</param>
/// <param name="Filled">Rows that have a value there.</param>
/// <param name="NotUnderstood">Rows whose value is none of its field's, such as an e-mail address without @: the record is imported without it.</param>
public sealed record CsvPreviewColumn(CsvColumn Column, IReadOnlyList<string> Samples, long Filled, long NotUnderstood);

/// <summary>A row that would be rejected.</summary>
/// <param name="Line">Where it starts, counted from 1.</param>
public sealed record CsvPreviewRejection(long Line, string Code, string Reason);
