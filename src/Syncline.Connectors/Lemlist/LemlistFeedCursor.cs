using System.Collections.Immutable;
using System.Text.Json;
using Syncline.Extraction;

namespace Syncline.Connectors.Lemlist;

/// <summary>A stretch of time whose activities are read by offset. Its end is fixed before the first page, so that nothing new comes in between two pages.</summary>
/// <param name="From">The earliest activity, included; null is the beginning of all.</param>
/// <param name="To">The latest, included.</param>
internal sealed record LemlistWindow(DateTimeOffset? From, DateTimeOffset To)
{
    /// <summary>Before Lemlist's first customer: where a window without a beginning is taken to begin when it is halved.</summary>
    private static readonly DateTimeOffset Floor = new(2015, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(2);

    public int Offset { get; init; }

    /// <summary>True where the window before this one ends at the very moment at which this one begins: activities of that moment are that one's.</summary>
    public bool IsSeam { get; init; }

    /// <summary>True once it is known not to be too long.</summary>
    public bool IsProbed { get; init; }

    public bool Holds(DateTimeOffset time) => !IsSeam || time != From;

    /// <summary>The two halves, cut at a whole millisecond, which is as fine as Lemlist's times are; null when it is too short to be cut.</summary>
    public (LemlistWindow Earlier, LemlistWindow Later)? Halves()
    {
        DateTimeOffset from = From ?? Floor;
        if (To - from < Shortest) return null;
        long middle = from.ToUnixTimeMilliseconds() + ((To.ToUnixTimeMilliseconds() - from.ToUnixTimeMilliseconds()) / 2);
        DateTimeOffset cut = DateTimeOffset.FromUnixTimeMilliseconds(middle);
        return cut <= from || cut >= To ? null : (new(From, cut) { IsSeam = IsSeam }, new(cut, To) { IsSeam = true });
    }
}

/// <summary>A reading of the feed under way.</summary>
internal sealed record LemlistSweep
{
    /// <summary>When it began: the end of its last window.</summary>
    public DateTimeOffset Started { get; init; }

    public bool IsWide { get; init; }

    /// <summary>True hands on activities that have not changed as well.</summary>
    public bool IsFull { get; init; }

    /// <summary>True where it goes back to the first activity.</summary>
    public bool IsWhole { get; init; }

    /// <summary>What is still to be read, earliest first.</summary>
    public ImmutableArray<LemlistWindow> Windows { get; init; } = [];

    public LemlistWindow Current => Windows[0];

    public LemlistSweep With(LemlistWindow current) => this with { Windows = Windows.SetItem(0, current) };

    public LemlistSweep WithHalves(LemlistWindow earlier, LemlistWindow later) => this with { Windows = [earlier, later, .. Windows.Skip(1)] };

    /// <summary>Null when the last window is done.</summary>
    public LemlistSweep? WithoutCurrent() => Windows.Length > 1 ? this with { Windows = Windows.RemoveAt(0) } : null;
}

/// <summary>How far the feed has been read.</summary>
internal sealed record LemlistFeedCursor
{
    // Replies carry the time of the mail, not of when Lemlist saw it, and rows are filled in later: once a day everything of two weeks is gone through.
    private static readonly TimeSpan WideOverlap = TimeSpan.FromDays(14);
    private static readonly TimeSpan WideEvery = TimeSpan.FromDays(1);

    public static LemlistFeedCursor None { get; } = new();

    /// <summary>When the last finished sweep began.</summary>
    public DateTimeOffset? Watermark { get; init; }

    /// <summary>When a finished sweep that reached back two weeks or more began.</summary>
    public DateTimeOffset? LastWide { get; init; }

    /// <summary>Null between sweeps.</summary>
    public LemlistSweep? Sweep { get; init; }

    /// <summary>A text nobody can read is no cursor: the feed is then read from its beginning, which costs time and loses nothing.</summary>
    public static LemlistFeedCursor Read(Cursor? cursor)
    {
        try
        {
            LemlistFeedCursor? read = cursor is null ? null : JsonSerializer.Deserialize(cursor.Text, LemlistCursors.Default.LemlistFeedCursor);
            return read is null or { Sweep.Windows: { IsDefaultOrEmpty: true } } ? None : read;
        }
        catch (JsonException)
        {
            return None;
        }
    }

    public Cursor Write() => new(JsonSerializer.Serialize(this, LemlistCursors.Default.LemlistFeedCursor));

    /// <summary>This cursor with a sweep under way: the open one, or a new one up to now.</summary>
    public LemlistFeedCursor Begin(DateTimeOffset now, TimeSpan overlap, bool isFull)
    {
        if (Sweep is not null) return this;
        bool isWide = Watermark is null || LastWide is null || now - LastWide >= WideEvery;
        TimeSpan back = isWide && WideOverlap > overlap ? WideOverlap : overlap;
        // A watermark ahead of the clock (it was set back) would make the window end before it begins; so would no overlap at all.
        DateTimeOffset? from = Watermark is { } mark ? (mark < now ? mark : now) - (back > TimeSpan.Zero ? back : TimeSpan.FromSeconds(1)) : null;
        return this with { Sweep = new() { Started = now, IsWide = isWide, IsFull = isFull, IsWhole = from is null, Windows = [new(from, now)] } };
    }

    /// <summary>This cursor moved on; null ends the sweep.</summary>
    public LemlistFeedCursor Reach(LemlistSweep? next)
    {
        if (next is not null) return this with { Sweep = next };
        return new() { Watermark = Sweep?.Started ?? Watermark, LastWide = Sweep is { IsWide: true } ? Sweep.Started : LastWide };
    }
}
