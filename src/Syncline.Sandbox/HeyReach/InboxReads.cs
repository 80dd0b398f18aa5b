using System.Globalization;

namespace Syncline.Sandbox.HeyReach;

/// <summary>GetConversationsV3, GetConversationsV2 and GetChatroom.</summary>
internal sealed class InboxReads(Workspace workspace, HeyReachBehaviour behaviour, InboxCursor cursors, TimeProvider clock)
{
    private const int MostItems = 100;

    private readonly ConversationJson _json = new(behaviour);

    /// <summary>Keyset paging over live data: a conversation that moves up during a scan is not met again and not met twice.</summary>
    public SandboxResponse V3(SandboxRequest request)
    {
        if (behaviour.V3Missing) return Answers.NoRoute;
        RequestBody body = RequestBody.Read(request);
        int limit = body.Limit(MostItems, behaviour.OverLimit);
        (int first, int end) = Window(body);
        Place? after = After(body);
        ConversationFilter filter = ConversationFilter.Read(body, workspace, v3: true, behaviour.StrictFilters);
        if (body.Refusal() is { } refusal) return refusal;

        int start = after is { } place ? Math.Max(first, workspace.Inbox.IndexAfter(place)) : first;
        List<Conversation> page = Take(filter, start, end, limit + 1);
        bool more = page.Count > limit;
        if (more) page.RemoveAt(limit);
        return Answers.Ok(writer =>
        {
            writer.WriteStartObject();
            writer.WriteItems(page, _json.WriteV3);
            writer.WriteNumber("totalCount"u8, Count(filter, first, end));
            writer.WriteString("nextCursor"u8, more ? cursors.Write(Inbox.PlaceOf(page[^1])) : null);
            writer.WriteBoolean("hasNextPage"u8, more);
            writer.WriteEndObject();
        });
    }

    /// <summary>Offset paging over live data, newest first: a scan drifts when a conversation moves up.</summary>
    public SandboxResponse V2(SandboxRequest request)
    {
        RequestBody body = RequestBody.Read(request);
        (int offset, int limit) = body.Page(MostItems, behaviour.OverLimit);
        ConversationFilter filter = ConversationFilter.Read(body, workspace, v3: false, behaviour.StrictFilters);
        if (body.Refusal() is { } refusal) return refusal;

        bool tooDeep = behaviour.V2DeepestOffset > 0 && offset > behaviour.V2DeepestOffset;
        if (tooDeep && behaviour.V2DeepAnswer == DeepOffsetAnswer.Error) return Answers.Error(500, "An error occurred while processing the request.");
        int end = workspace.Inbox.Newest.Count;
        IEnumerable<Conversation> page = tooDeep ? [] : filter.AdmitsAll ? Take(filter, offset, end, limit) : Take(filter, 0, end, offset + limit).Skip(offset);
        return Answers.Ok(writer => writer.WritePage(Count(filter, 0, end), page, _json.WriteV2));
    }

    /// <param name="path">What follows <c>/inbox/GetChatroom/</c>, still percent-encoded.</param>
    public SandboxResponse Chatroom(SandboxRequest request, string path)
    {
        string[] parts = path.Split('/');
        if (parts.Length != 2) return Answers.NoRoute;
        if (!int.TryParse(Uri.UnescapeDataString(parts[0]), NumberStyles.None, CultureInfo.InvariantCulture, out int account)) return Answers.Invalid(request, "accountId");
        Conversation? conversation = workspace.Inbox.Find(Uri.UnescapeDataString(parts[1]));
        HeyReachMessage[]? messages = conversation?.MessagesAt(clock.GetUtcNow() - behaviour.ChatroomLag);
        if (conversation is null || messages is null) return Answers.Error(404, "Conversation not found.");
        if (conversation.Sender.Id != account) return Answers.Error(behaviour.MismatchStatus, "The conversation does not belong to this account.");
        return Answers.Ok(writer => _json.WriteChatroom(writer, conversation, messages));
    }

    // By UTC day unless switched to exact: any time of a day stands for the whole day, for both bounds.
    private (int First, int End) Window(RequestBody body)
    {
        DateTimeOffset? from = body.Time("from"), to = body.Time("to");
        if (from > (to ?? clock.GetUtcNow())) body.Forbid("From must be earlier than To.");
        if (!behaviour.ExactFrom)
        {
            from = from is null ? null : Day(from.Value);
            to = to is null ? null : Day(to.Value).AddDays(1).AddTicks(-1);
        }
        int first = to is null ? 0 : workspace.Inbox.IndexAtOrBefore(to.Value);
        int end = from is null ? workspace.Inbox.Newest.Count : workspace.Inbox.IndexAtOrBefore(from.Value.AddTicks(-1));
        return (first, Math.Max(first, end));
    }

    private static DateTimeOffset Day(DateTimeOffset time) => new(time.UtcDateTime.Date, TimeSpan.Zero);

    private Place? After(RequestBody body)
    {
        string? cursor = body.Text("cursor");
        if (cursor is null) return null;
        Place? place = cursors.Read(cursor);
        if (place is null) body.Forbid("The cursor is not valid.");
        return place;
    }

    private List<Conversation> Take(ConversationFilter filter, int start, int end, int count)
    {
        List<Conversation> taken = new(Math.Min(count, MostItems + 1));
        IReadOnlyList<Conversation> newest = workspace.Inbox.Newest;
        for (int index = start; index < end && taken.Count < count; index++)
        {
            if (filter.Admits(newest[index])) taken.Add(newest[index]);
        }
        return taken;
    }

    private int Count(ConversationFilter filter, int first, int end) =>
        filter.AdmitsAll ? end - first : Take(filter, first, end, int.MaxValue).Count;
}
