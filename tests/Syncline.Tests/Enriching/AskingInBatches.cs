using Syncline.Conformance.Time;
using Syncline.Enriching;
using Syncline.Extraction;
using Syncline.Loading;
using Syncline.Matching;
using Syncline.Merging;
using Syncline.Planning;
using Syncline.Records;
using Syncline.Tests.InMemory;

namespace Syncline.Tests.Enriching;

public sealed class AskingInBatches
{
    private readonly FakeClock _clock = new();
    private readonly MemoryHub _hub;
    private readonly MemoryJournal _journal;
    private readonly MemoryEnrichments _kept;
    private readonly MemoryBatches _batches;
    private readonly BatchSupplier _supplier;

    public AskingInBatches()
    {
        _hub = new(_clock);
        _journal = new(_hub, _clock, []);
        _kept = new(_clock);
        _batches = new(_kept, _clock);
        _supplier = new(_clock);
    }

    private EnrichmentTerms Terms { get; set; } = EnrichmentTerms.Default;

    [Fact]
    public async Task Everything_due_goes_as_one_batch_and_is_merged_when_it_has_ended()
    {
        long[] ids = Companies(30);
        EnrichmentReport sent = await PassAsync(inBatches: true);
        Assert.Equal((30L, 0m, 0), (sent.Asked, sent.Spent, _supplier.AskedAtOnce));
        Assert.Equal(30, Assert.Single(_supplier.Made.Values).Questions.Count);
        Assert.All(ids, id => Assert.Null(Industry(id)));
        _supplier.Ended.Add("b1");
        EnrichmentReport collected = await PassAsync();
        Assert.Equal((30L, 0L, 30m), (collected.Kept, collected.Asked, collected.Spent));
        Assert.All(ids, id => Assert.Equal($"Industry of example{id}.com", Industry(id)));
        Assert.True(Supplied.IsSource(_hub.Golden[ids[0]].Origins["industry"].Source));
        Assert.Empty(_batches.All);
    }

    [Fact]
    public async Task A_pass_does_not_wait_and_asks_nothing_twice()
    {
        long[] ids = Companies(5);
        await PassAsync(inBatches: true);
        foreach (long id in ids) Touch(id);
        EnrichmentReport again = await PassAsync();
        await PassAsync(inBatches: true);
        Assert.NotNull(again.Reached);
        Assert.Equal((0, 1), (_supplier.AskedAtOnce, _supplier.Made.Count));
    }

    [Fact]
    public async Task Few_questions_are_asked_at_once_and_many_as_a_batch()
    {
        _supplier.BatchFrom = 20;
        Companies(19);
        await PassAsync();
        Assert.Equal((19, 0), (_supplier.AskedAtOnce, _supplier.Made.Count));
        Companies(20);
        await PassAsync();
        Assert.Equal((19, 1), (_supplier.AskedAtOnce, _supplier.Made.Count));
    }

    [Fact]
    public async Task More_than_a_batch_holds_are_several()
    {
        Companies(120);
        await PassAsync(inBatches: true);
        Assert.Equal([50, 50, 20], _supplier.Made.Values.Select(m => m.Questions.Count));
    }

    [Fact]
    public async Task Two_records_with_one_key_are_one_question()
    {
        (long one, long two) = (Company("example.com"), Company("example.com"));
        await PassAsync(inBatches: true);
        Assert.Single(Assert.Single(_supplier.Made.Values).Questions);
        _supplier.Ended.Add("b1");
        await PassAsync();
        Assert.Equal(("Industry of example.com", "Industry of example.com"), (Industry(one), Industry(two)));
    }

    [Fact]
    public async Task A_record_that_changed_meanwhile_is_asked_about_again_and_the_others_are_merged()
    {
        (long changed, long same) = (Company("one.example"), Company("two.example"));
        await PassAsync(inBatches: true);
        Enter(changed, ("name", "One Holding"));
        await PassAsync();
        _supplier.Ended.Add("b1");
        await PassAsync();
        Assert.Equal(("Industry of One Holding", "Industry of two.example", 1), (Industry(changed), Industry(same), _supplier.AskedAtOnce));
        Assert.Empty(_batches.All);
    }

    [Fact]
    public async Task A_miss_is_remembered()
    {
        long id = Company("nobody.example");
        await PassAsync(inBatches: true);
        _supplier.Ended.Add("b1");
        Assert.Equal(1, (await PassAsync()).Missed);
        Touch(id);
        await PassAsync(inBatches: true);
        Assert.Single(_supplier.Made);
    }

    [Fact]
    public async Task A_question_that_expired_is_asked_again_an_hour_later_and_one_that_is_refused_is_not()
    {
        (long late, long wrong) = (Company("late.example"), Company("wrong.example"));
        _supplier.Fails["late.example"] = new("expired", "It was not its turn.");
        _supplier.Fails["wrong.example"] = new("invalid", "It cannot be read.") { IsFinal = true };
        await PassAsync(inBatches: true);
        _supplier.Ended.Add("b1");
        EnrichmentReport report = await PassAsync();
        Assert.Equal((2L, 0m), (report.Failed, report.Spent));
        Assert.Equal([(late, _clock.GetUtcNow().AddHours(1)), (wrong, (DateTimeOffset?)null)], _hub.DeadLetters.Values.OrderBy(d => d.GoldenId).Select(d => (d.GoldenId!.Value, d.RetryAt)));
        _supplier.Fails.Clear();
        _clock.Advance(TimeSpan.FromHours(1));
        await PassAsync();
        Assert.Equal((1, "Industry of late.example"), (_supplier.AskedAtOnce, Industry(late)));
    }

    [Fact]
    public async Task Where_a_result_cannot_be_read_the_whole_batch_counts_as_spent()
    {
        Companies(3);
        long lost = Company("lost.example");
        _supplier.Lacks.Add("lost.example");
        await PassAsync(inBatches: true);
        _supplier.Ended.Add("b1");
        Assert.Equal(4, (await PassAsync()).Spent);
        DeadLetter letter = Assert.Single(_hub.DeadLetters.Values);
        Assert.Equal((lost, "no_result"), (letter.GoldenId, letter.Code));
    }

    [Fact]
    public async Task The_budget_covers_what_is_under_way()
    {
        Terms = Terms with { MostAMonth = 10 };
        Companies(14);
        await PassAsync(inBatches: true);
        Assert.Equal(10, Assert.Single(_supplier.Made.Values).Questions.Count);
        Assert.Contains("batches under way", Assert.Single(_hub.DeadLetters.Values).Reason, StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromHours(1));
        await PassAsync();
        Assert.Equal(0, _supplier.AskedAtOnce);
        foreach (EnrichmentQuestion question in _supplier.Made["b1"].Questions.Take(4)) _supplier.Fails[question.Key] = new("expired", "Late.");
        _supplier.Ended.Add("b1");
        _clock.Advance(TimeSpan.FromHours(1));
        await PassAsync(inBatches: true);
        // Six were paid, and four units are left.
        Assert.Equal((4, 6m, 0), (_supplier.Made["b2"].Questions.Count, await _kept.SpentAsync("supplier", default, default), _supplier.AskedAtOnce));
    }

    [Fact]
    public async Task A_refused_batch_was_never_sent()
    {
        Companies(3);
        _supplier.Refusal = new("It is busy.") { Operation = "supplier.batch", Recovery = Recovery.RetryLater };
        Assert.Null((await PassAsync(inBatches: true)).Reached);
        Assert.Empty(_batches.All);
        _supplier.Refusal = null;
        _clock.Advance(TimeSpan.FromHours(1));
        await PassAsync(inBatches: true);
        Assert.Equal(3, Assert.Single(_supplier.Made.Values).Questions.Count);
    }

    [Fact]
    public async Task A_batch_whose_creation_was_not_answered_is_found_and_not_sent_again()
    {
        long[] ids = Companies(3);
        _supplier.Creation = (IsLost: true, IsMade: true);
        await PassAsync(inBatches: true);
        _supplier.Creation = (false, true);
        _clock.Advance(TimeSpan.FromHours(2));
        await PassAsync(inBatches: true);
        Assert.Single(_supplier.Made);
        _supplier.Ended.Add("b1");
        EnrichmentReport report = await PassAsync();
        Assert.Equal(3, report.Spent);
        Assert.All(ids, id => Assert.NotNull(Industry(id)));
    }

    [Fact]
    public async Task One_that_was_never_made_is_asked_again_when_that_is_certain()
    {
        Companies(3);
        _supplier.Creation = (IsLost: true, IsMade: false);
        await PassAsync(inBatches: true);
        _supplier.Creation = (false, true);
        await PassAsync(inBatches: true);
        Assert.Single(_batches.All);
        _clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(0, (await PassAsync(inBatches: true)).Spent);
        Assert.All(_hub.DeadLetters.Values, d => Assert.Equal("batch_not_made", d.Code));
        _clock.Advance(TimeSpan.FromHours(1));
        await PassAsync(inBatches: true);
        Assert.Equal(3, Assert.Single(_supplier.Made.Values).Questions.Count);
    }

    [Theory]
    [InlineData("intend")]
    [InlineData("start")]
    [InlineData("collect")]
    [InlineData("end")]
    public async Task A_crash_before_any_step_neither_pays_twice_nor_loses_an_answer(string step)
    {
        long[] ids = Companies(4);
        bool hasCrashed = false;
        _batches.Before = name =>
        {
            if (name != step || hasCrashed) return;
            hasCrashed = true;
            throw new InvalidOperationException("crash");
        };
        for (int i = 0; i < 6; i++)
        {
            try
            {
                await PassAsync(inBatches: true);
            }
            catch (InvalidOperationException crash) when (crash.Message == "crash")
            {
                // The next pass is another process.
            }
            foreach (string id in _supplier.Made.Keys) _supplier.Ended.Add(id);
            _clock.Advance(TimeSpan.FromHours(1));
        }
        Assert.True(hasCrashed);
        Assert.Equal((1, 4m), (_supplier.Made.Count, await _kept.SpentAsync("supplier", default, default)));
        Assert.All(ids, id => Assert.NotNull(Industry(id)));
        Assert.Empty(_batches.All);
        Assert.Empty(_hub.DeadLetters);
    }

    [Fact]
    public async Task A_crash_after_answers_were_kept_merges_them_from_there()
    {
        long id = Company("example.com");
        await PassAsync(inBatches: true);
        _supplier.Ended.Add("b1");
        EnrichmentBatch batch = Assert.Single(_batches.All.Values);
        await _batches.CollectAsync(batch, [new("example.com", Assert.Single(await _batches.RecordsAsync(batch.Ordinal, default)).Fingerprint, FieldSet.Of(("industry", FieldValue.Of("Software"))), _clock.GetUtcNow())], [], 1, default);
        await PassAsync();
        Assert.Equal(("Software", 1m, 0), (Industry(id), await _kept.SpentAsync("supplier", default, default), _supplier.Looked));
    }

    [Fact]
    public async Task A_pass_that_is_not_to_collect_looks_at_no_batch()
    {
        Company("example.com");
        await PassAsync(inBatches: true);
        await PassAsync(collects: false);
        Assert.Equal(0, _supplier.Looked);
    }

    private Task<EnrichmentReport> PassAsync(bool inBatches = false, bool collects = true) =>
        new RecordEnrichment(_hub, _journal, _kept, new(_supplier, Terms), _clock) { Batches = _batches, InBatches = inBatches, Collects = collects }
            .RunAsync("daily", 1, new(), new(["crm"]), _hub.Feed.Count, retriesAll: false, TestContext.Current.CancellationToken);

    private long[] Companies(int count) => [.. Enumerable.Range(0, count).Select(_ => Company(null))];

    private long Company(string? domain)
    {
        GoldenRecord record = _hub.Add(RecordKind.Company);
        _hub.Golden[record.Id] = record with { Fields = FieldSet.Of(("domain", FieldValue.Of(domain ?? $"example{record.Id}.com"))) };
        _hub.Add(new Link(new("crm", "companies", $"c{record.Id}"), RecordKind.Company, record.Id));
        Touch(record.Id);
        return record.Id;
    }

    private void Enter(long id, params (string Name, string Value)[] fields)
    {
        RecordKey key = new("crm", "companies", $"c{id}");
        FieldSet shown = _hub.Links[key].Seen.With([.. fields.Select(f => (f.Name, (FieldValue?)FieldValue.Of(f.Value)))]);
        PageMerge merge = new(new("daily", 1, _clock.GetUtcNow(), new()), new(_hub.Links, new Dictionary<IdentityKey, long>(), _hub.Golden, 1_000));
        merge.Merge(new(new(key, RecordKind.Company, shown), shown, []));
        _hub.Apply(merge.Finish());
    }

    private void Touch(long id) => _hub.Apply(new() { Feed = { new(id, RecordKind.Company, 1, []) } });

    private string? Industry(long id) => _hub.Golden[id].Fields["industry"]?.Text;
}
