using System.Text.Json;
using Syncline.Records;

namespace Syncline.Connectors.HeyReach;

/// <summary>A listed conversation, or what is known of one that could not be read.</summary>
/// <param name="Id">Empty when even that is not known.</param>
internal sealed record InboxItem(string Id, WireConversation? Conversation);

/// <summary>One page of the inbox.</summary>
/// <param name="At">The position it was read at; not always the one asked for, since a sweep may have to start anew or step back.</param>
/// <param name="Next">Where the sweep goes on; null when it has come to its end.</param>
internal sealed record InboxSlice(IReadOnlyList<InboxItem> Items, long? Total, HeyReachSweep At, HeyReachSweep? Next);

/// <summary>Reads the inbox page by page for one run: by cursor (V3), and by offset (V2) where there is no V3.</summary>
/// <remarks>
/// A conversation that gets a message during a sweep moves to the front, where this sweep has already been; its new time is after the sweep's start, so the next
/// one sees it. Offsets also shift: down when a conversation moves up or is new, which repeats some, and up when one disappears, which would lose some. Each V2
/// page therefore overlaps the one before by a few conversations, and when none of the overlap can be recognised the sweep steps back a page.
/// </remarks>
internal sealed class HeyReachListing(HeyReachApi api, int pageSize)
{
    private const int MostOverlap = 5;

    // An offset page needs a conversation to recognise and one to go on with.
    private readonly int _offsetLimit = Math.Max(2, pageSize);
    private bool _hasRestarted;

    /// <summary>The page at a sweep's position. A cursor that is refused (edited or expired) starts the sweep anew, once a run.</summary>
    public async Task<InboxSlice> FetchAsync(HeyReachSweep sweep, CancellationToken cancellationToken)
    {
        while (!sweep.IsV2)
        {
            switch (await api.ListV3Async(pageSize, sweep.At, sweep.From, cancellationToken))
            {
                case V3Answer.Listed { Page: var page }:
                    return Slice(sweep, page);
                case V3Answer.Refused { Failure: var failure }:
                    if (sweep.At is null || _hasRestarted) throw failure;
                    _hasRestarted = true;
                    sweep = sweep.FromTheStart();
                    break;
                default:
                    sweep = sweep.FromTheStart() with { IsV2 = true };
                    break;
            }
        }
        return await WalkAsync(sweep, cancellationToken);
    }

    private static InboxSlice Slice(HeyReachSweep sweep, WireItems page)
    {
        HeyReachSweep? next = page.HasNextPage ?? !string.IsNullOrEmpty(page.NextCursor) ? sweep with { At = page.NextCursor, Done = [] } : null;
        // Going on without a new cursor would read the same page for ever, ending here would lose the rest.
        if (next is not null && (string.IsNullOrEmpty(next.At) || next.At == sweep.At)) throw Stuck();
        return new(Read(page), page.TotalCount, sweep, next);
    }

    private async Task<InboxSlice> WalkAsync(HeyReachSweep sweep, CancellationToken cancellationToken)
    {
        bool hasMetTheEnd = false;
        while (true)
        {
            WireItems page = await api.ListV2Async(sweep.Offset, _offsetLimit, cancellationToken);
            List<InboxItem> items = Read(page);
            if (sweep.Offset == 0 || Continues(sweep, items))
            {
                bool isTheEnd = hasMetTheEnd && items.Count > 0 && LastKnown(items) == sweep.Anchor;
                return new(items, page.TotalCount, sweep, isTheEnd ? null : After(sweep, items));
            }
            hasMetTheEnd = items.Count == 0;
            sweep = sweep with { Offset = Math.Max(0, sweep.Offset - _offsetLimit), PagesBelow = 0 };
        }
    }

    /// <summary>Whether a page surely starts no later in the list than the one before it ended.</summary>
    internal static bool Continues(HeyReachSweep sweep, IReadOnlyList<InboxItem> items)
    {
        if (sweep.Anchor is null || items.Any(i => i.Id == sweep.Anchor)) return true;
        return items.Count > 0 && sweep.Reached is { } reached && items[0].Conversation?.LastAt > reached;
    }

    // The total is of no use to find the end: it grows under the walk. Nothing new on a page that is not full is the end, and so are two pages of old threads only.
    private HeyReachSweep? After(HeyReachSweep sweep, List<InboxItem> items)
    {
        bool isShort = items.Count < _offsetLimit;
        string? anchor = LastKnown(items);
        bool isPastTheEnd = items.Count == 0 || (isShort && (anchor is null || anchor == sweep.Anchor));
        int below = items.All(i => i.Conversation?.LastAt < sweep.From) ? sweep.PagesBelow + 1 : 0;
        if (isPastTheEnd || below >= 2) return null;
        // The next page shows the anchor again. One so far up that this would hardly go on is none: that page is then taken as it comes.
        int behindAnchor = items.Count - items.FindLastIndex(i => i.Id.Length > 0);
        bool isAnchored = anchor is not null && behindAnchor <= Math.Max(1, items.Count / 2);
        int overlap = isShort ? 1 : Math.Min(MostOverlap, items.Count / 2);
        return sweep with
        {
            Offset = sweep.Offset + items.Count - (isAnchored ? Math.Max(overlap, behindAnchor) : overlap),
            Anchor = isAnchored ? anchor : null,
            Reached = items.Select(i => i.Conversation?.LastAt).Append(sweep.Reached).Min(),
            PagesBelow = below,
            Done = [],
        };
    }

    /// <summary>The id of the last conversation that has one.</summary>
    private static string? LastKnown(List<InboxItem> items) => items.FindLast(i => i.Id.Length > 0)?.Id;

    private static List<InboxItem> Read(WireItems page) => [.. (page.Items ?? []).Select(Read)];

    private static InboxItem Read(JsonElement item)
    {
        WireConversation? conversation = HeyReachApi.TryRead(item, HeyReachWire.Default.WireConversation);
        if (conversation is { Id.Length: > 0 }) return new(conversation.Id, conversation);
        bool hasId = item.ValueKind == JsonValueKind.Object && item.TryGetProperty("id", out JsonElement id) && id.ValueKind == JsonValueKind.String;
        return new(hasId ? item.GetProperty("id").GetString()! : "", null);
    }

    private static ProviderException Stuck() => new("heyreach.inbox.list said that there are more conversations, and gave no new cursor to them.")
    {
        Operation = "heyreach.inbox.list",
        Recovery = Recovery.StopStream,
        Hint = "Nothing is lost: run the sync again. If it stays so, tell HeyReach's support that GetConversationsV3 answers hasNextPage without a new nextCursor.",
    };
}
