namespace Syncline.Sandbox.Lemlist.Activities;

/// <summary>The words for what happens, and what follows from each.</summary>
internal static class ActivityTypes
{
    /// <summary>What a webhook may ask for; lemlist's OpenAPI document lists these 75.</summary>
    public static readonly HashSet<string> OfHooks = [.. """
        contacted hooked attracted warmed interested notInterested
        emailsSent emailsOpened emailsClicked emailsReplied emailsBounced emailsFailed emailsInterested emailsNotInterested emailsUnsubscribed
        linkedinSent linkedinOpened linkedinReplied linkedinInterested linkedinNotInterested linkedinSendFailed linkedinVisitDone linkedinVisitFailed
        linkedinFollowDone linkedinFollowFailed linkedinFollowSkipped linkedinInviteDone linkedinInviteFailed linkedinInviteAccepted linkedinEndorseDone
        linkedinEndorseFailed linkedinEndorseSkipped linkedinVoiceNoteDone linkedinVoiceNoteFailed linkedinLikeLastPostDone linkedinLikeLastPostNoPost
        linkedinLikeLastPostFailed linkedinWithdrawInvitationDone linkedinWithdrawInvitationFailed
        whatsappMessageSent whatsappMessageDelivered whatsappMessageOpened whatsappReplied whatsappMessageFailed smsSent smsDelivered smsReplied smsFailed
        aircallCreated aircallEnded aircallDone aircallInterested aircallNotInterested apiDone apiInterested apiNotInterested apiFailed
        manualInterested manualNotInterested paused resumed stopped campaignComplete
        customDomainErrors connectionIssue sendLimitReached lemwarmPaused annotated enrichmentDone enrichmentError callRecordingDone callTranscriptDone
        inboxLabelUpdated signalRegistered deliverabilityAlertTriggered
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>The global state a lead is in after it; null for what moves no lead.</summary>
    public static string? GlobalStateAfter(string type) => type switch
    {
        "emailsBounced" or "emailsUnsubscribed" or "meetingBooked" or "paused" or "skipped" => type,
        _ when type.EndsWith("NotInterested", StringComparison.OrdinalIgnoreCase) => "notInterested",
        _ when type.EndsWith("Interested", StringComparison.OrdinalIgnoreCase) => "interested",
        _ when type.EndsWith("Failed", StringComparison.Ordinal) => "failed",
        _ => Group(type),
    };

    /// <summary>The lead-state group whose hooks are told of it besides; null when there is none.</summary>
    public static string? Group(string type) => type switch
    {
        "emailsSent" or "linkedinSent" or "linkedinInviteDone" or "smsSent" or "whatsappMessageSent" => "contacted",
        "emailsOpened" or "linkedinOpened" or "linkedinInviteAccepted" or "whatsappMessageOpened" => "hooked",
        "emailsClicked" => "attracted",
        "emailsReplied" or "linkedinReplied" or "smsReplied" or "whatsappReplied" => "warmed",
        "emailsInterested" or "linkedinInterested" or "aircallInterested" or "apiInterested" or "manualInterested" => "interested",
        "emailsNotInterested" or "linkedinNotInterested" or "aircallNotInterested" or "apiNotInterested" or "manualNotInterested" => "notInterested",
        _ => null,
    };
}
