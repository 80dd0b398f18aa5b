using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;
using Syncline.Merging;
using Syncline.Records;
using Syncline.Storage;

namespace Syncline.Cli.Commands;

/// <summary><c>syncline why</c>.</summary>
internal static class WhyCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string> record = CommandHost.RecordArgument();
        Argument<string> field = new("FIELD") { Description = "A canonical field, job_title." };
        ExampledCommand command = new(
            "why", "Tell how a value came to be: each change with its run, source and rule, and each write of it.",
            "syncline why person/42 job_title",
            "syncline why ada@example.com company_name --json") { record, field };
        host.On(command, async (session, cancellationToken) =>
        {
            SqliteStore store = session.Workspace.Looking;
            GoldenRecord golden = await RecordLookup.FindAsync(store.Hub, session.Parsed.GetRequiredValue(record), cancellationToken);
            string name = session.Parsed.GetRequiredValue(field);
            FieldStory story = await FieldStory.TellAsync(session.Workspace, store, golden, name, cancellationToken);
            (IReadOnlyList<FieldMove> changes, IReadOnlyList<FieldWrite> writes) = (story.Moves, story.Writes);
            if (session.IsJson) session.Terminal.Json(Json(golden, name, changes, writes));
            else Show(session.Terminal, golden, name, changes, writes);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Show(Terminal terminal, GoldenRecord golden, string name, IReadOnlyList<FieldMove> changes, IReadOnlyList<FieldWrite> writes)
    {
        terminal.Out.WriteLine($"{golden.Reference.Text} {name}: {golden.Fields[name]?.ToString() ?? "(empty)"}");
        Table lineage = Tables.Of("When", "Run", "Source", "Rule", "Before", "After");
        foreach ((FeedEntry entry, FieldChange change) in changes)
        {
            FieldOrigin origin = change.Origin;
            lineage.Row(Tables.Time(entry.At), Tables.Number(entry.Change.RunId), origin.Source.ToString(), origin.Rule, change.Before?.ToString(), change.After?.ToString());
        }
        terminal.Show(lineage);
        if (writes.Count == 0) return;
        Table written = Tables.Of("When", "Run", "Written to", "State", "Before", "After");
        foreach (FieldWrite write in writes)
        {
            string target = $"{write.Entry.Operation.Stream}/{write.Entry.RemoteId} {write.Remote}";
            written.Row(Tables.Time(write.Entry.At), Tables.Number(write.Entry.RunId), target, write.State, write.Before?.ToString(), write.After?.ToString());
        }
        terminal.Show(written);
    }

    private static JsonObject Json(GoldenRecord golden, string name, IReadOnlyList<FieldMove> changes, IReadOnlyList<FieldWrite> writes) => new()
    {
        ["record"] = golden.Reference.Text,
        ["field"] = name,
        ["value"] = RunJson.Of(golden.Fields[name]),
        ["changes"] = new JsonArray([.. changes.Select(Json)]),
        ["writes"] = new JsonArray([.. writes.Select(Json)]),
    };

    private static JsonObject Json(FieldMove moved) => new()
    {
        ["at"] = moved.Entry.At.UtcDateTime,
        ["run"] = moved.Entry.Change.RunId,
        ["source"] = moved.Change.Origin.Source.ToString(),
        ["rule"] = moved.Change.Origin.Rule,
        ["before"] = RunJson.Of(moved.Change.Before),
        ["after"] = RunJson.Of(moved.Change.After),
    };

    private static JsonObject Json(FieldWrite write) => new()
    {
        ["at"] = write.Entry.At.UtcDateTime,
        ["run"] = write.Entry.RunId,
        ["connection"] = write.Entry.Operation.Stream.Connection,
        ["stream"] = write.Entry.Operation.Stream.Name,
        ["id"] = write.Entry.RemoteId,
        ["remoteField"] = write.Remote,
        ["state"] = write.State,
        ["before"] = RunJson.Of(write.Before),
        ["after"] = RunJson.Of(write.After),
    };
}
