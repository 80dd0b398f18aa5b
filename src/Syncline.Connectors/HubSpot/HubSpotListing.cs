using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Syncline.Connectors.HubSpot;

/// <summary>One page of a listing.</summary>
/// <param name="Left">What is still to be listed after it.</param>
internal sealed record HubSpotListed(IReadOnlyList<HubSpotObject> Objects, ImmutableArray<HubSpotRange> Left, long? Expected);

/// <summary>Lists every record of a type, in several stretches of ids at a time: the call limit bounds it, not the way there and back.</summary>
/// <remarks>
/// A listing goes by id, and its mark of the place is an id: so it can begin anywhere. Ids are not spread evenly, so stretches are cut in two wherever the last page shows that much is left. Stretches take turns
/// in a fixed order, which makes the same cursor give the same page.
/// </remarks>
internal sealed class HubSpotListing(HubSpotObjects objects, int pageSize)
{
    // More than the largest tier's 25 calls a second need at half a second each.
    private const int MostAtOnce = 12;

    // Less than this is not worth a call that may find its stretch empty.
    private const int PagesWorthCutting = 3;

    private long? _expected;

    /// <param name="isAhead">False asks for one page at a time: the reading may end after any of them.</param>
    public async IAsyncEnumerable<HubSpotListed> RunAsync(ImmutableArray<HubSpotRange> ranges, int? maxRecords, bool isAhead, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int left = maxRecords ?? int.MaxValue;
        bool isParallel = isAhead && maxRecords is null;
        List<Turn> turns = [.. ranges.Select(r => new Turn(r))];
        while (turns.Count > 0 && left > 0)
        {
            // Pages that were asked for ahead are there already: they must not carry a reading on that was stopped.
            cancellationToken.ThrowIfCancellationRequested();
            if (isParallel) turns.ForEach(t => t.Start(this, pageSize, cancellationToken));
            HubSpotRange range = turns[0].Range;
            int limit = Math.Min(pageSize, left);
            HubSpotPage page = await turns[0].Start(this, limit, cancellationToken);
            turns.RemoveAt(0);
            HubSpotObject[] rows = [.. page.Results.Where(r => IsWithin(range, IdOf(r)))];
            left -= rows.Length;
            turns.AddRange((await RestAsync(range, page, isParallel, cancellationToken)).SelectMany(r => Cut(r, page, isParallel ? MostAtOnce - turns.Count : 1)).Select(r => new Turn(r)));
            if (isParallel) turns.ForEach(t => t.Start(this, pageSize, cancellationToken));
            yield return new(rows, [.. turns.Select(t => t.Range)], _expected);
        }
    }

    private static bool IsWithin(HubSpotRange range, long id) => id >= range.From && !(id >= range.To);

    /// <summary>What a page leaves of its stretch. The open end is closed once it is known how far it goes, so that it can be cut.</summary>
    private async Task<IReadOnlyList<HubSpotRange>> RestAsync(HubSpotRange range, HubSpotPage page, bool isParallel, CancellationToken cancellationToken)
    {
        if (page.After is not { } after || page.Results.Count == 0) return [];
        long next = IdOf(page.Results[^1]) + 1;
        if (next >= range.To) return [];
        HubSpotRange rest = new(next, range.To, after);
        if (!isParallel || range is not { From: 0, To: null }) return [rest];
        if (await objects.NewestAsync(cancellationToken) is not { } newest || newest.Id < next) return [rest];
        _expected = newest.Total;
        return [rest with { To = newest.Id + 1 }, Behind(newest.Id + 1, null)];
    }

    /// <summary>A stretch in as many parts as its length is worth, going by how densely the ids of its last page lie.</summary>
    private IEnumerable<HubSpotRange> Cut(HubSpotRange range, HubSpotPage page, int most)
    {
        if (range.To is not { } to || most < 2 || page.Results.Count < 2) return [range];
        double perPage = (double)(IdOf(page.Results[^1]) - IdOf(page.Results[0]) + 1) / page.Results.Count * pageSize;
        // Far more room for ids than there are records: they lie unevenly, and beyond a bit more than as many as there are it is likely to be empty.
        double crowd = 1.2 * perPage * ((_expected ?? long.MaxValue) / (double)pageSize);
        long end = (to - range.From) > 2 * crowd ? range.From + (long)crowd : to;
        IEnumerable<HubSpotRange> parts = Parts(range, end, (int)Math.Clamp((end - range.From) / perPage / PagesWorthCutting, 1, end < to ? most - 1 : most));
        return end < to ? parts.Append(Behind(end, to)) : parts;
    }

    private static IEnumerable<HubSpotRange> Parts(HubSpotRange range, long end, int parts)
    {
        long length = (end - range.From) / parts;
        return Enumerable.Range(0, parts).Select(i => (From: range.From + (i * length), To: i == parts - 1 ? end : range.From + ((i + 1) * length)))
            .Select((p, i) => i == 0 ? range with { To = p.To } : Behind(p.From, p.To));
    }

    // Whether the mark itself is part of the page does not matter: what lies before the stretch is dropped.
    private static HubSpotRange Behind(long from, long? to) => new(from, to, (from - 1).ToString(CultureInfo.InvariantCulture));

    private static long IdOf(HubSpotObject row) => long.Parse(row.Id, CultureInfo.InvariantCulture);

    /// <summary>A stretch and the page of it that was asked for.</summary>
    private sealed class Turn(HubSpotRange range)
    {
        private Task<HubSpotPage>? _page;

        public HubSpotRange Range => range;

        public Task<HubSpotPage> Start(HubSpotListing listing, int limit, CancellationToken cancellationToken)
        {
            if (_page is not null) return _page;
            _page = listing.AskAsync(limit, range.After, cancellationToken);
            // Asked for ahead, it may be nobody's any more, and so its failure.
            _ = _page.ContinueWith(static t => t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return _page;
        }
    }

    private Task<HubSpotPage> AskAsync(int limit, string? after, CancellationToken cancellationToken) => objects.ListAsync(limit, after, cancellationToken);
}
