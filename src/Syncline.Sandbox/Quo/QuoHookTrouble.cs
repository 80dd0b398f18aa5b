using System.Globalization;

namespace Syncline.Sandbox.Quo;

/// <summary>The form of legacy payloads: v4 is production's, v3 that of older documents.</summary>
public enum LegacyPayloadVersion { V4, V3 }

/// <summary>How hooks are sent, and what goes wrong with them.</summary>
public sealed class QuoHookTrouble
{
    /// <summary>Every attempt is sent twice under one webhook-id.</summary>
    public bool Duplicate { get; set; }

    /// <summary>What is due together goes out newest first.</summary>
    public bool Reorder { get; set; }

    /// <summary>Timestamps lie ten minutes back, signed as they stand: a replay.</summary>
    public bool StaleTimestamps { get; set; }

    /// <summary>Bodies are changed after they were signed.</summary>
    public bool TamperedBodies { get; set; }

    /// <summary>Signed with another key.</summary>
    public bool WrongKey { get; set; }

    /// <summary>Call hooks name nobody, resolution unavailable.</summary>
    public bool EmptyParticipants { get; set; }

    /// <summary>Message hooks say lookupStatus unavailable.</summary>
    public bool LookupUnavailable { get; set; }

    /// <summary>What the gaps between attempts are multiplied with; 1 is Quo's own pace.</summary>
    public double RetryScale { get; set; } = 1;

    /// <summary>How long after a rotation hooks are signed with the old key too. Not documented: none unless turned.</summary>
    public TimeSpan OldKeyGrace { get; set; }

    /// <summary>http is taken for a webhook's url as https is, so that a receiver on this machine can be tried.</summary>
    public bool PlainHttp { get; set; }

    /// <summary>Numbers that one legacy webhook may name; 0 for no bound.</summary>
    public int LegacyMostResources { get; set; } = 10;

    /// <summary>Numbers that one dated webhook may name; 0 for no bound. Not confirmed either way.</summary>
    public int MostResources { get; set; }

    public LegacyPayloadVersion LegacyVersion { get; set; }

    internal IReadOnlyList<Knob> Knobs() =>
    [
        TextKnob.Flag("hooks-duplicate", "Every hook is sent twice under one webhook-id.", () => Duplicate, v => Duplicate = v),
        TextKnob.Flag("hooks-reorder", "Hooks that are due together go out newest first.", () => Reorder, v => Reorder = v),
        TextKnob.Flag("hooks-stale", "Timestamps of hooks lie ten minutes back.", () => StaleTimestamps, v => StaleTimestamps = v),
        TextKnob.Flag("hooks-tampered", "Bodies of hooks are changed after they were signed.", () => TamperedBodies, v => TamperedBodies = v),
        TextKnob.Flag("hooks-wrong-key", "Hooks are signed with another key.", () => WrongKey, v => WrongKey = v),
        TextKnob.Flag("hooks-empty-participants", "Call hooks name nobody.", () => EmptyParticipants, v => EmptyParticipants = v),
        TextKnob.Flag("hooks-lookup-unavailable", "Message hooks say lookupStatus unavailable.", () => LookupUnavailable, v => LookupUnavailable = v),
        new("hooks-retry-scale", "What the gaps between attempts are multiplied with; 1 is Quo's own pace.",
            () => RetryScale.ToString(CultureInfo.InvariantCulture), v => RetryScale = double.Parse(v, CultureInfo.InvariantCulture)),
        TextKnob.Span("hooks-old-key-grace", "How long after a rotation the old key signs too, 24:00:00 as 1.00:00:00.", () => OldKeyGrace, v => OldKeyGrace = v),
        TextKnob.Flag("hooks-plain-http", "http is taken for a webhook's url.", () => PlainHttp, v => PlainHttp = v),
        TextKnob.Figure("legacy-hook-resources", "Numbers that one legacy webhook may name; 0 for no bound.", () => LegacyMostResources, v => LegacyMostResources = v),
        TextKnob.Figure("hook-resources", "Numbers that one dated webhook may name; 0 for no bound.", () => MostResources, v => MostResources = v),
        TextKnob.Choice("legacy-hook-version", "Legacy payloads: V4 or V3.", () => LegacyVersion, v => LegacyVersion = v),
    ];
}
