using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Syncline.Storage.Sqlite;

/// <summary>SQLite's result codes as what happened, where, and what to do. Sources: sqlite.org/rescode.html.</summary>
internal static class SqliteErrors
{
    public static StorageException Explain(SqliteException cause, string path) => cause.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => new(StorageProblem.Full, $"The disk is full: nothing more can be written to {path}.", cause)
        {
            Hint = "Make room on that disk and run again; what was committed is safe and the run goes on from there.",
        },
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => Locked(path, null, cause),
        raw.SQLITE_READONLY or raw.SQLITE_PERM => new(StorageProblem.ReadOnly, $"The database {path} may not be written.", cause)
        {
            Hint = "Give this user the right to write the file and its folder, or choose another folder with --data.",
        },
        raw.SQLITE_NOTADB or raw.SQLITE_CORRUPT => Damaged(path, cause),
        raw.SQLITE_CANTOPEN => new(StorageProblem.Unreachable, $"The database {path} cannot be opened.", cause)
        {
            Hint = "Check that the folder exists and that this user may read and write it, or choose another folder with --data.",
        },
        raw.SQLITE_IOERR => new(StorageProblem.Unreachable, $"The disk failed while {path} was read or written: {cause.Message}", cause)
        {
            Hint = "Check the disk and the space left on it, then run again; what was committed is safe.",
        },
        _ => new(StorageProblem.Refused, $"The database {path} refused a statement: {cause.Message}", cause)
        {
            Hint = "This is a defect of Syncline: please report it with this message.",
        },
    };

    public static StorageException Locked(string path, TimeSpan? waited, Exception? cause) =>
        new(StorageProblem.Locked, waited is null ? $"The database {path} is locked by another program." : $"The database {path} was locked by another program for more than {waited.Value.TotalSeconds:0} s.", cause)
        {
            Hint = "Another Syncline, a backup or a database viewer has it open for writing. Close that one and run again.",
        };

    public static StorageException Damaged(string path, Exception? cause) =>
        new(StorageProblem.Damaged, $"The file {path} is not a database that can be read: it is damaged, or something else.", cause)
        {
            Hint = "It was left as it is. Restore it from a backup, or move it away to start anew: records are then matched again at the destinations, not created twice.",
        };

    public static StorageException Closed(string path) =>
        new(StorageProblem.Closed, $"The database {path} was closed.") { Hint = "Nothing of the open transaction was kept; run again." };
}
