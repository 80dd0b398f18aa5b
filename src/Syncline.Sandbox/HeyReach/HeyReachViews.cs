namespace Syncline.Sandbox.HeyReach;

/// <summary>Who wrote a message.</summary>
public enum HeyReachSide : byte { Me, Correspondent }

/// <summary>A message as HeyReach keeps it: it has no id.</summary>
/// <param name="CreatedAt">Whole milliseconds, UTC.</param>
/// <param name="Body">Plain text; empty for voice and attachments.</param>
public sealed record HeyReachMessage(DateTimeOffset CreatedAt, HeyReachSide Sender, string Body)
{
    /// <summary>Null for direct messages.</summary>
    public string? Subject { get; init; }

    public string? PostLink { get; init; }
    public bool IsInMail { get; init; }
}

/// <summary>A conversation as it is now.</summary>
/// <param name="CampaignId">Known to HeyReach, shown by the API only when the knob <c>campaign-id</c> says so.</param>
/// <param name="Messages">Oldest first.</param>
public sealed record HeyReachConversation(
    string Id, HeyReachLead Lead, int LinkedInAccountId, int? CampaignId, bool Read, bool GroupChat, IReadOnlyList<HeyReachMessage> Messages);

/// <summary>A lead as it is now.</summary>
/// <param name="LinkedInId">The numeric member id, or null on a profile without identity.</param>
/// <param name="ProfileUrl">Empty on a profile without identity.</param>
public sealed record HeyReachLead(string? LinkedInId, string ProfileUrl, string FirstName, string LastName)
{
    public string? Headline { get; init; }
    public string? Position { get; init; }
    public string? CompanyName { get; init; }
    public string? EmailAddress { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];
}

/// <summary>One of the workspace's own LinkedIn accounts.</summary>
public sealed record HeyReachSender(int Id, string EmailAddress, string FirstName, string LastName, string ProfileUrl);
