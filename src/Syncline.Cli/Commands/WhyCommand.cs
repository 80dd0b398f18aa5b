using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;
using Syncline.Cli.Composition;
using Syncline.Cli.Configuration;
using Syncline.Cli.Output;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Merging;
using Syncline.Records;
using Syncline.Storage;

namespace Syncline.Cli.Commands;

/// <summary><c>syncline why</c>.</summary>
internal static class WhyCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string> record = new("RECORD") { Description = "person/42, or an e-mail address, a LinkedIn address or slug, a domain." };
        Argument<string> field = new("FIELD") { Description = "A canonical field, job_title." };
        ExampledCommand command = new("why", "Tell how a value came to be: each change with its run, source and rule, and each write of it.", "syncline why person/42 job_title", "syncline why ada@example.com company_name --json");
        command.Arguments.Add(record);
        command.Arguments.Add(field);
        host.On(command, async (session, cancellationToken) =>
        {
            SqliteStore store = session.Workspace.Looking;
            GoldenRecord golden = await RecordLookup.FindAsync(store.Hub, session.Parsed.GetRequiredValue(record), cancellationToken);
            string name = session.Parsed.GetRequiredValue(field);
            (FeedEntry Entry, FieldChange Change)[] changes = [.. (await store.Hub.FeedOfRecordAsync(golden.Id, cancellationToken)).SelectMany(e => e.Change.Fields.Where(f => f.Field == name), (e, f) => (e, f))];
            (JournalEntry Entry, string Remote)[] writes = [.. (await store.Journal.OfRecordAsync(golden.Id, cancellationToken)).SelectMany(e => RemoteNames(session.Workspace, e.Operation.Stream, name).Where(r => IsTouched(e.Operation, r)), (e, r) => (e, r))];
            if (changes.Length + writes.Length == 0) throw new UsageException($"{golden.Reference.Text} never had a value of {name}.", Suggestion.For(name, [.. golden.Fields.Select(f => f.Name)]).Trim());
            if (session.IsJson) session.Terminal.Json(Json(golden, name, changes, writes));
            else Show(session.Terminal, golden, name, changes, writes);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>The remote fields the canonical one is written to; its own name where the connection is no longer configured.</summary>
    private static IEnumerable<string> RemoteNames(Workspace workspace, StreamId stream, string canonical)
    {
        if (workspace.Configuration.Connections.All(c => c.Name != stream.Connection)) return [canonical];
        FieldMap? map = workspace.MapsOf(stream.Connection).FirstOrDefault(m => m.Stream == stream.Name);
        return map is null ? [canonical] : map.Rules.Where(r => r.Canonical == canonical && r.Direction != MapDirection.In).Select(r => r.Remote).Distinct();
    }

    private static bool IsTouched(Operation operation, string remote) => operation.Fields[remote] is not null || operation.Cleared.Contains(remote);

    private static void Show(Terminal terminal, GoldenRecord golden, string name, (FeedEntry Entry, FieldChange Change)[] changes, (JournalEntry Entry, string Remote)[] writes)
    {
        terminal.Out.WriteLine($"{golden.Reference.Text} {name}: {golden.Fields[name]?.ToString() ?? "(empty)"}");
        Table lineage = Tables.Of("When", "Run", "Source", "Rule", "Before", "After");
        foreach ((FeedEntry entry, FieldChange change) in changes) lineage.Row(Tables.Time(entry.At), Tables.Number(entry.Change.RunId), change.Origin.Source.ToString(), change.Origin.Rule, change.Before?.ToString(), change.After?.ToString());
        terminal.Show(lineage);
        if (writes.Length == 0) return;
        Table written = Tables.Of("When", "Run", "Written to", "State", "Before", "After");
        foreach ((JournalEntry entry, string remote) in writes) written.Row(Tables.Time(entry.At), Tables.Number(entry.RunId), $"{entry.Operation.Stream}/{entry.RemoteId} {remote}", entry.State.ToString().ToLowerInvariant(), entry.Operation.Before[remote]?.ToString(), entry.Operation.Fields[remote]?.ToString());
        terminal.Show(written);
    }

    private static JsonObject Json(GoldenRecord golden, string name, (FeedEntry Entry, FieldChange Change)[] changes, (JournalEntry Entry, string Remote)[] writes) => new()
    {
        ["record"] = golden.Reference.Text,
        ["field"] = name,
        ["value"] = RunJson.Of(golden.Fields[name]),
        ["changes"] = new JsonArray([.. changes.Select(c => new JsonObject { ["at"] = c.Entry.At.UtcDateTime, ["run"] = c.Entry.Change.RunId, ["source"] = c.Change.Origin.Source.ToString(), ["rule"] = c.Change.Origin.Rule, ["before"] = RunJson.Of(c.Change.Before), ["after"] = RunJson.Of(c.Change.After) })]),
        ["writes"] = new JsonArray([.. writes.Select(w => new JsonObject { ["at"] = w.Entry.At.UtcDateTime, ["run"] = w.Entry.RunId, ["connection"] = w.Entry.Operation.Stream.Connection, ["stream"] = w.Entry.Operation.Stream.Name, ["id"] = w.Entry.RemoteId, ["remoteField"] = w.Remote, ["state"] = w.Entry.State.ToString().ToLowerInvariant(), ["before"] = RunJson.Of(w.Entry.Operation.Before[w.Remote]), ["after"] = RunJson.Of(w.Entry.Operation.Fields[w.Remote]) })]),
    };
}
