using System.Globalization;
using Syncline.Extraction;
using Syncline.Records;

namespace Syncline.Connectors.Csv;

/// <summary>A page in the making.</summary>
internal sealed class CsvPage(StreamId stream, RecordKind kind, CsvCursor after)
{
    private const string LineStart = "line ";

    private readonly long _doneLine = after.Line;
    private readonly Dictionary<RecordKey, RemoteRecord> _others = [];
    private readonly List<RemoteRecord> _rows = [];
    private readonly List<Rejection> _rejections = [];

    public CsvCursor Reached { get; private set; } = after;

    /// <summary>The line that a rejection is about.</summary>
    public static long LineOf(Rejection rejection) => long.Parse(rejection.Key.Id.AsSpan(LineStart.Length), NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>Rows taken up, good or not.</summary>
    public int Count => _rows.Count + _rejections.Count;

    public void Complete() => Reached = Reached with { IsComplete = true };

    /// <summary>Takes up a row. One that an earlier page has handed on only leaves its traces in <paramref name="records"/>.</summary>
    public void Add(CsvRow row, CsvRecords records, int columns)
    {
        bool isDone = row.LastLine <= _doneLine;
        Rejection? rejection = Reject(row, columns);
        if (rejection is null)
        {
            (RemoteRecord record, IReadOnlyList<RemoteRecord> others) = records.Of(row.Cells);
            if (isDone) return;
            foreach (RemoteRecord named in others) _others[named.Key] = named;
            _rows.Add(record);
        }
        else if (!isDone)
        {
            _rejections.Add(rejection);
        }
        if (!isDone) Reached = Reached with { Line = row.LastLine };
    }

    public Page ToPage(bool endsWithNewLine)
    {
        Reached = Reached with { Rows = Reached.Rows + _rows.Count, Format = Reached.Format with { EndsWithNewLine = !Reached.IsComplete || endsWithNewLine } };
        return new([.. _others.Values, .. _rows], Reached.ToCursor()) { Rejections = _rejections, Covered = Count, StartsSweep = _doneLine == 0, CompletesSweep = Reached.IsComplete };
    }

    private Rejection? Reject(CsvRow row, int columns)
    {
        if (row.Fault is { } fault) return Reject(row, "csv-quote", $"Line {row.Line} {fault}: mend its quotes and import again.");
        if (row.Cells.Count != columns)
        {
            return Reject(row, "csv-columns", $"Line {row.Line} has {row.Cells.Count} columns where the first line has {columns}: is a delimiter missing, or a value with one in it not quoted?");
        }
        return row.Cells.All(string.IsNullOrWhiteSpace) ? Reject(row, "csv-empty", $"Line {row.Line} has no value in any column.") with { IsSkip = true } : null;
    }

    private Rejection Reject(CsvRow row, string code, string reason) =>
        new(stream.Key(string.Create(CultureInfo.InvariantCulture, $"{LineStart}{row.Line}")), kind, code, reason);
}
