namespace Syncline.Sandbox.HeyReach;

/// <summary>A campaign and the leads already put in its queue.</summary>
internal sealed record Campaign(int Id, string Name, string Status, DateTimeOffset CreatedAt, int[] SenderIds, int ListId)
{
    public string Status { get; set; } = Status;

    public List<CampaignLead> Leads { get; } = [];
}

/// <summary>A lead's way through a campaign.</summary>
internal sealed record CampaignLead(int Id, Lead Lead, Campaign Campaign, HeyReachSender Sender, DateTimeOffset CreatedAt, DateTimeOffset? LastActionAt, bool Replied)
{
    /// <summary>Asked for a connection and not answered yet.</summary>
    public bool AwaitsConnection { get; init; }

    /// <summary>Pending, InSequence, Finished, Paused or Failed.</summary>
    public string Status => Replied ? "Finished" : LastActionAt is null ? "Pending" : "InSequence";

    public string ConnectionStatus => LastActionAt is null ? "None" : AwaitsConnection ? "ConnectionSent" : "ConnectionAccepted";
    public string MessageStatus => LastActionAt is null || AwaitsConnection ? "None" : Replied ? "MessageReply" : "MessageSent";
}

/// <summary>A list of leads, the source of a campaign.</summary>
internal sealed record LeadList(int Id, string Name, DateTimeOffset CreatedAt)
{
    public List<Lead> Leads { get; } = [];
    public List<int> CampaignIds { get; } = [];
}
