using System.Globalization;
using System.Runtime.CompilerServices;
using Syncline.Extraction;
using Syncline.Leads;
using Syncline.Records;

namespace Syncline.Connectors.Leads;

/// <summary>The team's list of leads, by the sequence of its changes, which is the cursor. A lead that changes while it is read comes again at the end.</summary>
/// <param name="list">Asked for at the first reading: a connection is opened without a database.</param>
public sealed class LeadSource(string connection, Func<ILeadList> list) : IPointSource
{
    // As many companies as one reading remembers having handed on.
    private const int RememberedCompanies = 20_000;

    /// <summary>Leads in one page.</summary>
    public int PageSize { get; init; } = 200;

    // Deletions are told one by one, so absence need not be looked for.
    public StreamDescriptor Stream { get; } = new(new(connection, LeadMaps.People), [RecordKind.Person, RecordKind.Company, RecordKind.Note]);

    public async IAsyncEnumerable<Page> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long start = request.After is { } cursor && !request.IsFull ? long.Parse(cursor.Text, NumberStyles.None, CultureInfo.InvariantCulture) : 0;
        long reached = start;
        int left = request.MaxRecords ?? int.MaxValue;
        bool isDone = false;
        Dictionary<RecordKey, RemoteRecord> companies = [];
        for (int pages = 0; !isDone && left > 0 && pages < (request.MaxPages ?? int.MaxValue); pages++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int most = Math.Min(PageSize, left);
            // One more than is handed on tells whether it is the last page.
            IReadOnlyList<LeadChange> changes = await list().ChangesAsync(reached, most + 1, cancellationToken);
            LeadChange[] taken = [.. changes.Take(most)];
            isDone = changes.Count <= most;
            left -= taken.Length;
            if (companies.Count > RememberedCompanies) companies.Clear();
            Page page = PageOf(taken, reached, companies) with { StartsSweep = reached == 0, CompletesSweep = isDone };
            reached = taken is [.., var last] ? last.Sequence : reached;
            yield return page;
        }
    }

    /// <summary>Each lead that is there with its company and its evidence.</summary>
    public async Task<IReadOnlyList<RemoteRecord>> FetchAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        List<RemoteRecord> records = [];
        Dictionary<RecordKey, RemoteRecord> companies = [];
        foreach (string id in ids.Distinct(StringComparer.Ordinal))
        {
            if (await list().FindAsync(id, cancellationToken) is { } lead) records.AddRange(LeadRecords.Of(connection, lead).Where(r => IsNews(r, companies)));
        }
        return records;
    }

    private Page PageOf(LeadChange[] changes, long before, Dictionary<RecordKey, RemoteRecord> companies)
    {
        long reached = changes is [.., var last] ? last.Sequence : before;
        List<RemoteRecord> records = [];
        foreach (LeadChange change in changes)
        {
            IEnumerable<RemoteRecord> shown = change.Lead is { } lead ? LeadRecords.Of(connection, lead) : [LeadRecords.Tombstone(connection, change.Id)];
            records.AddRange(shown.Where(r => IsNews(r, companies)));
        }
        return new(records, new(reached.ToString(CultureInfo.InvariantCulture))) { Covered = changes.Length };
    }

    /// <summary>A company that many leads name is handed on once, and again where one of them knows it otherwise.</summary>
    private static bool IsNews(RemoteRecord record, Dictionary<RecordKey, RemoteRecord> companies)
    {
        if (record.Kind != RecordKind.Company) return true;
        if (companies.TryGetValue(record.Key, out RemoteRecord? known) && known.Fields.Equals(record.Fields)) return false;
        companies[record.Key] = record;
        return true;
    }
}
