using Syncline.Sandbox.Attio.Webhooks;

namespace Syncline.Sandbox.Attio;

/// <summary>One attempt to deliver, as it goes over the wire.</summary>
/// <param name="Id">The Idempotency-Key: the same at every attempt.</param>
/// <param name="EventTypes">Of the events in the body; one, unless batches are switched on.</param>
/// <param name="Body">What was signed, unless it is tampered with. UTF-8.</param>
/// <param name="Attempt">From 1.</param>
public sealed record AttioHook(string Id, IReadOnlyList<string> EventTypes, Uri Url, IReadOnlyDictionary<string, string> Headers, string Body, int Attempt, DateTimeOffset At);

/// <summary>How hooks are sent, and what goes wrong with them.</summary>
public sealed class AttioHookTrouble
{
    /// <summary>Every attempt is sent twice under one Idempotency-Key.</summary>
    public bool Duplicate { get; set; }

    /// <summary>What is due together goes out newest first.</summary>
    public bool Reorder { get; set; }

    /// <summary>Two events that are due together share a body, as Attio's guide announces.</summary>
    public bool Batch { get; set; }

    /// <summary>Bodies are changed after they were signed.</summary>
    public bool TamperedBodies { get; set; }

    /// <summary>Signed with another secret.</summary>
    public bool WrongSecret { get; set; }

    /// <summary>http is taken for a target on this machine; Attio takes https alone.</summary>
    public bool PlainHttp { get; set; }

    internal IReadOnlyList<Knob> Knobs() =>
    [
        Flag("hooks-duplicate", "Every hook is sent twice under one Idempotency-Key.", () => Duplicate, v => Duplicate = v),
        Flag("hooks-reorder", "Hooks that are due together go out newest first.", () => Reorder, v => Reorder = v),
        Flag("hooks-batch", "Two events that are due together share a body.", () => Batch, v => Batch = v),
        Flag("hooks-tampered", "Bodies of hooks are changed after they were signed.", () => TamperedBodies, v => TamperedBodies = v),
        Flag("hooks-wrong-secret", "Hooks are signed with another secret.", () => WrongSecret, v => WrongSecret = v),
        Flag("hooks-plain-http", "http is taken for a target on this machine.", () => PlainHttp, v => PlainHttp = v),
    ];

    private static Knob Flag(string name, string description, Func<bool> get, Action<bool> set) =>
        new(name, $"{description} true or false.", () => get() ? "true" : "false", v => set(v == "true" || (v == "false" ? false : throw new ArgumentException($"\"{v}\" is none of: true, false.", nameof(v)))));
}

/// <summary>The hooks that Attio sends. Subscriptions are also made over the API, <c>POST /v2/webhooks</c>.</summary>
public sealed class AttioWebhooks : HookOutlet<AttioHook>
{
    private readonly HookBoard _board;

    internal AttioWebhooks(HookBoard board) : base(TimeSpan.FromSeconds(5)) => _board = board;

    public AttioHookTrouble Trouble => _board.Trouble;

    public override DateTimeOffset? NextDueAt => _board.NextDueAt;

    /// <summary>Subscribes to events of these types, whatever they are about.</summary>
    /// <returns>The secret, 64 hexadecimal digits.</returns>
    public string Subscribe(Uri target, params IReadOnlyList<string> eventTypes) => _board.Subscribe(target.ToString(), [.. eventTypes.Select(t => new Topic(t, null))]).Secret;

    public override void Answer(AttioHook hook, int status) => _board.Answer(hook, status);

    private protected override IReadOnlyList<AttioHook> HandOut() => _board.TakeDue();

    private protected override HookPost PostOf(AttioHook hook) => new(hook.Url, hook.Headers, hook.Body);
}
