using Syncline.Conformance.Time;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Merging;
using Syncline.Planning;
using Syncline.Records;
using Syncline.Syncs;
using Syncline.Tests.InMemory;

namespace Syncline.Tests.Loading;

/// <summary>A hub, a journal, a destination and a loader on one virtual clock, with a trace of what happened in which order.</summary>
internal sealed class Desk
{
    public static readonly DestinationStream People = new(RecordKind.Person, "people", ["email", "name"]) { WriteBatch = 10, SettleTime = TimeSpan.FromSeconds(5) };

    public static readonly DestinationStream Notes = new(RecordKind.Note, "notes", ["key"]) { CanUpdate = false, RequiredReferences = ["parent"], SettleTime = TimeSpan.FromSeconds(5) };

    private static readonly MapSet Maps = new MapSet().Add("crm",
    [
        new(RecordKind.Person, "people", [new("email", "email"), new("name", "full_name"), new("job", "job_title"), new("score", "engagement_score") { Policy = FieldPolicy.HubWins }, new("tags", "tags")]),
        new(RecordKind.Note, "notes", [new("key", "note_key"), new("parent", "person"), new("body", "body")]),
    ]);

    private long _run;

    public Desk()
    {
        Hub = new(Clock);
        Journal = new(Hub, Clock, Trace);
        Destination = new(Clock, Trace, People, Notes);
    }

    public FakeClock Clock { get; } = new();

    public List<string> Trace { get; } = [];

    public MemoryHub Hub { get; }

    public MemoryJournal Journal { get; }

    public MemoryDestination Destination { get; }

    public IEnumerable<RemoteRecord> Remote => Destination.Records.Values;

    public IEnumerable<RemoteRecord> RemotePeople => Remote.Where(r => r.Kind == RecordKind.Person);

    public GoldenRecord Person(string email, params ReadOnlySpan<(string, FieldValue?)> more) =>
        Hub.Add(RecordKind.Person, [("email", FieldValue.List([FieldValue.Of(email)])), .. more]);

    public GoldenRecord[] Persons(int count) => [.. Enumerable.Range(1, count).Select(i => Person($"p{i}@example.com"))];

    /// <summary>Changes a golden field, as a merge would.</summary>
    public void Change(GoldenRecord record, string field, string? value) => ChangeTo(record, field, FieldValue.TextOrNone(value));

    public void ChangeTo(GoldenRecord record, string field, FieldValue? value) =>
        Hub.Golden[record.Id] = Hub.Golden[record.Id] with { Fields = Hub.Golden[record.Id].Fields.With(field, value) };

    public Link LinkOf(GoldenRecord record) => Assert.Single(Hub.Links.Values, l => l.GoldenId == record.Id);

    /// <summary>Somebody changes a remote record by hand.</summary>
    public void Edit(GoldenRecord record, string field, string? value) => EditTo(record, field, FieldValue.TextOrNone(value));

    public void EditTo(GoldenRecord record, string field, FieldValue? value)
    {
        RecordKey key = LinkOf(record).Key;
        Destination.Records[key] = Destination.Records[key] with { Fields = Destination.Records[key].Fields.With(field, value) };
    }

    /// <summary>One run over these records: recover, plan, load.</summary>
    public RunTally Run(params GoldenRecord[] records) => Run(People, records);

    public RunTally Run(DestinationStream stream, params GoldenRecord[] records) => Clock.Run(() => RunAsync(stream, records));

    public async Task<RunTally> RunAsync(DestinationStream stream, params GoldenRecord[] records)
    {
        ChunkPlanner planner = new(Hub, Destination, Maps, new([SyncScope.WholeHub]));
        LoadContext context = new("sync", ++_run);
        Loader loader = new(Journal, Destination, planner, Maps, context, Clock);
        RunTally recovered = await new Resumption(Journal, Destination, planner, loader, context, Clock).RunOnceAsync(Clock.GetUtcNow(), default);
        IReadOnlyList<PlannedRecord> planned = await planner.PlanAsync(planner.PlannerOf(stream), stream, [.. records.Select(r => r.Id)], default);
        return recovered.Plus(await loader.LoadAsync(stream, planned, default));
    }

    public void Resolved()
    {
        Assert.Empty(Journal.Open);
        Assert.All(Hub.Links.Values.Where(l => l.State == LinkState.Live), l => Assert.Contains(l.Key, Destination.Records.Keys));
    }
}
