using Syncline.Sandbox.HubSpot.Endpoints;
using Syncline.Sandbox.HubSpot.Webhooks;
using Syncline.Sandbox.HubSpot.Wire;

namespace Syncline.Sandbox.HubSpot;

/// <summary>HubSpot's CRM API over one portal, in the versions 2026-09, 2026-03, v4 and v3.</summary>
/// <remarks>
/// Records of all types, search, associations, properties, owners, pipelines, lists, OAuth, webhooks, limits. Where the public documents leave a behaviour open, a
/// knob chooses. Built from the contract alone: it shares nothing with the connector it judges.
/// </remarks>
public sealed partial class HubSpotSimulator : ISimulator
{
    /// <summary>Longer addresses are answered 414: too many properties in a GET.</summary>
    private const int MostAddressCharacters = 16 * 1024;

    private readonly HubSpotPortal _portal;
    private readonly CredentialRing _credentials;
    private readonly RateLimiter _limiter;
    private readonly Router _router;
    private readonly Grants _grants;
    private readonly HookBoard _board;

    public HubSpotSimulator(HubSpotSandboxOptions options, TimeProvider clock)
    {
        Behaviour.LimitsOn = options.LimitsOn;
        _portal = new(options, Behaviour, clock);
        _credentials = new(_portal);
        foreach ((string token, string scopes) in options.Tokens) AddToken(token, scopes);
        _limiter = new(Behaviour, options.TimeZone);
        _grants = new(_portal, _credentials);
        _board = new(_portal);
        Webhooks = new(_board, _portal);
        ObjectEndpoints objects = new(_portal);
        BatchEndpoints batches = new(_portal, objects);
        PropertyEndpoints properties = new(_portal, batches);
        _router = new([.. RecordRoutes(objects, batches), .. properties.Routes(), .. SchemaRoutes(properties), .. AppRoutes()]);
        App = new(_portal, properties);
        Knobs = [.. Behaviour.Knobs(), .. Webhooks.Trouble.Knobs()];
        Happenings = DescribeHappenings();
    }

    public string Provider => "hubspot";

    /// <summary>The knobs as typed properties.</summary>
    public HubSpotBehaviour Behaviour { get; } = new();

    /// <summary>Failures in a chosen number.</summary>
    public HubSpotTrouble Trouble { get; } = new();

    /// <summary>What people do in HubSpot, without a request.</summary>
    public HubSpotApp App { get; }

    /// <summary>The hooks on their way.</summary>
    public HubSpotWebhooks Webhooks { get; }

    public IReadOnlyList<Knob> Knobs { get; }

    public IReadOnlyList<Happening> Happenings { get; }

    /// <summary>Makes a token known, or changes the scopes of one that is.</summary>
    /// <param name="scopes">Separated by spaces; an asterisk stands for all.</param>
    /// <param name="appId">The app whose writes it makes; null for the portal's own.</param>
    public void AddToken(string token, string scopes = "*", HubSpotCredentialKind kind = HubSpotCredentialKind.PrivateApp, long? appId = null) =>
        _credentials.Add(token, scopes, kind, appId ?? _portal.Options.AppId, kind == HubSpotCredentialKind.OAuth ? Behaviour.TokenLife : null);

    /// <summary>From now on the token is answered 401. True when it was known.</summary>
    public bool RevokeToken(string token) => _credentials.Remove(token);

    /// <summary>Invents contacts and companies beside what is there; dated by the clock, known to search at once. No hook fires for them.</summary>
    public void Populate(HubSpotWorld world) => new WorldInvention(_portal, _portal.Options.Seed).Populate(world);

    /// <summary>A person grants the portal's app these scopes.</summary>
    /// <returns>The authorization code, good for one exchange within a minute.</returns>
    public string Authorize(string redirectUri, string scopes) => _grants.Authorize(redirectUri, scopes);

    /// <summary>A person uninstalls the app: its refresh tokens are answered BAD_REFRESH_TOKEN.</summary>
    public void Uninstall() => _grants.RevokeAll();

    public SandboxResponse Handle(SandboxRequest request)
    {
        _portal.ApplyDue();
        string correlation = _portal.Chance.Id().ToString();
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase) { ["X-HubSpot-Correlation-Id"] = correlation, ["Date"] = _portal.Now.ToString("R") };
        (SandboxResponse Answer, bool TakesEffect)? struck = Trouble.Strike(request, correlation);
        SandboxResponse? own = struck is { TakesEffect: false } ? null : Answer(request, headers, correlation);
        SandboxResponse answer = struck?.Answer ?? own!;
        foreach ((string name, string value) in answer.Headers) headers[name] = value;
        return answer with { Headers = headers };
    }

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
        if (request.Path.Length + request.Query.Length > MostAddressCharacters) return new(414, "", ContentType: null);
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

    private IEnumerable<Route> RecordRoutes(ObjectEndpoints objects, BatchEndpoints batches)
    {
        AssociationEndpoints associations = new(_portal);
        ListEndpoints lists = new(_portal);
        return
        [
            .. objects.Routes(), .. batches.Routes(), .. new BatchWriteEndpoints(_portal, objects, batches).Routes(), .. new SearchEndpoint(_portal, objects).Routes(),
            .. associations.Routes(), .. new AssociationBatchEndpoints(_portal, associations, batches).Routes(), .. lists.Routes(), .. new MembershipEndpoints(_portal, lists).Routes(),
        ];
    }

    private IEnumerable<Route> SchemaRoutes(PropertyEndpoints properties) =>
    [
        .. new PropertyGroupEndpoints(_portal, properties).Routes(), .. new SchemaEndpoints(_portal, properties).Routes(),
        .. new OwnerEndpoints(_portal).Routes(), .. new PipelineEndpoints(_portal).Routes(),
    ];

    private IEnumerable<Route> AppRoutes() =>
    [
        .. new AccountEndpoints(_portal, _limiter).Routes(), .. new OAuthEndpoints(_portal, _credentials, _grants).Routes(), .. new WebhookEndpoints(_portal, _board).Routes(),
    ];
}
