using System.Globalization;
using System.Net.Http;
using System.Runtime.CompilerServices;
using Syncline.Connectors.Http;
using Syncline.Extraction;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Records;

namespace Acme;

// snippet: map
/// <summary>Contacts as records, both ways.</summary>
internal static class AcmeContacts
{
    public const string Stream = "contacts";

    public static FieldMap Map { get; } = new(RecordKind.Person, Stream,
    [
        new("name", "full_name"),
        new("title", "job_title"),
        new("emails", "email"),
        new("tags", "tags"),
        new("external_id", "syncline_id") { Policy = FieldPolicy.FillOnly, IsRequired = true },
    ]);

    public static RemoteRecord ToRecord(StreamId stream, AcmeContact contact) => new(stream.Key(contact.Id), RecordKind.Person, FieldSet.Of(
        ("name", FieldValue.TextOrNone(contact.Name)),
        ("title", FieldValue.TextOrNone(contact.Title)),
        ("emails", List(contact.Emails)),
        ("tags", List(contact.Tags)),
        ("external_id", FieldValue.TextOrNone(contact.ExternalId))))
    {
        ModifiedAt = contact.ChangedAt,
        IsDeleted = contact.Archived,
    };

    private static FieldValue? List(IReadOnlyList<string> texts) => FieldValue.List(texts.Select(FieldValue.TextOrNone).OfType<FieldValue>());
}
// end-snippet

// snippet: cursor
/// <summary>Where a reading stands.</summary>
/// <param name="From">Contacts that changed at this time or later are still to be read …</param>
/// <param name="AfterId">… but of those at exactly this time only the ones with a greater id.</param>
internal sealed record AcmePlace(DateTimeOffset From, string AfterId)
{
    /// <summary>A change may show up to this long after its own time, so each reading begins that much before the last one's end.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(30);

    public static AcmePlace Beginning { get; } = new(DateTimeOffset.UnixEpoch, "");

    /// <summary>A text nobody can read is no cursor: the stream is then read from its beginning, which costs time and loses nothing.</summary>
    public static AcmePlace Read(Cursor? cursor) =>
        cursor?.Text.Split('|', 2) is [var time, var id] && DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, out DateTimeOffset from) ? new(from, id) : Beginning;

    public Cursor Write() => new($"{From.UtcDateTime:O}|{AfterId}");

    public AcmePlace After(AcmePage page) => page.Data.Count == 0 ? this : new(page.Data[^1].ChangedAt, page.Data[^1].Id);

    /// <summary>Where the next reading begins once this one has come to its end.</summary>
    public AcmePlace WithOverlap() => this == Beginning ? this : new(From - Overlap, "");
}
// end-snippet

// snippet: source
/// <summary>Acme contacts, oldest change first. Archived ones arrive as tombstones, so absence means nothing here.</summary>
internal sealed class AcmeContactSource(AcmeApi api, string connection, int pageSize) : ISource
{
    public StreamDescriptor Stream { get; } = new(new(connection, AcmeContacts.Stream), [RecordKind.Person]);

    public async IAsyncEnumerable<Page> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        AcmePlace place = request.IsFull ? AcmePlace.Beginning : AcmePlace.Read(request.After);
        bool isWhole = place == AcmePlace.Beginning, more = true;
        int left = request.MaxRecords ?? int.MaxValue;
        for (int pages = 0; more && left > 0 && pages < (request.MaxPages ?? int.MaxValue); pages++)
        {
            AcmePage page = await api.ListAsync(place.From, place.AfterId, Math.Min(pageSize, left), cancellationToken);
            more = page.More;
            left -= page.Data.Count;
            place = place.After(page);
            yield return new([.. page.Data.Select(c => AcmeContacts.ToRecord(Stream.Id, c))], (more ? place : place.WithOverlap()).Write())
            {
                Covered = page.Data.Count,
                CompletesSweep = isWhole && !more,
            };
        }
    }
}
// end-snippet

// snippet: destination
/// <summary>Acme as the side that is written. A create is an upsert by external id, so that repeating one makes nothing twice.</summary>
internal sealed class AcmeDestination(AcmeApi api, string connection) : IDestination
{
    private static readonly DestinationStream Contacts = new(RecordKind.Person, AcmeContacts.Stream, ["external_id", "emails"])
    {
        CreateIsIdempotent = true,
        SettleTime = TimeSpan.FromSeconds(1),
        ReadEndpoint = "POST contacts/search",
        WriteEndpoint = "PUT contacts",
        ReadBudget = "calls",
        WriteBudget = "calls",
    };

    private readonly StreamId _stream = new(connection, AcmeContacts.Stream);

    public string Connection => connection;

    public IReadOnlyList<DestinationStream> Streams => [Contacts];

    public async Task<IReadOnlyList<Unavailable>> PrepareAsync(IReadOnlyList<FieldMap> maps, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> fields = await api.FieldsAsync(cancellationToken);
        FieldRule[] missing = [.. maps.SelectMany(m => m.Rules).Where(r => r.Direction != MapDirection.In && !fields.Contains(r.Remote))];
        if (missing.FirstOrDefault(r => r.IsRequired) is { } needed) throw Missing(needed.Remote);
        return [.. missing.Select(r => new Unavailable(RecordKind.Person, r.Remote, $"Acme's contacts have no field '{r.Remote}'."))];
    }

    public async Task<IReadOnlyList<Found>> FindAsync(DestinationStream stream, IReadOnlyList<Wanted> wanted, CancellationToken cancellationToken)
    {
        List<Found> found = [];
        foreach (Wanted[] some in wanted.Chunk(stream.ReadBatch))
        {
            string[] ids = Texts(some, "external_id"), emails = Texts(some, "emails");
            if (ids.Length + emails.Length == 0) continue;
            IReadOnlyList<AcmeContact> hits = await api.SearchAsync(new([], ids, emails), cancellationToken);
            found.AddRange(some.SelectMany(w => hits.Select(ToRecord), Match).OfType<Found>());
        }
        return found;
    }

    public async Task<IReadOnlyDictionary<string, RemoteRecord>> ReadAsync(DestinationStream stream, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        Dictionary<string, RemoteRecord> records = new(StringComparer.Ordinal);
        foreach (string[] some in ids.Distinct().Chunk(stream.ReadBatch))
        {
            foreach (AcmeContact contact in await api.SearchAsync(new(some, [], []), cancellationToken)) records[contact.Id] = ToRecord(contact);
        }
        return records;
    }

    // One operation a call: the stream declares no larger WriteBatch, so the engine hands over one at a time.
    public async Task<IReadOnlyList<WriteOutcome>> WriteAsync(DestinationStream stream, IReadOnlyList<Operation> batch, CancellationToken cancellationToken) =>
        [await WriteAsync(batch.Single(), cancellationToken)];

    private Task<WriteOutcome> WriteAsync(Operation operation, CancellationToken cancellationToken) => operation switch
    {
        { Verb: Verb.Delete } => SendAsync(operation, HttpMethod.Delete, $"contacts/{Uri.EscapeDataString(operation.RemoteId!)}", null, cancellationToken),
        { RemoteId: { } id } => SendAsync(operation, HttpMethod.Patch, $"contacts/{Uri.EscapeDataString(id)}", ChangeOf(operation), cancellationToken),
        _ => SendAsync(operation, HttpMethod.Put, $"contacts/by-external-id/{Uri.EscapeDataString(operation.Fields["external_id"]!.Text)}", ChangeOf(operation), cancellationToken),
    };

    private async Task<WriteOutcome> SendAsync(Operation operation, HttpMethod method, string path, AcmeChange? change, CancellationToken cancellationToken)
    {
        string verb = operation.Verb.ToString().ToLowerInvariant();
        try
        {
            return Judge(operation, $"acme.contacts.{verb}", await api.WriteAsync(verb, method, path, change, cancellationToken));
        }
        catch (ProviderException lost) when (lost.Recovery == Recovery.RetryLater)
        {
            // All attempts failed; an early one of them may have had its effect.
            return new WriteOutcome.Unknown(lost.Message);
        }
    }

    private WriteOutcome Judge(Operation operation, string call, ProviderAnswer answer)
    {
        if (answer.Status is 401 or 403) throw AcmeApi.Failure(call, answer);
        if (operation.Verb == Verb.Delete && (answer.IsSuccess || answer.Status == 404)) return new WriteOutcome.Deleted();
        if (answer.IsSuccess) return new WriteOutcome.Written(ToRecord(AcmeApi.Parse(call, answer, AcmeJson.Default.AcmeContact)));
        if (answer.Status == 404 && operation.RemoteId is not null) return new WriteOutcome.Gone($"Contact {operation.RemoteId} is not there any more.");
        AcmeError error = AcmeError.Of(answer);
        return new WriteOutcome.Refused(error.Code, error.Message) { ConflictingId = error.ContactId, OptionalField = error.ContactId is null ? error.Field : null };
    }

    private static AcmeChange ChangeOf(Operation operation)
    {
        Dictionary<string, string?> set = operation.Cleared.ToDictionary(name => name, _ => (string?)null);
        foreach (Field field in operation.Fields.Where(f => f.Value.Type != FieldType.List)) set[field.Name] = field.Value.Text;
        Dictionary<string, IReadOnlyList<string>> lists = operation.Fields
            .Where(f => f.Value.Type == FieldType.List)
            .ToDictionary(f => f.Name, f => (IReadOnlyList<string>)[.. f.Value.Items.Select(i => i.Text)]);
        return operation.RemovesListValues ? new(set) { Replace = lists } : new(set) { Add = lists };
    }

    private RemoteRecord ToRecord(AcmeContact contact) => AcmeContacts.ToRecord(_stream, contact);

    private static string[] Texts(IEnumerable<Wanted> wanted, string field) => [.. wanted.SelectMany(w => w.Fields[field]?.Items ?? []).Select(i => i.Text).Distinct()];

    private static Found? Match(Wanted wanted, RemoteRecord record) =>
        Contacts.MatchFields.FirstOrDefault(f => wanted.Fields[f] is { } value && record.Fields[f] is { } held && value.Items.Intersect(held.Items).Any()) is { } by
            ? new(wanted.GoldenId, record, by)
            : null;

    private static ProviderException Missing(string field) => new($"Acme's contacts have no field '{field}', which every contact needs.")
    {
        Operation = "acme.prepare",
        Recovery = Recovery.StopRun,
        Hint = $"Add a unique text field '{field}' in Acme under Settings, Fields.",
    };
}
// end-snippet
