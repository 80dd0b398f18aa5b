using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.Quo;

/// <summary>Quo as the side that is written: one stream, contacts, found again by their external id.</summary>
/// <remarks>
/// Nothing in Quo makes an external id unique, and no call is idempotent by a key: the look-up before each create and the read-back after a lost answer keep a person from becoming two contacts.
/// A phone number is never a reason to link: people share numbers.
/// </remarks>
internal sealed class QuoDestination : IDestination
{
    private readonly QuoApi _api;
    private readonly QuoOptions _options;
    private readonly QuoWriter _writer;
    private readonly StreamId _stream;
    private readonly TimeProvider _clock;
    private QuoRoster _roster;

    public QuoDestination(QuoApi api, QuoOptions options, TimeProvider clock)
    {
        (_api, _options, _clock, _stream) = (api, options, clock, new(options.Connection, QuoOptions.Contacts));
        _roster = new(api, clock);
        _writer = new(api, options, clock);
        Streams =
        [
            new(RecordKind.Person, QuoOptions.Contacts, [QuoFields.ExternalId])
            {
                ReadBatch = QuoOptions.MaxPage,
                SettleTime = QuoOptions.SettleTime,
                NeedsOneOf = options.SkipsWithoutPhone ? [QuoFields.Phones, QuoFields.UnusablePhones] : [],
                ReadEndpoint = "GET contacts",
                WriteEndpoint = "POST contacts",
                ReadBudget = QuoApi.Calls,
                WriteBudget = QuoApi.Calls,
            },
        ];
    }

    public string Connection => _options.Connection;

    public IReadOnlyList<DestinationStream> Streams { get; }

    public async Task<IReadOnlyList<Unavailable>> PrepareAsync(IReadOnlyList<FieldMap> maps, CancellationToken cancellationToken)
    {
        _roster = new(_api, _clock);
        QuoDefinitions definitions = new(await _api.CustomFieldsAsync(cancellationToken));
        _writer.Definitions = definitions;
        return [.. maps.Where(m => m.Stream == QuoOptions.Contacts).SelectMany(m => QuoPreparation.Check(m, definitions))];
    }

    public async Task<IReadOnlyList<Found>> FindAsync(DestinationStream stream, IReadOnlyList<Wanted> wanted, CancellationToken cancellationToken)
    {
        string[] ids = [.. wanted.Select(IdOf).OfType<string>().Distinct(StringComparer.Ordinal)];
        List<RemoteRecord> hits = [];
        foreach (string[] some in (await ExistingAsync(ids, cancellationToken)).Chunk(QuoOptions.MaxIds))
        {
            hits.AddRange((await _api.FindAsync(some, cancellationToken)).Select(ToRecord));
        }
        ILookup<string?, RemoteRecord> byId = hits.DistinctBy(h => h.Key.Id).ToLookup(h => h.Fields[QuoFields.ExternalId]?.Text, StringComparer.Ordinal);
        return [.. from w in wanted let id = IdOf(w) where id is not null from record in byId[id] select new Found(w.GoldenId, record, QuoFields.ExternalId)];
    }

    public async Task<IReadOnlyDictionary<string, RemoteRecord>> ReadAsync(DestinationStream stream, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        // No call reads several contacts by their ids; the budget, not their number, sets the pace.
        QuoContact?[] contacts = await Task.WhenAll(ids.Distinct(StringComparer.Ordinal).Select(id => _api.FindAsync(id, cancellationToken)));
        return contacts.OfType<QuoContact>().ToDictionary(c => c.Id, ToRecord, StringComparer.Ordinal);
    }

    // One operation a call: the stream declares no larger WriteBatch, so the engine hands over one at a time.
    public async Task<IReadOnlyList<WriteOutcome>> WriteAsync(DestinationStream stream, IReadOnlyList<Operation> batch, CancellationToken cancellationToken)
    {
        Operation operation = batch.Single();
        if (operation.Fields[QuoFields.ExternalId] is { } id) _roster.Writing(id.Text);
        return [await _writer.WriteAsync(operation, cancellationToken)];
    }

    /// <summary>Those of the ids that are worth asking v1 for. One call of the dated surface tells it of fifty, where v1 takes twenty: of people who are new, that saves six calls in ten.</summary>
    private async Task<IReadOnlyList<string>> ExistingAsync(string[] wanted, CancellationToken cancellationToken)
    {
        // As many as v1 takes in one call are asked for there, whatever is known: so is a read-back, which is about one.
        if (wanted.Length <= QuoOptions.MaxIds) return wanted;
        IReadOnlyList<string> ids = await _roster.WithoutAbsentAsync(wanted, cancellationToken);
        if (ids.Count <= QuoOptions.MaxIds) return ids;
        // Ids are joined by commas there, so that one with a comma in it is asked for as it is.
        string[] plain = [.. ids.Where(id => !id.Contains(',', StringComparison.Ordinal))];
        List<string> existing = [.. ids.Except(plain)];
        foreach (string[] some in plain.Chunk(QuoOptions.MaxPage)) existing.AddRange(await _api.ExistingAsync(some, cancellationToken));
        return existing;
    }

    private RemoteRecord ToRecord(QuoContact contact) => QuoRecords.Of(_stream, contact);

    private static string? IdOf(Wanted wanted) => wanted.Fields[QuoFields.ExternalId]?.Text;
}
