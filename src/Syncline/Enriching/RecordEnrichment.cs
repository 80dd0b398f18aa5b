using Syncline.Loading;
using Syncline.Merging;
using Syncline.Planning;
using Syncline.Records;

namespace Syncline.Enriching;

/// <summary>What one pass of an enricher did.</summary>
/// <param name="Reached">The place in the feed up to which every record has its answer, its miss or its dead letter; null when the pass was broken off: records are then written without.</param>
public sealed record EnrichmentReport(long? Reached)
{
    /// <summary>The pass ended before the place it was to go to.</summary>
    public bool IsMore { get; init; }

    /// <summary>Answers taken from earlier ones, and those that batches brought.</summary>
    public long Kept { get; init; }

    /// <summary>Questions that were sent, in batches too.</summary>
    public long Asked { get; init; }

    /// <summary>Questions the supplier had nothing for.</summary>
    public long Missed { get; init; }

    public long Failed { get; init; }

    /// <summary>In the enricher's unit.</summary>
    public decimal Spent { get; init; }
}

/// <summary>Reads the change feed for records that an enricher knows more about, asks where nothing fresh is kept, and merges the answers back.</summary>
/// <remarks>
/// An answer is kept before it is merged: a crash between the two costs a look into the cache. Its own merge comes back in the feed, finds the question unchanged and ends there. A refusal of one
/// record is that record's dead letter; an outage, a limit or missing credits is one letter of the enricher, and the sync goes on without it until that is due. Questions that go as a batch are gathered
/// first; the place in the feed is kept when they are on their way.
/// </remarks>
public sealed class RecordEnrichment(IHub hub, IJournal journal, IEnrichmentCache cache, Enrichment enrichment, TimeProvider clock)
{
    // Entries read at a time, and questions after which a pass ends: what was answered is written to the destinations before the rest is asked about.
    private const int Window = 500, MostAsked = 200;

    // Dead letters tried again in one pass.
    private const int MostDue = 500;

    // Records whose questions are put together at a time: bounds memory and the pause before the first answers are merged.
    private const int Chunk = 200;

    private readonly IEnricher _enricher = enrichment.Enricher;
    private readonly AnswerDelivery _delivery = new(hub, enrichment.Enricher, clock);
    private readonly RecordQuestions _questions = new(hub, enrichment.Enricher);
    private readonly EnrichmentFigures _figures = new();

    // By record; empty unless questions are gathered for a batch.
    private readonly Dictionary<long, Asked> _gathered = [];
    private bool _hasSubmitted;

    /// <summary>Where batches are kept; null asks everything at once.</summary>
    public IEnrichmentBatches? Batches { get; init; }

    /// <summary>Everything that is due goes as a batch, if the enricher answers in batches.</summary>
    public bool InBatches { get; init; }

    /// <summary>Ask for the batches under way whether they have ended.</summary>
    public bool Collects { get; init; } = true;

    private EnrichmentBudget Budget => new(cache, Batches, enrichment, clock);

    private BatchedQuestions? Batched => field ??= Batches is not null && _enricher is IBatchEnricher able ? new(hub, cache, Batches, able, Budget, _figures, clock) : null;

    /// <summary>Questions from which on they go as a batch; null when none do.</summary>
    private int? BatchFrom => Batches is not null && _enricher is IBatchEnricher able ? InBatches ? 1 : able.BatchFrom : null;

    /// <summary>Brings the records of a sync up to date with what the enricher knows about them.</summary>
    /// <param name="until">Goes no further in the feed than this: what another enricher has yet to add would make another question, and another bill.</param>
    /// <param name="retriesAll">Ask about every record that failed, and although the enricher is held back.</param>
    public async Task<EnrichmentReport> RunAsync(string sync, long runId, MergePolicies policies, SyncScope scope, long until, bool retriesAll, CancellationToken cancellationToken)
    {
        EnrichmentPass pass = new(sync, runId, policies, scope, until);
        long? reached = await GoAsync(pass, retriesAll, cancellationToken);
        return new(reached) { IsMore = reached < until, Kept = _figures.Kept, Asked = _figures.Sent, Missed = _figures.Missed, Failed = _figures.Failed, Spent = _figures.Spent };
    }

    private async Task<long?> GoAsync(EnrichmentPass pass, bool retriesAll, CancellationToken cancellationToken)
    {
        try
        {
            // Also while it is held back: a budget that batches under way have taken up is freed by collecting them.
            Collection collected = Collects && Batched is { } batched ? await batched.CollectAsync(pass, cancellationToken) : Collection.None;
            if (!retriesAll && await IsHeldBackAsync(pass, cancellationToken)) return null;
            IReadOnlyList<DeadLetter> due = await journal.DueAsync(pass.Sync, _enricher.Connection, clock.GetUtcNow(), retriesAll, MostDue, cancellationToken);
            await AnswerAsync([.. due.Select(d => d.GoldenId).OfType<long>().Concat(collected.Again).Distinct()], pass, cancellationToken);
            long reached = await FollowAsync(pass, cancellationToken);
            if (Batched is not null) await Batched.EndAsync(collected, cancellationToken);
            await _delivery.SettleOwnAsync(pass, cancellationToken);
            return reached;
        }
        catch (ProviderException failure)
        {
            _figures.Failed++;
            await _delivery.HoldBackAsync(pass, failure, cancellationToken);
            return null;
        }
    }

    private async Task<long> FollowAsync(EnrichmentPass pass, CancellationToken cancellationToken)
    {
        string reader = $"enrich:{pass.Sync}:{_enricher.Connection}";
        long reached = await journal.FindOffsetAsync(reader, cancellationToken);
        while ((BatchFrom is not null || _figures.Sent < MostAsked) && await NextAsync(reached, pass.Until, cancellationToken) is { Count: > 0 } window)
        {
            await AnswerAsync(await ConcernedAsync(window, cancellationToken), pass, cancellationToken);
            reached = window[^1].Sequence;
            if (_gathered.Count == 0) await journal.SaveOffsetAsync(reader, reached, cancellationToken);
        }
        if (_gathered.Count == 0) return reached;
        await SendGatheredAsync(pass, cancellationToken);
        await journal.SaveOffsetAsync(reader, reached, cancellationToken);
        return reached;
    }

    private async Task<IReadOnlyList<FeedEntry>> NextAsync(long reached, long until, CancellationToken cancellationToken) =>
        [.. (await hub.ReadFeedAsync(reached, Window, cancellationToken)).TakeWhile(e => e.Sequence <= until)];

    /// <summary>Records of the enricher's kind that changed, and people whose company did: their question may be another one now.</summary>
    private async Task<IReadOnlyList<long>> ConcernedAsync(IReadOnlyList<FeedEntry> window, CancellationToken cancellationToken)
    {
        IEnumerable<long> changed = IdsOf(window.Where(e => !IsOwn(e)), _enricher.Kind);
        if (_enricher.Kind != RecordKind.Person) return [.. changed];
        ILookup<long, GoldenRecord> people = await hub.ReferringAsync(RecordKind.Person, "company", [.. IdsOf(window, RecordKind.Company)], cancellationToken);
        return [.. changed.Concat(people.SelectMany(p => p).Select(p => p.Id)).Distinct()];
    }

    /// <summary>Its own answer is no news to it.</summary>
    private bool IsOwn(FeedEntry entry) => entry.Change.Fields.Count > 0 && entry.Change.Fields.All(f => Supplied.IsSource(f.Origin.Source) && f.Origin.Source.Stream == Supplied.StreamOf(_enricher.Connection));

    private static IEnumerable<long> IdsOf(IEnumerable<FeedEntry> window, RecordKind kind) => window.Where(e => e.Change.Kind == kind).Select(e => e.Change.GoldenId).Distinct();

    private async Task AnswerAsync(IReadOnlyList<long> goldenIds, EnrichmentPass pass, CancellationToken cancellationToken)
    {
        foreach (long[] some in goldenIds.Chunk(Chunk))
        {
            List<Asked> questions = await _questions.AboutAsync(some, pass.Scope, cancellationToken);
            IReadOnlyDictionary<string, KeptAnswer> kept = await cache.FindAsync(_enricher.Connection, _enricher.Kind, [.. questions.Select(q => q.Question.Key).Distinct(StringComparer.Ordinal)], cancellationToken);
            ILookup<bool, Asked> known = questions.ToLookup(q => kept.TryGetValue(q.Question.Key, out KeptAnswer? answer) && answer.Fingerprint == q.Fingerprint && enrichment.Terms.IsFresh(answer, clock.GetUtcNow()));
            _figures.Kept += known[true].Count();
            await _delivery.MergeAsync([.. known[true].Select(q => (q.GoldenId, kept[q.Question.Key].Fields))], pass, cancellationToken);
            await AskOrGatherAsync(await NotUnderWayAsync([.. known[false]], cancellationToken), pass, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<Asked>> NotUnderWayAsync(IReadOnlyList<Asked> questions, CancellationToken cancellationToken)
    {
        if (Batched is null || questions.Count == 0) return questions;
        IReadOnlySet<long> underWay = await Batched.UnderWayAsync([.. questions.Select(q => q.GoldenId)], cancellationToken);
        return [.. questions.Where(q => !underWay.Contains(q.GoldenId))];
    }

    private async Task AskOrGatherAsync(IReadOnlyList<Asked> questions, EnrichmentPass pass, CancellationToken cancellationToken)
    {
        if (BatchFrom is null)
        {
            await AskAllAsync(questions, pass, cancellationToken);
            return;
        }
        foreach (Asked question in questions) _gathered[question.GoldenId] = question;
        if (_gathered.Count >= ((IBatchEnricher)_enricher).MostInBatch) await SendGatheredAsync(pass, cancellationToken);
    }

    /// <summary>As a batch where there are enough of them, else at once.</summary>
    private async Task SendGatheredAsync(EnrichmentPass pass, CancellationToken cancellationToken)
    {
        Asked[] questions = [.. _gathered.Values];
        _gathered.Clear();
        _hasSubmitted |= questions.Length >= Math.Min(BatchFrom ?? int.MaxValue, ((IBatchEnricher)_enricher).MostInBatch);
        if (_hasSubmitted) await Batched!.SubmitAsync(questions, pass, cancellationToken);
        else await AskAllAsync(questions, pass, cancellationToken);
    }

    private async Task AskAllAsync(IReadOnlyList<Asked> questions, EnrichmentPass pass, CancellationToken cancellationToken)
    {
        foreach (IGrouping<string, Asked>[] batch in questions.GroupBy(q => q.Question.Key, StringComparer.Ordinal).Chunk(_enricher.Batch)) await AskAsync(batch, pass, cancellationToken);
    }

    private async Task AskAsync(IGrouping<string, Asked>[] batch, EnrichmentPass pass, CancellationToken cancellationToken)
    {
        EnrichmentQuestion[] questions = [.. batch.Select(b => b.First().Question)];
        await Budget.StayWithinAsync(questions, cancellationToken);
        await cache.AskAsync(_enricher.Connection, _enricher.Kind, [.. batch.SelectMany(b => b).Select(b => (b.Question.Key, b.GoldenId))], cancellationToken);
        EnrichmentAnswers answers = await _enricher.AskAsync(questions, cancellationToken);
        if (answers.Answers.Count != questions.Length) throw new InvalidOperationException($"{_enricher.Connection} gave {answers.Answers.Count} answers to {questions.Length} questions.");
        DateTimeOffset now = clock.GetUtcNow();
        KeptAnswer[] kept = [.. batch.Zip(answers.Answers).Where(a => a.Second is not EnrichmentAnswer.Failed).Select(a => new KeptAnswer(a.First.Key, a.First.First().Fingerprint, (a.Second as EnrichmentAnswer.Known)?.Fields, now))];
        await cache.KeepAsync(_enricher.Connection, _enricher.Kind, kept, answers.Spent, cancellationToken);
        _figures.Sent += questions.Length;
        _figures.Answered(answers.Answers, answers.Spent);
        await _delivery.SetAsideAsync(batch.Zip(answers.Answers).SelectMany(a => a.First.Select(q => (q.GoldenId, (a.Second as EnrichmentAnswer.Failed)!))).Where(f => f.Item2 is not null), pass.Sync, pass.RunId, cancellationToken);
        await _delivery.MergeAsync([.. batch.Zip(answers.Answers).Where(a => a.Second is not EnrichmentAnswer.Failed).SelectMany(a => a.First.Select(q => (q.GoldenId, (a.Second as EnrichmentAnswer.Known)?.Fields)))], pass, cancellationToken);
    }

    /// <summary>True while an earlier failure of the enricher itself is not due for another attempt.</summary>
    private async Task<bool> IsHeldBackAsync(EnrichmentPass pass, CancellationToken cancellationToken) =>
        await journal.FindDeadLetterAsync(_delivery.OwnLetter(pass.Sync), cancellationToken) is { } letter && letter.RetryAt > clock.GetUtcNow();
}
