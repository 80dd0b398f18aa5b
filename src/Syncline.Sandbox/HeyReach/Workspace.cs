namespace Syncline.Sandbox.HeyReach;

/// <summary>Everything one HeyReach workspace holds.</summary>
internal sealed class Workspace
{
    public Inbox Inbox { get; } = new();
    public LeadBook Leads { get; } = new();
    public List<HeyReachSender> Senders { get; } = [];
    public List<Campaign> Campaigns { get; } = [];
    public List<LeadList> Lists { get; } = [];

    /// <summary>The workspace's tags, display name to colour; names compare without case.</summary>
    public SortedDictionary<string, string> Tags { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Campaign? FindCampaign(long id) => Campaigns.Find(c => c.Id == id);

    public HeyReachSender? FindSender(long id) => Senders.Find(s => s.Id == id);
}
