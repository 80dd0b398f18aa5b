using Syncline.Records;

namespace Syncline.Imports;

/// <summary>A provider's record, simplified to what a person reads and compares in a file.</summary>
/// <param name="Source">The provider's name: lower-case letters, digits and underscores, because it names a folder and properties.</param>
/// <param name="Type">What it is, in the same letters: <c>company</c>, <c>person</c>, <c>list_entry</c>.</param>
/// <param name="Id">The provider's id of what was imported; for a list entry that of the entry, because a record may stand in a list twice.</param>
/// <param name="Name">As a person knows it; empty when it has none.</param>
public sealed record ImportedRecord(string Source, string Type, string Id, string Name)
{
    /// <summary>The provider's own page about it, as the provider gave it; null when it gave none.</summary>
    public string? WebUrl { get; init; }

    /// <summary>Null for anything but a list entry.</summary>
    public ImportedEntry? Entry { get; init; }

    /// <summary>By the provider's attribute names. Lists are sets: sorted, without repetition.</summary>
    public FieldSet Attributes { get; init; } = FieldSet.Empty;
}

/// <summary>Where a list entry stands and whom it is about.</summary>
/// <param name="List">The list's slug.</param>
/// <param name="RecordId">The id of the record it is about.</param>
public sealed record ImportedEntry(string List, string RecordId);
