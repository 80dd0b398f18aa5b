using System.Globalization;
using System.Runtime.CompilerServices;
using Syncline.Extraction;
using Syncline.Merging;
using Syncline.Records;
using Syncline.Syncs;
using Syncline.Tests.InMemory;

namespace Syncline.Tests.Merging;

/// <summary>A source whose people are all shown at each reading, that can be asked for single ones, and that deletes and merges as people do.</summary>
internal sealed class Workspace : IPointSource
{
    private readonly Inbound _inbound = new();
    private readonly MemoryJournal _journal;
    private long _run;

    public Workspace() => _journal = new(_inbound.Hub, _inbound.Clock, []);

    public StreamDescriptor Stream { get; } = new(new("crm", "people"), [RecordKind.Person]) { IsCensus = true };

    public SortedDictionary<string, RemoteRecord> There { get; } = [];

    /// <summary>Ids that a reading does not show although they are there: a page that shifted.</summary>
    public HashSet<string> Overlooked { get; } = [];

    public List<string> Asked { get; } = [];

    public MemoryHub Hub => _inbound.Hub;

    public Inbound Inbound => _inbound;

    public DeletePolicy Deletes { get; set; } = DeletePolicy.Keep;

    public bool StopsEarly { get; set; }

    public IEnumerable<GoldenRecord> Alive => Hub.Golden.Values.Where(g => !g.IsDeleted);

    public Link LinkOf(string id) => Hub.Links[Stream.Id.Key(id)];

    public void Put(string id, params ReadOnlySpan<(string, string)> fields)
    {
        RemoteRecord record = Inbound.Person(id, "crm", fields);
        There[id] = record with { Version = record.Fields.ToString() };
    }

    public void Fill(int count)
    {
        for (int i = 0; i < count; i++) Put($"p{i:000}", ("email", $"p{i}@example.com"));
    }

    /// <summary>Reads everything, as a run does, and follows what was merged.</summary>
    public long Read() => _inbound.Clock.Run(ReadAsync);

    public void Reread(params Hint[] hints) => _inbound.Clock.Run(async () =>
    {
        InboundPipeline pipeline = new(Hub, _inbound.Maps, _inbound.Clock);
        InboundRequest request = RequestOf(++_run);
        await pipeline.RereadAsync(this, hints, request, default);
        await FollowAsync(pipeline, request);
        return true;
    });

    public async Task<long> ReadAsync()
    {
        InboundPipeline pipeline = new(Hub, _inbound.Maps, _inbound.Clock);
        InboundRequest request = RequestOf(++_run);
        await pipeline.RunAsync(this, request, (_, _) => { }, default);
        await FollowAsync(pipeline, request);
        return _run;
    }

    public InboundRequest RequestOf(long run) => new("sync", run, new()) { Deletes = Deletes };

    public async IAsyncEnumerable<Page> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        RemoteRecord[][] pages = [.. There.Values.Where(r => !Overlooked.Contains(r.Key.Id)).Chunk(10)];
        for (int i = 0; i < Math.Max(1, pages.Length); i++)
        {
            RemoteRecord[] records = pages.Length == 0 ? [] : pages[i];
            bool isLast = i >= pages.Length - 1;
            if (isLast && StopsEarly) yield break;
            yield return new(records, new(i.ToString(CultureInfo.InvariantCulture))) { Versions = [.. records.Select(r => (r.Key, r.Version!))], CompletesSweep = isLast };
        }
    }

    public Task<IReadOnlyList<RemoteRecord>> FetchAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        Asked.AddRange(ids);
        return Task.FromResult<IReadOnlyList<RemoteRecord>>([.. ids.Where(There.ContainsKey).Select(id => There[id])]);
    }

    private Task FollowAsync(InboundPipeline pipeline, InboundRequest request) =>
        new RemoteMerges(Hub, _journal, pipeline, _inbound.Clock).FollowAsync(this, [.. pipeline.Suspicions], request, default);
}
