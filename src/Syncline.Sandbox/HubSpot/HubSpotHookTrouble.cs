using System.Globalization;

namespace Syncline.Sandbox.HubSpot;

/// <summary>How hooks are sent, what goes wrong with them, and what HubSpot's documents leave open of them.</summary>
public sealed class HubSpotHookTrouble
{
    /// <summary>From a change to its hook, at least.</summary>
    public TimeSpan Delay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How much longer it may take, drawn for every event.</summary>
    public TimeSpan Jitter { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How many of all events come twice, from 0 to 1.</summary>
    public double DuplicateShare { get; set; } = 0.05;

    /// <summary>What is due together goes out in no order.</summary>
    public bool Shuffle { get; set; } = true;

    /// <summary>Creations are late, so that changes of the new record come first.</summary>
    public bool EarlyChanges { get; set; }

    /// <summary>A creation also tells a propertyChange for each value it brought.</summary>
    public bool InitialValues { get; set; }

    /// <summary>A write that changes nothing tells a propertyChange.</summary>
    public bool EqualWrites { get; set; }

    /// <summary>Dates in propertyValue are text; otherwise epoch milliseconds.</summary>
    public bool DatesAsText { get; set; }

    /// <summary>A retry brings new event ids.</summary>
    public bool NewEventIds { get; set; }

    /// <summary>Each body holds an event of another portal.</summary>
    public bool MixedPortals { get; set; }

    /// <summary>A merge tells a deletion for the id that went away.</summary>
    public bool MergeDeletions { get; set; }

    /// <summary>objectId of a merge is the new id; otherwise the primary's.</summary>
    public bool MergesNameNewId { get; set; }

    /// <summary>X-HubSpot-Signature is v2, as workflows send it; otherwise v1. v3 is always sent beside it.</summary>
    public bool SignsV2 { get; set; }

    /// <summary>Timestamps lie ten minutes back, signed as they stand: a replay.</summary>
    public bool StaleTimestamps { get; set; }

    /// <summary>Bodies are changed after they were signed.</summary>
    public bool TamperedBodies { get; set; }

    /// <summary>Signed with another secret.</summary>
    public bool WrongSecret { get; set; }

    /// <summary>What the gaps between attempts are multiplied with; 1 is HubSpot's own pace.</summary>
    public double RetryScale { get; set; } = 1;

    /// <summary>http is taken for the target as https is, so that a receiver on this machine can be tried.</summary>
    public bool PlainHttp { get; set; }

    internal IReadOnlyList<Knob> Knobs() =>
    [
        TextKnob.Span("hooks-delay", "From a change to its hook, 00:00:01.", () => Delay, v => Delay = v),
        TextKnob.Span("hooks-jitter", "How much longer it may take, 00:00:02.", () => Jitter, v => Jitter = v),
        Share("hooks-duplicate-share", "How many of all events come twice, from 0 to 1.", () => DuplicateShare, v => DuplicateShare = v),
        TextKnob.Flag("hooks-shuffle", "What is due together goes out in no order.", () => Shuffle, v => Shuffle = v),
        TextKnob.Flag("hooks-early-changes", "Changes come before the creation.", () => EarlyChanges, v => EarlyChanges = v),
        TextKnob.Flag("hooks-initial-values", "A creation also tells each value it brought.", () => InitialValues, v => InitialValues = v),
        TextKnob.Flag("hooks-equal-writes", "A write that changes nothing is told.", () => EqualWrites, v => EqualWrites = v),
        TextKnob.Flag("hooks-dates-as-text", "Dates are text; otherwise epoch milliseconds.", () => DatesAsText, v => DatesAsText = v),
        TextKnob.Flag("hooks-new-event-ids", "A retry brings new event ids.", () => NewEventIds, v => NewEventIds = v),
        TextKnob.Flag("hooks-mixed-portals", "Each body holds an event of another portal.", () => MixedPortals, v => MixedPortals = v),
        TextKnob.Flag("hooks-merge-deletions", "A merge tells a deletion for the id that went away.", () => MergeDeletions, v => MergeDeletions = v),
        TextKnob.Flag("hooks-merge-new-id", "objectId of a merge is the new id; otherwise the primary's.", () => MergesNameNewId, v => MergesNameNewId = v),
        TextKnob.Flag("hooks-sign-v2", "X-HubSpot-Signature is v2; otherwise v1.", () => SignsV2, v => SignsV2 = v),
        TextKnob.Flag("hooks-stale", "Timestamps of hooks lie ten minutes back.", () => StaleTimestamps, v => StaleTimestamps = v),
        TextKnob.Flag("hooks-tampered", "Bodies of hooks are changed after they were signed.", () => TamperedBodies, v => TamperedBodies = v),
        TextKnob.Flag("hooks-wrong-secret", "Hooks are signed with another secret.", () => WrongSecret, v => WrongSecret = v),
        Share("hooks-retry-scale", "What the gaps between attempts are multiplied with; 1 is HubSpot's own pace.", () => RetryScale, v => RetryScale = v),
        TextKnob.Flag("hooks-plain-http", "http is taken for the target.", () => PlainHttp, v => PlainHttp = v),
    ];

    private static Knob Share(string name, string description, Func<double> get, Action<double> set) =>
        new(name, description, () => get().ToString(CultureInfo.InvariantCulture), text => set(double.Parse(text, CultureInfo.InvariantCulture)));
}
