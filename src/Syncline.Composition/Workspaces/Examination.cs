using Syncline.Composition.Configuration;
using Syncline.Connectors;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Composition.Workspaces;

/// <summary>Looks at connections' set-up at their providers: what is there, what is missing, what follows from it.</summary>
internal sealed class Examination(Workspace workspace)
{
    /// <summary>In the order of the configuration.</summary>
    public async Task<IReadOnlyList<(string Connection, Finding Finding)>> OfAllAsync(CancellationToken cancellationToken)
    {
        List<(string, Finding)> found = [];
        foreach (ConnectionConfiguration configured in workspace.Configuration.Connections) found.AddRange((await OfAsync(configured.Name, cancellationToken)).Select(f => (configured.Name, f)));
        return found;
    }

    public async Task<IReadOnlyList<Finding>> OfAsync(string name, CancellationToken cancellationToken)
    {
        Connection connection = workspace.Open(name);
        Finding credential = await connection.Doctor.TestAsync(cancellationToken);
        IReadOnlyList<Finding> setUp = credential.Severity == Severity.Error ? [] : await connection.Doctor.ExamineAsync(MapsOf(connection), cancellationToken);
        // Who knows what the credential is to be used for judges it better.
        return setUp.All(f => f.Subject != credential.Subject) ? [credential, .. setUp] : setUp;
    }

    /// <summary>The maps that some sync needs: a kind that no sync writes need have no place at the destination.</summary>
    private IReadOnlyList<FieldMap> MapsOf(Connection connection)
    {
        SyncConfiguration[] writing = [.. workspace.Configuration.Syncs.Where(s => s.To.Contains(connection.Name))];
        // What is only read needs no place for what would be written.
        if (writing.Length == 0) return [.. connection.Maps.Select(m => m with { Rules = [.. m.Rules.Where(r => r.Direction != MapDirection.Out).Select(r => r with { Direction = MapDirection.In })] })];
        bool isWanted(RecordKind kind) => writing.Any(s => s.Kinds.Count == 0 ? kind != RecordKind.Note || s.WithNotes : s.Kinds.Contains(kind));
        return [.. connection.Maps.Where(m => isWanted(m.Kind))];
    }
}
