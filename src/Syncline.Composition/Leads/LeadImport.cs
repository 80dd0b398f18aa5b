using Syncline.Leads;

namespace Syncline.Composition.Leads;

/// <summary>What became of one lead of a file.</summary>
internal sealed record ImportedLead(string Place, string Id, LeadOutcome Outcome);

/// <summary>What saving a file of leads came to.</summary>
/// <param name="Leads">Those that are in the list now, in the order of the file.</param>
/// <param name="Problems">Why others were refused, each with its place.</param>
internal sealed record LeadImportOutcome(IReadOnlyList<ImportedLead> Leads, IReadOnlyList<LeadProblem> Problems)
{
    public int Created => Count(LeadOutcome.Added);

    public int Updated => Count(LeadOutcome.Updated);

    public int Unchanged => Count(LeadOutcome.Unchanged);

    /// <summary>Leads, however much is wrong with each.</summary>
    public required int Refused { get; init; }

    private int Count(LeadOutcome outcome) => Leads.Count(l => l.Outcome == outcome);
}

/// <summary>Saves what was read; over a copy of the list it is the preview.</summary>
internal sealed class LeadImport(ILeadList list)
{
    // A transaction's worth: others who write wait no longer than for so many.
    private const int Chunk = 500;

    /// <summary>One transaction for each few hundred leads; those that come first are kept where it is stopped, and saving again finds them unchanged.</summary>
    public async Task<LeadImportOutcome> SaveAsync(LeadFile file, LeadSaving how, CancellationToken cancellationToken)
    {
        (List<ImportedLead> saved, List<LeadProblem> problems) = ([], [.. file.Problems]);
        int refused = file.Refused;
        foreach (LeadRow[] rows in file.Rows.Chunk(Chunk))
        {
            IReadOnlyList<LeadSaved> answers = await list.SaveAsync([.. rows.Select(r => r.Lead)], how, cancellationToken);
            foreach ((LeadRow row, LeadSaved answer) in rows.Zip(answers))
            {
                if (answer.Id is { } id) saved.Add(new(row.Place, id, answer.Outcome));
                else refused++;
                if (answer.Problem is { } problem) problems.Add(problem.Within(row.Place, row.Place.StartsWith('[') ? "." : ", "));
            }
        }
        return new(saved, problems) { Refused = refused };
    }
}
