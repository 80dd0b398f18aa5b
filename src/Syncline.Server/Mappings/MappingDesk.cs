using Syncline.Composition.Configuration;
using Syncline.Composition.Mappings;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;
using Syncline.Limits;
using Syncline.Mapping;
using Syncline.Records;
using Syncline.Server.Hosting;

namespace Syncline.Server.Mappings;

/// <summary>The maps of one connection.</summary>
internal sealed record ConnectionMaps(string Name, string Provider, IReadOnlyList<MapSheet> Sheets)
{
    public IReadOnlyList<RecordKind> Kinds => [.. Sheets.Select(s => s.Map.Kind).Distinct()];
}

/// <summary>All that is to be said about one field of one kind.</summary>
/// <param name="Shipped">The rules that come with the connection; none for a field of the user's own.</param>
/// <param name="Present">The rules a run uses.</param>
/// <param name="Own">What the configuration file says; null where it says nothing.</param>
internal sealed record FieldSheet(string Connection, RecordKind Kind, string Field, IReadOnlyList<FieldRule> Shipped, IReadOnlyList<FieldRule> Present, RuleText? Own);

/// <summary>Field maps, for people to look at, to try and to change.</summary>
internal sealed class MappingDesk(Premises premises)
{
    /// <exception cref="ConfigurationException">The configuration cannot be read.</exception>
    public IReadOnlyList<ConnectionMaps> List() => List(premises.Current.ConfigurationOrNone);

    /// <exception cref="UsageException">There is no such connection, or it holds no such kind.</exception>
    public FieldSheet Find(string connection, string kind, string field)
    {
        SynclineConfiguration configuration = premises.Current.ConfigurationOrNone;
        RecordKind of = KindOf(configuration, connection, kind);
        MapOverride? own = OwnRule(configuration, connection, kind, field);
        return new(connection, of, field, Rules(Shipped(configuration, connection)), Rules(MapOverlay.Apply(Shipped(configuration, connection), Overrides(configuration, connection))), own is null ? null : RuleText.Of(own));

        FieldRule[] Rules(IReadOnlyList<FieldMap> maps) => [.. maps.Where(m => m.Kind == of).SelectMany(m => m.Rules).Where(r => r.Canonical == field)];
    }

    /// <summary>What a rule would give on real records. Nothing is written.</summary>
    /// <param name="rule">Null is the shipped one.</param>
    /// <exception cref="UsageException">It cannot be such a rule; there is no such connection or kind.</exception>
    /// <exception cref="ConfigurationException">The configuration would not be right with it.</exception>
    /// <exception cref="ProviderException">The provider could not be asked.</exception>
    public async Task<IReadOnlyList<RulePreview>> PreviewAsync(string connection, string kind, string field, RuleText? rule, CancellationToken cancellationToken)
    {
        SynclineConfiguration configuration = premises.Current.ConfigurationOrNone;
        RecordKind of = KindOf(configuration, connection, kind);
        bool isAsItIs = rule is null && OwnRule(configuration, connection, kind, field) is null;
        SynclineConfiguration proposal = isAsItIs ? configuration : Draft(connection, kind, field, rule).Configuration;
        using Workspace present = premises.Open(Priority.Manual, configuration), proposed = premises.Open(Priority.Manual, proposal);
        return await RulePreview.OfAsync(present, proposed, connection, of, field, cancellationToken);
    }

    /// <summary>The next run goes by it.</summary>
    /// <param name="rule">Null goes back to the shipped one.</param>
    /// <exception cref="UsageException">It cannot be such a rule, there is none to take back, or the file has a form that is not changed here.</exception>
    /// <exception cref="ConfigurationException">The configuration would not be right with it. Nothing was changed.</exception>
    public async Task SaveAsync(string connection, string kind, string field, RuleText? rule, string who, CancellationToken cancellationToken)
    {
        await premises.Editing.WaitAsync(cancellationToken);
        try
        {
            KindOf(premises.Current.ConfigurationOrNone, connection, kind);
            Editor().Save(Draft(connection, kind, field, rule));
            premises.Reload();
        }
        finally
        {
            premises.Editing.Release();
        }
        await premises.Store.AuditLog.WriteAsync(who, rule is null ? "mapping.reset" : "mapping.changed", $"{connection}.{kind}.{field}", rule?.Checked().ToYaml(), CancellationToken.None);
    }

    private ConfigurationDraft Draft(string connection, string kind, string field, RuleText? rule) =>
        rule is null ? Editor().WithoutRule(connection, kind, field) : Editor().WithRule(connection, kind, field, rule);

    private ConfigurationEditor Editor() => premises.Current.ConfigurationFile is { } file
        ? new(premises.Surroundings.Providers, premises.Current.Variables, file)
        : throw new UsageException("There is no configuration file that a rule could be written to.", "'syncline init' writes one.");

    private List<ConnectionMaps> List(SynclineConfiguration configuration) =>
        [.. configuration.Connections.Select(c => new ConnectionMaps(c.Name, c.Provider, MapSheet.Of(Shipped(configuration, c.Name), Overrides(configuration, c.Name))))];

    private IReadOnlyList<FieldMap> Shipped(SynclineConfiguration configuration, string connection) =>
        ConnectionCheck.MapsOf(premises.Surroundings.Providers, premises.Current.Variables, configuration with { Maps = [] }, connection);

    private RecordKind KindOf(SynclineConfiguration configuration, string connection, string kind)
    {
        string[] names = [.. configuration.Connections.Select(c => c.Name)];
        if (!names.Contains(connection)) throw new UsageException($"There is no connection '{connection}'.", Suggestion.For(connection, names).Trim()) { IsNotFound = true };
        string[] kinds = [.. Shipped(configuration, connection).Select(m => m.Kind.Name).Distinct()];
        return kinds.Contains(kind) ? new(kind) : throw new UsageException($"'{connection}' holds no '{kind}'.", Suggestion.For(kind, kinds).Trim()) { IsNotFound = true };
    }

    private static MapOverride[] Overrides(SynclineConfiguration configuration, string connection) => [.. configuration.Maps.Where(m => m.Connection == connection)];

    private static MapOverride? OwnRule(SynclineConfiguration configuration, string connection, string kind, string field) =>
        configuration.Maps.LastOrDefault(m => m.At is not null && m.Connection == connection && m.Kind.Name == kind && m.Canonical == field);
}
