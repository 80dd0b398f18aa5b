using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;
using Syncline.Composition.Configuration;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;
using Syncline.Syncs;

namespace Syncline.Cli.Commands;

/// <summary><c>syncline audit</c>.</summary>
internal static class AuditCommand
{
    private const int ShownIds = 20;

    public static Command Create(CommandHost host)
    {
        Argument<string?> sync = host.SyncArgument();
        ExampledCommand command = new(
            "audit", "Prove that the hub holds all that a sync's sources hold: read them whole, count by two ways, look every record up. Writes nothing.",
            "syncline audit leads-to-hubspot",
            "syncline audit leads-to-hubspot --json") { sync };
        host.On(command, async (session, cancellationToken) =>
        {
            Workspace workspace = session.Workspace;
            SyncConfiguration chosen = workspace.FindSync(session.Parsed.GetValue(sync));
            List<StreamAudit> audits = [];
            await foreach (StreamAudit audit in new SyncAudit(workspace).CertifyAsync(chosen, cancellationToken))
            {
                audits.Add(audit);
                session.Terminal.Say($"{audit.Stream}: {Tables.Number(audit.Listed)} listed.");
            }
            if (session.IsJson) session.Terminal.Json(Json(chosen.Name, session, audits));
            else Show(session, chosen.Name, audits);
            return audits.All(a => a.IsComplete) ? ExitCode.Done : ExitCode.DoneWithDeadLetters;
        });
        return command;
    }

    private static void Show(Session session, string sync, List<StreamAudit> audits)
    {
        bool isComplete = audits.All(a => a.IsComplete);
        session.Terminal.Out.WriteLine($"Completeness of {sync}, {Tables.Time(session.Clock.GetUtcNow())}: {(isComplete ? "COMPLETE" : "NOT COMPLETE")}.");
        Table table = Tables.Of("Stream", "By listing", "By count", "In the hub", "Set aside", "Missing");
        foreach (StreamAudit audit in audits) table.Row(audit.Stream.ToString(), Tables.Number(audit.Listed), audit.Counted is { } counted ? Tables.Number(counted) : "-", Tables.Number(audit.Mapped), Tables.Number(audit.SetAside), Missing(audit));
        session.Terminal.Show(table);
        if (audits.Any(a => a.Missing.Count > 0)) session.Terminal.Say($"A run brings in what is missing: 'syncline run \"{sync}\" --full', or '--record' for a single one. What was set aside is in 'syncline failures'.");
        if (audits.Any(a => a.Missing.Count == 0 && !a.IsComplete)) session.Terminal.Say("Where listing and count differ and nothing is missing, the provider's count lags: ask again in some minutes.");
    }

    private static string Missing(StreamAudit audit) => audit.Missing.Count == 0 ? "0" : $"{Tables.Number(audit.Missing.Count)}: {string.Join(", ", audit.Missing.Take(ShownIds))}{(audit.Missing.Count > ShownIds ? ", …" : "")}";

    private static JsonObject Json(string sync, Session session, List<StreamAudit> audits) => new()
    {
        ["sync"] = sync,
        ["at"] = session.Clock.GetUtcNow().UtcDateTime,
        ["isComplete"] = audits.All(a => a.IsComplete),
        ["streams"] = new JsonArray([.. audits.Select(Json)]),
    };

    private static JsonObject Json(StreamAudit audit) => new()
    {
        ["stream"] = audit.Stream.ToString(),
        ["listed"] = audit.Listed,
        ["counted"] = audit.Counted,
        ["mapped"] = audit.Mapped,
        ["setAside"] = audit.SetAside,
        ["missing"] = new JsonArray([.. audit.Missing.Select(id => JsonValue.Create(id))]),
    };
}
