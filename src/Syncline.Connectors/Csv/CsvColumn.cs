namespace Syncline.Connectors.Csv;

/// <summary>What becomes of a column.</summary>
/// <param name="Heading">Verbatim.</param>
/// <param name="Field">The field it fills, <c>job_title</c>, or that of the row's company or person, <c>company/domain</c>; null when the column is left out.</param>
public sealed record CsvColumn(string Heading, string? Field)
{
    /// <summary>True where the field is the file's own: the heading means nothing that is known.</summary>
    public bool IsOwn { get; init; }

    /// <summary>The name under which a second column of one meaning is kept besides; null where it is the first.</summary>
    public string? AlsoKeptAs { get; init; }
}
