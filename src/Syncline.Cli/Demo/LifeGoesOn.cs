using Syncline.Cli.Report;
using Syncline.Sandbox.HeyReach;

namespace Syncline.Cli.Demo;

/// <summary>What happens at the providers between two runs.</summary>
internal sealed class LifeGoesOn(DemoSandbox sandbox, StoryTeller story)
{
    public const string EditedAttribute = "job_title";
    public const string EditedValue = "Board member (typed by hand)";
    private const string NewPosition = "Chief Revenue Officer";

    // Beside the story's own.
    private const int OtherReplies = 3;

    private readonly List<LifeEvent> _events = [];

    /// <summary>Messages that are new at HeyReach.</summary>
    public int NewMessages { get; private set; }

    public int NewPeople { get; private set; }

    /// <summary>Known people who wrote.</summary>
    public int Writers { get; private set; }

    /// <summary>The record at Attio that somebody edited; null before it happened.</summary>
    public string? EditedRecord { get; private set; }

    public IReadOnlyList<LifeEvent> Happen() => sandbox.Look(() =>
    {
        RepliesArrive();
        SomebodyNewWrites();
        BothSidesMove();
        return _events;
    });

    private void RepliesArrive()
    {
        HeyReachConversation[] others = [.. Usable.Conversations(sandbox.HeyReach).Where(c => c.Lead.LinkedInId != story.Subject.Lead.LinkedInId).DistinctBy(c => c.Lead.LinkedInId)];
        foreach (HeyReachConversation conversation in others.Where((_, i) => i % Math.Max(1, others.Length / OtherReplies) == 0).Take(OtherReplies)) Reply(conversation);
    }

    private void SomebodyNewWrites()
    {
        HeyReachLead lead = sandbox.HeyReach.NewConversation().Lead;
        NewMessages++;
        NewPeople++;
        _events.Add(new("HeyReach", $"A conversation with {NameOf(lead)} begins, whom nobody knew."));
    }

    /// <summary>The hardest case: HeyReach has a new job title, and somebody at Attio has typed in another.</summary>
    private void BothSidesMove()
    {
        Reply(story.Subject);
        sandbox.HeyReach.LeadChangesJob(story.Subject.Lead.LinkedInId, NewPosition, story.Subject.Lead.CompanyName);
        _events.Add(new("HeyReach", $"{NameOf(story.Subject.Lead)} has a new position: {NewPosition}."));
        EditedRecord = story.Person().Id;
        sandbox.Attio.EditByPerson("people", EditedRecord, EditedAttribute, EditedValue);
        _events.Add(new("Attio", $"Somebody sets the same person's {EditedAttribute} to \"{EditedValue}\"."));
    }

    private void Reply(HeyReachConversation conversation)
    {
        sandbox.HeyReach.ReplyArrives(conversation.Id);
        NewMessages++;
        Writers++;
        _events.Add(new("HeyReach", $"{NameOf(conversation.Lead)} replies."));
    }

    private static string NameOf(HeyReachLead lead) => $"{lead.FirstName} {lead.LastName}".Trim();
}
