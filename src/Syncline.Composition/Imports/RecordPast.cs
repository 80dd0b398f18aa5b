using Syncline.Imports;

namespace Syncline.Composition.Imports;

/// <summary>One state of a record's file.</summary>
/// <param name="Content">The file as it was; null where that commit removed it.</param>
/// <param name="Changes">What differs from the state before.</param>
internal sealed record PastState(FileVersion Version, byte[]? Content, IReadOnlyList<ImportedChange> Changes);

/// <summary>The past of imported records, read from the commits of their files.</summary>
internal sealed class RecordPast(GitRepository git)
{
    /// <summary>The file's states, newest first.</summary>
    /// <param name="file">As <see cref="ImportedFile.File"/>.</param>
    /// <param name="take">So many at the most.</param>
    public async Task<IReadOnlyList<PastState>> OfAsync(string file, int take, CancellationToken cancellationToken)
    {
        // One more than is shown: what the oldest of them changed is told against the one before it.
        IReadOnlyList<FileVersion> versions = await git.HistoryAsync(file, take + 1, cancellationToken);
        List<byte[]?> contents = [];
        foreach (FileVersion version in versions) contents.Add(await git.ReadAsync(version.Id, file, cancellationToken));
        return [.. versions.Take(take).Select((version, i) => new PastState(version, contents[i], ImportFile.Compare(Memory(contents.ElementAtOrDefault(i + 1)), Memory(contents[i]))))];
    }

    private static ReadOnlyMemory<byte>? Memory(byte[]? bytes) => bytes is null ? null : (ReadOnlyMemory<byte>?)bytes;
}
