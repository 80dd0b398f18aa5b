using System.Text.Json.Nodes;
using Syncline.Sandbox.Explorium.Companies;
using Syncline.Sandbox.Explorium.Hooks;
using Syncline.Sandbox.Explorium.Prospects;
using Syncline.Sandbox.Explorium.Wire;
using Syncline.Sandbox.Json;

namespace Syncline.Sandbox.Explorium;

/// <summary>Explorium's AgentSource API, version 1: matching, enriching, credits and events. Any invented domain is a plausible company, some are unknown.</summary>
/// <remarks>Paths begin <c>/v1/</c>. Built from the contract alone: it shares nothing with the connector it judges.</remarks>
public sealed partial class ExploriumSimulator : ISimulator
{
    private static readonly string[] PartnerHeaders = ["X-Context-Partner-ID", "partner-id", "partner_id"];

    private readonly TimeProvider _clock;
    private readonly Random _random;
    private readonly Dictionary<string, QueryWindow> _keys;
    private readonly CompanyBook _companies;
    private readonly CreditBook _credits;
    private readonly HookRegister _register;
    private readonly IReadOnlyList<ExploriumRoute> _routes;

    public ExploriumSimulator(ExploriumSandboxOptions options, TimeProvider clock)
    {
        (_clock, _random, _credits, _register) = (clock, new(options.Seed), new(options.Credits), new(options.Seed));
        Behaviour.LimitsOn = options.LimitsOn;
        _keys = options.ApiKeys.ToDictionary(k => k, _ => new QueryWindow(), StringComparer.Ordinal);
        _companies = new(Behaviour);
        foreach (ExploriumCompany company in Catalogue) _companies.Know(company);
        _companies.Forget("unknown.example.com");
        Webhooks = new(_register, clock);
        _routes =
        [
            .. new BusinessEndpoints(_companies, Behaviour, _random.Next).Routes(), .. new ProspectEndpoints(new(_companies, Behaviour), Behaviour, _random.Next).Routes(),
            .. new CreditEndpoints(_credits, CorrelationId).Routes(), .. new HookEndpoints(_register, Webhooks).Routes(),
        ];
        Knobs = [.. Behaviour.Knobs(), .. Webhooks.Knobs()];
        Happenings = DescribeHappenings();
    }

    /// <summary>Companies with traits that tests can rely on; <c>unknown.example.com</c> is nobody's.</summary>
    public static IReadOnlyList<ExploriumCompany> Catalogue { get; } =
    [
        new("public.example.com", "Public Works") { IsPublic = true },
        new("private.example.com", "Private Works"),
        new("partial.example.com", "Partial Works") { IsPartial = true },
        new("bare.example.com", "Bare Works") { HasTechnographics = false, HasFunding = false },
    ];

    public string Provider => "explorium";

    /// <summary>The knobs as typed properties.</summary>
    public ExploriumBehaviour Behaviour { get; } = new();

    public ExploriumWebhooks Webhooks { get; }

    public IReadOnlyList<Knob> Knobs { get; }

    public IReadOnlyList<Happening> Happenings { get; }

    /// <summary>Puts a company into the catalogue, in the place of what its domain's hash would give.</summary>
    public void Know(ExploriumCompany company) => _companies.Know(company);

    /// <summary>From now on nobody has the domain.</summary>
    public void Forget(string domain) => _companies.Forget(domain);

    public void AddKey(string key) => _keys.TryAdd(key, new());

    /// <summary>From now on the key is answered 401. True when it was known.</summary>
    public bool RevokeKey(string key) => _keys.Remove(key);

    public SandboxResponse Handle(SandboxRequest request)
    {
        QueryWindow? key = null;
        SandboxResponse answer;
        try
        {
            key = Admit(request);
            answer = Carry(request, key);
        }
        catch (ExploriumRefusalException refusal)
        {
            answer = Refused(refusal);
        }
        return key is null ? answer : WithRate(answer, key);
    }

    private QueryWindow Admit(SandboxRequest request)
    {
        QueryWindow? key = request.Header("api_key") is { } sent ? _keys.GetValueOrDefault(sent) : null;
        if (key is null) throw Refuse.Details(401, "API key is missing or invalid", CorrelationId());
        if (Behaviour.PartnerIdNeeded && !PartnerHeaders.Any(h => request.Header(h) is { Length: > 0 })) throw Refuse.Details(401, "Partner ID is missing", CorrelationId());
        return key;
    }

    private SandboxResponse Carry(SandboxRequest request, QueryWindow key)
    {
        if (Behaviour.ThrottleNext > 0) throw ThrottleOne();
        ExploriumFault? fault = Behaviour.FailNext > 0 ? FailOne() : null;
        if (fault is { } before) StrikeBefore(before);
        (ExploriumRoute route, IReadOnlyList<string> parts) = Find(request);
        int paid = 0;
        ExploriumCall call = new(request, parts, _clock.GetUtcNow(), (entities, credits) => paid += Charge(request.Path, key, entities, credits));
        (string status, JsonObject members) = fault == ExploriumFault.Failure ? ("failure", Nothing()) : route.Handle(call);
        JsonObject body = new() { ["response_context"] = Context(status) };
        foreach ((string name, JsonNode? value) in members.ToArray())
        {
            members.Remove(name);
            body[name] = value;
        }
        // The members of this object are not documented.
        if (request.Header("credit-usage") == "true") body["credit_usage"] = new JsonObject { ["credits_used"] = paid, ["remaining_credits"] = _credits.Remaining };
        return StruckAfter(JsonText.Write(body), fault);
    }

    private int Charge(string path, QueryWindow key, int entities, int credits)
    {
        int queries = Behaviour.CountedAs == CountedAs.Entities ? entities : 1;
        if (Behaviour.LimitsOn && key.Take(queries, Behaviour.QueriesPerMinute, _clock.GetUtcNow()) is { } wait) throw Refuse.Throttled(wait, Behaviour.ThrottleForm);
        if (credits > _credits.Remaining) throw Refuse.NoCredits(CorrelationId());
        _credits.Pay(new(_clock.GetUtcNow(), path, entities, credits));
        return credits;
    }

    private (ExploriumRoute, IReadOnlyList<string>) Find(SandboxRequest request)
    {
        string[] path = PathTemplate.Segments(request.Path);
        foreach (ExploriumRoute route in _routes)
        {
            if (route.Method == request.Method && route.Match(path) is { } parts) return (route, parts);
        }
        throw Refuse.Details(404, "Not Found", CorrelationId());
    }

    private JsonObject Context(string status) => new() { ["correlation_id"] = CorrelationId(), ["request_status"] = status, ["time_took_in_seconds"] = 0.01 };

    private static JsonObject Nothing() => new() { ["data"] = new JsonArray(), ["total_results"] = 0, ["total_matches"] = 0 };

    private SandboxResponse Refused(ExploriumRefusalException refusal)
    {
        if ((string?)refusal.Body["correlation_id"] is "") refusal.Body["correlation_id"] = CorrelationId();
        SandboxResponse answer = new(refusal.Status, JsonText.Write(refusal.Body));
        return refusal.RetryAfter is { } seconds ? answer with { Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Retry-After"] = $"{seconds}" } } : answer;
    }

    private SandboxResponse WithRate(SandboxResponse answer, QueryWindow key)
    {
        Dictionary<string, string> headers = key.Headers(Behaviour.QueriesPerMinute, _clock.GetUtcNow());
        foreach ((string name, string value) in answer.Headers) headers[name] = value;
        return answer with { Headers = headers };
    }

    private string CorrelationId()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }
}
