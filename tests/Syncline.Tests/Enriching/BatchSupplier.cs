using Syncline.Enriching;
using Syncline.Records;

namespace Syncline.Tests.Enriching;

/// <summary>Answers at once for two units a question, in batches for one. Knows an industry for every domain but <c>nobody.example</c>.</summary>
internal sealed class BatchSupplier(TimeProvider clock) : IBatchEnricher
{
    /// <summary>Questions of each batch by its id, in the order in which they were sent.</summary>
    public Dictionary<string, (SentBatch Sent, IReadOnlyList<EnrichmentQuestion> Questions)> Made { get; } = [];

    public HashSet<string> Ended { get; } = [];

    public Dictionary<string, EnrichmentAnswer.Failed> Fails { get; } = [];

    /// <summary>Keys whose results cannot be read.</summary>
    public HashSet<string> Lacks { get; } = [];

    public ProviderException? Refusal { get; set; }

    /// <summary>What becomes of the next creation whose answer is lost.</summary>
    public (bool IsLost, bool IsMade) Creation { get; set; } = (false, true);

    public int AskedAtOnce { get; private set; }

    public int Looked { get; private set; }

    public int? BatchFrom { get; set; }

    public int MostInBatch => 50;

    public TimeSpan BatchTakes => TimeSpan.FromHours(1);

    public string Connection => "supplier";

    public RecordKind Kind => RecordKind.Company;

    public IReadOnlyList<string> Fields => ["industry"];

    public int Batch => 4;

    public string Unit => "credits";

    public decimal MostFor(IReadOnlyList<EnrichmentQuestion> questions) => 2 * questions.Count;

    public decimal MostForBatch(IReadOnlyList<EnrichmentQuestion> questions) => questions.Count;

    public EnrichmentQuestion? QuestionOf(GoldenRecord record, GoldenRecord? company) =>
        record.Fields["domain"] is { } domain ? new(domain.Items[0].Text, record.Fields.Where(name => name is "domain" or "name")) : null;

    public Task<EnrichmentAnswers> AskAsync(IReadOnlyList<EnrichmentQuestion> questions, CancellationToken cancellationToken)
    {
        AskedAtOnce += questions.Count;
        return Task.FromResult(new EnrichmentAnswers([.. questions.Select(Answer)], 2 * questions.Count));
    }

    public Task<string?> SubmitAsync(SentBatch batch, IReadOnlyList<EnrichmentQuestion> questions, CancellationToken cancellationToken)
    {
        if (Refusal is not null) throw Refusal;
        Assert.Equal(batch.Questions, questions.Count);
        string id = $"b{Made.Count + 1}";
        if (Creation.IsMade) Made[id] = (batch, questions);
        return Task.FromResult(Creation.IsLost ? null : id);
    }

    public Task<BatchSearch> FindAsync(SentBatch batch, IReadOnlySet<string> known, CancellationToken cancellationToken)
    {
        if (Made.Where(m => m.Value.Sent.Tag == batch.Tag).Select(m => m.Key).FirstOrDefault() is { } id) return Task.FromResult(Ended.Contains(id) ? new BatchSearch(true, id) : new(false, null));
        return Task.FromResult(new BatchSearch(clock.GetUtcNow() - batch.At >= TimeSpan.FromMinutes(15), null));
    }

    public Task<BatchAnswers?> CollectAsync(string id, SentBatch batch, CancellationToken cancellationToken)
    {
        Looked++;
        Assert.Equal(Made[id].Sent, batch);
        if (!Ended.Contains(id)) return Task.FromResult<BatchAnswers?>(null);
        // In any order, as suppliers do.
        var said = Made[id].Questions.Index().Reverse().Where(q => !Lacks.Contains(q.Item.Key)).ToDictionary(q => q.Index, q => Answer(q.Item));
        return Task.FromResult<BatchAnswers?>(new(said, said.Values.Count(a => a is not EnrichmentAnswer.Failed)));
    }

    private EnrichmentAnswer Answer(EnrichmentQuestion question) =>
        Fails.GetValueOrDefault(question.Key) as EnrichmentAnswer ?? (question.Key == "nobody.example" ? new EnrichmentAnswer.Miss() : new EnrichmentAnswer.Known(FieldSet.Of(("industry", FieldValue.Of($"Industry of {question.Fields["name"]?.Text ?? question.Key}")))));
}
