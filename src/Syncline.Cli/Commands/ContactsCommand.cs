using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;
using Syncline.Composition.Telling;
using Syncline.Records;
using Syncline.Syncs;

namespace Syncline.Cli.Commands;

/// <summary><c>syncline contacts</c>.</summary>
internal static class ContactsCommand
{
    public static Command Create(CommandHost host)
    {
        Option<string?> state = new("--state") { Description = "Only those in this state: imported, enriching, enriched, syncing, synced, failed.", HelpName = "STATE" };
        state.AcceptOnlyFromAmong([.. Enum.GetNames<ContactState>().Select(n => n.ToLowerInvariant())]);
        Option<string?> source = new("--source") { Description = "Only those that this connection shows.", HelpName = "CONNECTION" };
        Option<string?> search = new("--search") { Description = "Only those with this text in any value.", HelpName = "TEXT" };
        Option<bool> companies = new("--companies") { Description = "List companies, not people." };
        Option<int?> limit = Count.Option("--limit", "List so many; 50 when left out.");
        Option<long?> after = new("--after") { Description = "Go on after this record's number.", HelpName = "ID" };
        ExampledCommand command = new(
            "contacts", "List people (or companies) with their state, where they come from and where they were written.",
            "syncline contacts",
            "syncline contacts --state failed",
            "syncline contacts --source lemlist --search example.com --json") { state, source, search, companies, limit, after };
        host.On(command, async (session, cancellationToken) =>
        {
            ContactFilter filter = new(session.Parsed.GetValue(companies) ? RecordKind.Company : RecordKind.Person)
            {
                State = session.Parsed.GetValue(state) is { } name ? Enum.Parse<ContactState>(name, ignoreCase: true) : null,
                Source = session.Parsed.GetValue(source),
                Text = session.Parsed.GetValue(search),
            };
            IContactList list = session.Workspace.Looking.Contacts;
            IReadOnlyList<Contact> contacts = await list.ListAsync(filter, session.Parsed.GetValue(after) ?? 0, session.Parsed.GetValue(limit) ?? 50, cancellationToken);
            IReadOnlyDictionary<ContactState, long> counts = await list.CountAsync(filter, cancellationToken);
            if (session.IsJson) session.Terminal.Json(Json(contacts, counts));
            else Show(session.Terminal, contacts, counts);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Show(Terminal terminal, IReadOnlyList<Contact> contacts, IReadOnlyDictionary<ContactState, long> counts)
    {
        terminal.Out.WriteLine(counts.Count == 0 ? "None." : string.Join(", ", counts.OrderBy(c => c.Key).Select(c => $"{Tables.Number(c.Value)} {Tables.Word(c.Key)}")));
        if (contacts.Count == 0) return;
        Table table = Tables.Of("Record", "Name", "State", "Score", "From", "Written to", "Why, and when again");
        foreach (Contact contact in contacts)
        {
            string trouble = contact.Reason is null ? "" : $"{contact.Reason} {(contact.NextAttempt is { } next ? $"Next try {Tables.Time(next)}." : "Not tried again by itself.")}";
            table.Row(contact.Golden.Reference.Text, RecordName.Of(contact.Golden.Fields), Tables.Word(contact.State), contact.Golden.Fields["data_quality"]?.ToString(), string.Join(", ", contact.Sources), string.Join(", ", contact.Destinations), trouble);
        }
        terminal.Show(table);
    }

    private static JsonObject Json(IReadOnlyList<Contact> contacts, IReadOnlyDictionary<ContactState, long> counts)
    {
        JsonObject states = [];
        foreach ((ContactState state, long count) in counts.OrderBy(c => c.Key)) states[Tables.Word(state)] = count;
        return new() { ["states"] = states, ["contacts"] = new JsonArray([.. contacts.Select(Json)]), ["next"] = contacts.Count == 0 ? null : contacts[^1].Golden.Id };
    }

    private static JsonObject Json(Contact contact) => new()
    {
        ["record"] = contact.Golden.Reference.Text,
        ["state"] = Tables.Word(contact.State),
        ["sources"] = new JsonArray([.. contact.Sources.Select(s => JsonValue.Create(s))]),
        ["destinations"] = new JsonArray([.. contact.Destinations.Select(s => JsonValue.Create(s))]),
        ["reason"] = contact.Reason,
        ["nextAttempt"] = contact.NextAttempt?.UtcDateTime,
        ["fields"] = RunJson.Of(contact.Golden.Fields),
    };
}
