using Syncline.Enriching;
using Syncline.Records;

namespace Syncline.Simulation.Worlds;

/// <summary>A supplier of facts about people that takes its time, and fails as suppliers do.</summary>
internal sealed class Facts(Random random, TimeProvider clock) : IEnricher
{
    public const string Summary = "enrichment_summary";

    private static readonly TimeSpan Thought = TimeSpan.FromMilliseconds(400);

    /// <summary>The share of the calls that fail, and of the questions in those that do not.</summary>
    public double Failures { get; set; }

    /// <summary>How often each person was asked about and answered.</summary>
    public Dictionary<string, int> Answered { get; } = new(StringComparer.Ordinal);

    public string Connection => "facts";

    public RecordKind Kind => RecordKind.Person;

    public IReadOnlyList<string> Fields => [Summary];

    public int Batch => 3;

    public string Unit => "credits";

    public decimal MostFor(IReadOnlyList<EnrichmentQuestion> questions) => questions.Count;

    public EnrichmentQuestion? QuestionOf(GoldenRecord record, GoldenRecord? company) =>
        record.Fields["first_name"] is { } name ? new(name.Text, FieldSet.Of(("first_name", name))) : null;

    /// <summary>What is known of a person.</summary>
    public static string About(string firstName) => $"{firstName} answers on Tuesdays.";

    public async Task<EnrichmentAnswers> AskAsync(IReadOnlyList<EnrichmentQuestion> questions, CancellationToken cancellationToken)
    {
        await Task.Delay(Thought, clock, cancellationToken);
        if (random.NextDouble() < Failures) throw new ProviderException("facts.ask was not answered.") { Operation = "facts.ask", Recovery = Recovery.RetryLater };
        EnrichmentAnswer[] answers = [.. questions.Select(Answer)];
        return new(answers, answers.Count(a => a is EnrichmentAnswer.Known));
    }

    private EnrichmentAnswer Answer(EnrichmentQuestion question)
    {
        if (random.NextDouble() < Failures) return new EnrichmentAnswer.Failed("overloaded", "The supplier did not get to it.");
        Answered[question.Key] = Answered.GetValueOrDefault(question.Key) + 1;
        return new EnrichmentAnswer.Known(FieldSet.Of((Summary, FieldValue.Of(About(question.Key)))));
    }
}
