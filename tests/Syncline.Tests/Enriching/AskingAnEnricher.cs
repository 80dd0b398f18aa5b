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

public sealed class AskingAnEnricher
{
    private readonly FakeClock _clock = new();
    private readonly MemoryHub _hub;
    private readonly MemoryJournal _journal;
    private readonly MemoryEnrichments _kept;
    private readonly Supplier _supplier = new();

    public AskingAnEnricher()
    {
        _hub = new(_clock);
        _journal = new(_hub, _clock, []);
        _kept = new(_clock);
    }

    private EnrichmentTerms Terms { get; set; } = EnrichmentTerms.Default;

    [Fact]
    public async Task What_it_supplies_fills_what_nobody_has_entered()
    {
        long id = Company("example.com", ("industry", "Fishing"));
        _supplier.Knows("example.com", ("industry", "Software"), ("employee_range", "11-50"));
        EnrichmentReport report = await RunAsync();
        Assert.Equal(("Fishing", "11-50"), (Of(id, "industry"), Of(id, "employee_range")));
        Assert.True(Supplied.IsSource(_hub.Golden[id].Origins["employee_range"].Source));
        Assert.Equal((1L, 0L, 1m), (report.Asked, report.Kept, report.Spent));
    }

    [Fact]
    public async Task What_a_person_enters_later_takes_its_place_and_stays()
    {
        long id = Company("example.com");
        _supplier.Knows("example.com", ("industry", "Software"));
        await RunAsync();
        Enter(id, "crm", ("industry", "Fishing"));
        Assert.Equal("Fishing", Of(id, "industry"));
        _clock.Advance(TimeSpan.FromDays(31));
        _supplier.Knows("example.com", ("industry", "Shipping"));
        Touch(id);
        await RunAsync();
        Assert.Equal("Fishing", Of(id, "industry"));
    }

    [Fact]
    public async Task A_warm_cache_costs_nothing()
    {
        for (int i = 0; i < 300; i++)
        {
            Company($"example{i}.com");
            _supplier.Knows($"example{i}.com", ("industry", "Software"));
        }
        await RunAsync();
        long asked = _supplier.Asked;
        foreach (long id in _hub.Golden.Keys.ToArray()) Touch(id);
        EnrichmentReport again = await RunAsync();
        Assert.Equal((300L, 300L, 0L, 0m), (asked, again.Kept, _supplier.Asked - asked, again.Spent));
    }

    [Fact]
    public async Task A_pass_ends_before_all_is_asked_so_that_what_was_answered_can_be_written()
    {
        for (int i = 0; i < 1_200; i++) Company($"example{i}.com");
        EnrichmentReport pass = await PassAsync();
        Assert.True(pass.IsMore);
        Assert.InRange(_supplier.Asked, 200, 600);
        await RunAsync();
        Assert.Equal(1_200, _supplier.Asked);
    }

    [Fact]
    public async Task A_change_that_is_not_part_of_the_question_asks_nothing()
    {
        long id = Company("example.com");
        _supplier.Knows("example.com", ("industry", "Software"));
        await RunAsync();
        Enter(id, "crm", ("phone", "+12125550123"));
        await RunAsync();
        Assert.Equal(1, _supplier.Asked);
        Enter(id, "crm", ("name", "Example Holding"));
        await RunAsync();
        Assert.Equal(2, _supplier.Asked);
    }

    [Fact]
    public async Task Two_records_with_one_key_are_asked_about_once()
    {
        long one = Company("example.com"), two = Company("example.com");
        _supplier.Knows("example.com", ("industry", "Software"));
        await RunAsync();
        Assert.Equal((1L, "Software", "Software"), (_supplier.Asked, Of(one, "industry"), Of(two, "industry")));
    }

    [Fact]
    public async Task A_miss_is_remembered_for_its_own_time()
    {
        long id = Company("nobody.example");
        Assert.Equal(1, (await RunAsync()).Missed);
        Touch(id);
        await RunAsync();
        Assert.Equal(1, _supplier.Asked);
        _clock.Advance(TimeSpan.FromDays(8));
        Touch(id);
        await RunAsync();
        Assert.Equal(2, _supplier.Asked);
    }

    [Fact]
    public async Task One_that_fails_is_its_own_dead_letter_and_is_asked_about_again_when_it_is_due()
    {
        long bad = Company("bad.example"), good = Company("good.example");
        _supplier.Fails["bad.example"] = new("invalid", "It cannot be read.");
        _supplier.Knows("good.example", ("industry", "Software"));
        await RunAsync();
        DeadLetter letter = Assert.Single(_hub.DeadLetters.Values);
        Assert.Equal((bad, DeadLetter.EnrichingStage, _clock.GetUtcNow().AddHours(1)), (letter.GoldenId, letter.Stage, letter.RetryAt));
        Assert.Equal("Software", Of(good, "industry"));
        await RunAsync();
        Assert.Equal(2, _supplier.Asked);
        _supplier.Fails.Clear();
        _supplier.Knows("bad.example", ("industry", "Mining"));
        _clock.Advance(TimeSpan.FromHours(1));
        await RunAsync();
        Assert.Equal("Mining", Of(bad, "industry"));
        Assert.Empty(_hub.DeadLetters);
    }

    [Fact]
    public async Task An_outage_holds_it_back_for_an_hour_and_loses_no_record()
    {
        long id = Company("example.com");
        _supplier.Knows("example.com", ("industry", "Software"));
        _supplier.Outage = new ProviderException("It is down.") { Operation = "supplier.enrich", Recovery = Recovery.RetryLater };
        Assert.Null((await RunAsync()).Reached);
        _supplier.Outage = null;
        Assert.Null((await RunAsync()).Reached);
        Assert.Null(Of(id, "industry"));
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.NotNull((await RunAsync()).Reached);
        Assert.Equal("Software", Of(id, "industry"));
        Assert.Empty(_hub.DeadLetters);
    }

    [Fact]
    public async Task The_month_s_budget_is_never_exceeded_and_ends_with_the_month()
    {
        Terms = Terms with { MostAMonth = 6 };
        for (int i = 0; i < 14; i++)
        {
            Company($"example{i}.com");
            _supplier.Knows($"example{i}.com", ("industry", "Software"));
        }
        Assert.Null((await RunAsync()).Reached);
        Assert.Equal(4, _supplier.Asked);
        Assert.Equal(new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero), Assert.Single(_hub.DeadLetters.Values).RetryAt);
        _clock.Advance(TimeSpan.FromDays(27));
        await RunAsync();
        Assert.Equal(8, _supplier.Asked);
    }

    [Fact]
    public async Task An_answer_that_was_paid_for_before_a_crash_is_not_paid_for_again()
    {
        long id = Company("example.com");
        _supplier.Knows("example.com", ("industry", "Software"));
        await RunAsync();
        _hub.Golden[id] = _hub.Golden[id] with { Fields = _hub.Golden[id].Fields.With("industry", null) };
        foreach (RecordKey key in _hub.Links.Keys.Where(Supplied.IsSource).ToArray()) _hub.Links.Remove(key);
        await _journal.SaveOffsetAsync("enrich:daily:supplier", 0, default);
        await RunAsync();
        Assert.Equal(("Software", 1L), (Of(id, "industry"), _supplier.Asked));
    }

    [Fact]
    public async Task Records_of_other_syncs_are_not_asked_about()
    {
        Company("example.com", source: "elsewhere");
        await RunAsync();
        Assert.Equal(0, _supplier.Asked);
    }

    /// <summary>Passes until there is no more to do.</summary>
    private async Task<EnrichmentReport> RunAsync()
    {
        EnrichmentReport all = new((long?)null), pass;
        do
        {
            pass = await PassAsync();
            all = pass with { Kept = all.Kept + pass.Kept, Asked = all.Asked + pass.Asked, Missed = all.Missed + pass.Missed, Spent = all.Spent + pass.Spent };
        }
        while (pass.IsMore);
        return all;
    }

    private Task<EnrichmentReport> PassAsync() =>
        new RecordEnrichment(_hub, _journal, _kept, new(_supplier, Terms), _clock).RunAsync("daily", 1, new(), new(["crm"]), _hub.Feed.Count, retriesAll: false, TestContext.Current.CancellationToken);

    private long Company(string domain, params (string, string)[] fields) => Company(domain, "crm", fields);

    private long Company(string domain, string source, params (string, string)[] fields)
    {
        GoldenRecord record = _hub.Add(RecordKind.Company, [("domain", FieldValue.Of(domain))]);
        _hub.Add(new Link(new(source, "companies", $"c{record.Id}"), RecordKind.Company, record.Id));
        Enter(record.Id, source, fields);
        return record.Id;
    }

    private void Enter(long id, string source, params (string Name, string Value)[] fields)
    {
        RecordKey key = new(source, "companies", $"c{id}");
        FieldSet shown = _hub.Links[key].Seen.With([.. fields.Select(f => (f.Name, (FieldValue?)FieldValue.Of(f.Value)))]);
        PageMerge merge = new(new("daily", 1, _clock.GetUtcNow(), new()), new(_hub.Links, new Dictionary<IdentityKey, long>(), _hub.Golden, 1_000));
        merge.Merge(new(new(key, RecordKind.Company, shown), shown, []));
        _hub.Apply(merge.Finish());
        if (fields.Length == 0) Touch(id);
    }

    private void Touch(long id) => _hub.Apply(new() { Feed = { new(id, RecordKind.Company, 1, []) } });

    private string? Of(long id, string field) => _hub.Golden[id].Fields[field]?.Text;

    /// <summary>Knows what it was told, at one unit a question.</summary>
    private sealed class Supplier : IEnricher
    {
        private readonly Dictionary<string, FieldSet> _known = [];

        public Dictionary<string, EnrichmentAnswer.Failed> Fails { get; } = [];

        public ProviderException? Outage { get; set; }

        public long Asked { get; private set; }

        public string Connection => "supplier";

        public RecordKind Kind => RecordKind.Company;

        public IReadOnlyList<string> Fields => ["industry", "employee_range"];

        public int Batch => 4;

        public string Unit => "credits";

        public void Knows(string key, params (string Name, string Value)[] fields) => _known[key] = FieldSet.Of(fields.Select(f => (f.Name, (FieldValue?)FieldValue.Of(f.Value))));

        public decimal MostFor(IReadOnlyList<EnrichmentQuestion> questions) => questions.Count;

        public EnrichmentQuestion? QuestionOf(GoldenRecord record, GoldenRecord? company) =>
            record.Fields["domain"] is { } domain ? new(domain.Items[0].Text, record.Fields.Where(name => name is "domain" or "name")) : null;

        public Task<EnrichmentAnswers> AskAsync(IReadOnlyList<EnrichmentQuestion> questions, CancellationToken cancellationToken)
        {
            if (Outage is not null) throw Outage;
            Assert.InRange(questions.Count, 1, Batch);
            Asked += questions.Count;
            return Task.FromResult(new EnrichmentAnswers([.. questions.Select(Answer)], questions.Count));
        }

        private EnrichmentAnswer Answer(EnrichmentQuestion question) =>
            Fails.GetValueOrDefault(question.Key) as EnrichmentAnswer ?? (_known.TryGetValue(question.Key, out FieldSet? fields) ? new EnrichmentAnswer.Known(fields) : new EnrichmentAnswer.Miss());
    }
}
