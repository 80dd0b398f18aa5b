using Syncline.Sandbox.Quo.Contacts;
using Syncline.Sandbox.Quo.Wire;

namespace Syncline.Sandbox.Quo;

/// <summary>Quo (formerly OpenPhone) with its two live surfaces, v1 and 2026-03-30, over one workspace.</summary>
/// <remarks>v1 paths begin <c>/v1/</c>, all others are the dated surface. Built from the contract alone: it shares nothing with the connector it judges.</remarks>
public sealed partial class QuoSimulator : ISimulator
{
    private readonly QuoWorkspace _workspace;
    private readonly TimeProvider _clock;
    private readonly KeyRing _keys;
    private readonly QuoRouter _router;
    private readonly int _seed;

    public QuoSimulator(QuoSandboxOptions options, TimeProvider clock)
    {
        (_clock, _seed) = (clock, options.Seed);
        Behaviour.LimitsOn = options.LimitsOn;
        _keys = new(Behaviour);
        foreach (string key in options.ApiKeys) _keys.Add(key, DateTimeOffset.MinValue);
        _workspace = new(options, Behaviour, clock);
        _router = new(
        [
            .. new V1ContactEndpoints(_workspace).Routes(), .. new DatedContactEndpoints(_workspace).Routes(), .. new PropertyEndpoints(_workspace).Routes(),
            .. new NoteEndpoints(_workspace).Routes(),
        ]);
        Knobs = Behaviour.Knobs();
        App = new(_workspace);
        Happenings = DescribeHappenings();
    }

    public string Provider => "quo";

    /// <summary>The knobs as typed properties.</summary>
    public QuoBehaviour Behaviour { get; } = new();

    /// <summary>What people do in the Quo app, without a request.</summary>
    public QuoApp App { get; }

    public IReadOnlyList<Knob> Knobs { get; }

    public IReadOnlyList<Happening> Happenings { get; }

    /// <summary>Invents contacts beside what is there; dated by the clock. No hook fires for them.</summary>
    public void Populate(QuoWorld world) => new WorldInvention(_workspace, _seed).Populate(world);

    /// <summary>Makes a key, active after the activation delay.</summary>
    public void AddKey(string key) => _keys.Add(key, _clock.GetUtcNow());

    /// <summary>From now on the key is answered 401. True when it was known.</summary>
    public bool RevokeKey(string key) => _keys.Remove(key);

    public SandboxResponse Handle(SandboxRequest request)
    {
        try
        {
            return Carry(request);
        }
        catch (QuoRefusalException refusal)
        {
            return ErrorJson.Write(request, refusal, Behaviour, _workspace.Ids.Bare());
        }
    }

    private SandboxResponse Carry(SandboxRequest request)
    {
        Surface.CheckVersion(request);
        DateTimeOffset now = _clock.GetUtcNow();
        ApiKey key = _keys.Admit(request, now);
        if (Behaviour.LimitsOn) key.Take(now, Behaviour.RequestsPerSecond);
        if (Behaviour.ThrottleNext > 0) ThrottleOne();
        if (Behaviour.SubscriptionExpired && Surface.IsV1(request.Path)) throw new QuoRefusalException(402, "The subscription has expired");
        bool fails = request.Method != "GET" && Behaviour.FailWrite > 0 && --Behaviour.FailWrite == 0;
        if (fails && !Behaviour.FailedWriteTakesEffect) throw Refuse.Broken();
        (QuoRoute route, IReadOnlyList<string> parts) = _router.Find(request);
        SandboxResponse answer = route.Handle(new(request, key, parts));
        return fails ? throw Refuse.Broken() : answer;
    }

    private void ThrottleOne()
    {
        Behaviour.ThrottleNext--;
        throw Refuse.Throttled();
    }
}
