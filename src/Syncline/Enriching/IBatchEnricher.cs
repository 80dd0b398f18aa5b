using Syncline.Records;

namespace Syncline.Enriching;

/// <summary>A batch as it was sent.</summary>
/// <param name="Tag">Begins the name of each of its questions, so that the batch is known again by its results. Letters, digits and hyphens; no personal data.</param>
/// <param name="At">When its intent was made durable; the call left no earlier.</param>
public sealed record SentBatch(string Tag, int Questions, DateTimeOffset At);

/// <summary>What a search for a batch came to whose creation was not answered.</summary>
/// <param name="IsSettled">False while nothing can be said; it is then searched for again later.</param>
/// <param name="Id">Null, when settled: it was never made.</param>
public readonly record struct BatchSearch(bool IsSettled, string? Id);

/// <summary>What became of a batch that has ended.</summary>
/// <param name="Answers">By the question's place in the batch, from 0. What is missing has no result that can be read: it may have been charged.</param>
/// <param name="Spent">What those answers cost, in the enricher's unit.</param>
public sealed record BatchAnswers(IReadOnlyDictionary<int, EnrichmentAnswer> Answers, decimal Spent);

/// <summary>An enricher that also answers later, for less: many questions are sent at once and collected when they are answered.</summary>
/// <remarks>
/// The engine makes a batch's intent durable, calls <see cref="SubmitAsync"/> once, and in later passes <see cref="CollectAsync"/> until it has ended. Where the answer of the first was lost it calls
/// <see cref="FindAsync"/> in place of sending again. Thrown is only a <see cref="ProviderException"/>: from <see cref="SubmitAsync"/> when nothing was taken in, from the others when it can be tried again.
/// </remarks>
public interface IBatchEnricher : IEnricher
{
    /// <summary>From so many questions on, due at one time, they go as a batch; null only when a user asks for it.</summary>
    int? BatchFrom { get; }

    /// <summary>Most questions of one batch.</summary>
    int MostInBatch { get; }

    /// <summary>After so long most batches have ended; nothing promises it.</summary>
    TimeSpan BatchTakes { get; }

    /// <summary>An upper bound of what so many questions may cost in a batch, in the enricher's unit.</summary>
    decimal MostForBatch(IReadOnlyList<EnrichmentQuestion> questions);

    /// <summary>Sends; never twice on its own.</summary>
    /// <returns>The batch's id at the supplier; null when the answer was lost, and the batch may be there.</returns>
    Task<string?> SubmitAsync(SentBatch batch, IReadOnlyList<EnrichmentQuestion> questions, CancellationToken cancellationToken);

    /// <summary>Looks for a batch whose creation was not answered.</summary>
    /// <param name="known">Ids of other batches, which it is not.</param>
    Task<BatchSearch> FindAsync(SentBatch batch, IReadOnlySet<string> known, CancellationToken cancellationToken);

    /// <returns>Null while it is under way.</returns>
    Task<BatchAnswers?> CollectAsync(string id, SentBatch batch, CancellationToken cancellationToken);
}
