using System.Globalization;
using System.Text.Json.Nodes;
using Syncline.Sandbox.Explorium.Hooks;

namespace Syncline.Sandbox.Explorium;

/// <summary>One attempt to deliver an event.</summary>
/// <param name="Headers">X-Timestamp and X-Signature among them; names compare without case.</param>
/// <param name="Body">What was signed. UTF-8.</param>
public sealed record ExploriumHook(string EventId, Uri Url, IReadOnlyDictionary<string, string> Headers, string Body, DateTimeOffset At);

/// <summary>The events that Explorium sends. Nothing is sent by itself: whoever holds the clock asks for what is due. What it does after a refusal is not documented: nothing.</summary>
public sealed class ExploriumWebhooks
{
    private static readonly TimeSpan Stale = TimeSpan.FromMinutes(10);
    private readonly HookRegister _register;
    private readonly TimeProvider _clock;
    private readonly Queue<(string Partner, JsonObject Event)> _pending = new();
    private readonly List<ExploriumHook> _sent = [];

    internal ExploriumWebhooks(HookRegister register, TimeProvider clock) => (_register, _clock) = (register, clock);

    /// <summary>Every event is sent twice with one event_id.</summary>
    public bool Duplicate { get; set; }

    /// <summary>Timestamps lie ten minutes back, signed as they stand; more than 300 seconds are to be refused.</summary>
    public bool StaleTimestamps { get; set; }

    /// <summary>Signed with another key.</summary>
    public bool BadSignatures { get; set; }

    /// <summary>Where <see cref="Deliver"/> sends hooks; it answers the status.</summary>
    public Func<ExploriumHook, int>? Receiver { get; set; }

    /// <summary>Every hook handed out so far.</summary>
    public IReadOnlyList<ExploriumHook> Sent => _sent;

    /// <summary>Something happened to a company or person: it is sent to every registered partner if an enrollment names it.</summary>
    public void Happen(string eventName, string entityId, JsonObject? data = null)
    {
        foreach (Enrollment enrollment in _register.Enrollments.Where(e => e.EventTypes.Contains(eventName) && e.EntityIds.Contains(entityId)))
        {
            foreach (string partner in _register.Registrations.Keys) Send(partner, _register.Event(partner, eventName, entityId, enrollment.IsOfBusinesses, data ?? [], enrollment.Key));
        }
    }

    internal void Send(string partner, JsonObject happened) => _pending.Enqueue((partner, happened));

    /// <summary>Hands out what is due.</summary>
    public IReadOnlyList<ExploriumHook> TakeDue()
    {
        List<ExploriumHook> due = [];
        while (_pending.TryDequeue(out (string Partner, JsonObject Event) next))
        {
            // A registration that is gone takes its events with it; one that was overwritten gives them its own address and secret.
            if (_register.Registrations.TryGetValue(next.Partner, out Registration? to)) due.AddRange(Enumerable.Repeat(Hook(to, next.Event), Duplicate ? 2 : 1));
        }
        _sent.AddRange(due);
        return due;
    }

    /// <summary>Sends everything due to the receiver.</summary>
    /// <returns>How many hooks were sent.</returns>
    public int Deliver()
    {
        IReadOnlyList<ExploriumHook> due = TakeDue();
        foreach (ExploriumHook hook in due) Receiver?.Invoke(hook);
        return due.Count;
    }

    private ExploriumHook Hook(Registration to, JsonObject happened)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        long timestamp = (StaleTimestamps ? now - Stale : now).ToUnixTimeSeconds();
        string body = HookRegister.Body(happened);
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = "application/json",
            ["X-Timestamp"] = timestamp.ToString(CultureInfo.InvariantCulture),
            ["X-Signature"] = HookSigning.Sign(BadSignatures ? HookSigning.Text(new byte[32]) : to.Secret, timestamp, body),
        };
        return new((string)happened["event_id"]!, new(to.Url), headers, body, now);
    }

    internal IReadOnlyList<Knob> Knobs() =>
    [
        KnobOf.Flag("hooks-duplicate", "Every event is sent twice with one event_id.", () => Duplicate, v => Duplicate = v),
        KnobOf.Flag("hooks-stale", "Timestamps of events lie ten minutes back.", () => StaleTimestamps, v => StaleTimestamps = v),
        KnobOf.Flag("hooks-bad-signature", "Events are signed with another key.", () => BadSignatures, v => BadSignatures = v),
    ];
}
