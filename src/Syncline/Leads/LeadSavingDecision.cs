namespace Syncline.Leads;

/// <summary>What saving a lead comes to.</summary>
/// <param name="Known">The lead of the list that is meant; null for a new one and for one that is refused.</param>
/// <param name="Kept">As it is to be kept from now on; null where there is nothing to do. A new one's id may be null still.</param>
public sealed record LeadSavingVerdict(LeadOutcome Outcome, ListedLead? Known, Lead? Kept)
{
    public string Digest { get; init; } = "";

    public DateTimeOffset EvidenceAt { get; init; }

    /// <summary>As <see cref="ListedLead.Was"/>.</summary>
    public Lead? Was { get; init; }

    public LeadProblem? Problem { get; init; }
}

/// <summary>Which lead of the list a saved one is, and what it becomes. Pure: the list looks up and keeps.</summary>
/// <param name="ById">The lead with that id.</param>
/// <param name="ByEmail">The lead with that e-mail address.</param>
/// <param name="ByLinkedIn">The lead with that profile.</param>
public sealed record LeadSavingDecision(ListedLead? ById, ListedLead? ByEmail, ListedLead? ByLinkedIn)
{
    public LeadSavingVerdict Of(Lead saved, LeadSaving how, DateTimeOffset now)
    {
        ListedLead? known = ById ?? ByEmail ?? ByLinkedIn;
        if ((Stranger("email", ByEmail, known) ?? Stranger("linkedin", ByLinkedIn, known)) is { } problem) return new(LeadOutcome.Refused, null, null) { Problem = problem };
        if (known is null) return new(LeadOutcome.Added, null, saved) { Digest = EvidenceNote.DigestOf(saved), EvidenceAt = now };
        return Updated(known, how == LeadSaving.Merge ? saved.Over(known.Lead) : saved with { Id = known.Id }, now);
    }

    private static LeadSavingVerdict Updated(ListedLead known, Lead kept, DateTimeOffset now)
    {
        if (kept.SaysTheSameAs(known.Lead)) return new(LeadOutcome.Unchanged, known, null);
        // Both reckoned now: a digest of an earlier version may have been reckoned otherwise.
        string digest = EvidenceNote.DigestOf(kept);
        bool isSame = digest == EvidenceNote.DigestOf(known.Lead);
        return new(LeadOutcome.Updated, known, kept) { Digest = isSame ? known.Digest : digest, EvidenceAt = isSame ? known.EvidenceAt : now, Was = isSame ? WasOf(known, kept) : null };
    }

    private static Lead? WasOf(ListedLead known, Lead kept)
    {
        Lead told = known.Told.Who();
        return told.SaysTheSameAs(kept.Who()) ? null : told;
    }

    private static LeadProblem? Stranger(string place, ListedLead? owner, ListedLead? known) =>
        owner is null || owner.Id == known?.Id ? null : new(place, $"It belongs to lead {owner.Id}, but lead {known!.Id} is meant: correct one of them, or delete it.");
}
