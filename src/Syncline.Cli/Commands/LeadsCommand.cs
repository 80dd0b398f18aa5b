using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Syncline.Cli.Output;
using Syncline.Composition.Leads;
using Syncline.Composition.Telling;
using Syncline.Leads;

namespace Syncline.Cli.Commands;

/// <summary><c>syncline leads</c>.</summary>
internal static class LeadsCommand
{
    private const int Usual = 50;

    public static Command Create(CommandHost host)
    {
        Option<string?> search = new("--search") { Description = "Only those with this text in any value.", HelpName = "TEXT" };
        Option<int?> least = Score("--min-score", "Only those with an ICP score of at least this.");
        Option<int?> most = Score("--max-score", "Only those with an ICP score of at most this.");
        Option<bool> touched = new("--touched") { Description = "Only those whom somebody has tried to reach." };
        Option<bool> untouched = new("--untouched") { Description = "Only those whom nobody has tried to reach." };
        Option<int?> limit = Count.Option("--limit", "List so many; 50 when left out.");
        Option<long?> after = new("--after") { Description = "Go on after this place in the list: how to go to the next page.", HelpName = "PLACE" };
        ExampledCommand command = new(
            "leads", "List the team's own leads.",
            "syncline leads",
            "syncline leads --search acme --min-score 70",
            "syncline leads --untouched --limit 20 --json") { search, least, most, touched, untouched, limit, after };
        foreach (Command sub in new[] { ImportLeadsCommand.Create(host), Show(host), Delete(host) }) command.Subcommands.Add(sub);
        host.On(command, async (session, cancellationToken) =>
        {
            (bool has, bool hasNot) = (session.Parsed.GetValue(touched), session.Parsed.GetValue(untouched));
            if (has && hasNot) throw new UsageException("--touched and --untouched exclude each other.", "Leave one of them out.");
            LeadFilter filter = new()
            {
                Text = session.Parsed.GetValue(search),
                LeastScore = session.Parsed.GetValue(least),
                MostScore = session.Parsed.GetValue(most),
                HasTouchpoints = has ? true : hasNot ? false : null,
            };
            return await ListAsync(session, filter, session.Parsed.GetValue(after) ?? 0, session.Parsed.GetValue(limit) ?? Usual, cancellationToken);
        });
        return command;
    }

    /// <exception cref="UsageException">No lead has that id.</exception>
    public static async Task<ListedLead> FindAsync(Session session, string id, CancellationToken cancellationToken) =>
        (session.Workspace.HasDatabase ? await session.Workspace.Looking.Leads.FindAsync(id, cancellationToken) : null)
        ?? throw new UsageException($"There is no lead '{id}'.", "'syncline leads' lists them with their ids.");

    private static async Task<ExitCode> ListAsync(Session session, LeadFilter filter, long after, int take, CancellationToken cancellationToken)
    {
        ILeadList? list = session.Workspace.HasDatabase ? session.Workspace.Looking.Leads : null;
        // One more than is shown tells whether there is another page.
        IReadOnlyList<ListedLead> found = list is null ? [] : await list.ListAsync(filter, after, take == int.MaxValue ? take : take + 1, cancellationToken);
        long total = list is null ? 0 : await list.CountAsync(filter, cancellationToken);
        ListedLead[] shown = [.. found.Take(take)];
        long? next = found.Count > shown.Length ? shown[^1].Position : null;
        if (session.IsJson) session.Terminal.Json(new JsonObject { ["total"] = total, ["leads"] = new JsonArray([.. shown.Select(l => LeadText.Json(l.Lead))]), ["next"] = next });
        else LeadReport.Show(session.Terminal, shown, total, next);
        return ExitCode.Done;
    }

    private static ExampledCommand Show(CommandHost host)
    {
        Argument<string> id = IdArgument();
        ExampledCommand command = new(
            "show", "Show one lead: its evidence as it is told, and where it stands in every system.",
            "syncline leads show lead-7",
            "syncline leads show lead-7 --json") { id };
        host.On(command, async (session, cancellationToken) =>
        {
            ListedLead lead = await FindAsync(session, session.Parsed.GetRequiredValue(id), cancellationToken);
            LeadStanding standing = await new LeadStandings(session.Workspace.ConfigurationOrNone, session.Workspace.Looking).FindAsync(lead.Id, cancellationToken);
            if (session.IsJson) session.Terminal.Json(new JsonObject { ["lead"] = LeadText.Json(lead.Lead), ["evidenceAt"] = lead.EvidenceAt.UtcDateTime, ["savedAt"] = lead.SavedAt.UtcDateTime, ["standing"] = LeadText.Json(standing) });
            else LeadReport.Show(session.Terminal, lead, standing);
            return ExitCode.Done;
        });
        return command;
    }

    private static ExampledCommand Delete(CommandHost host)
    {
        Argument<string> id = IdArgument();
        Option<bool> yes = CommandHost.YesOption();
        ExampledCommand command = new(
            "delete", "Take one lead off the list. What other systems hold of it stays, unless a sync carries deletions on.",
            "syncline leads delete lead-7",
            "syncline leads delete lead-7 --yes") { id, yes };
        host.On(command, async (session, cancellationToken) =>
        {
            session.RefuseDryRun();
            ListedLead lead = await FindAsync(session, session.Parsed.GetRequiredValue(id), cancellationToken);
            if (!session.Confirm($"Delete lead {lead.Id}, {lead.Lead.Name}?", session.Parsed.GetValue(yes))) return ExitCode.Failed;
            bool isDeleted = await session.Workspace.Store.Leads.DeleteAsync(lead.Id, cancellationToken);
            if (session.IsJson) session.Terminal.Json(new JsonObject { ["id"] = lead.Id, ["deleted"] = isDeleted });
            else session.Terminal.Out.WriteLine(isDeleted ? $"Lead {lead.Id} is deleted." : $"Lead {lead.Id} was deleted meanwhile.");
            return ExitCode.Done;
        });
        return command;
    }

    private static Argument<string> IdArgument() => new("ID") { Description = "The lead's id, as 'syncline leads' shows it." };

    private static Option<int?> Score(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result =>
        {
            string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int score) && score <= 100) return score;
            result.AddError($"{name} must be a whole number from 0 to 100, not '{text}'.");
            return null;
        },
    };
}
