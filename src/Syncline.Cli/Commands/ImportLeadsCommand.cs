using System.CommandLine;
using System.Text.Json.Nodes;
using Syncline.Cli.Output;
using Syncline.Composition.Configuration;
using Syncline.Composition.Leads;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;
using Syncline.Leads;

namespace Syncline.Cli.Commands;

/// <summary><c>syncline leads import</c>.</summary>
internal static class ImportLeadsCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string> file = new("FILE") { Description = "JSON: a list of leads, one alone, or one a line. Or CSV with column names in its first line." };
        ColumnOptions columns = new();
        Option<bool> preview = new("--preview") { Description = "Show what would become of each lead. Writes nothing." };
        ExampledCommand command = new(
            "import", "Read a file of leads into the team's list: new ones are added, known ones updated, each refused one is told with its line.",
            "syncline leads import leads.json --preview",
            "syncline leads import leads.csv",
            "syncline leads import export.csv --map \"Headline=title\" --map \"Angle=draftAngle\"") { file, columns.Map, columns.Encoding, columns.Delimiter, preview };
        host.On(command, async (session, cancellationToken) =>
        {
            string path = Path.GetFullPath(Path.Combine(session.Surroundings.WorkingFolder, session.Parsed.GetRequiredValue(file)));
            LeadFileOptions options = new() { Columns = columns.Columns(session), Encoding = session.Parsed.GetValue(columns.Encoding), Delimiter = columns.DelimiterIn(session) };
            bool isPreview = session.Parsed.GetValue(preview);
            if (!isPreview) session.RefuseDryRun();
            LeadFile read = await LeadFile.ReadAsync(path, options, cancellationToken);
            LeadImportOutcome outcome = isPreview ? await PreviewAsync(session, read, cancellationToken) : await SaveAsync(session.Workspace.Store.Leads, read, cancellationToken);
            Report(session, read, outcome, isPreview);
            return isPreview || outcome.Refused == 0 ? ExitCode.Done : ExitCode.DoneWithDeadLetters;
        });
        return command;
    }

    /// <summary>Saves into a copy of the list: what is told is what would happen.</summary>
    private static async Task<LeadImportOutcome> PreviewAsync(Session session, LeadFile read, CancellationToken cancellationToken)
    {
        using ScratchHub copy = ScratchHub.Of(session.Workspace);
        return await SaveAsync(copy.Store.Leads, read, cancellationToken);
    }

    private static Task<LeadImportOutcome> SaveAsync(ILeadList list, LeadFile read, CancellationToken cancellationToken) => new LeadImport(list).SaveAsync(read, LeadSaving.Merge, cancellationToken);

    private static void Report(Session session, LeadFile read, LeadImportOutcome outcome, bool isPreview)
    {
        if (session.IsJson)
        {
            JsonObject json = LeadText.Json(outcome);
            json["preview"] = isPreview;
            if (read.Columns is { } columns) json["columns"] = new JsonArray([.. columns.All.Select(c => new JsonObject { ["column"] = c.Heading, ["field"] = c.Meaning?.ToString() })]);
            session.Terminal.Json(json);
            return;
        }
        if (read.Columns is { } told) LeadReport.ShowColumns(session.Terminal, told, isPreview);
        LeadReport.Show(session.Terminal, outcome, isPreview);
        if (!isPreview && outcome.Created + outcome.Updated > 0) session.Terminal.Say(Next(session.Workspace.ConfigurationOrNone));
    }

    /// <summary>How what was imported gets to where it is wanted.</summary>
    private static string Next(SynclineConfiguration configuration)
    {
        string[] lists = [.. configuration.Connections.Where(c => c.Provider == "leads").Select(c => c.Name)];
        SyncConfiguration? sync = configuration.Syncs.FirstOrDefault(s => s.From.Intersect(lists).Any());
        return sync is not null ? $"'syncline run {sync.Name}' writes them." : "No sync reads the list yet: docs/recipes/leads-to-attio.md has one.";
    }
}
