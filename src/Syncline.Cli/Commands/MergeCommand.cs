using System.CommandLine;
using Syncline.Cli.Output;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;
using Syncline.Merging;
using Syncline.Records;
using Syncline.Syncs;

namespace Syncline.Cli.Commands;

/// <summary><c>syncline merge</c>.</summary>
internal static class MergeCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string> kept = new("RECORD") { Description = "The record to keep: person/42, or an e-mail address, a LinkedIn address or slug, a domain." };
        Argument<string> other = new("OTHER") { Description = "The record that is the same one and becomes part of it." };
        Option<bool> yes = new("--yes") { Description = "Do not ask." };
        ExampledCommand command = new(
            "merge", "Say that two records of the hub are one. The first one's values stay; what it lacks comes from the second.",
            "syncline merge person/42 person/57",
            "syncline merge ada@example.com https://www.linkedin.com/in/ada-example --yes");
        command.Arguments.Add(kept);
        command.Arguments.Add(other);
        command.Options.Add(yes);
        host.On(command, async (session, cancellationToken) =>
        {
            if (!session.Workspace.HasDatabase) throw new UsageException("The hub is empty: nothing has been read yet.", "");
            IHub hub = session.Workspace.Hub;
            GoldenRecord one = await RecordLookup.FindAsync(hub, session.Parsed.GetRequiredValue(kept), cancellationToken);
            GoldenRecord two = await RecordLookup.FindAsync(hub, session.Parsed.GetRequiredValue(other), cancellationToken);
            if (!session.IsJson) session.Terminal.Show(SideBySide(one, two));
            if (!session.Confirm($"Make {two.Reference.Text} part of {one.Reference.Text}?", session.Parsed.GetValue(yes))) return ExitCode.Failed;
            (RunRow run, IdentityEdit edit) = await new Deciding(session.Workspace, session.Audit)
                .EditAsync("merge", (edits, runId) => edits.MergeAsync(one.Id, two.Id, runId, cancellationToken), cancellationToken);
            IdentityReport.Show(session, run, edit, $"{two.Reference.Text} is part of {one.Reference.Text} now.");
            return ExitCode.Done;
        });
        return command;
    }

    private static Spectre.Console.Table SideBySide(GoldenRecord one, GoldenRecord two)
    {
        Spectre.Console.Table table = Tables.Of("Field", one.Reference.Text, two.Reference.Text);
        foreach (string name in one.Fields.Concat(two.Fields).Select(f => f.Name).Distinct().Order(StringComparer.Ordinal)) table.Row(name, one.Fields[name]?.ToString(), two.Fields[name]?.ToString());
        return table;
    }
}
