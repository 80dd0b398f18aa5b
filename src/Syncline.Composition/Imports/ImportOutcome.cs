using Syncline.Imports;

namespace Syncline.Composition.Imports;

/// <summary>What an import did with one record.</summary>
internal enum ImportAction
{
    Added,
    Updated,

    /// <summary>Nothing at the provider differs from the file, which was left alone, the time in it too.</summary>
    Unchanged,

    /// <summary>The file holds changes of somebody's that are in no commit: it was left alone.</summary>
    Held,
}

/// <summary>One record of an import.</summary>
/// <param name="File">Relative to the folder, with forward slashes.</param>
/// <param name="Changes">What differs from the file before; for <see cref="ImportAction.Held"/> what would have been written.</param>
internal sealed record ImportedFile(ImportedRecord Record, string File, ImportAction Action, IReadOnlyList<ImportedChange> Changes);

/// <summary>One import.</summary>
/// <param name="Missing">Ids that the provider does not have any more.</param>
/// <param name="Commit">The commit's hash; null when nothing had to be committed.</param>
internal sealed record ImportOutcome(IReadOnlyList<ImportedFile> Files, IReadOnlyList<string> Missing, string? Commit);
