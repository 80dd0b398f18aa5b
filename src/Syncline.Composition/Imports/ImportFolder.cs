using System.Security.Cryptography;
using Syncline.Imports;

namespace Syncline.Composition.Imports;

/// <summary>The folder that imported files lie in. Paths are relative, with forward slashes, and come from <see cref="FileNames"/>.</summary>
internal sealed class ImportFolder(string root)
{
    public string Root => root;

    /// <summary>SHA-256 in lower-case hexadecimal.</summary>
    public static string DigestOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>The files of one type, each with the record it is about.</summary>
    public async Task<IReadOnlyList<TakenFile>> FilesAsync(string source, string type, CancellationToken cancellationToken)
    {
        string folder = FileNames.FolderOf(source, type);
        CheckWithin(folder);
        if (!Directory.Exists(Whole(folder))) return [];
        List<TakenFile> files = [];
        // What is not ours is taken as well, folders of that name too.
        foreach (string entry in Directory.EnumerateFileSystemEntries(Whole(folder)))
        {
            bool isFile = File.Exists(entry) && new FileInfo(entry).LinkTarget is null;
            files.Add(new($"{folder}/{Path.GetFileName(entry)}", isFile ? ImportFile.OwnerOf(await File.ReadAllBytesAsync(entry, cancellationToken), source) : null));
        }
        return files;
    }

    /// <summary>A file's content; null when there is none.</summary>
    public async Task<byte[]?> FindAsync(string path, CancellationToken cancellationToken)
    {
        CheckWithin(path);
        return File.Exists(Whole(path)) ? await File.ReadAllBytesAsync(Whole(path), cancellationToken) : null;
    }

    /// <summary>Writes a file whole or not at all.</summary>
    public async Task WriteAsync(string path, byte[] content, CancellationToken cancellationToken)
    {
        CheckWithin(path);
        string file = Whole(path), half = file + ".part";
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllBytesAsync(half, content, cancellationToken);
        File.Move(half, file, overwrite: true);
    }

    private string Whole(string path) => Path.Combine(root, path.Replace('/', Path.DirectorySeparatorChar));

    /// <exception cref="IOException">A part of the path is a link, which may lead anywhere.</exception>
    private void CheckWithin(string path)
    {
        string at = root;
        foreach (string part in path.Split('/'))
        {
            if (part is "" or "." or ".." || part.Contains('\\', StringComparison.Ordinal)) throw new IOException($"'{path}' is no path of an imported file.");
            at = Path.Combine(at, part);
            if (new FileInfo(at).LinkTarget is not null || new DirectoryInfo(at).LinkTarget is not null) throw new IOException($"{at} is a link. Imported files are written into the folder itself: put a folder in its place.");
        }
    }
}
