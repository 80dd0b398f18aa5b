using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;
using Syncline.Cli.Output;
using Syncline.Composition.Imports;
using Syncline.Composition.Telling;
using Syncline.Connectors;

namespace Syncline.Cli.Commands;

/// <summary><c>syncline import attio</c>.</summary>
internal static class ImportRecordsCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string> place = new("PLACE") { Description = "companies, people, or the slug of a list." };
        Argument<string[]> ids = new("ID") { Description = "Ids as 'syncline browse' shows them.", Arity = ArgumentArity.ZeroOrMore };
        Selection selection = new(host);
        Option<int?> limit = Count.Option("--limit", "Of a search or filter, take the first so many; 100 when left out.");
        Option<string?> author = new("--author") { Description = "Who signs the commit, as 'Name <address>'; as git is configured when left out.", HelpName = "AUTHOR" };
        ExampledCommand command = new(
            "attio", "Take records of Attio into JSON files beside the configuration, in one Git commit.",
            "syncline import attio companies 0a1b2c3d-0000-4000-8000-000000000001",
            "syncline import attio people --search example.com --limit 20",
            "syncline import attio prospects --filter stage=Won --json") { place, ids, selection.Search, selection.Filter, selection.Connection, limit, author };
        host.On(command, async (session, cancellationToken) =>
        {
            session.RefuseDryRun();
            GitAuthor? signs = Author(session.Parsed.GetValue(author));
            (string name, IRecordBrowser browser) = selection.Open(session);
            GitRepository git = new(new(session.Workspace.Folder), signs);
            await git.CheckAsync(cancellationToken);
            string where = session.Parsed.GetRequiredValue(place);
            IReadOnlyList<string> chosen = await ChosenAsync(browser, selection.Query(session, where), session.Parsed.GetValue(ids) ?? [], session.Parsed.GetValue(limit) ?? 100, cancellationToken);
            RecordImport import = new(browser, name, new(session.Workspace.Folder), git, session.Workspace.Store.Imports, session.Clock);
            ImportOutcome outcome = await import.RunAsync(where, chosen, cancellationToken);
            if (session.IsJson) session.Terminal.Json(Json(outcome));
            else Show(session.Terminal, outcome);
            return outcome.Missing.Count > 0 || outcome.Files.Any(f => f.Action == ImportAction.Held) ? ExitCode.DoneWithDeadLetters : ExitCode.Done;
        });
        return command;
    }

    private static async Task<IReadOnlyList<string>> ChosenAsync(IRecordBrowser browser, BrowseQuery query, string[] ids, int limit, CancellationToken cancellationToken)
    {
        bool isSearch = query.Search is not null || query.Filters.Count > 0;
        if (ids.Length > 0 && isSearch) throw new UsageException("Ids and a search were given.", "Name the records by one of the two.");
        if (ids.Length > 0) return ids;
        if (!isSearch) throw new UsageException("Which records?", "Name them by their ids, or with --search or --filter.");
        List<string> found = [];
        BrowsePage page;
        do
        {
            page = await browser.BrowseAsync(query with { Limit = Math.Min(limit - found.Count, BrowseQuery.MostRows), Offset = found.Count }, cancellationToken);
            found.AddRange(page.Rows.Select(r => r.Id));
        }
        while (page.HasMore && found.Count < limit);
        return found;
    }

    private static GitAuthor? Author(string? text)
    {
        if (text is null) return null;
        int open = text.IndexOf('<', StringComparison.Ordinal);
        string name = open > 0 ? text[..open].Trim() : "", address = open > 0 && text.EndsWith('>') ? text[(open + 1)..^1].Trim() : "";
        return name.Length > 0 && address.Length > 0 ? new(name, address) : throw new UsageException($"--author '{text}' is no author.", "Write it as --author \"Ada Example <ada@example.com>\".");
    }

    private static void Show(Terminal terminal, ImportOutcome outcome)
    {
        Table table = Tables.Of("File", "Name", "What", "Changes");
        foreach (ImportedFile file in outcome.Files) table.Row(file.File, file.Record.Name, Word(file.Action), file.Action == ImportAction.Added ? "" : ChangesJson.Lines(file.Changes));
        if (outcome.Files.Count > 0) terminal.Show(table);
        foreach (string id in outcome.Missing) terminal.Say($"{id} is not there (any more).");
        if (outcome.Files.Any(f => f.Action == ImportAction.Held)) terminal.Say("Held files have changes of yours that are in no commit. Commit or discard them, then import again.");
        terminal.Say(outcome.Commit is { } commit ? $"Commit {commit}" : "Nothing to commit.");
    }

    private static string Word(ImportAction action) => action.ToString().ToLowerInvariant();

    private static JsonObject Json(ImportOutcome outcome) => new()
    {
        ["commit"] = outcome.Commit,
        ["files"] = new JsonArray([.. outcome.Files.Select(file => new JsonObject
        {
            ["id"] = file.Record.Id,
            ["name"] = file.Record.Name,
            ["file"] = file.File,
            ["action"] = Word(file.Action),
            ["changes"] = ChangesJson.Of(file.Changes),
        })]),
        ["missing"] = new JsonArray([.. outcome.Missing.Select(id => JsonValue.Create(id))]),
    };
}
