using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;
using Syncline.Merging;
using Syncline.Records;

namespace Syncline.Cli.Commands;

/// <summary><c>syncline conflicts</c> and <c>syncline conflicts resolve</c>.</summary>
internal static class ConflictsCommand
{
    public static Command Create(CommandHost host)
    {
        Option<int?> limit = Count.Option("--limit", "List so many; 100 when left out.");
        Option<long?> after = new("--after") { Description = "Go on after this record's number.", HelpName = "ID" };
        ExampledCommand command = new(
            "conflicts", "List the fields on which two sides disagree and that wait for a person, because their policy is 'manual'.",
            "syncline conflicts",
            "syncline conflicts --json",
            "syncline conflicts resolve person/42 job_title --take theirs") { limit, after, Resolve(host) };
        host.On(command, async (session, cancellationToken) =>
        {
            IConflicts conflicts = session.Workspace.Looking.Conflicts;
            IReadOnlyList<Conflict> open = await conflicts.ListAsync(session.Parsed.GetValue(after) ?? 0, session.Parsed.GetValue(limit) ?? 100, cancellationToken);
            IReadOnlyDictionary<long, GoldenRecord> golden = await session.Workspace.Looking.Hub.LoadAsync([.. open.Select(c => c.GoldenId).Distinct()], cancellationToken);
            if (session.IsJson) session.Terminal.Json(new JsonArray([.. open.Select(c => Json(c, golden[c.GoldenId]))]));
            else Show(session.Terminal, open, golden);
            long all = await conflicts.CountAsync(cancellationToken);
            if (all > open.Count) session.Terminal.Say($"{Tables.Number(all)} are open in all; --after goes on.");
            return all == 0 ? ExitCode.Done : ExitCode.DoneWithDeadLetters;
        });
        return command;
    }

    private static ExampledCommand Resolve(CommandHost host)
    {
        Argument<string> record = CommandHost.RecordArgument();
        Argument<string> field = new("FIELD") { Description = "A canonical field, job_title." };
        Option<string?> take = new("--take") { Description = "ours: the hub's value. theirs: the other side's.", HelpName = "SIDE" };
        take.AcceptOnlyFromAmong("ours", "theirs");
        Option<string?> value = new("--value") { Description = "A value of your own, in the place of either.", HelpName = "VALUE" };
        Option<string?> from = new("--from") { Description = "Whose value 'theirs' is, where several disagree: connection/stream/id.", HelpName = "PLACE" };
        Option<bool> pin = new("--pin") { Description = "Keep it so: no source changes the field any more." };
        ExampledCommand command = new(
            "resolve", "Decide a conflict. The hub takes the value at once, every destination with its next run.",
            "syncline conflicts resolve person/42 job_title --take ours",
            "syncline conflicts resolve ada@example.com job_title --value \"Head of Research\" --pin") { record, field, take, value, from, pin };
        host.On(command, async (session, cancellationToken) =>
        {
            if (!session.Workspace.HasDatabase) throw new UsageException("The hub is empty: nothing has been read yet.", "");
            GoldenRecord golden = await RecordLookup.FindAsync(session.Workspace.Hub, session.Parsed.GetRequiredValue(record), cancellationToken);
            string name = session.Parsed.GetRequiredValue(field);
            Conflict conflict = await FindAsync(session, golden, name, session.Parsed.GetValue(from), cancellationToken);
            (Side side, string? text) = (session.Parsed.GetValue(take), session.Parsed.GetValue(value)) switch
            {
                ("ours", null) => (Side.Ours, null),
                ("theirs", null) => (Side.Theirs, null),
                (null, { } typed) => (Side.Own, typed),
                _ => throw new UsageException("Whose value is it to be?", "Give --take ours, --take theirs, or --value."),
            };
            return Decisions.Tell(session, name, await new ValueDecisions(session.Workspace, session.Audit).SettleAsync(golden, conflict, side, text, session.Parsed.GetValue(pin), cancellationToken));
        });
        return command;
    }

    private static async Task<Conflict> FindAsync(Session session, GoldenRecord golden, string field, string? from, CancellationToken cancellationToken)
    {
        Conflict[] open = [.. (await session.Workspace.Store.Conflicts.OfRecordAsync(golden.Id, cancellationToken)).Where(c => c.Field == field && (from is null || c.Place.ToString() == from))];
        return open switch
        {
            [var only] => only,
            [] => throw new UsageException($"Nothing waits for a decision about {field} of {golden.Reference.Text}.", "'syncline conflicts' lists what does; 'syncline override' gives a field a value of your own."),
            _ => throw new UsageException($"Several disagree about {field} of {golden.Reference.Text}: {string.Join(", ", open.Select(c => c.Place))}.", "Say whose value is meant with --from."),
        };
    }

    private static void Show(Terminal terminal, IReadOnlyList<Conflict> open, IReadOnlyDictionary<long, GoldenRecord> golden)
    {
        if (open.Count == 0)
        {
            terminal.Out.WriteLine("None.");
            return;
        }
        Table table = Tables.Of("Record", "Name", "Field", "When both agreed", "Ours, and from where", "Theirs", "Where", "Since");
        foreach (Conflict conflict in open)
        {
            GoldenRecord record = golden[conflict.GoldenId];
            string source = record.Origins.GetValueOrDefault(conflict.Field) is { } origin ? $" ({origin.Source}, {origin.Rule})" : "";
            table.Row(record.Reference.Text, RecordName.Of(record.Fields), conflict.Field, conflict.Base?.ToString(), record.Fields[conflict.Field] + source, conflict.Theirs?.ToString() ?? "(empty)", conflict.Place.ToString(), Tables.Time(conflict.At));
        }
        terminal.Show(table);
        terminal.Say("'syncline conflicts resolve RECORD FIELD --take ours|theirs' decides one.");
    }

    private static JsonObject Json(Conflict conflict, GoldenRecord golden) => new()
    {
        ["record"] = golden.Reference.Text,
        ["field"] = conflict.Field,
        ["base"] = RunJson.Of(conflict.Base),
        ["ours"] = RunJson.Of(golden.Fields[conflict.Field]),
        ["oursFrom"] = golden.Origins.GetValueOrDefault(conflict.Field)?.Source.ToString(),
        ["theirs"] = RunJson.Of(conflict.Theirs),
        ["place"] = conflict.Place.ToString(),
        ["run"] = conflict.RunId,
        ["at"] = conflict.At.UtcDateTime,
    };
}
