using Syncline.Merging;
using Syncline.Planning;

namespace Syncline.Enriching;

/// <summary>What one pass of an enricher goes by.</summary>
/// <param name="Until">The place in the feed that it does not go beyond.</param>
internal sealed record EnrichmentPass(string Sync, long RunId, MergePolicies Policies, SyncScope Scope, long Until);

/// <summary>A record with the question about it.</summary>
internal sealed record Asked(long GoldenId, EnrichmentQuestion Question, string Fingerprint);

/// <summary>What a pass has done so far.</summary>
internal sealed class EnrichmentFigures
{
    public long Kept { get; set; }

    public long Sent { get; set; }

    public long Missed { get; private set; }

    public long Failed { get; set; }

    public decimal Spent { get; private set; }

    public void Answered(IEnumerable<EnrichmentAnswer> answers, decimal spent)
    {
        foreach (EnrichmentAnswer answer in answers)
        {
            if (answer is EnrichmentAnswer.Miss) Missed++;
            if (answer is EnrichmentAnswer.Failed) Failed++;
        }
        Spent += spent;
    }
}
