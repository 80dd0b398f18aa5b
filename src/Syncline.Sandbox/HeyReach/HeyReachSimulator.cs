using Syncline.Sandbox.HeyReach.Hooks;

namespace Syncline.Sandbox.HeyReach;

/// <summary>HeyReach's public API, version of 2026, as far as reading inboxes, campaigns, lists, leads, tags and senders goes, with its two inbox writes and its webhooks.</summary>
/// <remarks>Paths begin <c>/api/public/</c>. Built from the contract alone: it shares nothing with the connector it judges.</remarks>
public sealed partial class HeyReachSimulator : ISimulator
{
    private readonly TimeProvider _clock;
    private readonly Workspace _workspace = new();
    private readonly Random _random;
    private readonly Phrasebook _words;
    private readonly ThreadInvention _threads;
    private readonly PeopleInvention _people;
    private readonly Dictionary<string, KeyLimit> _keys = new(StringComparer.Ordinal);
    private readonly HookBoard _board;
    private readonly WorkspaceEvents _events;
    private readonly InboxWrites _writes;
    private readonly RouteTable _routes;

    public HeyReachSimulator(HeyReachSandboxOptions options, TimeProvider clock)
    {
        _clock = clock;
        _random = new(options.Seed);
        _words = new(options.Seed);
        _threads = new(_words, _random);
        _people = new(_words, _random);
        foreach (string key in options.ApiKeys) AddKey(key);
        Behaviour.Limits = options.Limits;
        _board = new(clock);
        _events = new(_workspace, _board);
        _writes = new(_workspace, Behaviour, _events, clock);
        Webhooks = new(_board, _writes);
        InboxReads reads = new(_workspace, Behaviour, new(options.Seed), clock);
        _routes = new(
            reads, _writes, new(_workspace, Behaviour), new(_workspace, Behaviour), new(_workspace, Behaviour, _events, clock), new(_workspace, Behaviour), new(_workspace, _board, Behaviour));
        Knobs = [.. Behaviour.Knobs(), .. Webhooks.Trouble.Knobs()];
        Happenings = DescribeHappenings();
    }

    public string Provider => "heyreach";

    /// <summary>The knobs as typed properties.</summary>
    public HeyReachBehaviour Behaviour { get; } = new();

    public IReadOnlyList<Knob> Knobs { get; }

    public IReadOnlyList<Happening> Happenings { get; }

    /// <summary>The hooks on their way.</summary>
    public HeyReachWebhooks Webhooks { get; }

    /// <summary>Called after each page of conversations answered, V2 or V3, so that a test can change the inbox in the middle of a scan.</summary>
    public Action? BetweenPages { get; set; }

    /// <summary>Invents a world beside what is there; dated by the clock.</summary>
    public void Populate(HeyReachWorld world) => new WorldInvention(_workspace, _words, _random, _clock.GetUtcNow()).Populate(world);

    public SandboxResponse Handle(SandboxRequest request)
    {
        _writes.DeliverDue();
        if (request.Header("X-API-KEY") is not { } key) return Answers.MissingKey;
        if (!_keys.TryGetValue(key, out KeyLimit? limit)) return Answers.InvalidKey;
        if (limit.Take(_clock.GetUtcNow(), Behaviour.Limits) is { } wait) return Answers.Throttled(wait, Behaviour);
        SandboxResponse answer = _routes.Answer(request);
        if (answer.Status == 200 && IsInboxPage(request.Path)) BetweenPages?.Invoke();
        return answer;
    }

    private static bool IsInboxPage(string path) => path.Contains("/inbox/GetConversations", StringComparison.OrdinalIgnoreCase);
}
