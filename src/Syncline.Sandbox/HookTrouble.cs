namespace Syncline.Sandbox;

/// <summary>What goes wrong with the hooks of a provider that documents neither order nor schedule.</summary>
public abstract class HookTrouble
{
    private protected HookTrouble(int mostAttempts) => MostAttempts = mostAttempts;

    /// <summary>Every attempt is sent twice.</summary>
    public bool Duplicate { get; set; }

    /// <summary>What is due together goes out newest first.</summary>
    public bool Reorder { get; set; }

    /// <summary>How long after the event a hook is first sent.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>One of that many hooks never goes out; 0 for none.</summary>
    public int LoseEvery { get; set; }

    /// <summary>What the gaps between attempts are multiplied with.</summary>
    public double RetryScale { get; set; } = 1;

    /// <summary>Attempts at the most; 1 for no retries.</summary>
    public int MostAttempts { get; set; }

    private protected IReadOnlyList<Knob> KnobsOfSending() =>
    [
        KnobOf.Flag("hooks-duplicate", "Every hook is sent twice.", () => Duplicate, v => Duplicate = v),
        KnobOf.Flag("hooks-reorder", "Hooks that are due together go out newest first.", () => Reorder, v => Reorder = v),
        KnobOf.Span("hooks-delay", "How long after the event a hook is sent, 00:05:00.", () => Delay, v => Delay = v),
        KnobOf.Figure("hooks-lose-every", "One of that many hooks never goes out; 0 for none.", () => LoseEvery, v => LoseEvery = v),
        KnobOf.Share("hooks-retry-scale", "What the gaps between attempts are multiplied with.", () => RetryScale, v => RetryScale = v),
        KnobOf.Figure("hooks-most-attempts", "Attempts at the most; 1 for no retries.", () => MostAttempts, v => MostAttempts = v),
    ];
}
