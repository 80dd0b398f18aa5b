using System.Globalization;

namespace Syncline.Sandbox.HeyReach;

/// <summary>The happenings by name, as the control API offers them.</summary>
public sealed partial class HeyReachSimulator
{
    private const string OfConversation = "Argument: conversation id; nothing lets the seed choose.";
    private const string OfLead = "Argument: linkedin_id or profile URL; nothing lets the seed choose.";

    private IReadOnlyList<Happening> DescribeHappenings() =>
    [
        new("reply", $"A reply arrives. {OfConversation}", id => ReplyArrives(id)),
        new("burst", $"Three replies arrive at once. {OfConversation}", id => BurstOfReplies(id)),
        new("back-dated", $"A message from half an hour before the newest one turns up. {OfConversation}", id => BackDatedInsert(id)),
        new("send", $"One of our senders writes. {OfConversation}", id => MessageGoesOut(id)),
        new("edit", $"The newest message's body changes. {OfConversation}", id => EditBody(id)),
        new("delete-message", $"The newest message is deleted. {OfConversation}", id => DeleteMessage(id)),
        new("close-pair", $"Two replies 200 ms apart. {OfConversation}", id => TwoMessagesClose(id)),
        new("same-instant-both", $"Both sides write at the same millisecond. {OfConversation}", id => SameInstantFromBothSides(id)),
        new("same-instant-one", $"One side writes twice at the same millisecond. {OfConversation}", id => SameInstantFromOneSide(id)),
        new("vanish", $"A conversation disappears. {OfConversation}", id => Vanish(id)),
        new("new-conversation", "A new lead's conversation begins. No argument.", _ => NewConversation()),
        new("second-sender", $"A known lead is written to by another sender. {OfLead}", lead => SameLeadFromAnotherSender(lead)),
        new("new-job", $"Position, company and headline change. {OfLead}", lead => LeadChangesJob(lead)),
        new("url-slash", $"The profile URL gets a trailing slash. {OfLead}", lead => ProfileUrlChanges(lead, ProfileUrlForm.TrailingSlash)),
        new("url-upper-case", $"The profile URL's slug turns upper case. {OfLead}", lead => ProfileUrlChanges(lead, ProfileUrlForm.UpperCase)),
        new("url-encoded", $"The profile URL's slug is percent-encoded. {OfLead}", lead => ProfileUrlChanges(lead, ProfileUrlForm.PercentEncoded)),
        new("url-vanity", $"The person chooses another slug. {OfLead}", lead => ProfileUrlChanges(lead, ProfileUrlForm.Vanity)),
        new("url-member-urn", $"The profile URL shows the member URN. {OfLead}", lead => ProfileUrlChanges(lead, ProfileUrlForm.MemberUrn)),
        new("tag", $"The lead is tagged VIP. {OfLead}", lead => TagAdded(lead)),
        new("request-connection", "A campaign asks somebody new for a connection. No argument.", _ => ConnectionRequested()),
        new("accept-connection", "Somebody who was asked gives the connection. Argument: linkedin_id or profile URL; nothing takes the first, or somebody who is asked now.", lead => ConnectionAccepted(lead)),
        new("complete-campaign", "A campaign comes to its end. Argument: campaign id; nothing takes a running one.", id => CampaignCompletes(id is null ? null : int.Parse(id, CultureInfo.InvariantCulture))),
        new("auto-tag-interested", $"The classifier finds a lead interested. {OfLead}", lead => AutoTagged(lead)),
        new("auto-tag-not-interested", $"The classifier finds a lead not interested. {OfLead}", lead => AutoTagged(lead, "Not Interested")),
        new("hook-header", "Somebody gives a webhook a request header: ID NAME VALUE.", SetHookHeader),
        new("revoke-key", "A key stops working. Argument: the key.", key => RevokeKey(key ?? "")),
        new("add-key", "A key is made. Argument: the key.", key => AddKey(key ?? "")),
    ];

    private void SetHookHeader(string? argument)
    {
        string[] words = (argument ?? "").Split(' ', 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length != 3) throw new ArgumentException("Expected 3 words.", nameof(argument));
        Webhooks.SetHeader(int.Parse(words[0], CultureInfo.InvariantCulture), words[1], words[2]);
    }
}
