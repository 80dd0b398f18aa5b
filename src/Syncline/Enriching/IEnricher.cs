using Syncline.Records;

namespace Syncline.Enriching;

/// <summary>What an enricher needs to know of a record, and under which key its answer is kept.</summary>
/// <param name="Key">The record's key at the supplier, normalised: a domain, an e-mail address. Two records with one key are asked about once.</param>
/// <param name="Fields">The canonical fields the question is made of, a referred record's as <c>company/name</c>. When they change, the record is asked about anew.</param>
public sealed record EnrichmentQuestion(string Key, FieldSet Fields);

/// <summary>What became of one question.</summary>
public abstract record EnrichmentAnswer
{
    private EnrichmentAnswer() { }

    /// <param name="Fields">Canonical fields of the record asked about.</param>
    public sealed record Known(FieldSet Fields) : EnrichmentAnswer;

    /// <summary>The supplier has nothing about it. Remembered, so that it is not asked and paid for again soon.</summary>
    public sealed record Miss : EnrichmentAnswer;

    /// <summary>This one question failed; the others did not. It is asked again later.</summary>
    /// <param name="Reason">What the supplier said and what the user can do; no text of the prompt, no secret.</param>
    public sealed record Failed(string Code, string Reason) : EnrichmentAnswer
    {
        /// <summary>True when asking again will not help: the question itself is refused.</summary>
        public bool IsFinal { get; init; }
    }
}

/// <summary>The answers to one call, in the order of its questions.</summary>
/// <param name="Spent">What the call cost, in the enricher's unit.</param>
public sealed record EnrichmentAnswers(IReadOnlyList<EnrichmentAnswer> Answers, decimal Spent);

/// <summary>A supplier of facts about records: one more source in the merge, asked instead of read.</summary>
/// <remarks>Thrown is only a <see cref="ProviderException"/>, when nothing was answered: out of credits or not allowed stops the run, an outage is tried again later.</remarks>
public interface IEnricher
{
    /// <summary>The connection's name, which is also the source of the values in their lineage.</summary>
    string Connection { get; }

    RecordKind Kind { get; }

    /// <summary>What it fills.</summary>
    IReadOnlyList<string> Fields { get; }

    /// <summary>Most questions one call takes.</summary>
    int Batch { get; }

    /// <summary>What <see cref="EnrichmentAnswers.Spent"/> counts: <c>credits</c>, <c>USD</c>.</summary>
    string Unit { get; }

    /// <summary>An upper bound of what so many questions may cost, in <see cref="Unit"/>.</summary>
    decimal MostFor(IReadOnlyList<EnrichmentQuestion> questions);

    /// <summary>The question about a record; null when there is too little to ask with.</summary>
    /// <param name="company">The company a person belongs to; null when none is known.</param>
    EnrichmentQuestion? QuestionOf(GoldenRecord record, GoldenRecord? company);

    /// <summary>Asks. Spends; never repeats on its own what may have been charged.</summary>
    Task<EnrichmentAnswers> AskAsync(IReadOnlyList<EnrichmentQuestion> questions, CancellationToken cancellationToken);
}
