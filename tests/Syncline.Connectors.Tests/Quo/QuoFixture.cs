using System.Net.Http;
using Syncline.Connectors.Quo;
using Syncline.Limits;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.Tests.Quo;

/// <summary>A connection opened on a fake, through the public door.</summary>
internal sealed class QuoFixture : IDisposable
{
    private readonly HttpMessageInvoker _http;
    private int _operations;

    public QuoFixture(params (string Name, string Value)[] settings)
        : this(null, settings)
    {
    }

    /// <param name="clock">Time that goes its own way; null passes every wait at once.</param>
    public QuoFixture(TimeProvider? clock, params (string Name, string Value)[] settings)
    {
        TimeProvider time = clock ?? Clock;
        _http = new(Fake);
        Dictionary<string, string> all = new(StringComparer.Ordinal) { ["api_key"] = "key-one" };
        foreach ((string name, string value) in settings) all[name] = value;
        Connection = new QuoProvider().Open(new("quo", name => all.GetValueOrDefault(name)), new(_http, time, new Governor(time, new LocalRateLedger()), Priority.Manual));
    }

    public FakeQuo Fake { get; } = new();

    public QuickClock Clock { get; } = new(new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public Connection Connection { get; }

    public IDestination Destination => Connection.Destination!;

    public DestinationStream Contacts => Destination.Streams.Single();

    public FieldMap Map => Connection.Maps.Single();

    public FieldMap MapWith(params FieldRule[] more) => Map with { Rules = [.. Map.Rules, .. more] };

    public Task<IReadOnlyList<Unavailable>> PrepareAsync(params FieldRule[] more) => Destination.PrepareAsync([MapWith(more)], CancellationToken.None);

    public Task<WriteOutcome> CreateAsync(params (string, FieldValue?)[] fields) => WriteAsync(Operation(Verb.Create, null, fields));

    /// <summary>An update that was planned on the single values the contact has now.</summary>
    public Task<WriteOutcome> UpdateAsync(string id, params (string Name, FieldValue?)[] fields) =>
        WriteAsync(Operation(Verb.Update, id, fields) with { Before = FieldSet.Of(fields.Select(f => (f.Name, FieldValue.TextOrNone(Fake.Single(id, f.Name))))) });

    public async Task<WriteOutcome> WriteAsync(Operation operation) => (await Destination.WriteAsync(Contacts, [operation], CancellationToken.None))[0];

    public Operation Operation(Verb verb, string? remoteId, params (string, FieldValue?)[] fields)
    {
        FieldSet set = FieldSet.Of(fields);
        return new($"op-{++_operations}", new("quo", "contacts"), RecordKind.Person, 1, verb, set) { RemoteId = remoteId, Desired = set };
    }

    public Task<IReadOnlyList<Found>> FindAsync(params string[] externalIds) =>
        Destination.FindAsync(Contacts, [.. externalIds.Select((id, i) => new Wanted(i + 1, FieldSet.Of(("externalId", Text(id)))))], CancellationToken.None);

    public void Dispose()
    {
        _http.Dispose();
        Assert.Empty(Fake.Violations);
    }

    public static FieldValue Text(string text) => FieldValue.Of(text);

    public static FieldValue List(params string[] texts) => FieldValue.List(texts.Select(FieldValue.Of))!;
}
