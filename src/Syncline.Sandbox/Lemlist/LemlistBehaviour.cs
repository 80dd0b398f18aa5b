namespace Syncline.Sandbox.Lemlist;

/// <summary>How 20 requests in 2 seconds are counted.</summary>
public enum LemlistLimit
{
    /// <summary>A bucket of 20 that fills at 10 a second.</summary>
    Bucket,

    /// <summary>20 in any 2 seconds, the stricter reading.</summary>
    Sliding,
}

/// <summary>Which answers carry Retry-After and X-RateLimit-*.</summary>
public enum RateHeaders { Always, OnlyOn429, None }

public enum ThrottleBody { Text, Empty }

/// <summary>What a thing outside the documented bounds meets.</summary>
public enum OutOfBounds { Refuse, Clamp }

/// <summary>What a required thing that is left out meets.</summary>
public enum LeftOut { Refuse, Works }

public enum ActivityOrder { NewestFirst, OldestFirst }

/// <summary>Who is read when a custom variable has the name of an activity's field.</summary>
public enum Collision { FieldWins, VariableWins }

/// <summary>The form of the campaign list: by the version parameter, or always the one.</summary>
public enum CampaignsForm { ByVersion, Array, Envelope, Data, Results }

/// <summary>What a second lead with the same e-mail address in one campaign meets; no document says.</summary>
public enum DuplicateLead { Refuse400, Refuse500, SameLead, SecondLead }

/// <summary>How far DELETE of a lead by its id unsubscribes.</summary>
public enum DeleteScope { Campaign, Team }

/// <summary>Where POST /hooks reads campaignId, isFirst and zapId.</summary>
public enum HookFilters { Query, Body, Either }

/// <summary>What happens to the feed by itself after each page of activities that is read.</summary>
[Flags]
public enum Drift
{
    None = 0,
    Insert = 1,
    BackDate = 2,
    Mutate = 4,
    Delete = 8,
    All = Insert | BackDate | Mutate | Delete,
}

/// <summary>Limits, faults and everything that the contract leaves open, to be turned while the simulator runs.</summary>
public sealed class LemlistBehaviour
{
    public bool LimitsOn { get; set; } = true;
    public LemlistLimit Limit { get; set; }

    /// <summary>Requests in two seconds, over all routes of one key.</summary>
    public int RequestsPerTwoSeconds { get; set; } = 20;

    public RateHeaders RateHeaders { get; set; }
    public ThrottleBody ThrottleBody { get; set; }

    /// <summary>How many of the next requests are refused with 429.</summary>
    public int ThrottleNext { get; set; }

    /// <summary>A key in the query, <c>access_token</c>, is taken as the header is.</summary>
    public bool AccessToken { get; set; }

    /// <summary>Starts of paths after the base that the plan does not include, with commas between: <c>/activities,/inbox</c>. They answer 402.</summary>
    public string PlanGate { get; set; } = "";

    /// <summary>What GET /activities without version=v2 meets.</summary>
    public LeftOut ActivitiesVersion { get; set; }

    /// <summary>A limit above the documented most, on any list.</summary>
    public OutOfBounds OverLimit { get; set; }

    public ActivityOrder ActivityOrder { get; set; }

    /// <summary>Activities of the same millisecond come in another order at every read.</summary>
    public bool UnstableTies { get; set; }

    /// <summary>The deepest offset GET /activities answers; 0 for no bound.</summary>
    public int DeepestOffset { get; set; }

    public Collision Collisions { get; set; }

    /// <summary>Group types (contacted, hooked, attracted, warmed) are rows of the feed too.</summary>
    public bool GroupRows { get; set; }

    public CampaignsForm CampaignsForm { get; set; }

    /// <summary>Archived campaigns are in the list that names no status.</summary>
    public bool ArchivedListed { get; set; } = true;

    public DuplicateLead DuplicateLead { get; set; }
    public DeleteScope DeleteScope { get; set; }

    /// <summary>What a PATCH of a lead changes is changed at its contact too.</summary>
    public bool PatchReachesContact { get; set; } = true;

    /// <summary>How long an enrichment asked for with a lead takes.</summary>
    public TimeSpan EnrichmentTakes { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the state of an export is read as pending before it is done.</summary>
    public int ExportPolls { get; set; } = 2;

    public bool ExportFails { get; set; }
    public HookFilters HookFilters { get; set; }
    public Drift Drift { get; set; }

    /// <summary>Which write from now on answers 500, once; 0 for none.</summary>
    public int FailWrite { get; set; }

    /// <summary>That write takes effect all the same.</summary>
    public bool FailedWriteTakesEffect { get; set; }

    internal IReadOnlyList<Knob> Knobs() =>
    [
        KnobOf.Flag("limits", "Whether requests are limited at all.", () => LimitsOn, v => LimitsOn = v),
        KnobOf.Choice("limit-form", "Bucket (20, filling at 10 a second) or Sliding (20 in any 2 seconds).", () => Limit, v => Limit = v),
        KnobOf.Figure("requests-per-two-seconds", "Requests of one key over all routes.", () => RequestsPerTwoSeconds, v => RequestsPerTwoSeconds = v),
        KnobOf.Choice("rate-headers", "Always, OnlyOn429 or None.", () => RateHeaders, v => RateHeaders = v),
        KnobOf.Choice("throttle-body", "The body of a 429: Text or Empty.", () => ThrottleBody, v => ThrottleBody = v),
        KnobOf.Figure("throttle-next", "How many of the next requests are refused with 429.", () => ThrottleNext, v => ThrottleNext = v),
        KnobOf.Flag("access-token", "The key is also taken from the query, access_token.", () => AccessToken, v => AccessToken = v),
        KnobOf.Text("plan-gate", "Starts of paths that answer 402, with commas between: /activities,/inbox.", () => PlanGate, v => PlanGate = v),
        KnobOf.Choice("activities-version", "GET /activities without version=v2: Refuse or Works.", () => ActivitiesVersion, v => ActivitiesVersion = v),
        KnobOf.Choice("over-limit", "A limit above the documented most: Refuse or Clamp.", () => OverLimit, v => OverLimit = v),
        KnobOf.Choice("activity-order", "NewestFirst or OldestFirst.", () => ActivityOrder, v => ActivityOrder = v),
        KnobOf.Flag("unstable-ties", "Activities of the same millisecond come in another order at every read.", () => UnstableTies, v => UnstableTies = v),
        KnobOf.Figure("deepest-offset", "The deepest offset of GET /activities; 0 for no bound.", () => DeepestOffset, v => DeepestOffset = v),
        KnobOf.Choice("collisions", "A custom variable named like an activity's field: FieldWins or VariableWins.", () => Collisions, v => Collisions = v),
        KnobOf.Flag("group-rows", "contacted, hooked, attracted and warmed are rows of the feed too.", () => GroupRows, v => GroupRows = v),
        KnobOf.Choice("campaigns-form", "GET /campaigns: ByVersion, Array, Envelope, Data or Results.", () => CampaignsForm, v => CampaignsForm = v),
        KnobOf.Flag("archived-listed", "Archived campaigns are in the list that names no status.", () => ArchivedListed, v => ArchivedListed = v),
        KnobOf.Choice("duplicate-lead", "The same e-mail twice in a campaign: Refuse400, Refuse500, SameLead or SecondLead.", () => DuplicateLead, v => DuplicateLead = v),
        KnobOf.Choice("delete-scope", "DELETE of a lead by id without action=remove unsubscribes in the Campaign or in the Team.", () => DeleteScope, v => DeleteScope = v),
        KnobOf.Flag("patch-reaches-contact", "A PATCH of a lead changes its contact too.", () => PatchReachesContact, v => PatchReachesContact = v),
        KnobOf.Span("enrichment-takes", "How long an enrichment takes, 00:00:30; the contact cannot be deleted meanwhile.", () => EnrichmentTakes, v => EnrichmentTakes = v),
        KnobOf.Figure("export-polls", "How often an export is read as pending before it is done.", () => ExportPolls, v => ExportPolls = v),
        KnobOf.Flag("export-fails", "Exports end in an error.", () => ExportFails, v => ExportFails = v),
        KnobOf.Choice("hook-filters", "Where POST /hooks reads campaignId, isFirst and zapId: Query, Body or Either.", () => HookFilters, v => HookFilters = v),
        KnobOf.Choice("drift", "What happens after each page of activities: None, All, or of Insert, BackDate, Mutate, Delete with commas between.", () => Drift, v => Drift = v),
        KnobOf.Figure("fail-write", "Which write from now on answers 500, once; 0 for none.", () => FailWrite, v => FailWrite = v),
        KnobOf.Flag("failed-write-takes-effect", "That write takes effect all the same.", () => FailedWriteTakesEffect, v => FailedWriteTakesEffect = v),
    ];
}
