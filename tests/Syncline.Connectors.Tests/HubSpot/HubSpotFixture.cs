using System.Net.Http;
using Syncline.Conformance.Sources;
using Syncline.Connectors.HubSpot;
using Syncline.Extraction;
using Syncline.Limits;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.Tests.HubSpot;

/// <summary>A connection opened on a fake, through the public door.</summary>
internal sealed class HubSpotFixture
{
    private readonly Dictionary<string, string> _settings;
    private int _operations;

    public HubSpotFixture(params (string Name, string Value)[] settings)
    {
        _settings = new(StringComparer.Ordinal) { ["token"] = "pat-one" };
        foreach ((string name, string value) in settings) _settings[name] = value;
        Fake = new(Clock);
        foreach (string type in (string[])["contacts", "companies", "deals", "notes"])
        {
            foreach (string name in (string[])["email", "firstname", "lastname", "jobtitle", "phone", "name", "city", "dealname", "hs_note_body", "tags", "refuse_me"]) Fake.Define(type, name);
            Fake.Define(type, "hs_timestamp", "datetime", "date");
            Fake.Define(type, "syncline_key", isUnique: true);
            Fake.Define(type, "our_id", isUnique: true);
            Fake.Define(type, "hs_additional_emails", "enumeration", "checkbox");
            Fake.Define(type, "interests", "enumeration", "checkbox", options: [("tea", "Tea"), ("chess", "Chess")]);
            Fake.Define(type, "lifecyclestage", "enumeration", "radio");
            Fake.Define(type, "domain");
        }
        Connection = Open();
    }

    public FakeHubSpot Fake { get; }

    public QuickClock Clock { get; } = new(new(2026, 10, 1, 12, 0, 0, TimeSpan.Zero));

    public Connection Connection { get; }

    public IDestination Destination => Connection.Destination!;

    /// <summary>As after a restart.</summary>
    public Connection Open(Func<IReadOnlyList<FieldMap>, IReadOnlyList<FieldMap>>? overlay = null) => new HubSpotProvider().Open(
        new("hubspot", _settings.GetValueOrDefault),
        new(new HttpMessageInvoker(Fake), Clock, new Governor(Clock, new LocalRateLedger()), Priority.Manual) { Overlay = overlay ?? (maps => maps) });

    public IPointSource Source(string stream) => Open().Sources.OfType<IPointSource>().Single(s => s.Stream.Id.Name == stream);

    public DestinationStream Stream(string name) => Destination.Streams.Single(s => s.Stream == name);

    public Task<IReadOnlyList<Unavailable>> PrepareAsync(params (string Stream, FieldRule Rule)[] more) =>
        Destination.PrepareAsync([.. Connection.Maps.Select(m => m with { Rules = [.. m.Rules, .. more.Where(r => r.Stream == m.Stream).Select(r => r.Rule)] })], CancellationToken.None);

    public async Task<WriteOutcome> WriteAsync(Operation operation) => Assert.Single(await WriteAllAsync(operation));

    public Task<IReadOnlyList<WriteOutcome>> WriteAllAsync(params Operation[] operations) => Destination.WriteAsync(Stream(operations[0].Stream.Name), operations, CancellationToken.None);

    public Task<IReadOnlyList<Found>> FindAsync(string stream, params (string, FieldValue?)[] fields) => Destination.FindAsync(Stream(stream), [new(7, FieldSet.Of(fields))], CancellationToken.None);

    public Operation Create(string stream, params (string, FieldValue?)[] fields) => Operation(stream, Verb.Create, null, fields);

    public Operation Update(string stream, FakeObject held, params (string, FieldValue?)[] fields) => Operation(stream, Verb.Update, held.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), fields);

    public Operation Delete(string stream, string id) => Operation(stream, Verb.Delete, id, []);

    public static FieldValue Text(string text) => FieldValue.Of(text);

    public static FieldValue List(params string[] texts) => FieldValue.List(texts.Select(FieldValue.Of))!;

    private Operation Operation(string stream, Verb verb, string? id, (string, FieldValue?)[] fields)
    {
        FieldSet set = FieldSet.Of(fields);
        return new($"op-{++_operations}", new("hubspot", stream), Stream(stream).Kind, _operations, verb, set) { RemoteId = id, Desired = set };
    }

    public async Task<IReadOnlyList<Page>> ReadAsync(string stream, CommittedPages committed) => await committed.RunAsync(Source(stream), CancellationToken.None);
}
