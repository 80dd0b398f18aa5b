using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;
using Syncline.Composition.Configuration;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;
using Syncline.Records;
using Syncline.Syncs;

namespace Syncline.Cli.Commands;

/// <summary><c>syncline status</c>.</summary>
internal static class StatusCommand
{
    // Among so many, one is no audit; where audits come oftener than that, the last run of the sync itself is shown.
    private const int LookedBack = 50;

    public static Command Create(CommandHost host)
    {
        ExampledCommand command = new(
            "status", "Where things stand: each sync's last run, open failures, what the hub holds.",
            "syncline status",
            "syncline status --json");
        host.On(command, async (session, cancellationToken) =>
        {
            Workspace workspace = session.Workspace;
            List<(SyncConfiguration Sync, RunRow? Last, long Failures)> syncs = [];
            foreach (SyncConfiguration sync in workspace.ConfigurationOrNone.Syncs) syncs.Add(await StandingAsync(workspace, sync, cancellationToken));
            IReadOnlyDictionary<RecordKind, long> held = workspace.HasDatabase ? await workspace.Looking.Hub.CountAsync(cancellationToken) : new Dictionary<RecordKind, long>();
            if (session.IsJson) session.Terminal.Json(Json(syncs, held));
            else Show(session.Terminal, syncs, held);
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<(SyncConfiguration, RunRow?, long)> StandingAsync(Workspace workspace, SyncConfiguration sync, CancellationToken cancellationToken)
    {
        if (!workspace.HasDatabase) return (sync, null, 0);
        IRunLog runs = workspace.Looking.Runs;
        RunRow? last = (await runs.LatestAsync(sync.Name, LookedBack, cancellationToken)).FirstOrDefault(r => r.Kind != RunRow.Audit) ?? (await runs.ListAsync(new(sync.Name, "sync"), 1, cancellationToken)).SingleOrDefault();
        return (sync, last, await workspace.Looking.Journal.CountDeadLettersAsync(sync.Name, cancellationToken));
    }

    private static JsonObject Json(IReadOnlyList<(SyncConfiguration Sync, RunRow? Last, long Failures)> syncs, IReadOnlyDictionary<RecordKind, long> held)
    {
        JsonObject hub = [];
        foreach ((RecordKind kind, long count) in held.OrderBy(h => h.Key)) hub[kind.Name] = count;
        return new()
        {
            ["syncs"] = new JsonArray([.. syncs.Select(s => new JsonObject { ["sync"] = s.Sync.Name, ["deadLetters"] = s.Failures, ["lastRun"] = s.Last is null ? null : RunJson.Listed(s.Last) })]),
            ["hub"] = hub,
        };
    }

    private static void Show(Terminal terminal, IReadOnlyList<(SyncConfiguration Sync, RunRow? Last, long Failures)> syncs, IReadOnlyDictionary<RecordKind, long> held)
    {
        Table table = Tables.Of("Sync", "Last run", "State", "Began", "Did", "Open failures");
        foreach ((SyncConfiguration sync, RunRow? last, long failures) in syncs)
        {
            table.Row(sync.Name, last?.Id.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "never", last is null ? "" : Tables.Standing(last), Tables.Time(last?.StartedAt), last is null ? "" : Tables.Summary(last.Tally), Tables.Number(failures));
        }
        terminal.Show(table);
        terminal.Out.WriteLine(held.Count == 0 ? "The hub is empty." : $"The hub holds {string.Join(", ", held.OrderBy(h => h.Key).Select(h => $"{Tables.Number(h.Value)} × {h.Key.Name}"))}.");
    }
}
