using Syncline.Leads;

namespace Syncline.Connectors.Tests.Leads;

/// <summary>A list of leads in memory, with the engine's own decision what saving comes to.</summary>
internal sealed class MemoryLeads : ILeadList
{
    private readonly List<LeadChange> _changes = [];
    private long _next = 1;

    public DateTimeOffset Now { get; set; } = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    public IEnumerable<ListedLead> All => _changes.Select(c => c.Lead).OfType<ListedLead>();

    public Task<IReadOnlyList<LeadSaved>> SaveAsync(IReadOnlyList<Lead> leads, LeadSaving how, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<LeadSaved>>([.. leads.Select(l => Save(l, how))]);

    public Task<ListedLead?> FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult(All.FirstOrDefault(l => l.Id == id));

    public Task<IReadOnlyList<ListedLead>> ListAsync(LeadFilter filter, long after, int take, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ListedLead>>([.. All.Where(l => l.Position > after).OrderBy(l => l.Position).Take(take)]);

    public Task<long> CountAsync(LeadFilter filter, CancellationToken cancellationToken) => Task.FromResult((long)All.Count());

    public Task<IReadOnlyList<LeadChange>> ChangesAsync(long after, int take, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<LeadChange>>([.. _changes.Where(c => c.Sequence > after).Take(take)]);

    public Task<bool> DeleteAsync(string id, CancellationToken cancellationToken)
    {
        if (All.All(l => l.Id != id)) return Task.FromResult(false);
        Put(id, null);
        return Task.FromResult(true);
    }

    private LeadSaved Save(Lead lead, LeadSaving how)
    {
        LeadSavingVerdict verdict = new LeadSavingDecision(
            All.FirstOrDefault(l => l.Id == lead.Id), All.FirstOrDefault(l => lead.Email is not null && l.Lead.Email == lead.Email), All.FirstOrDefault(l => lead.LinkedIn is not null && l.Lead.LinkedIn == lead.LinkedIn)).Of(lead, how, Now);
        if (verdict.Kept is not { } kept) return new(verdict.Known?.Id, verdict.Outcome) { Problem = verdict.Problem };
        string id = kept.Id ?? $"lead-{_next}";
        Put(id, new(verdict.Known?.Position ?? _next, kept with { Id = id }, verdict.Digest, verdict.EvidenceAt, Now) { Was = verdict.Was });
        return new(id, verdict.Outcome);
    }

    private void Put(string id, ListedLead? lead)
    {
        _changes.RemoveAll(c => c.Id == id);
        _changes.Add(new(_next++, id, lead));
    }
}
