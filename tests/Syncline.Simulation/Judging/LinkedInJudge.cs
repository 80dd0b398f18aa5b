using System.Globalization;
using Syncline.Loading;
using Syncline.Merging;
using Syncline.Sandbox;
using Syncline.Sandbox.Attio;
using Syncline.Sandbox.HeyReach;
using Syncline.Simulation.Worlds;

namespace Syncline.Simulation.Judging;

/// <summary>Every lead one person in Attio, every message one record there.</summary>
internal sealed class LinkedInJudge(World world, History history) : IJudge
{
    private const string Sync = "linkedin-to-attio";

    private readonly IReadOnlyList<AttioRecordView> _people = world.Attio.Records("people");
    private readonly IReadOnlyList<AttioRecordView> _messages = world.Attio.Records("linkedin_messages");

    // An edited text and a message dated back in an old thread are seen by a full run only.
    private bool _withEdits;

    public void Decide(bool hasReadAll)
    {
        _withEdits = hasReadAll;
        NobodyTwice();
        NoNoteTwice();
        NothingDroppedSilently();
        EverybodyOnce();
        EveryMessageOnce();
        NothingUntraced();
        PeopleWon();
        NothingDeleted();
    }

    private void NobodyTwice()
    {
        foreach (IGrouping<string, AttioRecordView> same in _people.Where(p => p.Text("heyreach_lead_id") is not null).GroupBy(p => p.Text("heyreach_lead_id")!))
        {
            if (same.Count() > 1) throw new BrokenPromiseException("P1", $"{same.Count()} people carry the lead id {same.Key}.");
        }
        foreach (IGrouping<string, AttioRecordView> same in _messages.GroupBy(m => m.Text("message_uid") ?? ""))
        {
            if (same.Count() > 1) throw new BrokenPromiseException("P1", $"{same.Count()} messages carry the uid {same.Key}.");
        }
    }

    private void NoNoteTwice()
    {
        foreach (IGrouping<string, AttioNoteView> notes in world.Attio.Notes().GroupBy(n => n.ParentRecordId))
        {
            if (notes.Count() > 1) throw new BrokenPromiseException("P1", $"{notes.Count()} notes stand at {notes.Key}.");
        }
    }

    private void NothingDroppedSilently()
    {
        IReadOnlyList<DeadLetter> letters = world.DeadLetters(Sync);
        foreach (HeyReachConversation conversation in world.HeyReach.Conversations)
        {
            string? code = conversation.GroupChat ? "group-chat" : IsUsable(conversation.Lead) ? null : "no-usable-profile";
            if (code is not null && !letters.Any(l => l.Code == code && l.Key.Subject.Contains(conversation.Id, StringComparison.Ordinal)))
            {
                throw new BrokenPromiseException("P2", $"{conversation.Id} cannot be read ({code}) and is listed nowhere.");
            }
        }
    }

    private void EverybodyOnce()
    {
        foreach (HeyReachLead lead in UsableLeads())
        {
            int there = PeopleOf(lead).Count();
            if (history.DeletedLeads.Contains(lead.LinkedInId ?? ""))
            {
                if (there > 0) throw new BrokenPromiseException("P5", $"The person of lead {lead.LinkedInId} was deleted by hand and came back.");
            }
            else if (there != 1 && !IsDeadLettered(lead))
            {
                throw new BrokenPromiseException(there == 0 ? "P2" : "P1", $"Lead {lead.LinkedInId} ({lead.ProfileUrl}) has {there} people in Attio.");
            }
        }
    }

    private void EveryMessageOnce()
    {
        ILookup<(string, long, string), AttioRecordView> held = _messages.ToLookup(m => KeyOf(m.Text("conversation_id")!, Parse(m.Text("sent_at")!), m.Text("direction") ?? "(none)"));
        foreach (HeyReachConversation conversation in Readable())
        {
            if (history.DeletedLeads.Contains(conversation.Lead.LinkedInId ?? "") || (!_withEdits && history.SeenByFullRunsOnly.Contains(conversation.Id))) continue;
            foreach (IGrouping<(string, long, string), HeyReachMessage> same in conversation.Messages.GroupBy(m => KeyOf(conversation.Id, m.CreatedAt, m.Sender == HeyReachSide.Me ? "Outbound" : "Inbound")))
            {
                Compare(conversation, [.. same], [.. held[same.Key]]);
            }
        }
    }

    private void Compare(HeyReachConversation conversation, HeyReachMessage[] sent, AttioRecordView[] held)
    {
        if (held.Length < sent.Length) throw new BrokenPromiseException("P2", $"Of {sent.Length} messages at {sent[0].CreatedAt:O} in {conversation.Id}, {held.Length} are in Attio.");
        if (held.Length > sent.Length && history.DeletedMessages == 0) throw new BrokenPromiseException("P1", $"{sent.Length} messages at {sent[0].CreatedAt:O} in {conversation.Id} became {held.Length}.");
        string[] bodies = [.. held.Select(h => (h.Text("body") ?? "").Trim())];
        if (history.DeletedMessages == 0 && sent.Any(m => !bodies.Contains(m.Body.Trim()))) throw new BrokenPromiseException("P2", $"A message at {sent[0].CreatedAt:O} in {conversation.Id} has another text in Attio.");
        if (IsDeadLettered(conversation.Lead)) return;
        string person = PeopleOf(conversation.Lead).Single().Id;
        if (held.Any(h => !h.Texts("person").Contains(person))) throw new BrokenPromiseException("P2", $"A message of {conversation.Id} is not linked to its person.");
        string[] linked = [.. PeopleOf(conversation.Lead).Single().Texts("linkedin_messages")];
        if (held.Any(h => !linked.Contains(h.Id))) throw new BrokenPromiseException("P2", $"A person is not linked to a message of {conversation.Id}.");
    }

    /// <summary>Every object we made there is linked in the hub, and known to be ours: nothing is written and forgotten, and a clean-up finds it.</summary>
    private void NothingUntraced()
    {
        Dictionary<string, Link> links = world.Links("attio", null);
        foreach (AttioRecordView record in _people.Concat(_messages).Where(r => !history.MadeByPeople.Contains(r.Id)))
        {
            if (!links.TryGetValue(record.Id, out Link? link)) throw new BrokenPromiseException("P8", $"The record {record.Id} was made by us and no link knows it.");
            if (!link.IsOurs) throw new BrokenPromiseException("P8", $"The record {record.Id} was made by us and is taken for somebody else's.");
        }
    }

    private void PeopleWon()
    {
        foreach ((string record, string slug, string value) in history.Edits)
        {
            if (_people.FirstOrDefault(p => p.Id == record) is not { } person || (slug == "job_title" && history.ContestedLeads.Contains(person.Text("heyreach_lead_id") ?? SlugOf(person.Text("linkedin") ?? "-")))) continue;
            if (person.Text(slug) != value)
            {
                throw new BrokenPromiseException("P5", $"{slug} of {record} was set to '{value}' by hand and is '{person.Text(slug)}'.");
            }
        }
    }

    private void NothingDeleted()
    {
        if (world.Gate.Ledger.Entries.FirstOrDefault(e => e.Request.Method == "DELETE" && !e.Request.Path.Contains("/notes/", StringComparison.Ordinal)) is { } entry)
        {
            throw new BrokenPromiseException("P3", $"{entry.Request.Path} was deleted.");
        }
    }

    private IEnumerable<HeyReachConversation> Readable() => world.HeyReach.Conversations.Where(c => !c.GroupChat && IsUsable(c.Lead));

    private IEnumerable<HeyReachLead> UsableLeads() => Readable().Select(c => c.Lead).DistinctBy(l => l.LinkedInId is { Length: > 0 } ? l.LinkedInId : l.ProfileUrl);

    private static bool IsUsable(HeyReachLead lead) => lead.LinkedInId is { Length: > 0 } || lead.ProfileUrl.Contains("/in/", StringComparison.Ordinal);

    private IEnumerable<AttioRecordView> PeopleOf(HeyReachLead lead) => lead.LinkedInId is { Length: > 0 }
        ? _people.Where(p => p.Text("heyreach_lead_id") == lead.LinkedInId)
        : _people.Where(p => SlugOf(p.Text("linkedin") ?? "") == SlugOf(lead.ProfileUrl));

    private bool IsDeadLettered(HeyReachLead lead)
    {
        return world.DeadLetters(Sync).Any(l => l.Code is "ambiguous-identity" or "contradicting-identity" or "ambiguous-at-destination" or "claimed-twice" && l.Reason.Contains(SlugOf(lead.ProfileUrl), StringComparison.Ordinal));
    }

    public static string SlugOf(string url) => Uri.UnescapeDataString(url.TrimEnd('/').Split('/')[^1]).ToLowerInvariant();

    private static (string, long, string) KeyOf(string conversation, DateTimeOffset at, string direction) => (conversation, at.UtcTicks, direction);

    private static DateTimeOffset Parse(string text) => DateTimeOffset.Parse(text.Length > 28 ? text[..27] + "Z" : text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
