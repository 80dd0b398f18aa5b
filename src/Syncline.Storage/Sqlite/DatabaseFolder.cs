namespace Syncline.Storage.Sqlite;

/// <summary>Folders that databases live in.</summary>
internal static class DatabaseFolder
{
    private const string Memory = "/dev/shm";

    /// <summary>A new folder in memory where the system has such a place, else among the temporary files.</summary>
    public static string CreateScratch()
    {
        string folder = Path.Combine(Directory.Exists(Memory) ? Memory : Path.GetTempPath(), $"syncline-{Guid.NewGuid():n}");
        Make(folder);
        return folder;
    }

    public static SqliteOptions ScratchOptions(SqliteOptions options) => new() { Synchronous = Synchronous.Off, LockWait = options.LockWait, Random = options.Random };

    /// <summary>Makes sure that the file's folder exists.</summary>
    public static void CreateFor(string file) => Make(Path.GetDirectoryName(file)!);

    /// <summary>The database holds personal data: a folder of ours is for its owner alone.</summary>
    private static void Make(string folder)
    {
        try
        {
            if (Directory.Exists(folder)) return;
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
            else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(StorageProblem.Unreachable, $"The folder {folder} cannot be made: {e.Message}", e) { Hint = "Check the path and the rights of this user, or choose another folder with --data." };
        }
    }
}
