using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;
using Syncline.Connectors;
using Syncline.Limits;
using Syncline.Records;

namespace Syncline.Cli.Commands;

/// <summary><c>syncline doctor</c>.</summary>
internal static class DoctorCommand
{
    public static Command Create(CommandHost host)
    {
        Option<bool> fix = new("--fix") { Description = "Create what is missing, after showing it." };
        Option<bool> yes = CommandHost.YesOption();
        ExampledCommand command = new(
            "doctor", "Look at every connection's set-up: what is there, what is missing, what follows from it.",
            "syncline doctor",
            "syncline doctor --fix",
            "syncline doctor --fix --yes --json") { fix, yes };
        host.On(command, async (session, cancellationToken) =>
        {
            session.Warn();
            if (!session.Workspace.HasDatabase) session.Workspace.PaceWith(new LocalRateLedger());
            Examination examination = new(session.Workspace);
            IReadOnlyList<(string Connection, Finding Finding)> found = await examination.OfAllAsync(cancellationToken);
            if (session.Parsed.GetValue(fix) && found.Any(f => f.Finding.FixAsync is not null))
            {
                if (!session.IsJson) Show(session, found);
                if (!await FixAsync(session, found, session.Parsed.GetValue(yes), cancellationToken)) return ExitCode.Failed;
                found = await examination.OfAllAsync(cancellationToken);
            }
            Show(session, found);
            return found.Any(f => f.Finding.Severity == Severity.Error) ? ExitCode.Failed : ExitCode.Done;
        });
        return command;
    }

    /// <summary>False when the user said no.</summary>
    private static async Task<bool> FixAsync(Session session, IReadOnlyList<(string Connection, Finding Finding)> found, bool isGranted, CancellationToken cancellationToken)
    {
        (string Connection, Finding Finding)[] fixable = [.. found.Where(f => f.Finding.FixAsync is not null)];
        session.Terminal.Say("To be done:");
        foreach ((string connection, Finding finding) in fixable) session.Terminal.Say($"  {connection}: {finding.FixDescription ?? finding.Subject}");
        if (!session.Confirm($"Do these {fixable.Length}?", isGranted)) return false;
        foreach ((string connection, Finding finding) in fixable)
        {
            try
            {
                await finding.FixAsync!(cancellationToken);
                session.Terminal.Say($"Done: {connection}: {finding.FixDescription ?? finding.Subject}");
            }
            catch (ProviderException refused)
            {
                // One thing that cannot be made must not keep the others from being made; the second look lists it.
                session.Terminal.Say($"Not done: {connection}: {finding.Subject}: {refused.Message} {refused.Hint}".TrimEnd());
            }
        }
        return true;
    }

    private static void Show(Session session, IReadOnlyList<(string Connection, Finding Finding)> found)
    {
        if (session.IsJson)
        {
            session.Terminal.Json(new JsonArray([.. found.Select(f => Findings.Json(f.Connection, f.Finding))]));
            return;
        }
        Table table = Tables.Of("Connection", "", "Subject", "Finding", "What to do");
        foreach ((string connection, Finding finding) in found) table.Row(connection, Findings.Word(finding.Severity), finding.Subject, finding.Message, finding.Remedy ?? (finding.FixAsync is null ? "" : "doctor --fix"));
        session.Terminal.Show(table);
        int errors = found.Count(f => f.Finding.Severity == Severity.Error);
        session.Terminal.Out.WriteLine(errors == 0 ? "Nothing stands in the way of a run." : $"{errors} of these would stop a run.");
    }
}
