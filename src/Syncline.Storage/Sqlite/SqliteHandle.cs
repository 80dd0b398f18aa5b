using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Syncline.Storage.Sqlite;

/// <summary>One open connection with its compiled statements.</summary>
/// <remarks>
/// SQLite before 3.51.3 can damage a file when one connection resets the WAL while another writes. Therefore there is one writing connection a process,
/// and all others are readers that never checkpoint.
/// </remarks>
internal sealed class SqliteHandle : IDisposable
{
    /// <summary>The WAL is written back every 32 MB rather than every 4: keys come in no order, so that a page is touched many times between.</summary>
    private const string WriterSettings = "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 8000; PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -6000; PRAGMA temp_store = MEMORY";

    private Synchronous _synchronous;
    private readonly SqliteConnection _connection;

    private SqliteHandle(string path, SqliteOpenMode mode, TimeSpan lockWait)
    {
        Path = path;
        _connection = new(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = Math.Max(1, (int)lockWait.TotalSeconds),
        }.ToString());
        On = new(this);
    }

    public string Path { get; }

    public Statements On { get; }

    public SqliteConnection Connection => _connection;

    public bool IsOpen => _connection.State == System.Data.ConnectionState.Open;

    public bool IsInTransaction => IsOpen && raw.sqlite3_get_autocommit(_connection.Handle) == 0;

    public static SqliteHandle Writer(string path, SqliteOptions options) =>
        new SqliteHandle(path, SqliteOpenMode.ReadWriteCreate, options.LockWait) { _synchronous = options.Synchronous }.Opened($"{WriterSettings}; PRAGMA synchronous = {options.Synchronous}");

    public static SqliteHandle Reader(string path, TimeSpan lockWait)
    {
        SqliteHandle reader = new SqliteHandle(path, SqliteOpenMode.ReadWrite, lockWait).Opened($"PRAGMA query_only = 1; PRAGMA wal_autocheckpoint = 0; {WaitingInside(lockWait)}");
        reader.LeaveWalOnClose();
        return reader;
    }

    /// <summary>A look from outside: it can change nothing, whatever it is asked.</summary>
    public static SqliteHandle Onlooker(string path, TimeSpan lockWait) => new SqliteHandle(path, SqliteOpenMode.ReadOnly, lockWait).Opened($"PRAGMA query_only = 1; {WaitingInside(lockWait)}");

    /// <summary>A file that another database is copied into; nobody else knows of it yet.</summary>
    public static SqliteHandle Copy(string path) => new SqliteHandle(path, SqliteOpenMode.ReadWrite, TimeSpan.Zero).Opened("PRAGMA synchronous = FULL");

    /// <summary>How long the commits from now on wait; SQLite takes it between transactions only.</summary>
    public void Wait(Synchronous synchronous)
    {
        if (_synchronous == synchronous) return;
        Execute($"PRAGMA synchronous = {synchronous}");
        _synchronous = synchronous;
    }

    /// <summary>Starts a writing transaction; false when another process has one.</summary>
    public bool TryBegin() => Execute("BEGIN IMMEDIATE", raw.SQLITE_BUSY) == raw.SQLITE_OK;

    public void Commit() => Execute("COMMIT");

    /// <summary>Some errors, a full disk among them, have ended the transaction already.</summary>
    public void RollBack()
    {
        if (IsInTransaction) Execute("ROLLBACK");
    }

    /// <summary>Leaves the files as the end of the process would: no rollback of ours, no checkpoint.</summary>
    public void Drop()
    {
        if (IsOpen) LeaveWalOnClose();
        Dispose();
    }

    public void Run(string sql) => Explained(() =>
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    });

    public object? Scalar(string sql)
    {
        object? value = null;
        Explained(() =>
        {
            using SqliteCommand command = _connection.CreateCommand();
            command.CommandText = sql;
            value = command.ExecuteScalar();
        });
        return value is DBNull ? null : value;
    }

    public long Number(string sql) => (long)(Scalar(sql) ?? 0L);

    /// <summary>What SQLite has just refused, and what to do about it.</summary>
    /// <param name="code">Its result code.</param>
    public StorageException Error(int code) => SqliteErrors.Explain(new($"SQLite error {code}: {raw.sqlite3_errmsg(_connection.Handle).utf8_to_string()}", code, raw.sqlite3_extended_errcode(_connection.Handle)), Path);

    public void CopyTo(string path) => Explained(() =>
    {
        using SqliteConnection copy = new(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWriteCreate, Pooling = false }.ToString());
        copy.Open();
        _connection.BackupDatabase(copy);
    });

    public void Dispose()
    {
        On.Dispose();
        _connection.Dispose();
    }

    private void LeaveWalOnClose() => raw.sqlite3_db_config(_connection.Handle, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, out _);

    private SqliteHandle Opened(string settings)
    {
        try
        {
            Explained(_connection.Open);
            Run(settings);
            return this;
        }
        catch (StorageException)
        {
            Dispose();
            throw;
        }
    }

    /// <summary>For readers, who are held up only while another process recovers or removes the WAL: a moment, not worth a loop by the clock.</summary>
    private static string WaitingInside(TimeSpan lockWait) => string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {(long)lockWait.TotalMilliseconds}");

    /// <summary>Runs a transaction statement past the provider, whose own waiting for locks would hold the thread.</summary>
    private int Execute(string sql, int accepted = raw.SQLITE_OK)
    {
        int code = raw.sqlite3_exec(_connection.Handle, sql);
        return code == raw.SQLITE_OK || code == accepted ? code : throw Error(code);
    }

    private void Explained(Action action)
    {
        try
        {
            action();
        }
        catch (SqliteException e)
        {
            throw SqliteErrors.Explain(e, Path);
        }
    }
}
