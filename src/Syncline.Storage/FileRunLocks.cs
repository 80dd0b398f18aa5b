using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Syncline.Storage.Sqlite;
using Syncline.Syncs;

namespace Syncline.Storage;

/// <summary>Run locks as locked files: the system releases them with the process, however it ends.</summary>
/// <param name="folder">Beside the database. Made when it is missing.</param>
public sealed class FileRunLocks(string folder) : IRunLocks
{
    /// <summary>What the systems answer when somebody holds the file: EAGAIN on Linux, on macOS, and a sharing violation on Windows.</summary>
    private static readonly int[] HeldCodes = [11, 35, unchecked((int)0x80070020)];

    public IDisposable? TryTake(string sync)
    {
        string file = FileOf(sync);
        DatabaseFolder.CreateFor(file);
        FileStream? held = null;
        bool isTaken = false;
        try
        {
            // The file stays when the lock is released: removing it would let two others lock two files of one name.
            held = new(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(HolderFileOf(file), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            isTaken = true;
            return held;
        }
        catch (IOException e) when (held is null && HeldCodes.Contains(e.HResult))
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(file, e);
        }
        finally
        {
            if (!isTaken) held?.Dispose();
        }
    }

    /// <summary>The process that took the lock last; null when nobody ever did. For a message only: it may have ended.</summary>
    public int? FindHolder(string sync)
    {
        string file = HolderFileOf(FileOf(sync));
        return File.Exists(file) && int.TryParse(File.ReadAllText(file), NumberStyles.None, CultureInfo.InvariantCulture, out int id) ? id : null;
    }

    /// <summary>Beside the lock, because a locked file cannot be read everywhere.</summary>
    private static string HolderFileOf(string file) => Path.ChangeExtension(file, ".pid");

    /// <summary>Readable as far as the name allows, and made unique by its hash: names may differ in letters that no file name can hold.</summary>
    private string FileOf(string sync)
    {
        string readable = new([.. sync.Take(40).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_')]);
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sync)).AsSpan(0, 6));
        return Path.GetFullPath(Path.Combine(folder, $"{readable}.{hash}.lock"));
    }

    private static StorageException Unusable(string file, Exception cause) =>
        new(StorageProblem.Unreachable, $"The lock file {file} cannot be used: {cause.Message}", cause) { Hint = "Check the rights of this user and the space on the disk, or choose another folder with --data." };
}
