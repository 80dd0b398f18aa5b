using System.Text.Json;
using System.Text.Json.Serialization;
using Syncline.Extraction;

namespace Syncline.Connectors.HeyReach;

/// <summary>How far the inbox has been read.</summary>
internal sealed record HeyReachCursor
{
    private static readonly TimeSpan WideOverlap = TimeSpan.FromDays(7);
    private static readonly TimeSpan WideEvery = TimeSpan.FromDays(1);

    public static HeyReachCursor None { get; } = new();

    /// <summary>When the last finished sweep <i>began</i>: whatever moved while it ran is newer than that and comes with the next one.</summary>
    public DateTimeOffset? Watermark { get; init; }

    /// <summary>When a finished sweep that reached back 7 days or more began: messages that arrive late and back-dated are found by those.</summary>
    public DateTimeOffset? LastWide { get; init; }

    /// <summary>The sweep under way; null between sweeps.</summary>
    public HeyReachSweep? Sweep { get; init; }

    /// <summary>Reads a cursor back; one that cannot be read is no cursor, and the inbox is then listed from its start.</summary>
    public static HeyReachCursor Read(Cursor? cursor)
    {
        try
        {
            return cursor is null ? None : JsonSerializer.Deserialize(cursor.Text, HeyReachCursorJson.Default.HeyReachCursor) ?? None;
        }
        catch (JsonException)
        {
            return None;
        }
    }

    public Cursor Write() => new(JsonSerializer.Serialize(this, HeyReachCursorJson.Default.HeyReachCursor));

    /// <summary>This cursor with a sweep under way: the open one, or a new one from now.</summary>
    public HeyReachCursor Begin(DateTimeOffset now, TimeSpan overlap, bool isFull)
    {
        if (Sweep is not null) return this;
        bool isWide = Watermark is null || LastWide is null || now - LastWide >= WideEvery;
        TimeSpan back = isWide && WideOverlap > overlap ? WideOverlap : overlap;
        // A watermark ahead of the clock (it was set back) would ask for the future, which is refused.
        DateTimeOffset? from = Watermark is { } mark ? (mark < now ? mark : now) - back : null;
        return this with { Sweep = new() { Started = now, From = from, IsWide = isWide, IsFull = isFull } };
    }

    /// <summary>This cursor moved on to a position of its sweep; null ends the sweep.</summary>
    public HeyReachCursor Reach(HeyReachSweep? next)
    {
        if (next is not null) return this with { Sweep = next };
        return new() { Watermark = Sweep?.Started ?? Watermark, LastWide = Sweep is { IsWide: true } ? Sweep.Started : LastWide };
    }
}

/// <summary>A position in a sweep of the inbox, newest conversation first.</summary>
internal sealed record HeyReachSweep
{
    public DateTimeOffset Started { get; init; }

    /// <summary>The oldest last message that is asked for; null reads everything.</summary>
    public DateTimeOffset? From { get; init; }

    public bool IsWide { get; init; }

    /// <summary>True hands on threads that have not changed as well.</summary>
    public bool IsFull { get; init; }

    /// <summary>V3: the cursor of the next page; null is the first.</summary>
    public string? At { get; init; }

    /// <summary>True walks the V2 listing by offset, because there is no V3.</summary>
    public bool IsV2 { get; init; }

    public int Offset { get; init; }

    /// <summary>V2: the last conversation of the page before, by which a list that moved up is noticed …</summary>
    public string? Anchor { get; init; }

    /// <summary>… or by the time of its last message, when the anchor itself has moved.</summary>
    public DateTimeOffset? Reached { get; init; }

    /// <summary>V2: how many pages in a row lay entirely before <see cref="From"/>.</summary>
    public int PagesBelow { get; init; }

    /// <summary>Conversations of the next page that were handed on before a limit cut it.</summary>
    public IReadOnlyList<string> Done { get => field ?? []; init; }

    public HeyReachSweep FromTheStart() => new() { Started = Started, From = From, IsWide = IsWide, IsFull = IsFull, IsV2 = IsV2 };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(HeyReachCursor))]
internal sealed partial class HeyReachCursorJson : JsonSerializerContext;
