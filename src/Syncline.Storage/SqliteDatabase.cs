using Syncline.Storage.Sqlite;

namespace Syncline.Storage;

/// <summary>One hub's database file, opened by this process.</summary>
/// <remarks>
/// All writing goes through one connection, one transaction at a time, in the order of arrival; a transaction must be ended before the same flow begins another.
/// Reads take a connection of their own for one statement and see what was committed. Errors are <see cref="StorageException"/>s.
/// </remarks>
public sealed class SqliteDatabase : IDisposable
{
    private const int SmallestPage = 512;

    private readonly SqliteOptions _options;
    private readonly SqliteHandle? _writer;
    private readonly Turnstile _turn = new();
    private readonly Lock _gate = new();
    private readonly Stack<SqliteHandle> _idle = [];
    private readonly string? _scratchFolder;
    private bool _isClosed;
    private bool _isAborted;

    private SqliteDatabase(string path, TimeProvider clock, SqliteOptions options, SqliteHandle? writer, string? scratchFolder)
    {
        Path = path;
        Clock = clock;
        _options = options;
        _writer = writer;
        _scratchFolder = scratchFolder;
        SqliteHandle reader = Rent();
        HubName = (string)reader.Scalar("SELECT name FROM hub")!;
        Return(reader);
    }

    public string Path { get; }

    internal TimeProvider Clock { get; }

    /// <summary>Fixed when the database was made.</summary>
    internal string HubName { get; }

    internal SqliteHandle? Writer => _writer;

    /// <summary>Opens the database for reading and writing; makes the folder and the file when there is none, and brings an older one up to date.</summary>
    /// <exception cref="StorageException">When the file is damaged, foreign or newer (it is then left untouched), or cannot be written.</exception>
    public static SqliteDatabase Open(string path, TimeProvider clock, SqliteOptions? options = null)
    {
        SqliteLibrary.Load();
        options ??= new();
        string? scratch = options.InMemory ? DatabaseFolder.CreateScratch() : null;
        string file = scratch is null ? System.IO.Path.GetFullPath(path) : System.IO.Path.Combine(scratch, "hub.db");
        return new(file, clock, options, OpenWriter(file, clock, scratch is null ? options : DatabaseFolder.ScratchOptions(options)), scratch);
    }

    /// <summary>Opens an existing database to look at it, also while another process writes.</summary>
    /// <exception cref="StorageException">When there is none, or it cannot be read.</exception>
    public static SqliteDatabase OpenReadOnly(string path, TimeProvider clock)
    {
        SqliteLibrary.Load();
        string file = System.IO.Path.GetFullPath(path);
        SqliteOptions options = new();
        if (!HasContent(file) || VersionOf(file, options) == 0) throw Missing(file);
        return new(file, clock, options, null, null);
    }

    /// <summary>Writes a copy of what is committed into a new file, for a dry run.</summary>
    public void CopyTo(string path)
    {
        string file = System.IO.Path.GetFullPath(path);
        if (File.Exists(file)) throw new StorageException(StorageProblem.Refused, $"The copy's file {file} exists already.") { Hint = "Give the copy a name that is free." };
        DatabaseFolder.CreateFor(file);
        SqliteHandle reader = Rent();
        try
        {
            reader.CopyTo(file);
        }
        finally
        {
            Return(reader);
        }
    }

    /// <summary>Writes what is committed at this moment into a new file, while others go on reading and writing. The file appears when it is whole and on the disk, or not at all.</summary>
    /// <remarks>What is written meanwhile stays in the WAL until the copy is done.</remarks>
    /// <exception cref="StorageException">When there is a file of that name, or it cannot be written.</exception>
    public async Task BackupAsync(string file, CancellationToken cancellationToken)
    {
        SqliteHandle reader = Rent();
        try
        {
            await SqliteBackup.WriteAsync(reader, System.IO.Path.GetFullPath(file), cancellationToken);
        }
        finally
        {
            Return(reader);
        }
    }

    /// <summary>Reads every page of a backup, and changes none. It takes as long as reading the file does, on a thread of the pool.</summary>
    /// <exception cref="StorageException">When there is no such file, or it is damaged, no hub, or a newer program's.</exception>
    public static Task<DatabaseFacts> VerifyAsync(string file, CancellationToken cancellationToken)
    {
        SqliteLibrary.Load();
        string full = System.IO.Path.GetFullPath(file);
        return Task.Run(() => HasContent(full) ? SqliteBackup.Verify(full, new SqliteOptions().LockWait, cancellationToken) : throw Missing(full), cancellationToken);
    }

    /// <summary>Drops everything as the end of the process would: what is not committed is gone, who waits for a turn waits forever.</summary>
    public void Abort()
    {
        _isAborted = true;
        Close(static handle => handle.Drop());
    }

    /// <summary>Closes the file. An open transaction is rolled back, and whoever waits or comes later is told.</summary>
    public void Dispose() => Close(static handle => handle.Dispose());

    /// <summary>Begins the only writing transaction there can be.</summary>
    /// <param name="toDisk">Wait for the disk at its commit, and so for every commit before it: for what must outlive a power cut, too.</param>
    internal async Task<WriteTransaction> BeginAsync(CancellationToken cancellationToken, bool toDisk = false)
    {
        SqliteHandle writer = _writer ?? throw ReadOnly();
        await _turn.EnterAsync(cancellationToken);
        bool begun = false;
        try
        {
            if (!writer.IsOpen) throw ClosedError();
            writer.Wait(toDisk && _options.Synchronous == Synchronous.Normal ? Synchronous.Full : _options.Synchronous);
            await BeginAsync(writer, cancellationToken);
            begun = true;
            return new(this, writer);
        }
        finally
        {
            if (!begun) _turn.Leave();
        }
    }

    /// <summary>One small transaction.</summary>
    internal async Task<T> WriteAsync<T>(Func<Statements, Task<T>> write, CancellationToken cancellationToken, bool toDisk = false)
    {
        await using WriteTransaction transaction = await BeginAsync(cancellationToken, toDisk);
        T result = await write(transaction.On);
        transaction.Commit();
        return result;
    }

    internal async Task<T> ReadAsync<T>(Func<Statements, Task<T>> read)
    {
        SqliteHandle reader = Rent();
        try
        {
            return await read(reader.On);
        }
        finally
        {
            Return(reader);
        }
    }

    internal void End(SqliteHandle writer)
    {
        if (_isAborted) return;
        try
        {
            writer.RollBack();
        }
        finally
        {
            _turn.Leave();
        }
    }

    internal StorageException ClosedError() => SqliteErrors.Closed(Path);

    private static SqliteHandle OpenWriter(string file, TimeProvider clock, SqliteOptions options)
    {
        DatabaseFolder.CreateFor(file);
        if (HasContent(file)) VersionOf(file, options);
        SqliteHandle writer = SqliteHandle.Writer(file, options);
        try
        {
            SqliteMigrations.Apply(writer, clock, options.Random);
            return writer;
        }
        catch (StorageException)
        {
            writer.Dispose();
            throw;
        }
    }

    private static long VersionOf(string file, SqliteOptions options)
    {
        using SqliteHandle onlooker = SqliteHandle.Onlooker(file, options.LockWait);
        return SqliteMigrations.Check(onlooker);
    }

    /// <summary>SQLite would take a file that is shorter than its smallest page for an empty one, and write over it.</summary>
    private static bool HasContent(string file) => new FileInfo(file) switch
    {
        { Exists: false } or { Length: 0 } => false,
        { Length: < SmallestPage } => throw SqliteErrors.Damaged(file, null),
        _ => true,
    };

    /// <summary>Waits for another process by the clock and not inside SQLite, which would hold the thread.</summary>
    private async Task BeginAsync(SqliteHandle writer, CancellationToken cancellationToken)
    {
        TimeSpan waited = TimeSpan.Zero;
        TimeSpan pause = TimeSpan.FromMilliseconds(1);
        while (true)
        {
            if (!writer.IsOpen) throw ClosedError();
            if (writer.TryBegin()) return;
            if (waited >= _options.LockWait) throw SqliteErrors.Locked(Path, waited, null);
            await Task.Delay(pause, Clock, cancellationToken);
            waited += pause;
            pause = pause < TimeSpan.FromMilliseconds(20) ? pause * 2 : pause;
        }
    }

    private SqliteHandle Rent()
    {
        lock (_gate)
        {
            if (_isClosed) throw ClosedError();
            if (_idle.TryPop(out SqliteHandle? idle)) return idle;
        }
        return _writer is null ? SqliteHandle.Onlooker(Path, _options.LockWait) : SqliteHandle.Reader(Path, _options.LockWait);
    }

    private void Return(SqliteHandle reader)
    {
        lock (_gate)
        {
            if (!_isClosed)
            {
                _idle.Push(reader);
                return;
            }
        }
        reader.Dispose();
    }

    private void Close(Action<SqliteHandle> close)
    {
        lock (_gate)
        {
            if (_isClosed) return;
            _isClosed = true;
        }
        foreach (SqliteHandle idle in _idle) close(idle);
        if (_writer is not null) close(_writer);
        if (_scratchFolder is not null) Directory.Delete(_scratchFolder, recursive: true);
    }

    private StorageException ReadOnly() =>
        new(StorageProblem.ReadOnly, $"The database {Path} was opened for reading only.") { Hint = "This is a defect of Syncline: please report it with this message." };

    private static StorageException Missing(string file) =>
        new(StorageProblem.Missing, $"There is no database at {file} yet.") { Hint = "Run a sync first, or say with --data where the database is." };
}
