using Syncline.Records;

namespace Syncline.Connectors.Csv;

/// <summary>A program whose exports are known by their headings, and what its headings mean beyond the usual.</summary>
/// <param name="Name">For machines, <c>hubspot-contacts</c>.</param>
/// <param name="Title">For people, <c>HubSpot contacts</c>.</param>
/// <param name="Kind">What its rows are about; null leaves it to the headings.</param>
public sealed record CsvDialect(string Name, string Title, RecordKind? Kind)
{
    /// <summary>Any other file.</summary>
    public static CsvDialect Generic { get; } = new("generic", "a CSV file", null);

    /// <summary>Every dialect that is recognised; the first that fits is taken.</summary>
    public static IReadOnlyList<CsvDialect> Known { get; } = CsvDialects.All;

    /// <summary>Groups of headings, by letters and digits alone; a file of this dialect has one of each group at least.</summary>
    internal IReadOnlyList<IReadOnlyList<string>> Marks { get; init; } = [];

    /// <summary>Heading to field, laid over the usual meanings.</summary>
    internal IReadOnlyDictionary<string, string> Meanings { get; init; } = new Dictionary<string, string>();

    /// <summary>The heading of the row's identity; null where the usual guess is right.</summary>
    internal string? Key { get; init; }

    /// <summary>True where a cell may list several associated records between semicolons, the primary one first.</summary>
    internal bool ListsAssociated { get; init; }

    /// <summary>The dialect of a file with these headings.</summary>
    /// <param name="kind">What the rows were said to be about; a dialect of another kind is not taken.</param>
    public static CsvDialect Of(IReadOnlyCollection<string> headings, RecordKind? kind)
    {
        HashSet<string> present = [.. headings.Select(CsvHeadings.Key)];
        return Known.FirstOrDefault(d => (kind is null || d.Kind == kind) && d.Marks.All(present.Overlaps)) ?? Generic;
    }

    public override string ToString() => Title;
}
