using System.Globalization;
using System.Security.Cryptography;
using System.Text;
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

    /// <summary>Answers taken from earlier ones.</summary>
    public long Kept { get; init; }

    /// <summary>Questions that were sent.</summary>
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
/// record is that record's dead letter; an outage, a limit or missing credits is one letter of the enricher, and the sync goes on without it until that is due.
/// </remarks>
public sealed class RecordEnrichment(IHub hub, IJournal journal, IEnrichmentCache cache, Enrichment enrichment, TimeProvider clock)
{
    // Entries read at a time, and questions after which a pass ends: what was answered is written to the destinations before the rest is asked about.
    private const int Window = 500, MostAsked = 200;

    // Dead letters tried again in one pass.
    private const int MostDue = 500;

    // Records whose questions are put together at a time: bounds memory and the pause before the first answers are merged.
    private const int Chunk = 200;

    // Doubled by each failure in a row; after eight a person has to look.
    private static readonly TimeSpan RetryDelay = TimeSpan.FromHours(1);

    private readonly IEnricher _enricher = enrichment.Enricher;

    private long _kept, _asked, _missed, _failed;
    private decimal _spent;

    /// <summary>Brings the records of a sync up to date with what the enricher knows about them.</summary>
    /// <param name="until">Goes no further in the feed than this: what another enricher has yet to add would make another question, and another bill.</param>
    /// <param name="retriesAll">Ask about every record that failed, and although the enricher is held back.</param>
    public async Task<EnrichmentReport> RunAsync(string sync, long runId, MergePolicies policies, SyncScope scope, long until, bool retriesAll, CancellationToken cancellationToken)
    {
        Pass pass = new(sync, runId, policies, scope, until);
        IReadOnlyList<DeadLetter> due = await journal.DueAsync(sync, _enricher.Connection, clock.GetUtcNow(), retriesAll, MostDue, cancellationToken);
        long? reached = await IsHeldBackAsync(pass, retriesAll, cancellationToken) ? null : await GoAsync(pass, due, cancellationToken);
        return new(reached) { IsMore = reached < until, Kept = _kept, Asked = _asked, Missed = _missed, Failed = _failed, Spent = _spent };
    }

    private async Task<long?> GoAsync(Pass pass, IReadOnlyList<DeadLetter> due, CancellationToken cancellationToken)
    {
        string reader = $"enrich:{pass.Sync}:{_enricher.Connection}";
        long reached = await journal.FindOffsetAsync(reader, cancellationToken);
        try
        {
            await AnswerAsync([.. due.Select(d => d.GoldenId).OfType<long>()], pass, cancellationToken);
            while (_asked < MostAsked && await NextAsync(reached, pass.Until, cancellationToken) is { Count: > 0 } window)
            {
                await AnswerAsync(await ConcernedAsync(window, cancellationToken), pass, cancellationToken);
                reached = window[^1].Sequence;
                await journal.SaveOffsetAsync(reader, reached, cancellationToken);
            }
        }
        catch (ProviderException failure)
        {
            await HoldBackAsync(pass, failure, cancellationToken);
            return null;
        }
        await SettleAsync([OwnLetter(pass)], cancellationToken);
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

    private async Task AnswerAsync(IReadOnlyList<long> goldenIds, Pass pass, CancellationToken cancellationToken)
    {
        foreach (long[] some in goldenIds.Chunk(Chunk))
        {
            List<Asked> questions = await QuestionsAsync(some, pass.Scope, cancellationToken);
            IReadOnlyDictionary<string, KeptAnswer> kept = await cache.FindAsync(_enricher.Connection, _enricher.Kind, [.. questions.Select(q => q.Question.Key).Distinct(StringComparer.Ordinal)], cancellationToken);
            ILookup<bool, Asked> known = questions.ToLookup(q => kept.TryGetValue(q.Question.Key, out KeptAnswer? answer) && answer.Fingerprint == q.Fingerprint && enrichment.Terms.IsFresh(answer, clock.GetUtcNow()));
            _kept += known[true].Count();
            await MergeAsync([.. known[true].Select(q => (q.GoldenId, kept[q.Question.Key].Fields))], pass, cancellationToken);
            foreach (IGrouping<string, Asked>[] batch in known[false].GroupBy(q => q.Question.Key, StringComparer.Ordinal).Chunk(_enricher.Batch)) await AskAsync(batch, pass, cancellationToken);
        }
    }

    private async Task<List<Asked>> QuestionsAsync(long[] goldenIds, SyncScope scope, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<long, GoldenRecord> golden = await hub.LoadAsync(goldenIds, cancellationToken);
        ILookup<long, Link> links = await hub.LinksOfAsync(goldenIds, cancellationToken);
        GoldenRecord[] alive = [.. golden.Values.Where(g => !g.IsDeleted && g.Kind == _enricher.Kind && scope.Holds(links[g.Id])).OrderBy(g => g.Id)];
        IReadOnlyDictionary<long, GoldenRecord> companies = await hub.LoadAsync([.. alive.Select(CompanyOf).OfType<long>().Distinct()], cancellationToken);
        return
        [
            .. from record in alive
               let company = CompanyOf(record) is { } id ? companies.GetValueOrDefault(id) : null
               let question = _enricher.QuestionOf(record, company)
               where question is not null
               select new Asked(record.Id, question, FingerprintOf(question.Fields)),
        ];
    }

    private static long? CompanyOf(GoldenRecord record) =>
        record.Fields["company"] is { Type: FieldType.Reference } company ? long.Parse(company.ReferencedId, CultureInfo.InvariantCulture) : null;

    private static string FingerprintOf(FieldSet fields)
    {
        StringBuilder text = new();
        foreach (Field field in fields) text.Append(field.Name).Append('=').Append(field.Value).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())), 0, 16);
    }

    private async Task AskAsync(IGrouping<string, Asked>[] batch, Pass pass, CancellationToken cancellationToken)
    {
        EnrichmentQuestion[] questions = [.. batch.Select(b => b.First().Question)];
        await StayWithinAsync(questions, cancellationToken);
        await cache.AskAsync(_enricher.Connection, _enricher.Kind, [.. batch.SelectMany(b => b).Select(b => (b.Question.Key, b.GoldenId))], cancellationToken);
        EnrichmentAnswers answers = await _enricher.AskAsync(questions, cancellationToken);
        if (answers.Answers.Count != questions.Length) throw new InvalidOperationException($"{_enricher.Connection} gave {answers.Answers.Count} answers to {questions.Length} questions.");
        DateTimeOffset now = clock.GetUtcNow();
        KeptAnswer[] kept = [.. batch.Zip(answers.Answers).Where(a => a.Second is not EnrichmentAnswer.Failed).Select(a => new KeptAnswer(a.First.Key, a.First.First().Fingerprint, (a.Second as EnrichmentAnswer.Known)?.Fields, now))];
        await cache.KeepAsync(_enricher.Connection, _enricher.Kind, kept, answers.Spent, cancellationToken);
        Count(answers);
        await SetAsideAsync(batch, answers.Answers, pass, now, cancellationToken);
        await MergeAsync([.. batch.Zip(answers.Answers).Where(a => a.Second is not EnrichmentAnswer.Failed).SelectMany(a => a.First.Select(q => (q.GoldenId, (a.Second as EnrichmentAnswer.Known)?.Fields)))], pass, cancellationToken);
    }

    private void Count(EnrichmentAnswers answers)
    {
        _asked += answers.Answers.Count;
        _missed += answers.Answers.Count(a => a is EnrichmentAnswer.Miss);
        _failed += answers.Answers.Count(a => a is EnrichmentAnswer.Failed);
        _spent += answers.Spent;
    }

    /// <exception cref="ProviderException">The month's budget does not cover these questions.</exception>
    private async Task StayWithinAsync(EnrichmentQuestion[] questions, CancellationToken cancellationToken)
    {
        if (enrichment.Terms.MostAMonth is not { } most) return;
        DateTimeOffset now = clock.GetUtcNow();
        DateTimeOffset month = new(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero);
        decimal spent = await cache.SpentAsync(_enricher.Connection, month, cancellationToken);
        if (spent + _enricher.MostFor(questions) <= most) return;
        throw new ProviderException(string.Create(CultureInfo.InvariantCulture, $"{_enricher.Connection} has cost {spent:0.####} of the {most:0.####} {_enricher.Unit} it may cost this month; the next call might cost more than is left."))
        {
            Operation = $"{_enricher.Connection}.enrich",
            Recovery = Recovery.RetryLater,
            RetryAfter = month.AddMonths(1) - now,
            Hint = "It goes on next month. To go on now, raise enrichment.most in the configuration and run 'syncline enrich --retry'.",
        };
    }

    private async Task MergeAsync(IReadOnlyList<(long GoldenId, FieldSet? Fields)> answers, Pass pass, CancellationToken cancellationToken)
    {
        if (answers.Count == 0) return;
        Dictionary<long, FieldSet?> by = answers.ToDictionary(a => a.GoldenId, a => a.Fields);
        MergeContext context = new(pass.Sync, pass.RunId, clock.GetUtcNow(), pass.Policies);
        // A miss takes nothing back: what an earlier answer said is still the best there is.
        await new DerivedMerge(hub).RunAsync([.. by.Keys], context, golden => golden.Where(g => by[g.Id] is not null).Select(g => DerivedMerge.About(Supplied.StreamOf(_enricher.Connection), g, g.Kind, by[g.Id]!)),
            changes => changes.Settled.AddRange(by.Keys.Select(id => LetterKey(pass, GoldenRecord.ReferenceTo(_enricher.Kind, id).Text))), cancellationToken);
    }

    private async Task SetAsideAsync(IGrouping<string, Asked>[] batch, IReadOnlyList<EnrichmentAnswer> answers, Pass pass, DateTimeOffset now, CancellationToken cancellationToken)
    {
        HubChanges changes = new();
        foreach ((IGrouping<string, Asked> asked, EnrichmentAnswer answer) in batch.Zip(answers))
        {
            if (answer is EnrichmentAnswer.Failed failed) changes.DeadLetters.AddRange(asked.Select(q => LetterOf(pass, q.GoldenId, failed, now)));
        }
        if (changes.DeadLetters.Count > 0) await SaveAsync(changes, cancellationToken);
    }

    private DeadLetter LetterOf(Pass pass, long goldenId, EnrichmentAnswer.Failed failed, DateTimeOffset now) =>
        new(LetterKey(pass, GoldenRecord.ReferenceTo(_enricher.Kind, goldenId).Text), _enricher.Kind, DeadLetter.EnrichingStage, failed.Code, failed.Reason, pass.RunId) { GoldenId = goldenId, At = now, RetryAt = failed.IsFinal ? null : now + RetryDelay };

    private DeadLetterKey LetterKey(Pass pass, string subject) => new(pass.Sync, _enricher.Connection, subject);

    private DeadLetterKey OwnLetter(Pass pass) => LetterKey(pass, _enricher.Connection);

    /// <summary>True while an earlier failure of the enricher itself is not due for another attempt.</summary>
    private async Task<bool> IsHeldBackAsync(Pass pass, bool retriesAll, CancellationToken cancellationToken) =>
        !retriesAll && await journal.FindDeadLetterAsync(OwnLetter(pass), cancellationToken) is { } letter && letter.RetryAt > clock.GetUtcNow();

    private async Task HoldBackAsync(Pass pass, ProviderException failure, CancellationToken cancellationToken)
    {
        _failed++;
        HubChanges changes = new();
        string reason = failure.Hint is null ? failure.Message : $"{failure.Message} {failure.Hint}";
        DateTimeOffset now = clock.GetUtcNow();
        TimeSpan delay = failure.RetryAfter > RetryDelay ? failure.RetryAfter.Value : RetryDelay;
        changes.DeadLetters.Add(new(OwnLetter(pass), _enricher.Kind, DeadLetter.EnrichingStage, failure.Recovery.ToString(), reason, pass.RunId) { At = now, RetryAt = now + delay });
        await SaveAsync(changes, cancellationToken);
    }

    private Task SettleAsync(IEnumerable<DeadLetterKey> keys, CancellationToken cancellationToken)
    {
        HubChanges changes = new();
        changes.Settled.AddRange(keys);
        return SaveAsync(changes, cancellationToken);
    }

    private async Task SaveAsync(HubChanges changes, CancellationToken cancellationToken)
    {
        await using IHubSession session = await hub.BeginAsync(cancellationToken);
        await session.SaveAsync(changes, cancellationToken);
        await session.CommitAsync(cancellationToken);
    }

    /// <summary>A record with the question about it.</summary>
    private sealed record Asked(long GoldenId, EnrichmentQuestion Question, string Fingerprint);

    private sealed record Pass(string Sync, long RunId, MergePolicies Policies, SyncScope Scope, long Until);
}
