namespace Syncline.Sandbox.HeyReach;

/// <summary>What CreateWebhook answers beside its 200: nothing is documented, an id has been read from it.</summary>
public enum CreatedHookAnswer { Empty, Id, WebhookId }

/// <summary>How a hook's body names its event.</summary>
public enum HookEventType { Lower, Upper, Missing }

/// <summary>What of the thread a hook's recent_messages hold: all of it, its last three, or the one message that the hook is about.</summary>
public enum RecentMessages { Thread, Slice, Trigger }

/// <summary>How far a correlation_id reaches: one for all hooks of an event, one for each delivery, one for each attempt, or there is none.</summary>
public enum CorrelationReach { Event, Delivery, Attempt, None }

/// <summary>How a hook says that no campaign is concerned.</summary>
public enum NoCampaignForm { Null, Absent }

/// <summary>What goes wrong with hooks, and what nobody has confirmed about them.</summary>
public sealed class HeyReachHookTrouble : HookTrouble
{
    // The first and about five retries.
    public HeyReachHookTrouble() : base(mostAttempts: 6)
    {
    }

    public CreatedHookAnswer CreateAnswer { get; set; }

    public HookEventType EventType { get; set; }

    public RecentMessages RecentMessages { get; set; }

    /// <summary>recent_messages begin with the newest. No document gives their order.</summary>
    public bool NewestFirst { get; set; }

    /// <summary>Each creation_time loses its fraction.</summary>
    public bool WholeSeconds { get; set; }

    public CorrelationReach Correlation { get; set; }

    public NoCampaignForm NoCampaign { get; set; }

    /// <summary>Auto-tag events come as a flat body with prefixed keys instead of the usual envelope.</summary>
    public bool FlatAutoTags { get; set; } = true;

    /// <summary>A setting of the workspace: without it replies outside campaigns and changes of tags are told to nobody.</summary>
    public bool ImportsAll { get; set; } = true;

    internal IReadOnlyList<Knob> Knobs() =>
    [
        .. KnobsOfSending(),
        KnobOf.Choice("hooks-create-answer", "The body of CreateWebhook's 200: Empty, Id or WebhookId.", () => CreateAnswer, v => CreateAnswer = v),
        KnobOf.Choice("hooks-event-type", "event_type of hooks: Lower, Upper or Missing.", () => EventType, v => EventType = v),
        KnobOf.Choice("hooks-messages", "recent_messages of hooks: Thread, Slice (the last three) or Trigger.", () => RecentMessages, v => RecentMessages = v),
        KnobOf.Flag("hooks-newest-first", "recent_messages begin with the newest.", () => NewestFirst, v => NewestFirst = v),
        KnobOf.Flag("hooks-whole-seconds", "creation_time has no fraction.", () => WholeSeconds, v => WholeSeconds = v),
        KnobOf.Choice("hooks-correlation", "correlation_id is one for an Event, a Delivery, an Attempt, or None is there.", () => Correlation, v => Correlation = v),
        KnobOf.Choice("hooks-no-campaign", "campaign of hooks outside campaigns: Null or Absent.", () => NoCampaign, v => NoCampaign = v),
        KnobOf.Flag("hooks-flat-auto-tags", "Auto-tag events have a flat body.", () => FlatAutoTags, v => FlatAutoTags = v),
        KnobOf.Flag("hooks-import-all", "The workspace imports all conversations.", () => ImportsAll, v => ImportsAll = v),
    ];
}
