using System.Runtime.CompilerServices;
using System.Text.Json;
using Syncline.Extraction;
using Syncline.Records;

namespace Syncline.Connectors.HubSpot;

/// <summary>The lists kept by hand, all at each reading.</summary>
internal sealed class HubSpotListSource(HubSpotLists lists, HubSpotOptions options) : ISource
{
    public StreamDescriptor Stream { get; } = new(new(options.Connection, HubSpotLists.Stream), [RecordKind.List]) { IsCensus = true };

    public async IAsyncEnumerable<Page> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HubSpotEntryPosition at = HubSpotEntryPosition.From(request);
        bool isWhole = at.List is null;
        Queue<HubSpotList> open = new((await lists.AllAsync(cancellationToken)).SkipWhile(l => at.List is not null && Order(l.ListId) <= Order(at.List)));
        int left = request.MaxRecords ?? int.MaxValue;
        for (int pages = 0; left > 0 && pages < (request.MaxPages ?? int.MaxValue) && !at.IsDone; pages++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            List<RemoteRecord> records = [];
            while (records.Count < Math.Min(left, options.PageSize) && open.TryDequeue(out HubSpotList? list))
            {
                records.Add(ToRecord(Stream.Id, list));
                at = new(list.ListId, null);
            }
            left -= records.Count;
            if (open.Count == 0) at = at with { IsDone = true };
            yield return await HubSpotPages.PageAsync(Stream.Id, records, at.ToCursor(), request, cancellationToken) with { CompletesSweep = at.IsDone && isWhole };
        }
    }

    /// <summary>Lists go by the number that their id is.</summary>
    public static long Order(string id) => long.TryParse(id, out long number) ? number : 0;

    public static RemoteRecord ToRecord(StreamId stream, HubSpotList list)
    {
        FieldSet fields = FieldSet.Of(("name", FieldValue.TextOrNone(list.Name)), ("list_id", FieldValue.Of($"hubspot:{list.ListId}")));
        return new(stream.Key(list.ListId), RecordKind.List, fields) { Version = ContentVersion.Of(fields) };
    }
}

/// <summary>Where the reading of lists' members stands.</summary>
/// <param name="List">The list that is read, or that was read last; null at the start.</param>
internal sealed record HubSpotEntryPosition(string? List, string? After)
{
    public bool IsDone { get; init; }

    public static HubSpotEntryPosition From(ReadRequest request)
    {
        try
        {
            HubSpotEntryPosition? left = request is { IsFull: false, After: { } cursor } ? JsonSerializer.Deserialize(cursor.Text, HubSpotJson.Default.HubSpotEntryPosition) : null;
            return left is { IsDone: false } ? left : new(null, null);
        }
        catch (JsonException)
        {
            return new(null, null);
        }
    }

    public Cursor ToCursor() => new(JsonSerializer.Serialize(this, HubSpotJson.Default.HubSpotEntryPosition));
}

/// <summary>Who is on the lists kept by hand, list by list. An entry's id is <c>list id:record id</c>.</summary>
internal sealed class HubSpotEntrySource(HubSpotLists lists, HubSpotOptions options) : ISource
{
    public StreamDescriptor Stream { get; } = new(new(options.Connection, HubSpotLists.Entries), [RecordKind.ListEntry]) { IsCensus = true };

    public async IAsyncEnumerable<Page> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HubSpotEntryPosition at = HubSpotEntryPosition.From(request);
        bool isWhole = at.List is null;
        Queue<HubSpotList> open = new((await lists.AllAsync(cancellationToken)).SkipWhile(l => at.List is not null && HubSpotListSource.Order(l.ListId) < HubSpotListSource.Order(at.List)));
        int left = request.MaxRecords ?? int.MaxValue;
        // A page of records is smaller than one of members may be; a smaller one was asked for on purpose.
        int pageSize = options.PageSize == HubSpotOptions.MaxPage ? HubSpotLists.MostMembers : options.PageSize;
        for (int pages = 0; left > 0 && pages < (request.MaxPages ?? int.MaxValue) && !at.IsDone; pages++)
        {
            RemoteRecord[] records = [];
            if (open.TryPeek(out HubSpotList? list))
            {
                HubSpotMembers? members = await lists.MembersAsync(list.ListId, Math.Min(left, Math.Min(HubSpotLists.MostMembers, pageSize)), at.List == list.ListId ? at.After : null, cancellationToken);
                records = [.. (members?.Results ?? []).Where(m => m.RecordId is not null).Select(m => ToRecord(Stream.Id, list, m.RecordId!))];
                left -= records.Length;
                at = Next(open, list, members?.Paging?.Next?.After);
            }
            else at = at with { IsDone = true };
            yield return await HubSpotPages.PageAsync(Stream.Id, records, at.ToCursor(), request, cancellationToken) with { CompletesSweep = at.IsDone && isWhole };
        }
    }

    private static HubSpotEntryPosition Next(Queue<HubSpotList> open, HubSpotList list, string? after)
    {
        if (after is not null) return new(list.ListId, after);
        open.Dequeue();
        return open.TryPeek(out HubSpotList? next) ? new(next.ListId, null) : new(null, null) { IsDone = true };
    }

    public static RemoteRecord ToRecord(StreamId stream, HubSpotList list, string member)
    {
        string id = $"{list.ListId}:{member}";
        FieldSet fields = FieldSet.Of(
            ("entry_id", FieldValue.Of($"hubspot:{id}")),
            ("list", FieldValue.Reference(HubSpotLists.Stream, list.ListId)),
            (list.MemberField, FieldValue.Reference(list.MemberStream ?? "contacts", member)));
        return new(stream.Key(id), RecordKind.ListEntry, fields) { Version = ContentVersion.Of(fields) };
    }
}

/// <summary>A page as the engine takes it: what is known in this very content is passed over.</summary>
internal static class HubSpotPages
{
    public static async Task<Page> PageAsync(StreamId stream, IReadOnlyList<RemoteRecord> records, Cursor next, ReadRequest request, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, string> known = request.IsFull || records.Count == 0
            ? new Dictionary<string, string>()
            : await request.Known.FindAsync(stream, [.. records.Select(r => r.Key.Id)], cancellationToken);
        List<RemoteRecord> changed = [.. records.Where(r => known.GetValueOrDefault(r.Key.Id) != r.Version)];
        return new(changed, next) { Versions = [.. records.Select(r => (r.Key, r.Version!))], Unchanged = records.Count - changed.Count, Covered = records.Count };
    }
}
