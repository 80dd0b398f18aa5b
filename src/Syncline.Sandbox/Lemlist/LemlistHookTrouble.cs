namespace Syncline.Sandbox.Lemlist;

/// <summary>What the copy of a hook for a lead-state group carries as <c>_id</c>.</summary>
public enum GroupCopyId { Same, Own, None }

/// <summary>What goes wrong with hooks, and what nobody has confirmed about them.</summary>
public sealed class LemlistHookTrouble : HookTrouble
{
    // lemlist's own schedule is not documented.
    public LemlistHookTrouble() : base(mostAttempts: 5)
    {
    }

    /// <summary>A reply is told as emailsReplied and as warmed, and so on for the other groups.</summary>
    public bool GroupCopies { get; set; } = true;

    public GroupCopyId GroupCopyId { get; set; }

    /// <summary>Bodies carry another secret than the webhook was made with.</summary>
    public bool WrongSecret { get; set; }

    /// <summary>Failed hooks after which a webhook is dropped; 0 for never.</summary>
    public int DropAfter { get; set; }

    internal IReadOnlyList<Knob> Knobs() =>
    [
        .. KnobsOfSending(),
        KnobOf.Flag("hooks-group-copies", "A reply is told as emailsReplied and as warmed.", () => GroupCopies, v => GroupCopies = v),
        KnobOf.Choice("hooks-group-id", "The _id of such a copy: Same, Own or None.", () => GroupCopyId, v => GroupCopyId = v),
        KnobOf.Flag("hooks-wrong-secret", "Bodies carry another secret.", () => WrongSecret, v => WrongSecret = v),
        KnobOf.Figure("hooks-drop-after", "Failed hooks after which a webhook is dropped; 0 for never.", () => DropAfter, v => DropAfter = v),
    ];
}
