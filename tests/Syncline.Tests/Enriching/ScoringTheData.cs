using Syncline.Conformance.Time;
using Syncline.Enriching;
using Syncline.Merging;
using Syncline.Records;
using Syncline.Tests.InMemory;

namespace Syncline.Tests.Enriching;

public sealed class ScoringTheData
{
    [Fact]
    public void The_parts_add_up_to_a_hundred() => Assert.Equal(100, DataQuality.Parts.Sum(p => p.Points));

    [Fact]
    public void Everything_known_is_a_hundred_and_nothing_is_zero()
    {
        GoldenRecord person = new(1, RecordKind.Person, FieldSet.Of(DataQuality.Parts.SelectMany(p => p.AnyOf).Where(f => !f.Contains('/')).Select(f => (f, (FieldValue?)FieldValue.Of("x")))));
        GoldenRecord company = new(2, RecordKind.Company, FieldSet.Of(DataQuality.Parts.SelectMany(p => p.AnyOf).Where(f => f.StartsWith("company/", StringComparison.Ordinal)).Select(f => (f["company/".Length..], (FieldValue?)FieldValue.Of("x")))));
        Assert.Equal((100, 85), (DataQuality.Of(person, company), DataQuality.Of(person, null)));
        Assert.Equal(0, DataQuality.Of(new(1, RecordKind.Person, FieldSet.Empty), null));
    }

    [Fact]
    public async Task A_company_that_becomes_known_raises_the_score_of_its_people_and_then_it_rests()
    {
        FakeClock clock = new();
        MemoryHub hub = new(clock);
        MemoryJournal journal = new(hub, clock, []);
        GoldenRecord company = hub.Add(RecordKind.Company, ("name", FieldValue.Of("Example")));
        GoldenRecord person = hub.Add(RecordKind.Person, ("email", FieldValue.Of("ada@example.com")), ("company", company.Reference));
        hub.Apply(new() { Feed = { new(person.Id, RecordKind.Person, 1, []) } });
        await new QualityEnrichment(hub, journal, clock).RunAsync("daily", 1, new(), TestContext.Current.CancellationToken);
        Assert.Equal(30, hub.Golden[person.Id].Fields["data_quality"]!.AsNumber());
        hub.Apply(new() { Golden = { company with { Fields = company.Fields.With("industry", FieldValue.Of("Software")) } }, Feed = { new(company.Id, RecordKind.Company, 1, []) } });
        await new QualityEnrichment(hub, journal, clock).RunAsync("daily", 1, new(), TestContext.Current.CancellationToken);
        Assert.Equal(35, hub.Golden[person.Id].Fields["data_quality"]!.AsNumber());
        int entries = hub.Feed.Count;
        await new QualityEnrichment(hub, journal, clock).RunAsync("daily", 1, new(), TestContext.Current.CancellationToken);
        Assert.Equal(entries, hub.Feed.Count);
    }

    [Fact]
    public async Task What_was_supplied_makes_one_note_that_is_refreshed()
    {
        FakeClock clock = new();
        MemoryHub hub = new(clock);
        MemoryJournal journal = new(hub, clock, []);
        GoldenRecord person = hub.Add(RecordKind.Person, ("email", FieldValue.Of("ada@example.com")));
        foreach (string pain in new[] { "Too many spreadsheets", "Too few hands" })
        {
            FieldOrigin origin = new(new("syncline", Supplied.StreamOf("claude"), person.Reference.Text), 1, clock.GetUtcNow(), "first");
            GoldenRecord now = hub.Golden[person.Id];
            hub.Apply(new() { Golden = { now with { Fields = now.Fields.With("pain_points", FieldValue.List([FieldValue.Of(pain)])), Origins = new Dictionary<string, FieldOrigin> { ["pain_points"] = origin } } }, Feed = { new(person.Id, RecordKind.Person, 1, []) } });
            await new QualityEnrichment(hub, journal, clock).RunAsync("daily", 1, new(), TestContext.Current.CancellationToken);
            GoldenRecord note = Assert.Single(hub.Golden.Values, g => g.Kind == RecordKind.Note);
            Assert.Contains(pain, note.Fields["body"]!.Text, StringComparison.Ordinal);
            Assert.Equal(person.Reference, note.Fields["person"]);
            clock.Advance(TimeSpan.FromDays(1));
        }
    }
}
