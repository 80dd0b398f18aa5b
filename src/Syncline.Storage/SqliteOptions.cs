namespace Syncline.Storage;

/// <summary>How much a commit waits for the disk.</summary>
public enum Synchronous
{
    /// <summary>For throw-away databases: a power cut may damage the file, an ended process may not.</summary>
    Off,

    /// <summary>A power cut may lose the last commits but never damages the file; an ended process loses nothing.</summary>
    Normal,

    /// <summary>Every commit is on the disk before it returns; a third of the speed for small transactions.</summary>
    Full,
}

/// <summary>How a database is opened.</summary>
public sealed class SqliteOptions
{
    public Synchronous Synchronous { get; init; } = Synchronous.Normal;

    /// <summary>For tests: a database of its own in memory-backed storage, gone when it is disposed; the path is not used.</summary>
    /// <remarks>
    /// A file on a memory file system and not SQLite's own memory database: that one has no WAL, so that a reader would see what an open session has not committed, or wait for it forever.
    /// </remarks>
    public bool InMemory { get; init; }

    /// <summary>How long a writer waits for the writer of another process.</summary>
    public TimeSpan LockWait { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Where a new hub's name comes from.</summary>
    public Random Random { get; init; } = Random.Shared;
}
