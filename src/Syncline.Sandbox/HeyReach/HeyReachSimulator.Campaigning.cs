using Syncline.Sandbox.HeyReach.Hooks;

namespace Syncline.Sandbox.HeyReach;

/// <summary>What campaigns do without a request.</summary>
public sealed partial class HeyReachSimulator
{
    /// <summary>One of our senders writes, by hand or for a campaign.</summary>
    public HeyReachMessage MessageGoesOut(string? conversation = null, string? body = null) => Add(Pick(conversation), HeyReachSide.Me, body);

    /// <summary>A running campaign takes in somebody nobody knew and asks for a connection.</summary>
    /// <exception cref="ArgumentException">There is no campaign.</exception>
    public HeyReachLead ConnectionRequested() => Request(PickCampaign()).Lead.View();

    /// <summary>Who was asked for a connection gives it. When nobody is named, the first of those who still can, and where nobody can, somebody who is asked now.</summary>
    /// <exception cref="ArgumentException">The named lead was not asked, or gave it before.</exception>
    public HeyReachLead ConnectionAccepted(string? lead = null)
    {
        CampaignLead? asked = (lead is null ? _workspace.Campaigns.SelectMany(c => c.Leads) : PickLead(lead).Campaigns).FirstOrDefault(r => r.AwaitsConnection);
        if (asked is null && lead is not null) throw new ArgumentException("Nobody asks this lead for a connection.", nameof(lead));
        asked ??= Request(PickCampaign());
        CampaignLead connected = asked with { AwaitsConnection = false, LastActionAt = _clock.GetUtcNow() };
        Put(connected);
        _events.Moved(EventTypes.ConnectionAccepted, connected, _clock.GetUtcNow());
        return connected.Lead.View();
    }

    /// <summary>A campaign is at its end.</summary>
    /// <param name="id">A running one when null.</param>
    public void CampaignCompletes(int? id = null)
    {
        Campaign campaign = id is { } known ? _workspace.FindCampaign(known) ?? throw new ArgumentException($"There is no campaign {known}.", nameof(id)) : PickCampaign();
        campaign.Status = "FINISHED";
        _events.Completed(campaign, _clock.GetUtcNow());
    }

    /// <summary>HeyReach's classifier says something of a campaign's lead.</summary>
    /// <param name="tag">Interested, Not Interested or Generic.</param>
    public HeyReachLead AutoTagged(string? lead = null, string tag = "Interested")
    {
        Lead tagged = string.IsNullOrEmpty(lead) ? AnyLeadOfACampaign() : PickLead(lead);
        CampaignLead row = tagged.Campaigns.FirstOrDefault() ?? throw new ArgumentException("The lead is in no campaign.", nameof(lead));
        tagged.AutoTags = [.. tagged.AutoTags, new(tag, row.Campaign.Id)];
        _events.Moved(EventTypes.OfAutoTag(tag), row, _clock.GetUtcNow());
        return tagged.View();
    }

    private CampaignLead Request(Campaign campaign)
    {
        Lead lead = _people.Invent(_workspace.Leads.All.Count + 1, HeyReachWorld.Plain(1, 1), []);
        DateTimeOffset now = _clock.GetUtcNow();
        HeyReachSender sender = _workspace.Senders.Find(s => campaign.SenderIds.Contains(s.Id)) ?? _workspace.Senders[0];
        _workspace.Leads.Add(lead);
        CampaignLead asked = new(WorldInvention.RowId(lead, 0), lead, campaign, sender, now, now, Replied: false) { AwaitsConnection = true };
        Put(asked);
        _events.Moved(EventTypes.ConnectionSent, asked, now);
        return asked;
    }

    private Lead AnyLeadOfACampaign() =>
        _workspace.Leads.All.FirstOrDefault(l => l.LinkedInId is not null && l.Campaigns.Length > 0) ?? throw new ArgumentException("No lead is in a campaign.");

    private Campaign PickCampaign() =>
        _workspace.Campaigns.Find(c => c.Status == "IN_PROGRESS") ?? _workspace.Campaigns.FirstOrDefault() ?? throw new ArgumentException("There is no campaign.");

    // A lead's row is kept twice, by the lead and by the campaign.
    private static void Put(CampaignLead row)
    {
        row.Lead.Campaigns = [.. row.Lead.Campaigns.Where(r => r.Id != row.Id), row];
        row.Campaign.Leads.RemoveAll(r => r.Id == row.Id);
        row.Campaign.Leads.Add(row);
    }
}
