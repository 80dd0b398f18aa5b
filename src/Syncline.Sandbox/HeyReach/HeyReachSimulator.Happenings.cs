namespace Syncline.Sandbox.HeyReach;

/// <summary>The forms one profile's URL is met in.</summary>
public enum ProfileUrlForm
{
    TrailingSlash,
    UpperCase,

    /// <summary>Letters beyond ASCII are encoded; a slug of ASCII alone stays as it is.</summary>
    PercentEncoded,

    /// <summary>Another slug chosen by the person: the old one finds nobody any more.</summary>
    Vanity,

    /// <summary>The opaque member URN, <c>ACoAA…</c>.</summary>
    MemberUrn,
}

/// <summary>Things that happen at HeyReach without a request.</summary>
/// <remarks>
/// A conversation is named by its id, a lead by linkedin_id or profile URL; null lets the seed choose. Where the name finds nobody, <see cref="ArgumentException"/>.
/// A message without a time of its own is dated now, or a millisecond after the thread's newest when the clock has not moved since.
/// </remarks>
public sealed partial class HeyReachSimulator
{
    public HeyReachMessage ReplyArrives(string? conversation = null, string? body = null) => Add(Pick(conversation), HeyReachSide.Correspondent, body);

    /// <summary>The lead writes several messages at once, a second apart or less.</summary>
    public IReadOnlyList<HeyReachMessage> BurstOfReplies(string? conversation = null, int count = 3)
    {
        Conversation thread = Pick(conversation);
        DateTimeOffset first = After(thread);
        return Add(thread, [.. Enumerable.Range(0, count).Select(i => New(first.AddMilliseconds(i * 700), HeyReachSide.Correspondent))]);
    }

    /// <summary>A message that HeyReach learns of late: totalMessages rises, lastMessageAt stays.</summary>
    /// <param name="before">How long before the thread's newest message; half an hour when null.</param>
    public HeyReachMessage BackDatedInsert(string? conversation = null, TimeSpan? before = null)
    {
        Conversation thread = Pick(conversation);
        TimeSpan back = before ?? TimeSpan.FromMinutes(30);
        if (back <= TimeSpan.Zero) throw new ArgumentException("A back-dated message lies before the newest one.", nameof(before));
        return Add(thread, [New(Millis.Floor(thread.LastMessageAt - back), HeyReachSide.Correspondent)])[0];
    }

    /// <summary>A body changes, nothing else: no time, no count.</summary>
    /// <param name="index">From the oldest; null for the newest.</param>
    public HeyReachMessage EditBody(string? conversation = null, string? body = null, int? index = null)
    {
        Conversation thread = Pick(conversation);
        HeyReachMessage[] messages = [.. thread.Messages];
        int at = index ?? messages.Length - 1;
        messages[at] = messages[at] with { Body = body ?? messages[at].Body + " (edited)" };
        _workspace.Inbox.Replace(thread, messages, _clock.GetUtcNow());
        return messages[at];
    }

    /// <summary>A message is gone; with a thread's only message the thread is gone too.</summary>
    /// <param name="index">From the oldest; null for the newest.</param>
    public HeyReachMessage DeleteMessage(string? conversation = null, int? index = null)
    {
        Conversation thread = Pick(conversation);
        HeyReachMessage deleted = thread.Messages[index ?? thread.Messages.Length - 1];
        if (thread.Messages.Length == 1) _workspace.Inbox.Remove(thread);
        else _workspace.Inbox.Replace(thread, thread.Messages.Where(m => !ReferenceEquals(m, deleted)), _clock.GetUtcNow());
        return deleted;
    }

    /// <summary>Two replies 200 ms apart: closer than any pair seen in a real inbox.</summary>
    public IReadOnlyList<HeyReachMessage> TwoMessagesClose(string? conversation = null) =>
        AddTwo(conversation, HeyReachSide.Correspondent, HeyReachSide.Correspondent, apart: TimeSpan.FromMilliseconds(200));

    public IReadOnlyList<HeyReachMessage> SameInstantFromBothSides(string? conversation = null) =>
        AddTwo(conversation, HeyReachSide.Me, HeyReachSide.Correspondent, TimeSpan.Zero);

    public IReadOnlyList<HeyReachMessage> SameInstantFromOneSide(string? conversation = null) =>
        AddTwo(conversation, HeyReachSide.Correspondent, HeyReachSide.Correspondent, TimeSpan.Zero);

    /// <summary>Gone from the listings, 404 in the chatroom. Answers its id.</summary>
    public string Vanish(string? conversation = null)
    {
        Conversation thread = Pick(conversation);
        _workspace.Inbox.Remove(thread);
        return thread.Id;
    }

    /// <summary>A lead nobody knew writes.</summary>
    public HeyReachConversation NewConversation()
    {
        if (_workspace.Senders.Count == 0) Populate(HeyReachWorld.Plain(0, 1));
        Lead lead = _people.Invent(_workspace.Leads.All.Count + 1, HeyReachWorld.Plain(1, 1), []);
        _workspace.Leads.Add(lead);
        return Open(lead, _random.Pick(_workspace.Senders));
    }

    /// <summary>A lead of one sender's inbox is written to by another sender. A named lead whom every sender knows is refused; where that is so of all, somebody new writes.</summary>
    public HeyReachConversation SameLeadFromAnotherSender(string? lead = null)
    {
        Lead known = PickLead(lead);
        if (SenderUnknownTo(known) is { } other) return Open(known, other);
        if (lead is not null) throw new ArgumentException("Every sender has a conversation with this lead.", nameof(lead));
        return _workspace.Leads.All.FirstOrDefault(l => SenderUnknownTo(l) is not null) is { } shareable ? Open(shareable, SenderUnknownTo(shareable)!) : NewConversation();
    }

    private HeyReachSender? SenderUnknownTo(Lead lead)
    {
        HashSet<int> taken = [.. _workspace.Inbox.Newest.Where(c => c.Lead == lead).Select(c => c.Sender.Id)];
        return _workspace.Senders.Find(s => !taken.Contains(s.Id));
    }

    /// <summary>The lead has a new job: position, company and headline change; what is null is invented.</summary>
    public HeyReachLead LeadChangesJob(string? lead = null, string? position = null, string? company = null)
    {
        Lead changed = PickLead(lead);
        changed.Position = position ?? _random.Pick(_words.Positions);
        changed.CompanyName = company ?? _random.Pick(_words.Companies);
        changed.Headline = $"{changed.Position} at {changed.CompanyName}";
        return changed.View();
    }

    public HeyReachLead ProfileUrlChanges(string? lead, ProfileUrlForm form)
    {
        Lead changed = PickLead(lead);
        _workspace.Leads.ChangeProfileUrl(changed, InForm(changed, form));
        return changed.View();
    }

    public HeyReachLead TagAdded(string? lead = null, string tag = "VIP")
    {
        Lead tagged = PickLead(lead);
        _workspace.Tags.TryAdd(tag, "Blue");
        string[] before = tagged.Tags;
        if (!before.Contains(tag, StringComparer.OrdinalIgnoreCase)) tagged.Tags = [.. before, tag];
        _events.Tagged(tagged, before, _clock.GetUtcNow());
        return tagged.View();
    }

    /// <summary>From now on the key is answered 401.</summary>
    public void RevokeKey(string key) => _keys.Remove(key);

    public void AddKey(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        _keys.TryAdd(key, new KeyLimit());
    }

    private HeyReachConversation Open(Lead lead, HeyReachSender sender)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        Conversation opened = new(_threads.ThreadId(), lead, sender, [New(Millis.Floor(now), HeyReachSide.Me)]) { Since = now };
        _workspace.Inbox.Add(opened);
        _events.Came(opened, [], opened.Messages, now);
        return opened.View();
    }

    private HeyReachMessage[] AddTwo(string? conversation, HeyReachSide first, HeyReachSide second, TimeSpan apart)
    {
        Conversation thread = Pick(conversation);
        DateTimeOffset at = After(thread);
        return Add(thread, [New(at, first), New(at + apart, second)]);
    }

    private HeyReachMessage Add(Conversation thread, HeyReachSide side, string? body)
    {
        HeyReachMessage message = New(After(thread), side);
        return Add(thread, [body is null ? message : message with { Body = body }])[0];
    }

    private HeyReachMessage[] Add(Conversation thread, HeyReachMessage[] messages)
    {
        HeyReachMessage[] before = thread.Messages;
        _workspace.Inbox.Replace(thread, before.Concat(messages), _clock.GetUtcNow());
        thread.Read &= messages.All(m => m.Sender == HeyReachSide.Me);
        _events.Came(thread, before, messages, _clock.GetUtcNow());
        return messages;
    }

    private HeyReachMessage New(DateTimeOffset at, HeyReachSide side) => new(at, side, _threads.Body(side));

    private DateTimeOffset After(Conversation thread)
    {
        DateTimeOffset now = Millis.Floor(_clock.GetUtcNow());
        return now > thread.LastMessageAt ? now : thread.LastMessageAt.AddMilliseconds(1);
    }

    private Conversation Pick(string? id)
    {
        IReadOnlyList<Conversation> all = Current().Inbox.Newest;
        if (all.Count == 0) throw new ArgumentException("There is no conversation.", nameof(id));
        return string.IsNullOrEmpty(id)
            ? _random.Pick(all)
            : _workspace.Inbox.Find(id) ?? throw new ArgumentException($"There is no conversation {id}.", nameof(id));
    }

    private Lead PickLead(string? name)
    {
        LeadBook leads = _workspace.Leads;
        if (string.IsNullOrEmpty(name)) return AnyUsableLead();
        return leads.FindByLinkedInId(name) ?? leads.FindByProfileUrl(name) ?? throw new ArgumentException($"There is no lead {name}.", nameof(name));
    }

    // The next usable one from a random place on: walking all of them for one event would be felt at 100,000 leads.
    private Lead AnyUsableLead()
    {
        IReadOnlyList<Lead> all = _workspace.Leads.All;
        int start = _random.Next(all.Count);
        IEnumerable<Lead> walk = Enumerable.Range(0, all.Count).Select(step => all[(start + step) % all.Count]);
        return walk.FirstOrDefault(l => l.LinkedInId is not null) ?? throw new ArgumentException("There is no lead with an identity.");
    }

    private static string InForm(Lead lead, ProfileUrlForm form)
    {
        const string inbox = "https://www.linkedin.com/in/";
        string slug = lead.ProfileUrl.TrimEnd('/').Split('/')[^1];
        return form switch
        {
            ProfileUrlForm.TrailingSlash => lead.ProfileUrl.TrimEnd('/') + "/",
            ProfileUrlForm.UpperCase => inbox + Uri.UnescapeDataString(slug).ToUpperInvariant(),
            ProfileUrlForm.PercentEncoded => inbox + Uri.EscapeDataString(Uri.UnescapeDataString(slug)),
            ProfileUrlForm.Vanity => $"{inbox}vanity-{lead.Number:x}",
            ProfileUrlForm.MemberUrn => inbox + lead.MemberUrn,
            _ => throw new ArgumentOutOfRangeException(nameof(form), form, "Not a form of a profile URL."),
        };
    }
}
