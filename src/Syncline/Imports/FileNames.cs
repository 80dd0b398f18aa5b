using System.Security.Cryptography;
using System.Text;

namespace Syncline.Imports;

/// <summary>A file that is there already.</summary>
/// <param name="Path">Relative, with forward slashes.</param>
/// <param name="Owner">The id of the record it is about; null for a file of somebody else's, which is never overwritten.</param>
public sealed record TakenFile(string Path, string? Owner);

/// <summary>Gives each record its file, <c>source/type/name-slug.json</c>, and never one file to two records.</summary>
/// <remarks>
/// A record keeps its file when its name changes: the past of a file is the past of its record, and what refers to the file stays right. A name that another file has already gets the
/// beginning of the record's id behind it.
/// </remarks>
public sealed class FileNames
{
    private const string Ending = ".json";
    private const int ShortId = 8, LongId = 32;

    // Without regard to case, as Windows and macOS see files.
    private readonly Dictionary<string, string?> _owners = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<(string Folder, string Id), string> _files = [];

    public FileNames(IEnumerable<TakenFile> taken)
    {
        foreach (TakenFile file in taken.OrderBy(t => t.Path, StringComparer.Ordinal)) Take(file.Path, file.Owner);
    }

    /// <summary>The folder of a record's file: <c>source/type</c>.</summary>
    public static string FolderOf(string source, string type) => $"{Checked(source)}/{Checked(type)}";

    /// <summary>The record's file. The same record gets the same one, however often it is asked for.</summary>
    public string Of(ImportedRecord record)
    {
        string folder = FolderOf(record.Source, record.Type);
        if (_files.TryGetValue((folder, record.Id), out string? kept)) return kept;
        string file = Candidates(record).Select(name => $"{folder}/{name}{Ending}").First(path => !_owners.ContainsKey(path));
        Take(file, record.Id);
        return file;
    }

    private static IEnumerable<string> Candidates(ImportedRecord record)
    {
        string id = IdText(record.Id);
        string slug = FileSlug.Of(record.Name);
        // A name that is nothing but signs says less than the id.
        if (slug.Length > 0) yield return slug;
        string stem = slug.Length > 0 ? slug : record.Type;
        yield return $"{stem}-{id[..ShortId]}";
        yield return $"{stem}-{id[..LongId]}";
        for (int i = 2; ; i++) yield return $"{stem}-{id[..LongId]}-{i}";
    }

    /// <summary>A UUID's own digits, so that a person knows it again; of any other id a hash.</summary>
    private static string IdText(string id) =>
        Guid.TryParse(id, out Guid uuid) ? uuid.ToString("N") : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));

    private static string Checked(string part) => part.Length is > 0 and <= 40 && part.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_')
        ? part
        : throw new ArgumentException($"'{part}' cannot name a folder: lower-case letters, digits and underscores can.", nameof(part));

    private void Take(string path, string? owner)
    {
        if (!_owners.TryAdd(path, owner) || owner is null) return;
        int slash = path.LastIndexOf('/');
        _files.TryAdd((slash < 0 ? "" : path[..slash], owner), path);
    }
}
