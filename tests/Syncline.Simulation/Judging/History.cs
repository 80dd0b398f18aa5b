using Syncline.Sandbox.Quo;

namespace Syncline.Simulation.Judging;

/// <summary>What people and leads did while the engine ran: what the judges need to tell their doing from ours.</summary>
internal sealed class History
{
    public List<(string Record, string Slug, string Value)> Edits { get; } = [];

    public HashSet<string> MadeByPeople { get; } = new(StringComparer.Ordinal);

    public HashSet<string> DeletedLeads { get; } = new(StringComparer.Ordinal);

    /// <summary>Leads of whom LinkedIn says another post than it did, by id or by the name in their address.</summary>
    public HashSet<string> ContestedLeads { get; } = new(StringComparer.Ordinal);

    /// <summary>Threads of which something changed without a sign in the listing.</summary>
    public HashSet<string> SeenByFullRunsOnly { get; } = new(StringComparer.Ordinal);

    public int DeletedMessages { get; set; }

    /// <summary>The last run ended badly: what it sent may have had effects that it does not know of.</summary>
    public bool IsInDoubt { get; set; }

    /// <summary>When a process died: what it had been told died with it.</summary>
    public List<DateTimeOffset> Deaths { get; } = [];

    /// <summary>How many requests the providers have had: the time that orders what happened there and here.</summary>
    public Func<long> Moment { get; set; } = () => 0;

    /// <summary>The moments at which a process began.</summary>
    public List<long> Starts { get; } = [];

    public ContactHistory Contacts { get; } = new();

    public PortalHistory Portal { get; } = new();

    public List<string> Log { get; } = [];
}

/// <summary>A record that left Attio.</summary>
/// <param name="At">The moment.</param>
/// <param name="Held">The numbers and addresses it had to the last.</param>
/// <param name="Into">What it became part of; null when it was deleted.</param>
internal sealed record Departure(long At, IReadOnlyList<string> Held, string? Into);

/// <summary>A call for the removal of a contact.</summary>
/// <param name="Contact">As it was just before.</param>
/// <param name="Known">How many contacts Quo had when the run began.</param>
internal sealed record Removal(long At, QuoContactView Contact, int Known);

/// <summary>What was done to people in Attio and to contacts in Quo by those who work there.</summary>
internal sealed class ContactHistory
{
    /// <summary>Of each record that a merge in Attio left: the records that went into it, also those of earlier merges.</summary>
    public Dictionary<string, string[]> MergedFrom { get; } = new(StringComparer.Ordinal);

    /// <summary>People that were deleted in Attio.</summary>
    public Dictionary<string, Departure> DeletedPeople { get; } = new(StringComparer.Ordinal);

    /// <summary>People that became part of another record in Attio.</summary>
    public Dictionary<string, Departure> MergedPeople { get; } = new(StringComparer.Ordinal);

    /// <summary>People whose deletion or merge Attio had announced to a run, and when that run began.</summary>
    public Dictionary<string, long> Announced { get; } = new(StringComparer.Ordinal);

    /// <summary>How many contacts Quo had when the last process began.</summary>
    public int KnownAtStart { get; set; }

    /// <summary>Every removal that Quo was asked for.</summary>
    public List<Removal> Removals { get; } = [];

    /// <summary>Contacts that the app made.</summary>
    public HashSet<string> MadeInQuo { get; } = new(StringComparer.Ordinal);

    /// <summary>External ids of contacts that were deleted in the app.</summary>
    public HashSet<string> DeletedInQuo { get; } = new(StringComparer.Ordinal);

    /// <summary>Phones and e-mail addresses that a Quo user put on a contact, and those taken away.</summary>
    public HashSet<(string Contact, string Value)> AddedInQuo { get; } = [];

    public HashSet<(string Contact, string Value)> RemovedInQuo { get; } = [];

    /// <summary>Whether a Quo user ever changed a contact.</summary>
    public bool IsTouched(string contact) => AddedInQuo.Any(a => a.Contact == contact) || RemovedInQuo.Any(r => r.Contact == contact) || EditedInQuo.Keys.Any(e => e.Contact == contact);

    /// <summary>The last value that a Quo user gave a contact's field.</summary>
    public Dictionary<(string Contact, string Field), string?> EditedInQuo { get; } = [];

    /// <summary>Every value that a field was given by hand on either side, oldest first, by the Attio record or the contact.</summary>
    public List<(string Record, string Field, string? Value)> Given { get; } = [];

    /// <summary>True once Quo was made to refuse calls for their rate below its limit.</summary>
    public bool WasThrottled { get; set; }
}
