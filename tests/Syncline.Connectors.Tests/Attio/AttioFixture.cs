using System.Net.Http;
using Syncline.Extraction;
using Syncline.Limits;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.Tests.Attio;

/// <summary>A connection opened on a fake, through the public door.</summary>
internal sealed class AttioFixture : IDisposable
{
    private readonly HttpMessageInvoker _http;
    private int _operations;

    public AttioFixture(params (string Name, string Value)[] settings)
    {
        _http = new(Fake);
        Dictionary<string, string> all = new(StringComparer.Ordinal) { ["api_key"] = "key-one" };
        foreach ((string name, string value) in settings) all[name] = value;
        Settings = all;
        ConnectorParts parts = new(_http, Clock, new Governor(Clock, new LocalRateLedger()), Priority.Manual) { Budgets = [] };
        Connection = new Syncline.Connectors.Attio.AttioProvider().Open(new("attio", name => Settings.GetValueOrDefault(name)), parts);
    }

    public FakeAttio Fake { get; } = new();

    public VirtualClock Clock { get; } = new();

    public Dictionary<string, string> Settings { get; }

    public Connection Connection { get; }

    public IDestination Destination => Connection.Destination!;

    public DestinationStream Stream(string name) => Destination.Streams.First(s => s.Stream == name);

    public FieldMap Map(string stream) => Connection.Maps.First(m => m.Stream == stream);

    public Task<IReadOnlyList<Unavailable>> PrepareAsync() => Destination.PrepareAsync(Connection.Maps, CancellationToken.None);

    public async Task<WriteOutcome> WriteAsync(string stream, Verb verb, string? remoteId, params (string, FieldValue?)[] fields) => await WriteAsync(Operation(stream, verb, remoteId, fields));

    public async Task<WriteOutcome> WriteAsync(Operation operation) =>
        (await Destination.WriteAsync(Stream(operation.Stream.Name), [operation], CancellationToken.None))[0];

    public Operation Operation(string stream, Verb verb, string? remoteId, params (string, FieldValue?)[] fields)
    {
        FieldSet set = FieldSet.Of(fields);
        return new($"op-{++_operations}", new("attio", stream), Stream(stream).Kind, 1, verb, set) { RemoteId = remoteId, Desired = set };
    }

    public ISource Source(string stream) => Connection.Sources.First(s => s.Stream.Id.Name == stream);

    public async Task<List<Page>> ReadAllAsync(string stream, ReadRequest request)
    {
        List<Page> pages = [];
        await foreach (Page page in Source(stream).ReadAsync(request, CancellationToken.None)) pages.Add(page);
        return pages;
    }

    /// <summary>True where a test makes the connector try what the published schema does not describe.</summary>
    public bool GoesBeyondSchema { get; set; }

    public void Dispose()
    {
        _http.Dispose();
        if (!GoesBeyondSchema) Assert.Empty(Fake.Violations);
    }

    public static FieldValue Text(string text) => FieldValue.Of(text);

    public static FieldValue List(params string[] texts) => FieldValue.List(texts.Select(FieldValue.Of))!;
}

/// <summary>Versions that were committed before.</summary>
internal sealed class Versions : IKnownVersions
{
    public Dictionary<string, string> All { get; } = new(StringComparer.Ordinal);

    public Task<IReadOnlyDictionary<string, string>> FindAsync(StreamId stream, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, string>>(All.Where(v => ids.Contains(v.Key)).ToDictionary());

    public void Keep(IEnumerable<Page> pages)
    {
        foreach ((RecordKey key, string version) in pages.SelectMany(p => p.Versions)) All[key.Id] = version;
    }
}
