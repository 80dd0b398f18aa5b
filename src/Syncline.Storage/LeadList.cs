using Syncline.Leads;
using Syncline.Storage.Tables;

namespace Syncline.Storage;

/// <summary>The team's leads in a database.</summary>
internal sealed class LeadList(SqliteDatabase database) : ILeadList
{
    public async Task<IReadOnlyList<LeadSaved>> SaveAsync(IReadOnlyList<Lead> leads, LeadSaving how, CancellationToken cancellationToken)
    {
        List<LeadSaved> saved = [];
        await using WriteTransaction transaction = await database.BeginAsync(cancellationToken);
        foreach (Lead lead in leads) saved.Add(await SaveAsync(transaction.On, lead, how, cancellationToken));
        transaction.Commit();
        return saved;
    }

    public Task<ListedLead?> FindAsync(string id, CancellationToken cancellationToken) => database.ReadAsync(on => LeadTable.FindAsync(on, id, cancellationToken));

    public async Task<IReadOnlyList<ListedLead>> ListAsync(LeadFilter filter, long after, int take, CancellationToken cancellationToken) =>
        await database.ReadAsync(on => LeadTable.ListAsync(on, filter, after, take, cancellationToken));

    public Task<long> CountAsync(LeadFilter filter, CancellationToken cancellationToken) => database.ReadAsync(on => LeadTable.CountAsync(on, filter, cancellationToken));

    public async Task<IReadOnlyList<LeadChange>> ChangesAsync(long after, int take, CancellationToken cancellationToken) =>
        await database.ReadAsync(on => LeadTable.ChangesAsync(on, after, take, cancellationToken));

    public Task<bool> DeleteAsync(string id, CancellationToken cancellationToken) =>
        database.WriteAsync(on => LeadTable.DeleteAsync(on, id, database.Clock.GetUtcNow(), cancellationToken), cancellationToken);

    private async Task<LeadSaved> SaveAsync(Statements on, Lead lead, LeadSaving how, CancellationToken cancellationToken)
    {
        LeadSavingDecision decision = new(
            lead.Id is { } id ? await LeadTable.FindAsync(on, id, cancellationToken) : null,
            await LeadTable.FindByEmailAsync(on, lead.Email, cancellationToken),
            await LeadTable.FindByLinkedInAsync(on, lead.LinkedIn, cancellationToken));
        DateTimeOffset now = database.Clock.GetUtcNow();
        LeadSavingVerdict verdict = decision.Of(lead, how, now);
        if (verdict.Kept is not { } kept) return new(verdict.Known?.Id, verdict.Outcome) { Problem = verdict.Problem };
        return new(await LeadTable.SaveAsync(on, kept, verdict.Was, verdict.Digest, verdict.EvidenceAt, now, cancellationToken), verdict.Outcome);
    }
}
