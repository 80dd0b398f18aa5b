namespace Syncline.Leads;

/// <summary>What saving does with values that the list has and the saved lead has not.</summary>
public enum LeadSaving
{
    /// <summary>They are kept: an import that knows less takes nothing away.</summary>
    Merge,

    /// <summary>They are taken away: the lead is as a form shows it.</summary>
    Replace,
}

/// <summary>What became of a lead that was saved.</summary>
public enum LeadOutcome
{
    Added,
    Updated,

    /// <summary>It was in the list as it is.</summary>
    Unchanged,

    /// <summary>Its keys belong to different leads: which is meant is not guessed.</summary>
    Refused,
}

/// <summary>What became of a lead that was saved.</summary>
/// <param name="Id">The id it has in the list; null where it was refused.</param>
public sealed record LeadSaved(string? Id, LeadOutcome Outcome)
{
    /// <summary>Why it was refused.</summary>
    public LeadProblem? Problem { get; init; }
}

/// <summary>A lead as the list holds it.</summary>
/// <param name="Position">Its place in the list: later leads have greater ones. Never given twice.</param>
/// <param name="Lead">Checked, with its id.</param>
/// <param name="Digest">Of its evidence, as <see cref="EvidenceNote.DigestOf"/> reckons it.</param>
/// <param name="EvidenceAt">When the evidence last became another.</param>
/// <param name="SavedAt">When anything about it last changed.</param>
public sealed record ListedLead(long Position, Lead Lead, string Digest, DateTimeOffset EvidenceAt, DateTimeOffset SavedAt)
{
    public string Id => Lead.Id!;

    /// <summary>Who it was when the evidence became what it is, as <see cref="Lead.Who"/> tells it; null where that has not changed since.</summary>
    public Lead? Was { get; init; }

    /// <summary>The lead as its note tells it, which stays what it was: a new name is no new evidence.</summary>
    public Lead Told => Was is null ? Lead : Lead.As(Was);
}

/// <summary>That a lead was saved or deleted. The list keeps the last change of each lead.</summary>
/// <param name="Lead">As it is now; null where it was deleted.</param>
public sealed record LeadChange(long Sequence, string Id, ListedLead? Lead);

/// <summary>Which leads are listed; what is null is not asked for.</summary>
public sealed record LeadFilter
{
    public static LeadFilter None { get; } = new();

    /// <summary>A piece of any of their values, in whatever case of ASCII letters.</summary>
    public string? Text { get; init; }

    /// <summary>A score of at least this; leads that nobody has scored are then left out.</summary>
    public int? LeastScore { get; init; }

    /// <summary>A score of at most this; leads that nobody has scored are then left out.</summary>
    public int? MostScore { get; init; }

    /// <summary>Whether anybody has tried to reach them.</summary>
    public bool? HasTouchpoints { get; init; }
}

/// <summary>The team's own list of leads.</summary>
/// <remarks>Several processes may use one list. Whatever saves hands over leads that <see cref="LeadCheck"/> has passed.</remarks>
public interface ILeadList
{
    /// <summary>Adds leads or updates those that are meant, all in one transaction; an answer for each, in order.</summary>
    /// <remarks>Meant is the lead with the same id, else the one with the same e-mail address or LinkedIn profile; it keeps its id.</remarks>
    Task<IReadOnlyList<LeadSaved>> SaveAsync(IReadOnlyList<Lead> leads, LeadSaving how, CancellationToken cancellationToken);

    Task<ListedLead?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>By position, after a position.</summary>
    Task<IReadOnlyList<ListedLead>> ListAsync(LeadFilter filter, long after, int take, CancellationToken cancellationToken);

    Task<long> CountAsync(LeadFilter filter, CancellationToken cancellationToken);

    /// <summary>The last change of each lead, by sequence, after a sequence; 0 asks from the beginning.</summary>
    Task<IReadOnlyList<LeadChange>> ChangesAsync(long after, int take, CancellationToken cancellationToken);

    /// <summary>Forgets all about a lead but its id, which stays as a change; false when there is no such lead.</summary>
    Task<bool> DeleteAsync(string id, CancellationToken cancellationToken);
}
