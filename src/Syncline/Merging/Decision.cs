using Syncline.Planning;
using Syncline.Records;

namespace Syncline.Merging;

/// <summary>What a person has decided about one field, as its lineage keeps it.</summary>
public static class Decision
{
    private const string Stream = "decision";
    private const string Pinned = "pinned";

    /// <summary>The source of a decided value.</summary>
    public static RecordKey SourceOf(GoldenRecord about) => new(SyncScope.Derived, Stream, about.Reference.Text);

    /// <summary>True when no source may change the value, and a destination that holds another is written.</summary>
    public static bool IsPinned(FieldOrigin? origin) => IsDecision(origin) && origin!.Rule == Pinned;

    /// <summary>True when the person decided against this very value: a destination that holds it is written, one that holds yet another is not.</summary>
    public static bool IsAgainst(FieldOrigin? origin, FieldValue? value) => IsDecision(origin) && origin!.Rule == RuleAgainst(value);

    public static bool IsDecision(FieldOrigin? origin) => origin?.Source is { Connection: SyncScope.Derived, Stream: Stream };

    public static string RuleOf(bool isPinned, FieldValue? against) => isPinned ? Pinned : RuleAgainst(against);

    private static string RuleAgainst(FieldValue? value) => $"decided, not: {value?.ToString() ?? "(empty)"}";
}
