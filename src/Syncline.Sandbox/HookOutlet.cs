namespace Syncline.Sandbox;

/// <summary>The hooks that one provider sends. Nothing is sent by itself: whoever holds the clock asks for what is due.</summary>
/// <remarks>Called under the gate's lock when the simulator is served, as everything else.</remarks>
/// <typeparam name="THook">One attempt to deliver, as it goes over the wire.</typeparam>
public abstract class HookOutlet<THook>
{
    private readonly List<THook> _sent = [];
    private readonly TimeSpan _patience;

    /// <param name="patience">How long the provider waits for an answer.</param>
    private protected HookOutlet(TimeSpan patience) => _patience = patience;

    /// <summary>Where <see cref="Deliver"/> sends hooks; it answers the status, 0 for no answer.</summary>
    public Func<THook, int>? Receiver { get; set; }

    /// <summary>Every hook handed out so far.</summary>
    public IReadOnlyList<THook> Sent => _sent;

    /// <summary>When something is due next, by the simulator's clock; null when nothing is on its way.</summary>
    public abstract DateTimeOffset? NextDueAt { get; }

    /// <summary>For whoever carries them over HTTP.</summary>
    public HookSender<THook> Sender => new(TakeDue, PostOf, Answer, _patience);

    /// <summary>Hands out what is due. Each must be answered, or it stays under way.</summary>
    public IReadOnlyList<THook> TakeDue()
    {
        IReadOnlyList<THook> due = HandOut();
        _sent.AddRange(due);
        return due;
    }

    /// <summary>Tells what the receiver answered: 2xx accepts, anything else brings it again by the provider's schedule.</summary>
    public abstract void Answer(THook hook, int status);

    /// <summary>Sends everything due now to the receiver, what its answers make due now among it. Without a receiver nothing is reached.</summary>
    /// <returns>How many hooks were sent.</returns>
    public int Deliver()
    {
        int count = 0;
        for (IReadOnlyList<THook> due = TakeDue(); due.Count > 0; due = TakeDue())
        {
            foreach (THook hook in due) Answer(hook, Receiver?.Invoke(hook) ?? 0);
            count += due.Count;
        }
        return count;
    }

    private protected abstract IReadOnlyList<THook> HandOut();

    private protected abstract HookPost PostOf(THook hook);
}
