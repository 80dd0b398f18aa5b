using Syncline.Records;

namespace Syncline.Loading;

/// <summary>What a dead letter is about; a new one for the same key replaces the old.</summary>
/// <param name="Sync">The sync it happened in.</param>
/// <param name="Connection">The side that refused, source or destination.</param>
/// <param name="Subject">A golden id as <c>person/42</c>, or a remote key or line when it never got that far.</param>
public readonly record struct DeadLetterKey(string Sync, string Connection, string Subject);

/// <summary>A record set aside with its reason, to be retried or decided.</summary>
/// <param name="Stage">The stage that set it aside: <c>extraction</c>, <c>matching</c>, <c>enriching</c>, <c>planning</c>, <c>loading</c>.</param>
/// <param name="Code">A short constant or the provider's code.</param>
/// <param name="Reason">For the user: what, where, why, and what to do.</param>
public sealed record DeadLetter(DeadLetterKey Key, RecordKind Kind, string Stage, string Code, string Reason, long RunId)
{
    /// <summary>The stage of records that are out of scope by rule: listed for the user, not counted as failures.</summary>
    public const string SkippedStage = "skipped";

    /// <summary>The stage of questions that an enricher could not answer.</summary>
    public const string EnrichingStage = "enriching";

    /// <summary>The golden record to plan again on a retry; null when it has none yet.</summary>
    public long? GoldenId { get; init; }

    public int Attempts { get; init; } = 1;

    /// <summary>When an unattended run tries it again; null when only a person can.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    public DateTimeOffset At { get; init; }
}
