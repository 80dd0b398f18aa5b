using System.Collections.ObjectModel;
using System.Globalization;

namespace Syncline.Records;

/// <summary>Where a golden value came from.</summary>
/// <param name="Source">The remote record that supplied it.</param>
/// <param name="RunId">The run that merged it.</param>
/// <param name="At">When that source says it changed, else when it was read.</param>
/// <param name="Rule">Why it won: <c>first</c>, <c>moved</c>, <c>latest</c>, <c>source-of-truth</c>, <c>union</c>, <c>undo</c> …</param>
public sealed record FieldOrigin(RecordKey Source, long RunId, DateTimeOffset At, string Rule);

/// <summary>The one local record of a real person, company, message …: what every source together says.</summary>
/// <param name="Id">Unique in the hub over all kinds, growing, never reused.</param>
public sealed record GoldenRecord(long Id, RecordKind Kind, FieldSet Fields)
{
    /// <summary>Per field, where its value came from.</summary>
    public IReadOnlyDictionary<string, FieldOrigin> Origins { get; init; } = ReadOnlyDictionary<string, FieldOrigin>.Empty;

    /// <summary>Set when the identity was merged into another, or everything that supported it was undone.</summary>
    public bool IsDeleted { get; init; }

    /// <summary>How other golden records refer to this one.</summary>
    public FieldValue Reference => ReferenceTo(Kind, Id);

    public static FieldValue ReferenceTo(RecordKind kind, long id) => FieldValue.Reference(kind.Name, id.ToString(CultureInfo.InvariantCulture));
}
