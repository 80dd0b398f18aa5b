using Syncline.Loading;
using Syncline.Merging;
using Syncline.Planning;
using Syncline.Records;

namespace Syncline.Enriching;

/// <summary>Brings an enricher's answers into the hub: what is known is merged, what failed becomes a dead letter.</summary>
internal sealed class AnswerDelivery(IHub hub, IEnricher enricher, TimeProvider clock)
{
    /// <summary>Doubled by each failure in a row; after eight a person has to look.</summary>
    public static readonly TimeSpan RetryDelay = TimeSpan.FromHours(1);

    /// <param name="answers">No fields where the supplier had nothing.</param>
    public async Task MergeAsync(IReadOnlyList<(long GoldenId, FieldSet? Fields)> answers, EnrichmentPass pass, CancellationToken cancellationToken)
    {
        if (answers.Count == 0) return;
        Dictionary<long, FieldSet?> by = answers.ToDictionary(a => a.GoldenId, a => a.Fields);
        MergeContext context = new(pass.Sync, pass.RunId, clock.GetUtcNow(), pass.Policies);
        // A miss takes nothing back: what an earlier answer said is still the best there is.
        await new DerivedMerge(hub).RunAsync([.. by.Keys], context, golden => golden.Where(g => by[g.Id] is not null).Select(g => DerivedMerge.About(Supplied.StreamOf(enricher.Connection), g, g.Kind, by[g.Id]!)),
            changes => changes.Settled.AddRange(by.Keys.Select(id => LetterKey(pass.Sync, GoldenRecord.ReferenceTo(enricher.Kind, id).Text))), cancellationToken);
    }

    /// <param name="sync">Whose failures they are.</param>
    public async Task SetAsideAsync(IEnumerable<(long GoldenId, EnrichmentAnswer.Failed Failed)> failures, string sync, long runId, CancellationToken cancellationToken)
    {
        HubChanges changes = new();
        DateTimeOffset now = clock.GetUtcNow();
        changes.DeadLetters.AddRange(failures.Select(f => LetterOf(LetterKey(sync, GoldenRecord.ReferenceTo(enricher.Kind, f.GoldenId).Text), f.GoldenId, f.Failed, runId, now)));
        if (changes.DeadLetters.Count > 0) await SaveAsync(changes, cancellationToken);
    }

    /// <summary>The letter about the enricher itself.</summary>
    public DeadLetterKey OwnLetter(string sync) => LetterKey(sync, enricher.Connection);

    public Task HoldBackAsync(EnrichmentPass pass, ProviderException failure, CancellationToken cancellationToken)
    {
        HubChanges changes = new();
        string reason = failure.Hint is null ? failure.Message : $"{failure.Message} {failure.Hint}";
        DateTimeOffset now = clock.GetUtcNow();
        TimeSpan delay = failure.RetryAfter > RetryDelay ? failure.RetryAfter.Value : RetryDelay;
        changes.DeadLetters.Add(new(OwnLetter(pass.Sync), enricher.Kind, DeadLetter.EnrichingStage, failure.Recovery.ToString(), reason, pass.RunId) { At = now, RetryAt = now + delay });
        return SaveAsync(changes, cancellationToken);
    }

    public Task SettleOwnAsync(EnrichmentPass pass, CancellationToken cancellationToken)
    {
        HubChanges changes = new();
        changes.Settled.Add(OwnLetter(pass.Sync));
        return SaveAsync(changes, cancellationToken);
    }

    private DeadLetter LetterOf(DeadLetterKey key, long goldenId, EnrichmentAnswer.Failed failed, long runId, DateTimeOffset now) =>
        new(key, enricher.Kind, DeadLetter.EnrichingStage, failed.Code, failed.Reason, runId) { GoldenId = goldenId, At = now, RetryAt = failed.IsFinal ? null : now + RetryDelay };

    private DeadLetterKey LetterKey(string sync, string subject) => new(sync, enricher.Connection, subject);

    private async Task SaveAsync(HubChanges changes, CancellationToken cancellationToken)
    {
        await using IHubSession session = await hub.BeginAsync(cancellationToken);
        await session.SaveAsync(changes, cancellationToken);
        await session.CommitAsync(cancellationToken);
    }
}
