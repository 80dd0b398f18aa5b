using Syncline.Records;

namespace Syncline.Extraction;

/// <summary>Word from a provider that a record may have changed. It carries no values: those of a late or repeated event may be old, so the record is read again.</summary>
/// <param name="Key">The record as its connection's stream knows it.</param>
public sealed record Hint(RecordKey Key)
{
    /// <summary>True when the event says that the record is deleted: with a reading that finds it absent, reason enough to take it for gone.</summary>
    public bool IsDeletion { get; init; }

    /// <summary>The record that this one was merged into; null when it was not.</summary>
    public string? MergedInto { get; init; }

    /// <summary>When it changed, or when the event was made; null when the event does not say. Events may come in any order.</summary>
    public DateTimeOffset? At { get; init; }
}

/// <summary>A source whose provider can also be asked how many records there are, by another way than the reading goes.</summary>
public interface ICountedSource : ISource
{
    /// <summary>The provider's own count; null when it does not say. It may lag behind by what was written in the last minutes.</summary>
    Task<long?> CountAsync(CancellationToken cancellationToken);
}

/// <summary>A source that can be asked for single records.</summary>
public interface IPointSource : ISource
{
    /// <summary>The records as they are now; one that is not in the answer does not exist there any more.</summary>
    Task<IReadOnlyList<RemoteRecord>> FetchAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken);
}
