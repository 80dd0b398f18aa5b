using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Syncline.Storage.Sqlite;

/// <summary>Copies of a database that others go on writing to.</summary>
internal static class SqliteBackup
{
    /// <summary>Pages copied at a time, 8 MB: between, others get the thread and the caller may give up.</summary>
    private const int Portion = 1000;

    /// <summary>Writes beside the file and gives it its name at the end: a file of that name is whole.</summary>
    /// <param name="file">A full path.</param>
    public static async Task WriteAsync(SqliteHandle reader, string file, CancellationToken cancellationToken)
    {
        if (Path.Exists(file)) throw Taken(file);
        DatabaseFolder.CreateFor(file);
        string partial = string.Create(CultureInfo.InvariantCulture, $"{file}.{Guid.NewGuid():n}.partial");
        try
        {
            MakeOwn(partial);
            await CopyAsync(reader, partial, cancellationToken);
            Name(partial, file);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <summary>Reads a whole database, without a chance to change it.</summary>
    public static DatabaseFacts Verify(string file, TimeSpan lockWait, CancellationToken cancellationToken)
    {
        using SqliteHandle onlooker = SqliteHandle.Onlooker(file, lockWait);
        using CancellationTokenRegistration giveUp = cancellationToken.Register(() => raw.sqlite3_interrupt(onlooker.Connection.Handle));
        try
        {
            long version = SqliteMigrations.Check(onlooker);
            if (version == 0) throw SqliteErrors.Damaged(file, null);
            if (onlooker.Scalar("PRAGMA integrity_check(1)") is not "ok" || onlooker.Scalar("SELECT name FROM hub") is not string name) throw SqliteErrors.Damaged(file, null);
            return new(version, name);
        }
        catch (StorageException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    /// <summary>One reading transaction for all portions: the copy is of the moment it began, whatever is committed meanwhile.</summary>
    private static async Task CopyAsync(SqliteHandle reader, string partial, CancellationToken cancellationToken)
    {
        reader.Run("BEGIN");
        try
        {
            reader.Number("SELECT COUNT(*) FROM hub");
            using SqliteHandle copy = SqliteHandle.Copy(partial);
            await CopyAsync(reader, copy, cancellationToken);
            // The copied header asks for a WAL; a backup is one file, also for who may not write beside it.
            copy.Run("PRAGMA journal_mode = DELETE");
        }
        finally
        {
            reader.RollBack();
        }
    }

    private static async Task CopyAsync(SqliteHandle reader, SqliteHandle copy, CancellationToken cancellationToken)
    {
        using sqlite3_backup backup = raw.sqlite3_backup_init(copy.Connection.Handle, "main", reader.Connection.Handle, "main");
        if (backup.IsInvalid) throw copy.Error(raw.sqlite3_errcode(copy.Connection.Handle));
        int code;
        while ((code = raw.sqlite3_backup_step(backup, Portion)) == raw.SQLITE_OK)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
        if (code != raw.SQLITE_DONE) throw SqliteErrors.Explain(new($"SQLite error {code} while the backup was written", code), copy.Path);
    }

    /// <summary>It holds personal data: for its owner alone, from its first byte.</summary>
    private static void MakeOwn(string file)
    {
        try
        {
            FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            new FileStream(file, options).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(file, e);
        }
    }

    private static void Name(string partial, string file)
    {
        try
        {
            File.Move(partial, file);
        }
        catch (IOException) when (Path.Exists(file))
        {
            throw Taken(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(file, e);
        }
    }

    private static StorageException Taken(string file) => new(StorageProblem.Refused, $"The backup's file {file} exists already.") { Hint = "Give the backup a name that is free." };

    private static StorageException Unwritable(string file, Exception cause) =>
        new(StorageProblem.Unreachable, $"The backup {file} cannot be written: {cause.Message}", cause) { Hint = "Check that this user may write in that folder and that there is room, or choose another one." };
}
