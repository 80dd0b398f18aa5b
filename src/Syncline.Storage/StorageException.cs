namespace Syncline.Storage;

/// <summary>What kind of trouble the database is in.</summary>
public enum StorageProblem
{
    /// <summary>There is no database where one was expected.</summary>
    Missing,

    /// <summary>The file is not a readable database, or parts of it are not.</summary>
    Damaged,

    /// <summary>A newer Syncline made it.</summary>
    Newer,

    /// <summary>It is a database of some other program.</summary>
    Foreign,

    /// <summary>No space is left for it.</summary>
    Full,

    /// <summary>Somebody else kept it locked for longer than we wait.</summary>
    Locked,

    /// <summary>It may not be written, or was opened for reading only.</summary>
    ReadOnly,

    /// <summary>The folder or the file cannot be opened.</summary>
    Unreachable,

    /// <summary>SQLite itself is missing or too old.</summary>
    Library,

    /// <summary>It was closed while somebody was still using it.</summary>
    Closed,

    /// <summary>The database refused a statement: a defect of ours.</summary>
    Refused,
}

/// <summary>The database could not do what was asked. Nothing of the transaction has happened; a refused file is exactly as it was.</summary>
/// <param name="message">What happened, and to which file.</param>
public sealed class StorageException(StorageProblem problem, string message, Exception? cause = null) : Exception(message, cause)
{
    public StorageProblem Problem { get; } = problem;

    /// <summary>What the operator should do, shown as is.</summary>
    public required string Hint { get; init; }
}
