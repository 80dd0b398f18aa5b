using Syncline.Composition.Logging;
using Syncline.Composition.Telling;
using Syncline.Mapping;
using Syncline.Merging;
using Syncline.Records;
using Syncline.Syncs;

namespace Syncline.Composition.Workspaces;

/// <summary>Whose value a decided conflict leaves.</summary>
internal enum Side
{
    Ours,
    Theirs,

    /// <summary>Neither's: a value that was typed in.</summary>
    Own,
}

/// <summary>Carries out what a person decides about values, each decision as a run of its own.</summary>
internal sealed class ValueDecisions(Workspace workspace, AuditTrail audit)
{
    /// <summary>Who decides, kept in the run's detail; null for whoever has the shell.</summary>
    public string? By { get; init; }

    /// <summary>No source changes the field any more, and every destination gets the value.</summary>
    /// <param name="text">As a person types it; null pins the field to be empty.</param>
    /// <exception cref="UsageException">It is no value of the field.</exception>
    public Task<(RunRow Run, GoldenRecord Golden)> PinAsync(GoldenRecord golden, string field, string? text, CancellationToken cancellationToken)
    {
        FieldValue? wanted = text is null ? null : TypedValue.Read(golden.Kind, field, text);
        return CarryOutAsync("override", field, (decisions, runId) => decisions.DecideAsync(golden.Id, field, wanted, null, isPinned: true, runId, cancellationToken), cancellationToken);
    }

    /// <summary>Lets sources change a pinned field again.</summary>
    /// <exception cref="UsageException">It is not pinned.</exception>
    public Task<(RunRow Run, GoldenRecord Golden)> ReleaseAsync(GoldenRecord golden, string field, CancellationToken cancellationToken)
    {
        if (!Decision.IsDecision(golden.Origins.GetValueOrDefault(field))) throw new UsageException($"{field} of {golden.Reference.Text} is not pinned.", "");
        return CarryOutAsync("override", field, (decisions, runId) => decisions.ReleaseAsync(golden.Id, field, runId, cancellationToken), cancellationToken);
    }

    /// <param name="text">The value of <see cref="Side.Own"/>; nothing else needs one.</param>
    /// <exception cref="UsageException">The text is no value of the field.</exception>
    public Task<(RunRow Run, GoldenRecord Golden)> SettleAsync(GoldenRecord golden, Conflict conflict, Side side, string? text, bool isPinned, CancellationToken cancellationToken)
    {
        (FieldValue? decided, FieldValue? against) = side switch
        {
            Side.Ours => (golden.Fields[conflict.Field], conflict.Theirs),
            Side.Theirs => (conflict.Theirs, golden.Fields[conflict.Field]),
            _ => (TypedValue.Read(golden.Kind, conflict.Field, text ?? ""), conflict.Theirs),
        };
        return CarryOutAsync("resolve", conflict.Field, (decisions, runId) => decisions.DecideAsync(golden.Id, conflict.Field, decided, against, isPinned, runId, cancellationToken), cancellationToken);
    }

    private Task<(RunRow Run, GoldenRecord Golden)> CarryOutAsync(string kind, string field, Func<FieldDecisions, long, Task<GoldenRecord>> decide, CancellationToken cancellationToken)
    {
        MapSet maps = new();
        foreach (string connection in workspace.ConfigurationOrNone.Connections.Select(c => c.Name)) maps.Add(connection, workspace.MapsOf(connection));
        return new Deciding(workspace, audit) { By = By }.RunAsync(Deciding.Values, kind, async runId =>
        {
            GoldenRecord now = await decide(new(workspace.Hub, maps, workspace.Clock), runId);
            return (now, $"{field} of {now.Reference.Text}.");
        }, cancellationToken);
    }
}
