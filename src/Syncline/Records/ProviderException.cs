namespace Syncline.Records;

/// <summary>What happens next after a failure that ends a page, a stream or a run.</summary>
public enum Recovery
{
    /// <summary>Nothing is wrong with what was asked; the same run may go on later.</summary>
    RetryLater,

    /// <summary>This stream cannot go on; others can.</summary>
    StopStream,

    /// <summary>Nothing in this run can succeed until somebody acts: a dead key, a missing object.</summary>
    StopRun,
}

/// <summary>A failure at a provider that ends a page, a stream or a run. A refused record is a <see cref="Loading.WriteOutcome"/> instead.</summary>
public sealed class ProviderException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>The call that failed, as <c>provider.stream.verb</c>: <c>attio.people.query</c>.</summary>
    public required string Operation { get; init; }

    public required Recovery Recovery { get; init; }

    /// <summary>How long the provider asked us to wait; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What the operator should do, shown as is.</summary>
    public string? Hint { get; init; }
}
