using System.CommandLine;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;
using Syncline.Records;
using Syncline.Syncs;

namespace Syncline.Cli.Commands;

/// <summary><c>syncline override</c>.</summary>
internal static class OverrideCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string> record = CommandHost.RecordArgument();
        Argument<string> field = new("FIELD") { Description = "A canonical field, job_title." };
        Argument<string?> value = new("VALUE") { Description = "The value; several of a list are parted by ';'. Left out with --empty and --release.", Arity = ArgumentArity.ZeroOrOne };
        Option<bool> empty = new("--empty") { Description = "Pin the field to be empty." };
        Option<bool> release = new("--release") { Description = "Let sources change the field again." };
        ExampledCommand command = new(
            "override", "Pin a field of a record to a value of your own: no source changes it any more, and every destination gets it.",
            "syncline override ada@example.com job_title \"Head of Research\"",
            "syncline override person/42 phone --empty",
            "syncline override person/42 job_title --release") { record, field, value, empty, release };
        host.On(command, async (session, cancellationToken) =>
        {
            if (!session.Workspace.HasDatabase) throw new UsageException("The hub is empty: nothing has been read yet.", "");
            GoldenRecord golden = await RecordLookup.FindAsync(session.Workspace.Hub, session.Parsed.GetRequiredValue(record), cancellationToken);
            (string name, bool isRelease, bool isEmpty) = (session.Parsed.GetRequiredValue(field), session.Parsed.GetValue(release), session.Parsed.GetValue(empty));
            string? text = session.Parsed.GetValue(value);
            if (new[] { isRelease, isEmpty, text is not null }.Count(b => b) != 1) throw new UsageException("What is the field to hold?", "Give it a VALUE, or --empty, or --release.");
            ValueDecisions decisions = new(session.Workspace, session.Audit);
            return Decisions.Tell(session, name, isRelease ? await decisions.ReleaseAsync(golden, name, cancellationToken) : await decisions.PinAsync(golden, name, text, cancellationToken));
        });
        return command;
    }
}

/// <summary>What became of a decision about a value.</summary>
internal static class Decisions
{
    public static ExitCode Tell(Session session, string field, (RunRow Run, GoldenRecord Golden) done)
    {
        (RunRow run, GoldenRecord decided) = done;
        if (session.IsJson) session.Terminal.Json(new System.Text.Json.Nodes.JsonObject { ["run"] = run.Id, ["record"] = decided.Reference.Text, ["field"] = field, ["value"] = RunJson.Of(decided.Fields[field]), ["rule"] = decided.Origins[field].Rule });
        else session.Terminal.Out.WriteLine($"{decided.Reference.Text} {field}: {decided.Fields[field]?.ToString() ?? "(empty)"} ({decided.Origins[field].Rule}).");
        session.Terminal.Say("The next run of each sync brings its destinations up to date.");
        return ExitCode.Done;
    }
}
