using System.Runtime.CompilerServices;
using System.Text.Json;
using Syncline.Extraction;
using Syncline.Records;

namespace Syncline.Connectors.Lemlist;

/// <summary>The feed of activities, each page with the people in it as they are now.</summary>
/// <remarks>
/// The order of the feed is not documented, so a window is always read to its end, until a page is empty, and rows that are known are passed over by their content. A window of more rows than an offset should reach is halved
/// before it is read. Rows that are deleted between two pages move others past the offset: those are found by the next reading, which begins a day before this one, or two weeks once a day.
/// </remarks>
internal sealed class LemlistFeed(LemlistApi api, LemlistOptions options, TimeProvider clock) : ISource
{
    public StreamDescriptor Stream { get; } = new(new(options.Connection, LemlistActivities.Stream), [RecordKind.Activity, RecordKind.Person]);

    public async IAsyncEnumerable<Page> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        LemlistFeedReading reading = new(api, options, Stream.Id, request);
        LemlistFeedCursor cursor = request.IsFull ? LemlistFeedCursor.None : LemlistFeedCursor.Read(request.After);
        bool isResumed = cursor.Sweep is not null;
        while (true)
        {
            cursor = cursor.Begin(clock.GetUtcNow(), options.Overlap, request.IsFull);
            while (cursor.Sweep is not null)
            {
                if (reading.IsAtLimit) yield break;
                cancellationToken.ThrowIfCancellationRequested();
                (Page page, cursor) = await reading.NextAsync(cursor, cancellationToken);
                yield return page;
            }
            // A sweep that an earlier run had begun ends where that run stood: what has happened since is one more.
            if (!isResumed) yield break;
            isResumed = false;
        }
    }
}

/// <summary>One run's reading of the feed, page by page.</summary>
internal sealed class LemlistFeedReading(LemlistApi api, LemlistOptions options, StreamId stream, ReadRequest request)
{
    /// <summary>Rows that offsets reach in one window; how deep they may go is not documented.</summary>
    internal const int Deepest = 10_000;

    private readonly LemlistFeedPeople _people = new(api, options, new(stream.Connection, LemlistPeople.Stream), request);
    private int _left = request.MaxRecords ?? int.MaxValue;
    private int _pages;

    public bool IsAtLimit => _left <= 0 || _pages >= (request.MaxPages ?? int.MaxValue);

    private int Limit => Math.Min(options.PageSize, LemlistOptions.MostActivities);

    public async Task<(Page Page, LemlistFeedCursor Next)> NextAsync(LemlistFeedCursor cursor, CancellationToken cancellationToken)
    {
        LemlistSweep sweep = cursor.Sweep!;
        bool startsSweep = sweep is { IsWhole: true, Windows.Length: 1, Current.Offset: 0 };
        (IReadOnlyList<JsonElement> rows, sweep) = await RowsAsync(sweep, cancellationToken);
        LemlistFeedRows read = await SortAsync(WithWholeMoments(rows), sweep, cancellationToken);
        _left -= read.Changed.Count;
        _pages++;
        int advance = sweep.IsFull ? read.Taken : BeginningOfMoment(rows, read.Taken);
        LemlistSweep? next = rows.Count == 0 ? sweep.WithoutCurrent() : sweep.With(sweep.Current with { Offset = sweep.Current.Offset + advance, IsProbed = true });
        LemlistFeedCursor reached = cursor.Reach(next);
        Page page = await _people.PageAsync(read, reached.Write(), cancellationToken);
        return (page with { StartsSweep = startsSweep, CompletesSweep = next is null && sweep.IsWhole }, reached);
    }

    /// <summary>The next rows, with the sweep as it is once windows that are too long have been halved.</summary>
    private async Task<(IReadOnlyList<JsonElement> Rows, LemlistSweep Sweep)> RowsAsync(LemlistSweep sweep, CancellationToken cancellationToken)
    {
        while (true)
        {
            LemlistWindow window = sweep.Current;
            IReadOnlyList<JsonElement>? rows = await api.ActivitiesAsync(window, window.Offset, Limit, cancellationToken);
            bool isTooLong = rows is null || (!window.IsProbed && rows.Count >= Limit && await ReachesDeepAsync(window, cancellationToken));
            if (!isTooLong) return (rows!, sweep);
            if (window.Halves() is not var (earlier, later)) return (rows ?? throw TooMany(window), sweep.With(window with { IsProbed = true }));
            sweep = sweep.WithHalves(earlier, later);
        }
    }

    /// <summary>Rows of one moment may come in another order each time, so that a page which ends between two of them could show one twice and the other never: they are left to the next page, which begins with them.</summary>
    private IReadOnlyList<JsonElement> WithWholeMoments(IReadOnlyList<JsonElement> rows)
    {
        int end = rows.Count < Limit ? rows.Count : BeginningOfMoment(rows, rows.Count - 1);
        return end == 0 ? rows : [.. rows.Take(end)];
    }

    /// <summary>The place itself, or that of the first row before it that is of the same moment.</summary>
    private static int BeginningOfMoment(IReadOnlyList<JsonElement> rows, int place)
    {
        if (place >= rows.Count) return place;
        while (place > 0 && rows[place - 1].Text("createdAt") == rows[place].Text("createdAt")) place--;
        return place;
    }

    // A refusal of so deep an offset says nothing about how many rows there are: such a window is halved when paging itself is refused.
    private async Task<bool> ReachesDeepAsync(LemlistWindow window, CancellationToken cancellationToken) =>
        await api.ActivitiesAsync(window, Deepest, 1, cancellationToken) is { Count: > 0 };

    /// <summary>Tells what is new from what is known, out of scope or unreadable; stops after as many new ones as the run still takes.</summary>
    private async Task<LemlistFeedRows> SortAsync(IReadOnlyList<JsonElement> rows, LemlistSweep sweep, CancellationToken cancellationToken)
    {
        string[] ids = [.. rows.Select(r => r.Text("_id")).OfType<string>()];
        IReadOnlyDictionary<string, string> known = sweep.IsFull || ids.Length == 0 ? new Dictionary<string, string>() : await request.Known.FindAsync(stream, ids, cancellationToken);
        LemlistFeedRows sorted = new();
        foreach (JsonElement row in rows)
        {
            if (sorted.Changed.Count >= _left) break;
            sorted.Taken++;
            Sort(row, sweep.Current, known, sorted);
        }
        return sorted;
    }

    private void Sort(JsonElement row, LemlistWindow window, IReadOnlyDictionary<string, string> known, LemlistFeedRows sorted)
    {
        if (row.Text("_id") is not { } id || row.Text("type") is null || row.Time("createdAt") is not { } at)
        {
            sorted.Rejections.Add(new(stream.Key(row.Text("_id") ?? "unknown"), RecordKind.Activity, "activity-unreadable", "The activity has no id, no type or no readable time; the others are read."));
        }
        else if (!window.Holds(at) || !sorted.Ids.Add(id)) return;
        else if (SkipOf(row) is var (code, reason)) sorted.Skip(stream.Key(id), known, code, reason);
        else sorted.Take(LemlistActivities.ToRecord(stream, row), row, known);
    }

    private (string Code, string Reason)? SkipOf(JsonElement row)
    {
        if (!options.KeepsBots && LemlistActivities.IsBot(row)) return ("bot", "Lemlist takes this for a machine's doing, not a person's (bots: mark reads it).");
        if (!options.KeepsGroups && LemlistActivities.IsGroup(row)) return ("group-event", "This repeats an activity of a channel (group_events: keep reads it).");
        bool isAboutSomebody = LemlistActivities.ContactOf(row) is not null || LemlistActivities.LeadOf(row) is not null || row.Text("leadEmail") is not null || row.Text("companyId") is not null;
        return isAboutSomebody ? null : ("team-event", "This is about the team, not about a person or a company.");
    }

    private static ProviderException TooMany(LemlistWindow window) => new($"Lemlist refuses to show more activities of {LemlistOptions.Time(window.To)}.") { Operation = "lemlist.activities.list", Recovery = Recovery.StopStream };
}

/// <summary>A page's rows, sorted.</summary>
internal sealed class LemlistFeedRows
{
    public List<(RemoteRecord Record, JsonElement Row)> Changed { get; } = [];

    public List<(RecordKey Key, string Version)> Versions { get; } = [];

    public List<Rejection> Rejections { get; } = [];

    /// <summary>Ids met in this page.</summary>
    public HashSet<string> Ids { get; } = new(StringComparer.Ordinal);

    /// <summary>Rows looked at.</summary>
    public int Taken { get; set; }

    public int Unchanged { get; private set; }

    public void Take(RemoteRecord record, JsonElement row, IReadOnlyDictionary<string, string> known)
    {
        if (known.GetValueOrDefault(record.Key.Id) == record.Version) Unchanged++;
        else Changed.Add((record, row));
    }

    // Kept like a version, so that the next reading, which overlaps this one, does not list it again.
    public void Skip(RecordKey key, IReadOnlyDictionary<string, string> known, string code, string reason)
    {
        if (known.GetValueOrDefault(key.Id) == code)
        {
            Unchanged++;
            return;
        }
        Versions.Add((key, code));
        Rejections.Add(new(key, RecordKind.Activity, code, reason) { IsSkip = true });
    }
}
