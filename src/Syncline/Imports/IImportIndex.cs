namespace Syncline.Imports;

/// <summary>How far an import has come.</summary>
public enum ImportState
{
    /// <summary>Written and committed.</summary>
    Synced,

    /// <summary>Not in a commit yet: the file holds changes of somebody's, or the commit failed.</summary>
    Pending,

    /// <summary>The record could not be read any more; the file is as it was.</summary>
    Error,
}

/// <summary>What is known about one imported record without opening its file.</summary>
/// <param name="Connection">The connection it was read from.</param>
/// <param name="Type"><c>company</c>, <c>person</c>, <c>list_entry</c>.</param>
/// <param name="Id">As <see cref="ImportedRecord.Id"/>.</param>
public sealed record ImportEntry(string Connection, string Type, string Id, string Name)
{
    public string? WebUrl { get; init; }

    /// <summary>The slug of the list an entry stands in; null for anything else.</summary>
    public string? List { get; init; }

    /// <summary>Relative to the folder of the import, with forward slashes.</summary>
    public required string File { get; init; }

    /// <summary>SHA-256 of the file as it was last written, lower-case hexadecimal: another one is somebody's edit.</summary>
    public required string Digest { get; init; }

    public required DateTimeOffset ImportedAt { get; init; }

    public required ImportState State { get; init; }
}

/// <summary>Which records were imported, for badges and look-ups. The files are the truth: an index that is lost is built again by importing once more.</summary>
public interface IImportIndex
{
    /// <summary>Adds or replaces, all together or none.</summary>
    Task SaveAsync(IReadOnlyList<ImportEntry> entries, CancellationToken cancellationToken);

    /// <summary>Those of a connection's records that were imported, by id.</summary>
    Task<IReadOnlyDictionary<string, ImportEntry>> FindAsync(string connection, IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <summary>In the order of their files.</summary>
    /// <param name="type">Null for all.</param>
    /// <param name="after">The file after which to go on; null from the first.</param>
    Task<IReadOnlyList<ImportEntry>> ListAsync(string connection, string? type, string? after, int take, CancellationToken cancellationToken);
}
