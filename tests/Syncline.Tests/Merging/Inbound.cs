using Syncline.Conformance.Time;
using System.Runtime.CompilerServices;
using Syncline.Extraction;
using Syncline.Mapping;
using Syncline.Merging;
using Syncline.Records;
using Syncline.Syncs;
using Syncline.Tests.InMemory;

namespace Syncline.Tests.Merging;

/// <summary>Pages merged into a hub of dictionaries, field names taken as they come.</summary>
internal sealed class Inbound
{
    private static readonly string[] PersonFields = ["linkedin_member_id", "linkedin", "email", "external_id", "full_name", "job_title", "tags", "phone", "company_name", "syncline_id"];

    private readonly MapSet _maps = new();
    private int _pages;

    public Inbound()
    {
        Hub = new(Clock);
        foreach (string connection in new[] { "inbox", "crm" })
        {
            _maps.Add(connection,
            [
                new(RecordKind.Person, "people", [.. PersonFields.Select(f => new FieldRule(f, f))]),
                new(RecordKind.Company, "companies", [.. new[] { "name", "domain", "industry" }.Select(f => new FieldRule(f, f))]),
                new(RecordKind.Message, "messages", [.. new[] { "message_uid", "person", "body" }.Select(f => new FieldRule(f, f))]),
            ]);
        }
    }

    public MapSet Maps => _maps;

    public FakeClock Clock { get; } = new();

    public MemoryHub Hub { get; }

    public long LastRun => _pages;

    public IEnumerable<GoldenRecord> People => Hub.Golden.Values.Where(g => g.Kind == RecordKind.Person && g.Fields.Count > 0);

    public static RemoteRecord Person(string id, string connection, params ReadOnlySpan<(string, string)> fields) => Record(connection, "people", id, RecordKind.Person, fields);

    public static RemoteRecord Company(string id, params ReadOnlySpan<(string, string)> fields) => Record("crm", "companies", id, RecordKind.Company, fields);

    public static RemoteRecord Message(string id, string person) => new(new("inbox", "messages", id), RecordKind.Message, FieldSet.Of(("message_uid", FieldValue.Of(id)), ("person", FieldValue.Reference("people", person))));

    /// <summary>One page, one run; returns what it added to the feed.</summary>
    public IReadOnlyList<FeedEntry> Page(params RemoteRecord[] records) => Page(isCensus: false, records);

    /// <summary>One page of a stream that shows everything as it is now.</summary>
    public IReadOnlyList<FeedEntry> Census(params RemoteRecord[] records) => Page(isCensus: true, records);

    private IReadOnlyList<FeedEntry> Page(bool isCensus, RemoteRecord[] records)
    {
        int before = Hub.Feed.Count;
        InboundRequest request = new("sync", ++_pages, new());
        InboundPipeline pipeline = new(Hub, _maps, Clock);
        Clock.Run(() => pipeline.RunAsync(new OnePage(records, isCensus, Rejections), request, (tally, _) => Tally = Tally.Plus(tally), default));
        return [.. Hub.Feed.Skip(before)];
    }

    public RunTally Tally { get; private set; } = RunTally.Empty;

    /// <summary>Stand on every page from now on.</summary>
    public IReadOnlyList<Rejection> Rejections { get; set; } = [];

    private static RemoteRecord Record(string connection, string stream, string id, RecordKind kind, ReadOnlySpan<(string Name, string Text)> fields)
    {
        FieldSet.Builder set = new();
        foreach ((string name, string text) in fields) set.Set(name, name is "email" or "tags" or "domain" or "phone" ? FieldValue.List(text.Split(' ').Select(FieldValue.Of)) : FieldValue.Of(text));
        return new(new(connection, stream, id), kind, set.Build());
    }

    private sealed class OnePage(RemoteRecord[] records, bool isCensus, IReadOnlyList<Rejection> rejections) : ISource
    {
        public StreamDescriptor Stream { get; } = new(new("inbox", "all"), [RecordKind.Person]) { IsCensus = isCensus };

        public async IAsyncEnumerable<Page> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.Yield();
            yield return new(records, new("end")) { Rejections = rejections, Versions = [.. records.Where(r => r.Version is not null).Select(r => (r.Key, r.Version!))] };
        }
    }
}
