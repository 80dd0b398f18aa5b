using System.CommandLine;
using Syncline.Cli.Output;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;
using Syncline.Merging;
using Syncline.Records;
using Syncline.Syncs;

namespace Syncline.Cli.Commands;

/// <summary><c>syncline split</c>.</summary>
internal static class SplitCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string> record = new("RECORD") { Description = "The record that is two: person/42, or an e-mail address, a LinkedIn address or slug, a domain." };
        Argument<string[]> keys = new("PLACE") { Description = "The places that are the other one, as 'syncline show' lists them: connection/stream/id.", Arity = ArgumentArity.OneOrMore };
        Option<bool> yes = new("--yes") { Description = "Do not ask." };
        ExampledCommand command = new(
            "split", "Say that a record of the hub is two. The named places become a record of their own.",
            "syncline split person/42 heyreach/people/ada-example-01",
            "syncline split person/42 heyreach/people/ada-example-01 attio/people/5f0c --yes");
        command.Arguments.Add(record);
        command.Arguments.Add(keys);
        command.Options.Add(yes);
        host.On(command, async (session, cancellationToken) =>
        {
            if (!session.Workspace.HasDatabase) throw new UsageException("The hub is empty: nothing has been read yet.", "");
            GoldenRecord golden = await RecordLookup.FindAsync(session.Workspace.Hub, session.Parsed.GetRequiredValue(record), cancellationToken);
            RecordKey[] places = [.. session.Parsed.GetRequiredValue(keys).Select(PlaceName.Read)];
            if (!session.Confirm($"Make a record of its own out of {string.Join(", ", places)}?", session.Parsed.GetValue(yes))) return ExitCode.Failed;
            (RunRow run, IdentityEdit edit) = await new Deciding(session.Workspace, session.Audit)
                .EditAsync("split", (edits, runId) => edits.SplitAsync(golden.Id, places, runId, cancellationToken), cancellationToken);
            IdentityReport.Show(session, run, edit, $"{edit.Golden.Reference.Text} is new, and no longer part of {golden.Reference.Text}.");
            return ExitCode.Done;
        });
        return command;
    }
}
