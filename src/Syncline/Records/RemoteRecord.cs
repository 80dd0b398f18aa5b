namespace Syncline.Records;

/// <summary>One record as a provider showed it.</summary>
/// <param name="Key">Its identity there.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Fields">Remote names and values: the provider's own words, before any mapping. References are <c>stream/id</c> within the same connection.</param>
public sealed record RemoteRecord(RecordKey Key, RecordKind Kind, FieldSet Fields)
{
    /// <summary>When the provider says it last changed; null when it does not say. A change without a time never beats a present value at first sight.</summary>
    public DateTimeOffset? ModifiedAt { get; init; }

    /// <summary>A content version the source can compare before it does expensive work; null when it has none.</summary>
    public string? Version { get; init; }

    /// <summary>A tombstone: the provider said this record is deleted.</summary>
    public bool IsDeleted { get; init; }
}
