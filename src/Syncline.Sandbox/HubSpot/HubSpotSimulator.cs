using Syncline.Sandbox.HubSpot.Endpoints;
using Syncline.Sandbox.HubSpot.Wire;

namespace Syncline.Sandbox.HubSpot;

/// <summary>HubSpot's CRM API over one portal, in the versions 2026-09, 2026-03, v4 and v3.</summary>
/// <remarks>
/// Records of all types, search, associations, properties, owners, pipelines, lists, OAuth, webhooks, limits. Where the public documents leave a behaviour open, a
/// knob chooses. Built from the contract alone: it shares nothing with the connector it judges.
/// </remarks>
public sealed partial class HubSpotSimulator : ISimulator
{
    private readonly HubSpotPortal _portal;
    private readonly CredentialRing _credentials;
    private readonly RateLimiter _limiter;
    private readonly Router _router;

    public HubSpotSimulator(HubSpotSandboxOptions options, TimeProvider clock)
    {
        Behaviour.LimitsOn = options.LimitsOn;
        _portal = new(options, Behaviour, clock);
        _credentials = new(_portal);
        foreach ((string token, string scopes) in options.Tokens) AddToken(token, scopes);
        _limiter = new(Behaviour, options.TimeZone);
        _router = new(Routes());
        Knobs = Behaviour.Knobs();
        Happenings = [];
    }

    public string Provider => "hubspot";

    /// <summary>The knobs as typed properties.</summary>
    public HubSpotBehaviour Behaviour { get; } = new();

    public IReadOnlyList<Knob> Knobs { get; }

    public IReadOnlyList<Happening> Happenings { get; }

    /// <summary>Makes a token known, or changes the scopes of one that is.</summary>
    /// <param name="scopes">Separated by spaces; an asterisk stands for all.</param>
    /// <param name="appId">The app whose writes it makes; null for the portal's own.</param>
    public void AddToken(string token, string scopes = "*", HubSpotCredentialKind kind = HubSpotCredentialKind.PrivateApp, long? appId = null) =>
        _credentials.Add(token, scopes, kind, appId ?? _portal.Options.AppId, kind == HubSpotCredentialKind.OAuth ? Behaviour.TokenLife : null);

    /// <summary>From now on the token is answered 401. True when it was known.</summary>
    public bool RevokeToken(string token) => _credentials.Remove(token);

    public SandboxResponse Handle(SandboxRequest request)
    {
        _portal.ApplyDue();
        string correlation = _portal.Chance.Id().ToString();
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase) { ["X-HubSpot-Correlation-Id"] = correlation, ["Date"] = _portal.Now.ToString("R") };
        return Answer(request, headers, correlation) with { Headers = headers };
    }

    public IReadOnlyList<HeldTable> Holds(int rows) => [];

    private SandboxResponse Answer(SandboxRequest request, Dictionary<string, string> headers, string correlation)
    {
        try
        {
            return Carry(request, headers);
        }
        catch (HubSpotRefusalException refusal)
        {
            if (refusal.RetryAfter is { } seconds) headers["Retry-After"] = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return ErrorJson.Write(refusal, correlation);
        }
    }

    private SandboxResponse Carry(SandboxRequest request, Dictionary<string, string> headers)
    {
        CanonicalPath path = CanonicalPath.Read(request.Path) ?? throw Refuse.UnknownPath(request.Path);
        (Route route, IReadOnlyList<string> parts) = _router.Find(request.Method, path.Segments);
        Credential? credential = route.IsOpen ? null : Admit(request, route, headers);
        using Call call = new(request, path.Version, credential, parts);
        if (credential is not null && route.Scopes(call) is var scopes && !credential.HasOne(scopes)) throw Refuse.MissingScopes(scopes);
        return route.Handle(call);
    }

    private Credential Admit(SandboxRequest request, Route route, Dictionary<string, string> headers)
    {
        Credential credential = _credentials.Authenticate(request);
        DateTimeOffset now = _portal.Now;
        try
        {
            _limiter.Take(credential, route.Pool, now);
        }
        finally
        {
            _limiter.Describe(headers, credential, route.Pool, now);
        }
        return credential;
    }

    private IEnumerable<Route> Routes()
    {
        ObjectEndpoints objects = new(_portal);
        BatchEndpoints batches = new(_portal, objects);
        AssociationEndpoints associations = new(_portal);
        PropertyEndpoints properties = new(_portal, batches);
        return
        [
            .. objects.Routes(), .. batches.Routes(), .. new BatchWriteEndpoints(_portal, objects, batches).Routes(), .. new SearchEndpoint(_portal, objects).Routes(),
            .. associations.Routes(), .. new AssociationBatchEndpoints(_portal, associations, batches).Routes(),
            .. properties.Routes(), .. new PropertyGroupEndpoints(_portal, properties).Routes(), .. new AccountEndpoints(_portal, _limiter).Routes(),
        ];
    }
}
