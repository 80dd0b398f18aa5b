using Syncline.Sandbox.Lemlist.Activities;
using Syncline.Sandbox.Lemlist.Office;

namespace Syncline.Sandbox.Lemlist.Leads;

/// <summary>What befalls a lead: its state moves and the feed tells of it.</summary>
internal static class LeadEvents
{
    public static Activity Unsubscribe(Lead lead, LemlistTeam team, string by = "api")
    {
        lead.IsInGraveyard = true;
        return Tell(lead, "emailsUnsubscribed", team, by);
    }

    public static Activity Pause(Lead lead, bool paused, LemlistTeam team, string by)
    {
        lead.IsPaused = paused;
        return Tell(lead, paused ? "paused" : "resumed", team, by);
    }

    /// <param name="state">interested or notInterested.</param>
    public static Activity Mark(Lead lead, string state, LemlistTeam team, string by = "api") => Tell(lead, "api" + char.ToUpperInvariant(state[0]) + state[1..], team, by);

    private static Activity Tell(Lead lead, string type, LemlistTeam team, string by)
    {
        Activity activity = new(team.Ids.Next("act"), type, team.Now) { Lead = lead, Contact = lead.Contact, UserId = lead.Campaign.Owner.Id, UserName = by };
        Move(lead, type, team.Now);
        team.Record(activity);
        return activity;
    }

    /// <summary>The state that an activity leaves its lead in; one that says nothing of the lead leaves it as it was.</summary>
    public static void Move(Lead lead, string type, DateTimeOffset at)
    {
        lead.UpdatedAt = at;
        if (ActivityTypes.GlobalStateAfter(type) is not { } state) return;
        (lead.State, lead.GlobalState) = (type, state);
    }
}
