using System.Globalization;

namespace Syncline.Sandbox.Lemlist;

/// <summary>What the copy of a hook for a lead-state group carries as <c>_id</c>.</summary>
public enum GroupCopyId { Same, Own, None }

/// <summary>What goes wrong with hooks, and what nobody has confirmed about them.</summary>
public sealed class LemlistHookTrouble
{
    /// <summary>Every attempt is sent twice.</summary>
    public bool Duplicate { get; set; }

    /// <summary>What is due together goes out newest first.</summary>
    public bool Reorder { get; set; }

    /// <summary>How long after the event a hook is first sent.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>One of that many hooks never goes out; 0 for none.</summary>
    public int LoseEvery { get; set; }

    /// <summary>A reply is told as emailsReplied and as warmed, and so on for the other groups.</summary>
    public bool GroupCopies { get; set; } = true;

    public GroupCopyId GroupCopyId { get; set; }

    /// <summary>Bodies carry another secret than the webhook was made with.</summary>
    public bool WrongSecret { get; set; }

    /// <summary>What the gaps between attempts are multiplied with. lemlist's own are not documented.</summary>
    public double RetryScale { get; set; } = 1;

    /// <summary>Attempts at the most; 1 for no retries.</summary>
    public int MostAttempts { get; set; } = 5;

    /// <summary>Failed hooks after which a webhook is dropped; 0 for never.</summary>
    public int DropAfter { get; set; }

    internal IReadOnlyList<Knob> Knobs() =>
    [
        KnobOf.Flag("hooks-duplicate", "Every hook is sent twice.", () => Duplicate, v => Duplicate = v),
        KnobOf.Flag("hooks-reorder", "Hooks that are due together go out newest first.", () => Reorder, v => Reorder = v),
        KnobOf.Span("hooks-delay", "How long after the event a hook is sent, 00:05:00.", () => Delay, v => Delay = v),
        KnobOf.Figure("hooks-lose-every", "One of that many hooks never goes out; 0 for none.", () => LoseEvery, v => LoseEvery = v),
        KnobOf.Flag("hooks-group-copies", "A reply is told as emailsReplied and as warmed.", () => GroupCopies, v => GroupCopies = v),
        KnobOf.Choice("hooks-group-id", "The _id of such a copy: Same, Own or None.", () => GroupCopyId, v => GroupCopyId = v),
        KnobOf.Flag("hooks-wrong-secret", "Bodies carry another secret.", () => WrongSecret, v => WrongSecret = v),
        new("hooks-retry-scale", "What the gaps between attempts are multiplied with.",
            () => RetryScale.ToString(CultureInfo.InvariantCulture), v => RetryScale = double.Parse(v, CultureInfo.InvariantCulture)),
        KnobOf.Figure("hooks-most-attempts", "Attempts at the most; 1 for no retries.", () => MostAttempts, v => MostAttempts = v),
        KnobOf.Figure("hooks-drop-after", "Failed hooks after which a webhook is dropped; 0 for never.", () => DropAfter, v => DropAfter = v),
    ];
}
