using System.Text;
using Syncline.Composition.Telling;
using Syncline.Connectors.Csv;
using Syncline.Leads;
using Syncline.Records;

namespace Syncline.Composition.Leads;

/// <summary>How a file of leads is to be read; what is null is told by the file itself.</summary>
internal sealed record LeadFileOptions
{
    public static LeadFileOptions None { get; } = new();

    /// <summary>Of a CSV file, such as <c>windows-1252</c>.</summary>
    public string? Encoding { get; init; }

    public char? Delimiter { get; init; }

    /// <summary>Heading to the word for what it holds; an empty word leaves the column out.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();

    /// <summary>True where something is said that only a CSV file has.</summary>
    public bool IsForCsv => Encoding is not null || Delimiter is not null || Columns.Count > 0;
}

/// <summary>One lead of a file, checked.</summary>
/// <param name="Place">Where it stands: <c>line 4</c>, <c>[3]</c>; empty for one alone.</param>
internal sealed record LeadRow(string Place, Lead Lead);

/// <summary>A file of leads, read and checked; nothing is saved yet.</summary>
/// <param name="Rows">Those that may be saved, in the order of the file.</param>
/// <param name="Problems">What is wrong with the others; each says where. One lead may have several.</param>
internal sealed record LeadFile(IReadOnlyList<LeadRow> Rows, IReadOnlyList<LeadProblem> Problems)
{
    /// <summary>Leads with a problem, however many each has.</summary>
    public int Refused { get; init; }

    /// <summary>Of a CSV file.</summary>
    public LeadColumns? Columns { get; init; }

    /// <summary>Reads JSON (a list of leads, one alone, or one a line) or a CSV file with column names in its first line: by what the file begins with, not by its name.</summary>
    /// <exception cref="UsageException">There is no such file, it is too large, or no text can be read from it.</exception>
    public static async Task<LeadFile> ReadAsync(string path, LeadFileOptions options, CancellationToken cancellationToken)
    {
        if (!File.Exists(path)) throw new UsageException($"There is no file {path}.", "Check the path.");
        if (!await IsJsonAsync(path, cancellationToken)) return await LeadTable.ReadAsync(path, options, cancellationToken);
        if (options.IsForCsv) throw new UsageException($"{path} holds JSON, which has no columns.", "Leave --map, --encoding and --delimiter out.");
        return OfJson(await TextAsync(path, cancellationToken));
    }

    /// <summary>A text that was pasted or posted.</summary>
    public static LeadFile OfJson(string text)
    {
        LeadsRead read = LeadJson.Read(text);
        return new([.. read.Leads.Zip(read.Places, (lead, place) => new LeadRow(place, lead))], read.Problems) { Refused = read.Refused };
    }

    private static async Task<bool> IsJsonAsync(string path, CancellationToken cancellationToken)
    {
        using StreamReader reader = new(path, Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        char[] start = new char[1024];
        int read = await reader.ReadBlockAsync(start, cancellationToken);
        return start.AsSpan(0, read).TrimStart() is ['{' or '[', ..];
    }

    private static async Task<string> TextAsync(string path, CancellationToken cancellationToken)
    {
        // It is read into memory whole.
        const long Largest = 100L * 1024 * 1024;
        if (new FileInfo(path).Length > Largest) throw new UsageException($"{path} is larger than 100 MB.", "Split it into several files.");
        try
        {
            return await File.ReadAllTextAsync(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true), cancellationToken);
        }
        catch (DecoderFallbackException)
        {
            throw new UsageException($"{path} holds bytes that are no UTF-8.", "JSON is written in UTF-8: save it so.");
        }
    }
}

/// <summary>A CSV file of leads: each row by way of the JSON it stands for, so that one set of rules says what a lead may be.</summary>
internal static class LeadTable
{
    public static async Task<LeadFile> ReadAsync(string path, LeadFileOptions options, CancellationToken cancellationToken)
    {
        try
        {
            using CsvTable table = await CsvTable.OpenAsync(new("leads", path) { Encoding = options.Encoding, Delimiter = options.Delimiter, Columns = options.Columns }, cancellationToken);
            LeadColumns columns = LeadColumns.Of(table.Headings, options.Columns);
            (List<LeadRow> rows, List<LeadProblem> problems, int refused) = ([], [], 0);
            await foreach (CsvTableRow row in table.ReadAsync(cancellationToken))
            {
                string place = FormattableString.Invariant($"line {row.Line}");
                LeadsRead read = row.Fault is { } fault ? new([], [new("", fault)]) { Refused = 1 } : LeadJson.Read(columns.ToJson(row.Cells).ToJsonString());
                rows.AddRange(read.Leads.Select(lead => new LeadRow(place, lead)));
                problems.AddRange(read.Problems.Select(p => p.Within(place, ", ")));
                refused += read.Refused;
            }
            return new(rows, problems) { Columns = columns, Refused = refused };
        }
        catch (ProviderException unreadable)
        {
            // Nothing has been saved: the file and what was said about it do not go together.
            throw new UsageException(unreadable.Message, unreadable.Hint ?? "");
        }
    }
}
