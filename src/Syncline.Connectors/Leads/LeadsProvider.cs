using Syncline.Leads;
using Syncline.Limits;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.Leads;

/// <summary>The team's own list of leads, which lies beside the hub, as a connection that is read.</summary>
public sealed class LeadsProvider : IProvider
{
    public string Name => "leads";

    public IReadOnlyList<SettingDefinition> Settings => [];

    public Connection Open(ConnectionSettings settings, ConnectorParts parts) =>
        new(settings.Name, Name, LeadMaps.All, CallPermits.Unlimited()) { Sources = [new LeadSource(settings.Name, () => parts.Leads() ?? throw NoList())], Doctor = new Reader() };

    private ProviderException NoList() => new("There is no list of leads here.") { Operation = $"{Name}.leads.list", Recovery = Recovery.StopRun, Hint = "The list lies in the hub's database, and there is none yet: save a lead first, or say with --data where the database is." };

    private sealed class Reader : IDoctor
    {
        private static readonly Finding Good = new(Severity.Good, "list", "The list of leads lies beside the hub; it needs no key.");

        public Task<Finding> TestAsync(CancellationToken cancellationToken) => Task.FromResult(Good);

        public Task<IReadOnlyList<Finding>> ExamineAsync(IReadOnlyList<FieldMap> maps, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Finding>>([Good]);
    }
}
