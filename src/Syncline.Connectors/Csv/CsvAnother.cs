using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.Csv;

/// <summary>A record that rows name besides their own: a person's or a deal's company, a deal's person.</summary>
/// <param name="Reference">The remote field in which the row refers to it; no heading of a file.</param>
/// <param name="Field">The canonical field of that reference.</param>
/// <param name="Columns">The headings that speak of it, each with its canonical field; never empty.</param>
internal sealed record CsvAnother(RecordKind Kind, string Stream, string Reference, string Field, IReadOnlyList<(string Heading, string Field)> Columns)
{
    /// <summary>The first column of that field; null when there is none.</summary>
    public string? HeadingOf(string field) => Columns.FirstOrDefault(c => c.Field == field).Heading;

    public FieldMap ToMap(string? phoneRegion) => new(Kind, Stream,
        [.. Columns.Select(c => new FieldRule(c.Heading, c.Field) { Direction = MapDirection.In, Inward = CsvCells.InwardOfAnother(Kind, c.Field, phoneRegion) })]);
}
