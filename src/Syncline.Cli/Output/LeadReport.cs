using Spectre.Console;
using Syncline.Composition.Leads;
using Syncline.Composition.Telling;
using Syncline.Leads;
using Syncline.Loading;

namespace Syncline.Cli.Output;

/// <summary>Leads, one and many, and what an import of them came to.</summary>
internal static class LeadReport
{
    private const int ListedProblems = 50;

    public static void Show(Terminal terminal, IReadOnlyList<ListedLead> leads, long total, long? next)
    {
        terminal.Out.WriteLine(total == 0 ? "None. 'syncline leads import FILE' fills the list." : $"{Tables.Number(total)} leads.");
        if (leads.Count == 0) return;
        Table table = Tables.Of("Id", "Name", "Role", "Company", "E-mail or LinkedIn", "Score", "Touchpoints", "Saved");
        foreach (ListedLead one in leads)
        {
            Lead lead = one.Lead;
            table.Row(one.Id, lead.Name, lead.Title, lead.CompanyName ?? lead.CompanyDomain, lead.Email ?? lead.LinkedIn, lead.IcpScore is { } score ? Tables.Number(score) : "", lead.Touchpoints.Count == 0 ? "" : Tables.Number(lead.Touchpoints.Count), Tables.Time(one.SavedAt));
        }
        terminal.Show(table);
        if (next is { } place) terminal.Say(FormattableString.Invariant($"There are more: --after {place}"));
    }

    /// <summary>The evidence as a note tells it, secrets left out, and where the lead stands.</summary>
    public static void Show(Terminal terminal, ListedLead lead, LeadStanding standing)
    {
        terminal.Out.WriteLine($"Lead {lead.Id}, saved {Tables.Time(lead.SavedAt)}; evidence of {Tables.Time(lead.EvidenceAt)}.");
        terminal.Out.WriteLine();
        terminal.Out.WriteLine(EvidenceNote.BodyOf(lead.Lead));
        terminal.Out.WriteLine();
        terminal.Out.WriteLine(Line(standing));
        if (standing.Places.Count > 0) terminal.Show(Places(standing));
        foreach (DeadLetter failure in standing.Failures) terminal.Out.WriteLine($"{failure.Key.Sync}, {failure.Key.Connection}: {failure.Reason} {LeadText.Retry(failure)}");
    }

    public static void ShowColumns(Terminal terminal, LeadColumns columns, bool isPreview)
    {
        if (isPreview)
        {
            Table table = Tables.Of("Column", "Field");
            foreach ((string heading, LeadMeaning? meaning) in columns.All) table.Row(heading, meaning?.ToString() ?? "(left out)");
            terminal.Show(table);
        }
        string[] leftOut = [.. columns.All.Where(c => c.Meaning is null).Select(c => c.Heading)];
        if (leftOut.Length > 0) terminal.Say($"Left out, because a lead has nothing of the sort: {string.Join(", ", leftOut)}. --map COLUMN=field says what a column means.");
    }

    public static void Show(Terminal terminal, LeadImportOutcome outcome, bool isPreview)
    {
        string counts = $"{Tables.Number(outcome.Created)} created, {Tables.Number(outcome.Updated)} updated, {Tables.Number(outcome.Unchanged)} unchanged, {Tables.Number(outcome.Refused)} refused.";
        terminal.Out.WriteLine(isPreview ? $"It would come to: {counts} Nothing was written." : counts);
        foreach (LeadProblem problem in outcome.Problems.Take(ListedProblems)) terminal.Say(problem.ToString());
        if (outcome.Problems.Count > ListedProblems) terminal.Say($"… and {Tables.Number(outcome.Problems.Count - ListedProblems)} more; --json tells all.");
    }

    private static string Line(LeadStanding standing) => standing switch
    {
        { Places.Count: > 0 } => $"In the hub it is {standing.Person}{(standing.Company is { } company ? $" of {company}" : "")}. Last written {Tables.Time(standing.SyncedAt)}.",
        { Person: { } person } => $"In the hub it is {person}. It is written nowhere yet.",
        { Syncs: [var sync, ..] } => $"Not synced yet: 'syncline run {sync}' does it.",
        _ => "Not synced: no sync reads the list. docs/recipes/leads-to-attio.md has one.",
    };

    private static Table Places(LeadStanding standing)
    {
        Table table = Tables.Of("In", "What", "Name", "Id", "State", "Written", "Page");
        foreach (LeadPlace place in standing.Places) table.Row(place.Key.Connection, place.Kind.Name, place.Name, place.Key.Id, LeadText.Word(place), Tables.Time(place.SyncedAt), place.WebUrl);
        return table;
    }
}
