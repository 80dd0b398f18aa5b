namespace Syncline.Simulation.Judging;

/// <summary>What people and leads did while the engine ran: what the judge needs to tell their doing from ours.</summary>
internal sealed class History
{
    public List<(string Record, string Slug, string Value)> Edits { get; } = [];

    public HashSet<string> MadeByPeople { get; } = new(StringComparer.Ordinal);

    public HashSet<string> DeletedLeads { get; } = new(StringComparer.Ordinal);

    /// <summary>Threads of which something changed without a sign in the listing.</summary>
    public HashSet<string> SeenByFullRunsOnly { get; } = new(StringComparer.Ordinal);

    public int DeletedMessages { get; set; }

    public List<string> Log { get; } = [];
}
