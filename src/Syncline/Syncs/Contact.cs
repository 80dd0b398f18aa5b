using Syncline.Records;

namespace Syncline.Syncs;

/// <summary>How far a record has come on its way from a source to the destinations. It is read off what is in the hub, so that no crash can leave it wrong.</summary>
public enum ContactState
{
    /// <summary>Read, or changed since; nothing else has happened yet.</summary>
    Imported,

    /// <summary>An enricher is being asked about it.</summary>
    Enriching,

    /// <summary>It has what enrichers know; not written yet.</summary>
    Enriched,

    /// <summary>A write of it is under way.</summary>
    Syncing,

    /// <summary>A destination holds it as it is in the hub.</summary>
    Synced,

    /// <summary>An enricher or a destination has refused it, or could not be reached.</summary>
    Failed,
}

/// <summary>A record with its state.</summary>
/// <param name="Sources">The connections that show it.</param>
/// <param name="Destinations">The connections it was written to.</param>
public sealed record Contact(GoldenRecord Golden, ContactState State, IReadOnlyList<string> Sources, IReadOnlyList<string> Destinations)
{
    /// <summary>Of a failed one: why, and what can be done.</summary>
    public string? Reason { get; init; }

    /// <summary>Of a failed one: when it is tried again; null when only a person can.</summary>
    public DateTimeOffset? NextAttempt { get; init; }
}

/// <summary>Which records are listed; what is null is not asked for.</summary>
public sealed record ContactFilter(RecordKind Kind)
{
    public ContactState? State { get; init; }

    /// <summary>A connection that shows it.</summary>
    public string? Source { get; init; }

    /// <summary>A piece of any of its values, in whatever case.</summary>
    public string? Text { get; init; }
}

/// <summary>The records of the hub as a user looks through them.</summary>
public interface IContactList
{
    /// <summary>By id, after an id.</summary>
    Task<IReadOnlyList<Contact>> ListAsync(ContactFilter filter, long after, int take, CancellationToken cancellationToken);

    /// <summary>How many the filter lets through, by state.</summary>
    Task<IReadOnlyDictionary<ContactState, long>> CountAsync(ContactFilter filter, CancellationToken cancellationToken);
}
