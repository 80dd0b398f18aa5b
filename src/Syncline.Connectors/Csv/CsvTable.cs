using System.Runtime.CompilerServices;

namespace Syncline.Connectors.Csv;

/// <summary>One row of a table.</summary>
/// <param name="Line">The line it starts on, counted from 1.</param>
/// <param name="Cells">One for each heading, as written; empty where there is a fault.</param>
public sealed record CsvTableRow(long Line, IReadOnlyList<string> Cells)
{
    /// <summary>What is wrong with the row, as one sentence; null when its cells can be used.</summary>
    public string? Fault { get; init; }
}

/// <summary>A CSV file as rows of cells, for readers that give its columns a meaning of their own. Encoding and delimiter are told as for an import.</summary>
public sealed class CsvTable : IDisposable
{
    private readonly CsvFile _file;

    private CsvTable(CsvFile file) => _file = file;

    /// <summary>The columns' names, trimmed, each of them once.</summary>
    public IReadOnlyList<string> Headings => [.. _file.Format.Headings.Select(h => h.Trim())];

    public CsvFormat Format => _file.Format;

    /// <exception cref="ProviderException">The file cannot be read, or its first line holds no column names.</exception>
    public static async Task<CsvTable> OpenAsync(CsvOptions options, CancellationToken cancellationToken) => new(await CsvFile.OpenAsync(options, cancellationToken));

    /// <summary>The rows behind the headings, once; blank lines and rows without any value are left out.</summary>
    /// <exception cref="ProviderException">The bytes are not of the encoding.</exception>
    public async IAsyncEnumerable<CsvTableRow> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await _file.Rows.NextAsync(cancellationToken) is { } row)
        {
            if (row.Fault is { } fault) yield return new(row.Line, []) { Fault = $"It {fault}: mend its quotes." };
            else if (row.Cells.Count != _file.Format.Headings.Count) yield return new(row.Line, []) { Fault = $"It has {row.Cells.Count} columns where the first line has {_file.Format.Headings.Count}: is a delimiter missing, or a value with one in it not quoted?" };
            else if (!row.Cells.All(string.IsNullOrWhiteSpace)) yield return new(row.Line, row.Cells);
        }
    }

    public void Dispose() => _file.Dispose();
}
