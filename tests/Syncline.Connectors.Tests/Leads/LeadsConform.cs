using System.Globalization;
using Syncline.Conformance.Sources;
using Syncline.Connectors.Leads;
using Syncline.Extraction;
using Syncline.Leads;
using Syncline.Records;

namespace Syncline.Connectors.Tests.Leads;

public sealed class LeadsConform : SourceConformance
{
    protected override Task<SourceWorld> NewWorldAsync() => Task.FromResult<SourceWorld>(new World());

    private sealed class World : SourceWorld
    {
        private readonly MemoryLeads _list = new();
        private int _count;

        public override ISource Open(int pageSize) => new LeadSource("leads", () => _list) { PageSize = pageSize };

        public override async Task<RecordKey> AddRecordAsync(CancellationToken cancellationToken)
        {
            string name = (++_count).ToString(CultureInfo.InvariantCulture);
            // Every second one is of one and the same company.
            string company = _count % 2 == 0 ? "Acme" : $"Firm {name}";
            LeadSaved saved = (await _list.SaveAsync([new() { FirstName = name, Email = $"p{name}@example.com", CompanyName = company }], LeadSaving.Merge, cancellationToken))[0];
            return new("leads", "leads", saved.Id!);
        }

        public override async Task<RecordKey> ChangeRecordAsync(RecordKey added, CancellationToken cancellationToken)
        {
            ListedLead known = (await _list.FindAsync(added.Id, cancellationToken))!;
            await _list.SaveAsync([known.Lead with { Title = $"{known.Lead.Title}x" }], LeadSaving.Merge, cancellationToken);
            return added;
        }

        public override void Pass(TimeSpan time) => _list.Now += time;
    }
}
