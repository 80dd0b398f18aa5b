using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;
using Syncline.Cli.Output;
using Syncline.Composition.Imports;
using Syncline.Composition.Telling;
using Syncline.Connectors;
using Syncline.Imports;

namespace Syncline.Cli.Commands;

/// <summary><c>syncline browse</c>.</summary>
internal static class BrowseCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string?> place = new("PLACE") { Description = "companies, people, or the slug of a list; all lists are shown when left out.", Arity = ArgumentArity.ZeroOrOne };
        Selection selection = new(host);
        Option<int?> limit = Count.Option("--limit", $"Show so many rows, {BrowseQuery.MostRows} at the most; 50 when left out.");
        Option<int?> offset = Count.Option("--offset", "Leave out so many rows: how to go to the next page.");
        Option<string?> past = new("--past") { Description = "Show what each commit changed of an imported record, by its id or file; asks Attio nothing.", HelpName = "ID" };
        ExampledCommand command = new(
            "browse", "Look through Attio page by page: companies, people, lists.",
            "syncline browse",
            "syncline browse companies --search acme",
            "syncline browse people --filter \"job_title~head of\" --limit 25 --offset 25",
            "syncline browse prospects --filter stage=Won --json",
            "syncline browse --past attio/company/acme-corp.json") { place, selection.Search, selection.Filter, selection.Connection, limit, offset, past };
        host.On(command, async (session, cancellationToken) =>
        {
            if (session.Parsed.GetValue(past) is { } record) return await PastAsync(session, selection, record, session.Parsed.GetValue(limit) ?? 50, cancellationToken);
            (string name, IRecordBrowser browser) = selection.Open(session);
            if (session.Parsed.GetValue(place) is not { } where) return await ListsAsync(session, browser, cancellationToken);
            BrowseQuery query = selection.Query(session, where) with { Limit = Math.Min(session.Parsed.GetValue(limit) ?? 50, BrowseQuery.MostRows), Offset = session.Parsed.GetValue(offset) ?? 0 };
            BrowsePage page = await browser.BrowseAsync(query, cancellationToken);
            IReadOnlyDictionary<string, ImportEntry> imported = await session.Workspace.Store.Imports.FindAsync(name, [.. page.Rows.Select(r => r.Id)], cancellationToken);
            int? next = page.HasMore ? query.Offset + page.Rows.Count : null;
            if (session.IsJson) session.Terminal.Json(Json(page, imported, next));
            else Show(session.Terminal, page, imported, next);
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<ExitCode> PastAsync(Session session, Selection selection, string record, int take, CancellationToken cancellationToken)
    {
        string file = record.EndsWith(".json", StringComparison.Ordinal) ? record.Replace('\\', '/') : await FileOfAsync(session, selection.NameIn(session), record, cancellationToken);
        GitRepository git = new(new(session.Workspace.Folder));
        bool isWithin = !Path.IsPathRooted(file) && !file.Split('/').Contains("..");
        IReadOnlyList<PastState> past = isWithin ? await new RecordPast(git).OfAsync(file, take, cancellationToken) : [];
        if (past.Count == 0) throw new UsageException($"No commit has a file {file}.", "Name a file below the configuration's folder, or the id of an imported record.");
        if (session.IsJson) session.Terminal.Json(PastReport.Json(past));
        else PastReport.Show(session.Terminal, past);
        return ExitCode.Done;
    }

    private static async Task<string> FileOfAsync(Session session, string connection, string id, CancellationToken cancellationToken) =>
        (await session.Workspace.Store.Imports.FindAsync(connection, [id], cancellationToken)).GetValueOrDefault(id)?.File
        ?? throw new UsageException($"No record '{id}' of {connection} was imported.", "'syncline browse PLACE' shows which were.");

    private static async Task<ExitCode> ListsAsync(Session session, IRecordBrowser browser, CancellationToken cancellationToken)
    {
        IReadOnlyList<BrowsedList> lists = await browser.ListsAsync(cancellationToken);
        (string Place, string Name, string? Of)[] places = [("companies", "Companies", null), ("people", "People", null), .. lists.Select(l => (l.Slug, l.Name, l.ParentObject))];
        if (session.IsJson)
        {
            session.Terminal.Json(new JsonArray([.. places.Select(p => new JsonObject { ["place"] = p.Place, ["name"] = p.Name, ["listOf"] = p.Of })]));
            return ExitCode.Done;
        }
        Table table = Tables.Of("Place", "Name", "List of");
        foreach ((string slug, string name, string? of) in places) table.Row(slug, name, of);
        session.Terminal.Show(table);
        return ExitCode.Done;
    }

    private static void Show(Terminal terminal, BrowsePage page, IReadOnlyDictionary<string, ImportEntry> imported, int? next)
    {
        Table table = Tables.Of("Id", "Name", "What", "Imported", "Page");
        foreach (BrowsedRow row in page.Rows) table.Row(row.Id, row.Name, string.Join("; ", row.Attributes.Select(a => $"{a.Name}: {a.Value}")), imported.GetValueOrDefault(row.Id)?.File, row.WebUrl);
        if (page.Rows.Count == 0) terminal.Out.WriteLine("None.");
        else terminal.Show(table);
        if (next is not null) terminal.Say($"There are more: --offset {next}");
    }

    private static JsonObject Json(BrowsePage page, IReadOnlyDictionary<string, ImportEntry> imported, int? next) => new()
    {
        ["rows"] = new JsonArray([.. page.Rows.Select(row => new JsonObject
        {
            ["id"] = row.Id,
            ["name"] = row.Name,
            ["webUrl"] = row.WebUrl,
            ["imported"] = imported.GetValueOrDefault(row.Id)?.File,
            ["attributes"] = RunJson.Of(row.Attributes),
        })]),
        ["next"] = next,
    };
}
