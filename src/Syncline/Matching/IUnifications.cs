using Syncline.Loading;
using Syncline.Records;

namespace Syncline.Matching;

/// <summary>What a look at the unified records is about.</summary>
/// <param name="Connections">The source connections whose records count.</param>
/// <param name="Kind">Null for every kind.</param>
public sealed record UnifiedScope(IReadOnlyCollection<string> Connections, RecordKind? Kind);

/// <summary>How many golden records stand behind the remote records of one kind.</summary>
/// <param name="Remote">Remote records that are there now and that none of our writes made.</param>
/// <param name="Unique">Golden records behind them.</param>
public sealed record KindCount(RecordKind Kind, long Remote, long Unique)
{
    public long Removed => Remote - Unique;
}

/// <summary>A remote record with the canonical fields it last showed.</summary>
public sealed record Showing(RecordKey Key, FieldSet Fields);

/// <summary>Several remote records of one connection and stream that are one golden record.</summary>
/// <param name="Count">How many they are.</param>
/// <param name="Shown">The first of them, in the order in which they were met.</param>
public sealed record Unification(long GoldenId, RecordKind Kind, StreamId Stream, long Count, IReadOnlyList<Showing> Shown)
{
    /// <summary>The identity keys that two or more of the shown records show, strongest first. Empty when they were tied by values they show no longer, or by a third record.</summary>
    public IReadOnlyList<IdentityKey> SharedKeys =>
        [.. Shown.SelectMany(s => IdentityKeys.Of(Kind, s.Fields)).CountBy(k => k.Key).Where(k => k.Value > 1).Select(k => k.Key)];
}

/// <summary>Which records the hub holds for one, to look at. Everything that can be long is streamed.</summary>
public interface IUnifications
{
    /// <summary>The connections that were ever read or imported, by name.</summary>
    Task<IReadOnlyList<string>> SourcesAsync(CancellationToken cancellationToken);

    /// <summary>By kind; a kind without a record is left out.</summary>
    Task<IReadOnlyList<KindCount>> CountAsync(UnifiedScope scope, CancellationToken cancellationToken);

    /// <summary>By golden record.</summary>
    /// <param name="most">How many of each one's remote records are shown.</param>
    IAsyncEnumerable<Unification> ListAsync(UnifiedScope scope, int most, CancellationToken cancellationToken);

    /// <summary>Open dead letters with a code of <see cref="IdentityProblem"/>, oldest first; null leaves a condition out.</summary>
    IAsyncEnumerable<DeadLetter> ProblemsAsync(string? sync, string? connection, RecordKind? kind, CancellationToken cancellationToken);
}
