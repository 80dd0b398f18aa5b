namespace Syncline.Sandbox.HeyReach.Hooks;

/// <summary>The events a webhook may be made for. Nobody follows, likes or views in the sandbox: those three never fire.</summary>
internal static class EventTypes
{
    public const string ConnectionSent = "CONNECTION_REQUEST_SENT";
    public const string ConnectionAccepted = "CONNECTION_REQUEST_ACCEPTED";
    public const string MessageSent = "MESSAGE_SENT";
    public const string FirstReply = "MESSAGE_REPLY_RECEIVED";
    public const string InMailSent = "INMAIL_SENT";
    public const string FirstInMailReply = "INMAIL_REPLY_RECEIVED";
    public const string EveryReply = "EVERY_MESSAGE_REPLY_RECEIVED";
    public const string CampaignCompleted = "CAMPAIGN_COMPLETED";
    public const string TagUpdated = "LEAD_TAG_UPDATED";
    public const string AutoTagged = "LEAD_AUTO_TAGGED_";

    /// <summary>Advertised, and refused when a webhook is made for it.</summary>
    public const string FinishedWithoutReply = "LEAD_FINISHED_SEQUENCE_WITHOUT_REPLYING";

    private static readonly string[] Accepted =
    [
        ConnectionSent, ConnectionAccepted, MessageSent, FirstReply, InMailSent, FirstInMailReply, EveryReply, "FOLLOW_SENT", "LIKED_POST", "VIEWED_PROFILE",
        CampaignCompleted, TagUpdated, AutoTagged + "INTERESTED", AutoTagged + "NOT_INTERESTED", AutoTagged + "GENERIC",
    ];

    public static bool IsAccepted(string type) => Accepted.Contains(type);

    /// <summary>Of the workspace and not of a campaign: its webhooks name no campaign, and it fires only where all conversations are imported.</summary>
    public static bool IsOfWorkspace(string type) => type is EveryReply or TagUpdated;

    /// <summary>The event of one of the classifier's tags, <c>Not Interested</c>.</summary>
    public static string OfAutoTag(string tag) => AutoTagged + tag.ToUpperInvariant().Replace(' ', '_');
}
