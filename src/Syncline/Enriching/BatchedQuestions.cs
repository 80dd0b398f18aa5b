using System.Globalization;
using Syncline.Merging;
using Syncline.Records;

namespace Syncline.Enriching;

/// <summary>Answers that are merged, and what is left to do before their batch is forgotten.</summary>
/// <param name="Again">Records whose question is another one by now.</param>
/// <param name="Ended">Batches to forget when those have been asked about.</param>
internal sealed record Collection(IReadOnlyList<long> Again, IReadOnlyList<EnrichmentBatch> Ended)
{
    public static Collection None { get; } = new([], []);
}

/// <summary>Sends questions as batches and collects what earlier passes sent.</summary>
/// <remarks>
/// A batch is on disk before it is sent, and its answers are on disk before they are merged. One whose creation was not answered is looked for at the supplier and never sent again by guess: its
/// questions are asked anew only when it is certain that it was not made, or when its results are gone, and then what it may have cost counts as spent.
/// </remarks>
internal sealed class BatchedQuestions(IHub hub, IEnrichmentCache cache, IEnrichmentBatches batches, IBatchEnricher enricher, EnrichmentBudget budget, EnrichmentFigures figures, TimeProvider clock)
{
    // Records that are merged at a time.
    private const int Chunk = 200;

    private readonly AnswerDelivery _delivery = new(hub, enricher, clock);
    private readonly RecordQuestions _questions = new(hub, enricher);

    public Task<IReadOnlySet<long>> UnderWayAsync(IReadOnlyCollection<long> goldenIds, CancellationToken cancellationToken) => batches.UnderWayAsync(enricher.Connection, goldenIds, cancellationToken);

    /// <exception cref="ProviderException">The batch was not taken in, or the month's budget does not cover all of it; what it covers has been sent.</exception>
    public async Task SubmitAsync(IReadOnlyCollection<Asked> asked, EnrichmentPass pass, CancellationToken cancellationToken)
    {
        foreach (IGrouping<string, Asked>[] some in asked.GroupBy(a => a.Question.Key, StringComparer.Ordinal).Chunk(enricher.MostInBatch))
        {
            int sent = 0;
            while (sent < some.Length)
            {
                IGrouping<string, Asked>[] rest = some[sent..];
                int fitting = await budget.FittingAsync(enricher, QuestionsOf(rest), cancellationToken);
                await SendAsync(rest[..fitting], pass, cancellationToken);
                sent += fitting;
            }
        }
    }

    /// <summary>Asks for every batch whether it has ended, and merges what those brought that have.</summary>
    public async Task<Collection> CollectAsync(EnrichmentPass pass, CancellationToken cancellationToken)
    {
        List<long> again = [];
        List<EnrichmentBatch> ended = [];
        IReadOnlyList<EnrichmentBatch> all = await batches.ListAsync(enricher.Connection, cancellationToken);
        foreach (EnrichmentBatch batch in all.Where(b => b.Kind == enricher.Kind))
        {
            bool isOwn = batch.Sync == pass.Sync;
            bool isToMerge = batch.State == BatchState.Collected ? isOwn : await KeepAsync(batch, all, pass, cancellationToken);
            if (!isToMerge) continue;
            again.AddRange(await MergeAsync(batch, pass, cancellationToken));
            // Another sync's records may be out of this one's scope: it merges them itself, and forgets the batch.
            if (isOwn) ended.Add(batch);
        }
        return new(again, ended);
    }

    public async Task EndAsync(Collection collection, CancellationToken cancellationToken)
    {
        foreach (EnrichmentBatch batch in collection.Ended) await batches.EndAsync(batch.Ordinal, cancellationToken);
    }

    private static EnrichmentQuestion[] QuestionsOf(IGrouping<string, Asked>[] groups) => [.. groups.Select(g => g.First().Question)];

    // The hub's name and the ordinal are given once, so that nobody else's batch has results of this name; the time tells them apart where a backup was put back.
    private SentBatch Sent(EnrichmentBatch batch) => new(string.Create(CultureInfo.InvariantCulture, $"{hub.Name}-{batch.Ordinal}-{batch.At.ToUnixTimeSeconds()}"), batch.Questions, batch.At);

    private async Task SendAsync(IGrouping<string, Asked>[] groups, EnrichmentPass pass, CancellationToken cancellationToken)
    {
        EnrichmentQuestion[] questions = QuestionsOf(groups);
        BatchedRecord[] records = [.. groups.SelectMany((group, position) => group.Select(a => new BatchedRecord(a.GoldenId, position, a.Question.Key, a.Fingerprint)))];
        EnrichmentBatch batch = await batches.IntendAsync(enricher.Connection, enricher.Kind, pass.Sync, enricher.MostForBatch(questions), records, cancellationToken);
        string? id;
        try
        {
            id = await enricher.SubmitAsync(Sent(batch), questions, cancellationToken);
        }
        catch (ProviderException)
        {
            await batches.EndAsync(batch.Ordinal, cancellationToken);
            throw;
        }
        if (id is not null) await batches.StartAsync(batch.Ordinal, id, cancellationToken);
        figures.Sent += questions.Length;
    }

    /// <summary>Keeps a batch's answers if it has ended. False when it has not, was never made, or another process has kept them.</summary>
    private async Task<bool> KeepAsync(EnrichmentBatch batch, IReadOnlyList<EnrichmentBatch> all, EnrichmentPass pass, CancellationToken cancellationToken)
    {
        if (await IdOfAsync(batch, all, pass, cancellationToken) is not { } id) return false;
        if (await enricher.CollectAsync(id, Sent(batch), cancellationToken) is not { } brought) return false;
        IReadOnlyList<BatchedRecord> records = await batches.RecordsAsync(batch.Ordinal, cancellationToken);
        Dictionary<int, EnrichmentAnswer> answers = Enumerable.Range(0, batch.Questions).ToDictionary(p => p, p => brought.Answers.GetValueOrDefault(p) ?? NoResult());
        // What a missing result cost is not known.
        decimal spent = brought.Answers.Count < batch.Questions ? Math.Max(batch.Most, brought.Spent) : brought.Spent;
        var failures = records.Where(r => answers[r.Position] is EnrichmentAnswer.Failed).Select(r => (r.GoldenId, (EnrichmentAnswer.Failed)answers[r.Position]));
        // Before the answers are kept: after a crash between the two they come again, and replace themselves.
        await _delivery.SetAsideAsync(failures, batch.Sync, pass.RunId, cancellationToken);
        if (!await batches.CollectAsync(batch, KeptOf(records, answers), [.. answers.Where(a => a.Value is EnrichmentAnswer.Failed).Select(a => a.Key)], spent, cancellationToken)) return false;
        figures.Answered(answers.Values, spent);
        return true;
    }

    private KeptAnswer[] KeptOf(IReadOnlyList<BatchedRecord> records, Dictionary<int, EnrichmentAnswer> answers)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return
        [
            .. records.DistinctBy(r => r.Position).Where(r => answers[r.Position] is not EnrichmentAnswer.Failed)
                .Select(r => new KeptAnswer(r.Key, r.Fingerprint, (answers[r.Position] as EnrichmentAnswer.Known)?.Fields, now)),
        ];
    }

    /// <summary>The batch's id; null when it is not known yet, or the batch was never made and is given up.</summary>
    private async Task<string?> IdOfAsync(EnrichmentBatch batch, IReadOnlyList<EnrichmentBatch> all, EnrichmentPass pass, CancellationToken cancellationToken)
    {
        if (batch.RemoteId is { } known) return known;
        BatchSearch search = await enricher.FindAsync(Sent(batch), all.Select(b => b.RemoteId).OfType<string>().ToHashSet(StringComparer.Ordinal), cancellationToken);
        if (search.Id is not null) await batches.StartAsync(batch.Ordinal, search.Id, cancellationToken);
        else if (search.IsSettled) await GiveUpAsync(batch, pass, cancellationToken);
        return search.Id;
    }

    private async Task GiveUpAsync(EnrichmentBatch batch, EnrichmentPass pass, CancellationToken cancellationToken)
    {
        EnrichmentAnswer.Failed failed = new("batch_not_made", $"The batch this question was to be sent in was never made at {enricher.Connection}: the process ended, or the connection broke, while it was sent. Nothing was charged; it is asked again.");
        IReadOnlyList<BatchedRecord> records = await batches.RecordsAsync(batch.Ordinal, cancellationToken);
        await _delivery.SetAsideAsync(records.Select(r => (r.GoldenId, failed)), batch.Sync, pass.RunId, cancellationToken);
        await batches.EndAsync(batch.Ordinal, cancellationToken);
        figures.Failed += batch.Questions;
    }

    /// <returns>The records whose question has changed since it was sent.</returns>
    private async Task<IReadOnlyList<long>> MergeAsync(EnrichmentBatch batch, EnrichmentPass pass, CancellationToken cancellationToken)
    {
        List<long> again = [];
        foreach (BatchedRecord[] records in (await batches.RecordsAsync(batch.Ordinal, cancellationToken)).Chunk(Chunk))
        {
            Dictionary<long, BatchedRecord> sent = records.ToDictionary(r => r.GoldenId);
            List<Asked> now = await _questions.AboutAsync(sent.Keys, pass.Scope, cancellationToken);
            IReadOnlyDictionary<string, KeptAnswer> kept = await cache.FindAsync(enricher.Connection, enricher.Kind, [.. records.Select(r => r.Key).Distinct(StringComparer.Ordinal)], cancellationToken);
            ILookup<bool, Asked> same = now.ToLookup(a => a.Fingerprint == sent[a.GoldenId].Fingerprint && kept.ContainsKey(sent[a.GoldenId].Key));
            figures.Kept += same[true].Count();
            await _delivery.MergeAsync([.. same[true].Select(a => (a.GoldenId, kept[sent[a.GoldenId].Key].Fields))], pass, cancellationToken);
            again.AddRange(same[false].Select(a => a.GoldenId));
        }
        return again;
    }

    private EnrichmentAnswer.Failed NoResult() =>
        new("no_result", $"The batch at {enricher.Connection} has ended, and no result for this question can be read. The whole batch is counted as spent; the question is asked again.");
}
