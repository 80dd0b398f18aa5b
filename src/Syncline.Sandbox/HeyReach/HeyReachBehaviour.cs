using System.Globalization;

namespace Syncline.Sandbox.HeyReach;

/// <summary>What a page size above the documented maximum meets.</summary>
public enum OverLimit { Refuse, Clamp }

/// <summary>How a conversation shows its campaign.</summary>
public enum CampaignIdForm { Absent, Null, Present }

/// <summary>What GetConversationsV2 answers beyond its deepest offset.</summary>
public enum DeepOffsetAnswer { Error, Empty }

/// <summary>What the contract leaves open or reports in two forms, to be turned while the simulator runs.</summary>
public sealed class HeyReachBehaviour
{
    public HeyReachLimits Limits { get; set; }

    /// <summary>429 answers carry Retry-After in whole seconds. HeyReach documents none.</summary>
    public bool RetryAfter { get; set; }

    /// <summary>429 answers carry a text body instead of none.</summary>
    public bool ThrottleText { get; set; }

    /// <summary>A filters object that lacks a key is a validation 400.</summary>
    public bool StrictFilters { get; set; }

    /// <summary>Bounds of V3 are taken to the tick instead of to the UTC day.</summary>
    public bool ExactFrom { get; set; }

    /// <summary>How many of the newest messages a listed conversation shows; 0 shows all.</summary>
    public int PreviewMessages { get; set; }

    /// <summary>GetConversationsV3 is unknown here and answers 404.</summary>
    public bool V3Missing { get; set; }

    /// <summary>The deepest offset V2 still answers; 0 for no bound.</summary>
    public int V2DeepestOffset { get; set; }

    public DeepOffsetAnswer V2DeepAnswer { get; set; }

    public OverLimit OverLimit { get; set; }

    /// <summary>How old the data of GetChatroom is.</summary>
    public TimeSpan ChatroomLag { get; set; }

    /// <summary>What GetChatroom answers when account and conversation do not belong together: 400, 401 and 404 were all observed.</summary>
    public int MismatchStatus { get; set; } = 404;

    /// <summary>What reads of one lead answer for a lead nobody knows: 404 is assumed, not confirmed.</summary>
    public int UnknownLeadStatus { get; set; } = 404;

    public CampaignIdForm CampaignIds { get; set; }

    /// <summary>How long after SendMessage the message shows in the inbox.</summary>
    public TimeSpan SendDelay { get; set; } = TimeSpan.FromSeconds(5);

    internal IReadOnlyList<Knob> Knobs() =>
    [
        Choice("limits", "Off, PerMinute (300 in 60 s) or PerMinuteAndBurst (also 10 in 2 s).", () => Limits, v => Limits = v),
        Flag("retry-after", "429 answers carry Retry-After.", () => RetryAfter, v => RetryAfter = v),
        Flag("throttle-text", "429 answers carry a text body.", () => ThrottleText, v => ThrottleText = v),
        Flag("strict-filters", "A filters object that lacks a key, or campaign/GetAll without its arrays, is a 400.", () => StrictFilters, v => StrictFilters = v),
        Flag("exact-from", "V3 takes from and to exactly instead of by UTC day.", () => ExactFrom, v => ExactFrom = v),
        Figure("preview", "Newest messages shown in a listing; 0 shows all.", () => PreviewMessages, v => PreviewMessages = v),
        Flag("v3-missing", "GetConversationsV3 answers 404.", () => V3Missing, v => V3Missing = v),
        Figure("v2-deepest-offset", "The deepest offset V2 answers; 0 for no bound.", () => V2DeepestOffset, v => V2DeepestOffset = v),
        Choice("v2-deep-answer", "Beyond it: Error (500) or Empty (no items).", () => V2DeepAnswer, v => V2DeepAnswer = v),
        Choice("over-limit", "A limit above the maximum: Refuse (400) or Clamp.", () => OverLimit, v => OverLimit = v),
        Span("chatroom-lag", "How old the data of GetChatroom is, 01:00:00.", () => ChatroomLag, v => ChatroomLag = v),
        Figure("mismatch-status", "GetChatroom with the wrong account: 400, 401 or 404.", () => MismatchStatus, v => MismatchStatus = v),
        Figure("unknown-lead-status", "Reads of an unknown lead: 404 or 400.", () => UnknownLeadStatus, v => UnknownLeadStatus = v),
        Choice("campaign-id", "campaignId of a conversation: Absent, Null or Present.", () => CampaignIds, v => CampaignIds = v),
        Span("send-delay", "From SendMessage to the message in the inbox, 00:00:05.", () => SendDelay, v => SendDelay = v),
    ];

    private static Knob Flag(string name, string description, Func<bool> get, Action<bool> set) =>
        new(name, description, () => get() ? "true" : "false", text => set(bool.Parse(text)));

    private static Knob Figure(string name, string description, Func<int> get, Action<int> set) =>
        new(name, description, () => get().ToString(CultureInfo.InvariantCulture), text => set(int.Parse(text, CultureInfo.InvariantCulture)));

    private static Knob Span(string name, string description, Func<TimeSpan> get, Action<TimeSpan> set) =>
        new(name, description, () => get().ToString("c", CultureInfo.InvariantCulture), text => set(TimeSpan.Parse(text, CultureInfo.InvariantCulture)));

    private static Knob Choice<T>(string name, string description, Func<T> get, Action<T> set) where T : struct, Enum =>
        new(name, description, () => get().ToString(), text => set(Enum.Parse<T>(text, ignoreCase: true)));
}
