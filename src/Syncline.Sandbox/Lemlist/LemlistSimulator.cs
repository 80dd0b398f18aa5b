using Syncline.Sandbox.Lemlist.Activities;
using Syncline.Sandbox.Lemlist.Campaigns;
using Syncline.Sandbox.Lemlist.Contacts;
using Syncline.Sandbox.Lemlist.Hooks;
using Syncline.Sandbox.Lemlist.Inboxes;
using Syncline.Sandbox.Lemlist.Leads;
using Syncline.Sandbox.Lemlist.Office;
using Syncline.Sandbox.Lemlist.Unsubscribes;
using Syncline.Sandbox.Lemlist.Wire;

namespace Syncline.Sandbox.Lemlist;

/// <summary>lemlist's public API over one team.</summary>
/// <remarks>Paths begin <c>/api/</c>, and a slash at the end of a path counts. Built from the contract alone: it shares nothing with the connector it judges.</remarks>
public sealed partial class LemlistSimulator : ISimulator
{
    private readonly TimeProvider _clock;
    private readonly LemlistTeam _team;
    private readonly KeyRing _keys;
    private readonly LemlistRouter _router;
    private readonly HookBoard _board;
    private readonly FeedDrift _drift;
    private readonly ExportEndpoints _exports;
    private readonly int _seed;

    public LemlistSimulator(LemlistSandboxOptions options, TimeProvider clock)
    {
        (_clock, _seed) = (clock, options.Seed);
        Behaviour.LimitsOn = options.LimitsOn;
        _team = new(options, Behaviour, clock);
        _keys = new(Behaviour);
        foreach (string key in options.ApiKeys) AddKey(key);
        LemlistHookTrouble trouble = new();
        ActivityJson json = new(_team);
        _board = new(_team, trouble, json);
        (_team.Happened, _team.EnrichmentStarted) = (_board.Raise, _board.Raise);
        (Webhooks, Life) = (new(_board, trouble), new(_team));
        _drift = new(_team, Life, options.Seed);
        _exports = new(_team, () => BaseUrl);
        _router = new([.. Routes(json)]);
        Knobs = [.. Behaviour.Knobs(), .. trouble.Knobs()];
        Happenings = DescribeHappenings();
    }

    public string Provider => "lemlist";

    /// <summary>The knobs as typed properties.</summary>
    public LemlistBehaviour Behaviour { get; } = new();

    /// <summary>What people and the world do, without a request.</summary>
    public LemlistLife Life { get; }

    public LemlistWebhooks Webhooks { get; }

    public IReadOnlyList<Knob> Knobs { get; }

    public IReadOnlyList<Happening> Happenings { get; }

    /// <summary>Called after each page of activities answered, so that a test can change the feed in the middle of a scan.</summary>
    public Action? BetweenPages { get; set; }

    /// <summary>What the addresses of finished exports begin with; the served sandbox puts its own address here.</summary>
    public string BaseUrl { get; set; } = "https://api.lemlist.com/api";

    /// <summary>Exports started so far: each call of the route starts another.</summary>
    public int ExportsStarted => _exports.Started;

    /// <summary>Invents a world beside what is there; dated by the clock. No hook is sent for it.</summary>
    public void Populate(LemlistWorld world) => new WorldInvention(_team, _seed).Populate(world);

    /// <summary>Makes a key of the team's first user.</summary>
    public void AddKey(string key) => _keys.Add(key, _team.Users[0]);

    /// <summary>From now on the key is answered 401. True when it was known.</summary>
    public bool RevokeKey(string key) => _keys.Remove(key);

    /// <summary>The key's user is blocked: 403.</summary>
    public void BlockKey(string key) => _keys.Get(key).IsBlocked = true;

    /// <summary>The key's user is gone: 404.</summary>
    public void OrphanKey(string key) => _keys.Get(key).User = null;

    /// <summary>The key's team is gone: 400.</summary>
    public void LoseTeam(string key) => _keys.Get(key).HasBadTeam = true;

    public SandboxResponse Handle(SandboxRequest request)
    {
        ApiKey? key = null;
        SandboxResponse answer;
        try
        {
            key = _keys.Find(request);
            answer = Carry(request, key);
        }
        catch (LemlistRefusalException refusal)
        {
            answer = Refused(request, refusal);
        }
        return WithRate(answer, key);
    }

    private SandboxResponse Carry(SandboxRequest request, ApiKey key)
    {
        if (Behaviour.LimitsOn && !key.Rate.Take(_clock.GetUtcNow(), Behaviour)) throw Refuse.Throttled();
        if (Behaviour.ThrottleNext > 0) ThrottleOne();
        KeyRing.CheckUser(key);
        CheckPlan(request);
        bool fails = request.Method != "GET" && Behaviour.FailWrite > 0 && --Behaviour.FailWrite == 0;
        if (fails && !Behaviour.FailedWriteTakesEffect) throw Refuse.Broken();
        (LemlistRoute route, IReadOnlyList<string> parts) = _router.Find(request);
        SandboxResponse answer = route.Handle(new(request, key, parts, Behaviour));
        if (fails) throw Refuse.Broken();
        if (route.Template == "/activities") Drifted();
        return answer;
    }

    private void Drifted()
    {
        _drift.Strike(Behaviour.Drift);
        BetweenPages?.Invoke();
    }

    private void CheckPlan(SandboxRequest request)
    {
        string[] gated = Behaviour.PlanGate.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (gated.Any(g => request.Path.StartsWith(LemlistRouter.Base + g, StringComparison.Ordinal))) throw Refuse.Text(402, "route is available starting emailPro plan");
    }

    private void ThrottleOne()
    {
        Behaviour.ThrottleNext--;
        throw Refuse.Throttled();
    }

    private SandboxResponse Refused(SandboxRequest request, LemlistRefusalException refusal)
    {
        if (refusal.Status == 429 && Behaviour.ThrottleBody == ThrottleBody.Empty) return new(429, "", null);
        bool isFields = refusal.Status == 401 && request.Path == LemlistRouter.Base + "/fields";
        return isFields ? LemlistAnswers.Json(new System.Text.Json.Nodes.JsonObject { ["error"] = "Unauthorized" }, 401) : LemlistAnswers.Of(refusal);
    }

    private SandboxResponse WithRate(SandboxResponse answer, ApiKey? key)
    {
        bool wanted = Behaviour.RateHeaders == RateHeaders.Always || (Behaviour.RateHeaders == RateHeaders.OnlyOn429 && answer.Status == 429);
        bool isLimited = Behaviour.LimitsOn || answer.Status == 429;
        return key is not null && wanted && isLimited ? answer with { Headers = key.Rate.Headers(_clock.GetUtcNow(), Behaviour) } : answer;
    }

    private IEnumerable<LemlistRoute> Routes(ActivityJson json)
    {
        ContactJson contacts = new(_team);
        return
        [
            // Fixed paths first: lists and exports stand where ids do too.
            .. new TeamEndpoints(_team, _board).Routes(), .. new StatsEndpoints(_team).Routes(), .. new CampaignEndpoints(_team).Routes(), .. new LeadReads(_team).Routes(), .. new LeadWrites(_team).Routes(),
            .. new LeadStateWrites(_team).Routes(), .. new ListEndpoints(_team).Routes(), .. new ContactEndpoints(_team, contacts).Routes(), .. new ContactUpsert(_team, contacts).Routes(),
            .. new CompanyEndpoints(_team).Routes(), .. new ActivityEndpoints(_team, json).Routes(), .. new InboxEndpoints(_team, json).Routes(),
            .. new UnsubscribeEndpoints(_team, contacts).Routes(), .. new HookEndpoints(_team, _board).Routes(), .. _exports.Routes(),
        ];
    }
}
