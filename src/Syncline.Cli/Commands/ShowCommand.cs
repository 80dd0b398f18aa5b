using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;
using Syncline.Merging;
using Syncline.Records;

namespace Syncline.Cli.Commands;

/// <summary><c>syncline show</c>.</summary>
internal static class ShowCommand
{
    private const int RecentChanges = 10;

    public static Command Create(CommandHost host)
    {
        Argument<string> record = CommandHost.RecordArgument();
        ExampledCommand command = new(
            "show", "Show one record: its fields, where it is in every system, what changed lately.",
            "syncline show person/42",
            "syncline show ada@example.com",
            "syncline show https://www.linkedin.com/in/ada-example --json") { record };
        host.On(command, async (session, cancellationToken) =>
        {
            IHub hub = session.Workspace.Looking.Hub;
            GoldenRecord golden = await RecordLookup.FindAsync(hub, session.Parsed.GetRequiredValue(record), cancellationToken);
            Link[] links = [.. (await hub.LinksOfAsync([golden.Id], cancellationToken))[golden.Id]];
            FeedEntry[] changes = [.. (await hub.FeedOfRecordAsync(golden.Id, cancellationToken)).TakeLast(RecentChanges).Reverse()];
            if (session.IsJson) session.Terminal.Json(Json(golden, links, changes));
            else Show(session.Terminal, golden, links, changes);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Show(Terminal terminal, GoldenRecord golden, Link[] links, FeedEntry[] changes)
    {
        terminal.Out.WriteLine(golden.Reference.Text + (golden.IsDeleted ? " (deleted)" : ""));
        Table fields = Tables.Of("Field", "Value", "From", "Rule");
        foreach (Field field in golden.Fields)
        {
            FieldOrigin? origin = golden.Origins.GetValueOrDefault(field.Name);
            fields.Row(field.Name, field.Value.ToString(), origin?.Source.ToString(), origin?.Rule);
        }
        terminal.Show(fields);
        Table places = Tables.Of("In", "Id", "State", "Made by us");
        foreach (Link link in links) places.Row($"{link.Key.Connection}/{link.Key.Stream}", link.Key.Id, link.State.ToString().ToLowerInvariant(), link.IsOurs ? "yes" : "");
        terminal.Show(places);
        Table recent = Tables.Of("When", "Run", "Changed");
        foreach (FeedEntry entry in changes) recent.Row(Tables.Time(entry.At), Tables.Number(entry.Change.RunId), string.Join(", ", entry.Change.Fields.Select(f => f.Field)));
        terminal.Show(recent);
    }

    private static JsonObject Json(GoldenRecord golden, Link[] links, FeedEntry[] changes) => new()
    {
        ["record"] = golden.Reference.Text,
        ["kind"] = golden.Kind.Name,
        ["deleted"] = golden.IsDeleted,
        ["fields"] = RunJson.Of(golden.Fields),
        ["links"] = new JsonArray([.. links.Select(l => new JsonObject { ["connection"] = l.Key.Connection, ["stream"] = l.Key.Stream, ["id"] = l.Key.Id, ["state"] = l.State.ToString().ToLowerInvariant(), ["ours"] = l.IsOurs })]),
        ["changes"] = new JsonArray([.. changes.Select(c => new JsonObject { ["at"] = c.At.UtcDateTime, ["run"] = c.Change.RunId, ["fields"] = new JsonArray([.. c.Change.Fields.Select(f => JsonValue.Create(f.Field))]) })]),
    };
}
