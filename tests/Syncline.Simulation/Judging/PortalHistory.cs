namespace Syncline.Simulation.Judging;

/// <summary>What people did in HubSpot's own pages.</summary>
internal sealed class PortalHistory
{
    /// <summary>Contacts and companies that people made, those that merges left among them.</summary>
    public HashSet<string> Made { get; } = new(StringComparer.Ordinal);

    /// <summary>Every value that a contact's property was given by hand, oldest first.</summary>
    public List<(string Record, string Property, string Value)> Given { get; } = [];

    /// <summary>Of each record that a merge left: the records that went into it, those of earlier merges among them.</summary>
    public Dictionary<string, string[]> MergedFrom { get; } = new(StringComparer.Ordinal);

    /// <summary>Contacts whose companies were chosen by hand.</summary>
    public HashSet<string> Employed { get; } = new(StringComparer.Ordinal);

    /// <summary>Contacts that were ever archived by hand.</summary>
    public HashSet<string> EverArchived { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether HubSpot was made to refuse calls for their rate below its limit.</summary>
    public bool WasThrottled { get; set; }
}
