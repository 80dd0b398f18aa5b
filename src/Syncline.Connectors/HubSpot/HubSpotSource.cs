using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Syncline.Extraction;
using Syncline.Records;

namespace Syncline.Connectors.HubSpot;

/// <summary>A stretch of ids that is still to be listed.</summary>
/// <param name="From">The first id of it.</param>
/// <param name="To">The first id behind it; null at the open end.</param>
/// <param name="After">HubSpot's own mark of the place; null at the very start.</param>
internal sealed record HubSpotRange(long From, long? To, string? After);

/// <summary>Where a reading stands: in a listing of everything, in a window of changes, or at the end of either.</summary>
/// <param name="Started">When the listing began, or the window's upper bound.</param>
internal sealed record HubSpotPosition(DateTimeOffset Started)
{
    /// <summary>What a listing still has to go through; null in a window of changes.</summary>
    public ImmutableArray<HubSpotRange>? Ranges { get; init; }

    /// <summary>The window's lower bound, or that of the next one.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>The last id of the window that was read.</summary>
    public long LastId { get; init; }

    /// <summary>When the last complete listing began; null before the first.</summary>
    public DateTimeOffset? ReconciledAt { get; init; }

    public bool IsDone { get; init; }

    public Cursor ToCursor() => new(JsonSerializer.Serialize(this, HubSpotJson.Default.HubSpotPosition));

    /// <summary>A text nobody can read is no cursor: everything is listed then, which costs time and loses nothing.</summary>
    public static HubSpotPosition From(ReadRequest request, TimeSpan reconcileEvery, DateTimeOffset now)
    {
        HubSpotPosition listing = new(now) { Ranges = [new(0, null, null)] };
        if (request.IsFull || request.After is not { } cursor || Read(cursor) is not { } left) return listing;
        if (!left.IsDone) return left;
        bool isDue = left.ReconciledAt is not { } last || last + reconcileEvery <= now;
        return isDue ? listing : new(now) { Since = left.Since, ReconciledAt = left.ReconciledAt };
    }

    /// <summary>Changes of the time in which this was read are met again by the next window.</summary>
    public HubSpotPosition Done(bool isListed) => new(Started) { Since = Started - HubSpotOptions.Overlap, ReconciledAt = isListed ? Started : ReconciledAt, IsDone = true };

    private static HubSpotPosition? Read(Cursor cursor)
    {
        try
        {
            return JsonSerializer.Deserialize(cursor.Text, HubSpotJson.Default.HubSpotPosition);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>The records of one type: all of them by the listing, later what changed by search windows, and now and then all again.</summary>
/// <remarks>
/// A search is only believed about who changed: its rows come from an index that lags, and what they hold is read from the records. Archived records are found missing by complete listings;
/// associations and calculated values that changed without a time of change are found by them, too.
/// </remarks>
internal sealed class HubSpotSource(HubSpotObjects objects, HubSpotReader reader, Func<CancellationToken, Task<HubSpotDefinitions>> definitions, HubSpotOptions options, TimeProvider clock) : IPointSource, ICountedSource
{
    // So many single looks are under way at a time; the budget sets their pace.
    private const int MostLooks = 100;

    public StreamDescriptor Stream { get; } = new(new(options.Connection, objects.Kind.Stream), [objects.Kind.Kind]) { IsCensus = true };

    /// <summary>Which records of ours come back as something else and are passed over; null where none do.</summary>
    public Func<RemoteRecord, bool>? IsOurs { get; init; }

    public async IAsyncEnumerable<Page> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HubSpotPosition at = HubSpotPosition.From(request, options.ReconcileEvery, clock.GetUtcNow());
        IAsyncEnumerable<Page> pages = at.Ranges is null ? ChangesAsync(at, request, cancellationToken) : ListAsync(at, request, cancellationToken);
        int count = 0;
        await foreach (Page page in pages.WithCancellation(cancellationToken))
        {
            yield return page;
            if (++count == request.MaxPages) yield break;
        }
    }

    public async Task<IReadOnlyList<RemoteRecord>> FetchAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        List<RemoteRecord> there = [.. await PresentAsync(ids, cancellationToken)];
        HashSet<string> seen = [.. there.Select(r => r.Key.Id)];
        // A batch leaves out what was merged away; asked for alone, it answers as the record that is left.
        foreach (string[] some in ids.Distinct(StringComparer.Ordinal).Where(id => !seen.Contains(id)).Chunk(MostLooks))
        {
            HubSpotObject?[] merged = await Task.WhenAll(some.Select(id => objects.FindAsync(id, cancellationToken)));
            there.AddRange(await ToRecordsAsync([.. merged.OfType<HubSpotObject>().Where(o => !o.Archived)], cancellationToken));
        }
        return [.. there.DistinctBy(r => r.Key.Id).Where(r => IsOurs?.Invoke(r) != true)];
    }

    /// <summary>As the search index knows it: the listing goes another way. It cannot tell records of ours from others.</summary>
    public async Task<long?> CountAsync(CancellationToken cancellationToken) => IsOurs is null ? (await objects.NewestAsync(cancellationToken))?.Total ?? 0 : null;

    private async IAsyncEnumerable<Page> ListAsync(HubSpotPosition at, ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        bool isWhole = at.Ranges is [{ From: 0, To: null, After: null }];
        HubSpotListing listing = new(objects, options.PageSize);
        await foreach (HubSpotListed listed in listing.RunAsync(at.Ranges!.Value, request.MaxRecords, isAhead: request.MaxPages is null, cancellationToken))
        {
            bool isEnd = listed.Left.IsEmpty;
            at = isEnd ? at.Done(isListed: true) : at with { Ranges = listed.Left };
            yield return await PageAsync(await ToRecordsAsync(listed.Objects, cancellationToken), at, request, cancellationToken) with { CompletesSweep = isEnd && isWhole, Expected = listed.Expected };
        }
    }

    private async IAsyncEnumerable<Page> ChangesAsync(HubSpotPosition at, ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int left = request.MaxRecords ?? int.MaxValue;
        while (!at.IsDone && left > 0)
        {
            int limit = Math.Min(left, options.PageSize == HubSpotOptions.MaxPage ? HubSpotObjects.MostFound : options.PageSize);
            HubSpotPage page = await objects.ChangedAsync(at.Since, at.Started, at.LastId, limit, cancellationToken);
            // Rows may be stale, or no longer match at all.
            HubSpotObject[] rows = [.. page.Results.Where(r => r.UpdatedAt >= at.Since && r.UpdatedAt <= at.Started)];
            at = page.Results.Count < limit ? at.Done(isListed: false) : at with { LastId = page.Results.Max(r => long.Parse(r.Id, System.Globalization.CultureInfo.InvariantCulture)) };
            left -= page.Results.Count;
            yield return await ChangedAsync(rows, at, request, cancellationToken);
        }
    }

    private async Task<Page> ChangedAsync(HubSpotObject[] rows, HubSpotPosition at, ReadRequest request, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, string> known = rows.Length == 0 ? new Dictionary<string, string>() : await request.Known.FindAsync(Stream.Id, [.. rows.Select(r => r.Id)], cancellationToken);
        string[] moved = [.. rows.Where(r => known.GetValueOrDefault(r.Id)?.StartsWith(HubSpotReader.StampOf(r.UpdatedAt), StringComparison.Ordinal) != true).Select(r => r.Id)];
        Page page = await PageAsync(await PresentAsync(moved, cancellationToken), at, request, cancellationToken);
        return page with { Unchanged = page.Unchanged + rows.Length - moved.Length, Covered = rows.Length };
    }

    /// <summary>The records as they are. One is asked for with its neighbours in a single call, several by the hundred.</summary>
    private async Task<IReadOnlyList<RemoteRecord>> PresentAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0) return [];
        IReadOnlyList<HubSpotObject> there = ids.Count > 1
            ? await objects.ReadAsync(ids, null, cancellationToken)
            : await objects.FindAsync(ids.First(), cancellationToken) is { Archived: false } one ? [one] : [];
        return await ToRecordsAsync(there, cancellationToken);
    }

    private async Task<IReadOnlyList<RemoteRecord>> ToRecordsAsync(IReadOnlyList<HubSpotObject> there, CancellationToken cancellationToken) =>
        there.Count == 0 ? [] : await reader.ReadAsync(there, await definitions(cancellationToken), cancellationToken);

    /// <summary>A page as the engine takes it: what is known in this very content is passed over.</summary>
    private async Task<Page> PageAsync(IReadOnlyList<RemoteRecord> all, HubSpotPosition next, ReadRequest request, CancellationToken cancellationToken)
    {
        RemoteRecord[] records = [.. all.Where(r => IsOurs?.Invoke(r) != true)];
        IReadOnlyDictionary<string, string> known = request.IsFull || records.Length == 0
            ? new Dictionary<string, string>()
            : await request.Known.FindAsync(Stream.Id, [.. records.Select(r => r.Key.Id)], cancellationToken);
        RemoteRecord[] changed = [.. records.Where(r => !IsKnown(r, known))];
        return new(changed, next.ToCursor()) { Versions = [.. records.Select(r => (r.Key, r.Version!))], Unchanged = records.Length - changed.Length, Covered = all.Count };
    }

    private static bool IsKnown(RemoteRecord record, IReadOnlyDictionary<string, string> known) =>
        known.TryGetValue(record.Key.Id, out string? version) && HubSpotReader.ContentOf(version) == HubSpotReader.ContentOf(record.Version!);
}
