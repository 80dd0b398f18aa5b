using System.Runtime.CompilerServices;
using System.Text.Json;
using Syncline.Extraction;
using Syncline.Records;

namespace Syncline.Connectors.Lemlist;

/// <summary>Where a reading of a whole listing stands.</summary>
internal sealed record LemlistPlace
{
    /// <summary>When the reading began.</summary>
    public DateTimeOffset Started { get; init; }

    public int Offset { get; init; }

    /// <summary>How many there were when the last page was read.</summary>
    public long? Total { get; init; }

    public bool IsDone { get; init; }

    /// <summary>A text nobody can read is no place.</summary>
    public static LemlistPlace? Read(Cursor? cursor)
    {
        try
        {
            return cursor is null ? null : JsonSerializer.Deserialize(cursor.Text, LemlistCursors.Default.LemlistPlace);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public Cursor Write() => new(JsonSerializer.Serialize(this, LemlistCursors.Default.LemlistPlace));

    /// <summary>Rows that were deleted before the offset have moved those behind it forward by as many: it goes back that far, and some rows are read twice.</summary>
    public LemlistPlace Shifted(long? total) => Total is { } before && total is { } now && now < before ? this with { Offset = (int)Math.Max(0, Offset - (before - now)), Total = now } : this with { Total = total };
}

/// <summary>A listing that has neither "changed since" nor an order: it is gone through as a whole, and what is known in this very content is passed over.</summary>
internal abstract class LemlistWholeListing(LemlistOptions options, TimeProvider clock, StreamId stream, RecordKind kind) : IPointSource
{
    public StreamDescriptor Stream { get; } = new(stream, [kind]) { IsCensus = true };

    protected LemlistOptions Options => options;

    public async IAsyncEnumerable<Page> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        LemlistPlace? last = request.IsFull ? null : LemlistPlace.Read(request.After);
        DateTimeOffset now = clock.GetUtcNow();
        if (last is { IsDone: true } && last.Started <= now && now - last.Started < options.ContactsEvery) yield break;
        LemlistPlace at = last is { IsDone: false } ? last : new() { Started = now };
        bool isWhole = at.Offset == 0;
        Func<IReadOnlyList<JsonElement>, CancellationToken, Task<IReadOnlyList<RemoteRecord>>> translate = Translator();
        int left = request.MaxRecords ?? int.MaxValue;
        for (int pages = 0; !at.IsDone && left > 0 && pages < (request.MaxPages ?? int.MaxValue); pages++)
        {
            LemlistListing page = await ListAsync(at.Offset, options.PageSize, cancellationToken);
            LemlistPlace shifted = at.Shifted(page.Total);
            if (shifted.Offset < at.Offset)
            {
                at = shifted;
                page = await ListAsync(at.Offset, options.PageSize, cancellationToken);
            }
            JsonElement[] taken = [.. page.Rows.Take(left)];
            left -= taken.Length;
            bool startsSweep = at.Offset == 0;
            at = at with { Offset = at.Offset + taken.Length, Total = page.Total };
            at = at with { IsDone = taken.Length == page.Rows.Count && (page.Rows.Count == 0 || at.Offset >= page.Total) };
            IReadOnlyList<RemoteRecord> records = await translate([.. taken.Where(HasId)], cancellationToken);
            yield return await PageAsync(records, at, request, cancellationToken) with { StartsSweep = startsSweep, CompletesSweep = at.IsDone && isWhole };
        }
    }

    public async Task<IReadOnlyList<RemoteRecord>> FetchAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        await Translator()([.. (await FindAsync(ids, cancellationToken)).Where(HasId)], cancellationToken);

    protected abstract Task<LemlistListing> ListAsync(int offset, int limit, CancellationToken cancellationToken);

    protected abstract Task<IReadOnlyList<JsonElement>> FindAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <summary>Turns rows into records; what it looks up it keeps for one reading.</summary>
    protected abstract Func<IReadOnlyList<JsonElement>, CancellationToken, Task<IReadOnlyList<RemoteRecord>>> Translator();

    private static bool HasId(JsonElement row) => row.Text("_id") is not null;

    private async Task<Page> PageAsync(IReadOnlyList<RemoteRecord> records, LemlistPlace at, ReadRequest request, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, string> known = request.IsFull || records.Count == 0
            ? new Dictionary<string, string>()
            : await request.Known.FindAsync(Stream.Id, [.. records.Select(r => r.Key.Id)], cancellationToken);
        RemoteRecord[] changed = [.. records.Where(r => known.GetValueOrDefault(r.Key.Id) != r.Version)];
        return new(changed, at.Write())
        {
            Versions = [.. records.Select(r => (r.Key, r.Version!))],
            Unchanged = records.Count - changed.Length,
            Expected = at.Total,
            Covered = records.Count,
        };
    }
}

/// <summary>Contacts, all of them when a reading is due.</summary>
internal sealed class LemlistContacts(LemlistApi api, LemlistOptions options, TimeProvider clock)
    : LemlistWholeListing(options, clock, new(options.Connection, LemlistPeople.Stream), RecordKind.Person)
{
    protected override Task<LemlistListing> ListAsync(int offset, int limit, CancellationToken cancellationToken) => api.ListContactsAsync(offset, limit, cancellationToken);

    protected override Task<IReadOnlyList<JsonElement>> FindAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) => api.ContactsAsync(ids, cancellationToken);

    protected override Func<IReadOnlyList<JsonElement>, CancellationToken, Task<IReadOnlyList<RemoteRecord>>> Translator()
    {
        LemlistNames names = new(api, Options.Campaign);
        return async (rows, cancellationToken) =>
        {
            LemlistContext context = await names.OfAsync(rows, cancellationToken);
            return [.. rows.Select(r => LemlistPeople.ToRecord(Stream.Id, r, context))];
        };
    }
}

/// <summary>Companies, all of them when a reading is due.</summary>
internal sealed class LemlistCompanies(LemlistApi api, LemlistOptions options, TimeProvider clock)
    : LemlistWholeListing(options, clock, new(options.Connection, Name), RecordKind.Company)
{
    public const string Name = "companies";

    protected override Task<LemlistListing> ListAsync(int offset, int limit, CancellationToken cancellationToken) => api.ListCompaniesAsync(offset, limit, cancellationToken);

    protected override Task<IReadOnlyList<JsonElement>> FindAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) => api.CompaniesAsync(ids, cancellationToken);

    protected override Func<IReadOnlyList<JsonElement>, CancellationToken, Task<IReadOnlyList<RemoteRecord>>> Translator() =>
        (rows, _) => Task.FromResult<IReadOnlyList<RemoteRecord>>([.. rows.Select(r => ToRecord(Stream.Id, r))]);

    /// <summary>The name may stand in the company's own fields only.</summary>
    internal static RemoteRecord ToRecord(StreamId stream, JsonElement company)
    {
        JsonElement held = company.Part("fields") ?? company;
        FieldSet fields = FieldSet.Of(((string[])["name", "domain", "industry", "size", "location", "linkedinUrl", "website"])
            .Select(name => (name, FieldValue.TextOrNone(company.Text(name) ?? held.Text(name)))));
        return new(stream.Key(company.Text("_id")!), RecordKind.Company, fields) { Version = ContentVersion.Of(fields) };
    }
}
