namespace Syncline.Sandbox.Explorium;

/// <summary>What one of the 200 a minute is.</summary>
public enum CountedAs { Entities, Requests }

/// <summary>The two forms of a 429 that were seen.</summary>
public enum ThrottleForm { Error, Code }

/// <summary>What a bulk answer says of an entity without data.</summary>
public enum MissRows { Omitted, RowWithoutData, NullData }

/// <summary>What a match says of an input nobody fits.</summary>
public enum MatchMiss { NullId, ErrorItem }

/// <summary>What meets a name that does not fit the company whose domain it comes with.</summary>
public enum NameMismatch { DomainAlone, NoMatch }

public enum SingleData { Object, Array }

/// <summary>What one of the next requests fails with.</summary>
public enum ExploriumFault
{
    /// <summary>500, nothing done.</summary>
    ServerError,

    /// <summary>503, nothing done.</summary>
    Unavailable,

    /// <summary>A 422 for no reason, which the same request does not meet again.</summary>
    OneOff422,

    /// <summary>200, charged, and not JSON.</summary>
    MalformedJson,

    /// <summary>200, charged, and half of the body.</summary>
    TruncatedBody,

    /// <summary>500 after the work was done and charged.</summary>
    ServerErrorAfterCharge,

    /// <summary>200 with request_status failure and no data.</summary>
    Failure,
}

/// <summary>Limits, prices, faults and everything that the contract leaves open, to be turned while the simulator runs.</summary>
public sealed class ExploriumBehaviour
{
    public bool LimitsOn { get; set; } = true;

    /// <summary>Queries of one key in any 60 seconds.</summary>
    public int QueriesPerMinute { get; set; } = 200;

    public CountedAs CountedAs { get; set; }
    public ThrottleForm ThrottleForm { get; set; }

    /// <summary>How many of the next requests are refused with 429.</summary>
    public int ThrottleNext { get; set; }

    /// <summary>A request without a partner id in its headers is a 401.</summary>
    public bool PartnerIdNeeded { get; set; }

    public MissRows MissRows { get; set; }

    /// <summary>Rows of a bulk answer come in another order than they were asked for.</summary>
    public bool ShuffleRows { get; set; }

    public MatchMiss MatchMiss { get; set; }
    public NameMismatch NameMismatch { get; set; }
    public SingleData SingleData { get; set; }

    /// <summary>Of the invented domains and people, how many are not known; 0 to 1. Who they are follows from their names.</summary>
    public double Misses { get; set; } = 0.1;

    public int MatchPrice { get; set; }
    public int EnrichPrice { get; set; } = 1;

    /// <summary>contacts_information for e-mails only; with phone numbers it is <see cref="PhonePrice"/>.</summary>
    public int EmailPrice { get; set; } = 2;

    public int PhonePrice { get; set; } = 5;

    /// <summary>An entity without data is paid for too.</summary>
    public bool ChargeMisses { get; set; } = true;

    /// <summary>How many of the next requests fail with <see cref="FailWith"/>.</summary>
    public int FailNext { get; set; }

    public ExploriumFault FailWith { get; set; }

    internal IReadOnlyList<Knob> Knobs() =>
    [
        KnobOf.Flag("limits", "Whether queries are limited at all.", () => LimitsOn, v => LimitsOn = v),
        KnobOf.Figure("queries-per-minute", "Queries of one key in any 60 seconds.", () => QueriesPerMinute, v => QueriesPerMinute = v),
        KnobOf.Choice("counted-as", "What a query is: Entities or Requests.", () => CountedAs, v => CountedAs = v),
        KnobOf.Choice("throttle-form", "The body of a 429: Error or Code.", () => ThrottleForm, v => ThrottleForm = v),
        KnobOf.Figure("throttle-next", "How many of the next requests are refused with 429.", () => ThrottleNext, v => ThrottleNext = v),
        KnobOf.Flag("partner-id-needed", "A request without a partner id header is a 401.", () => PartnerIdNeeded, v => PartnerIdNeeded = v),
        KnobOf.Choice("miss-rows", "A bulk row without data: Omitted, RowWithoutData or NullData.", () => MissRows, v => MissRows = v),
        KnobOf.Flag("shuffle-rows", "Bulk rows come in another order than asked for.", () => ShuffleRows, v => ShuffleRows = v),
        KnobOf.Choice("match-miss", "An input nobody fits: NullId, or ErrorItem with error and error_type.", () => MatchMiss, v => MatchMiss = v),
        KnobOf.Choice("name-mismatch", "A name that does not fit its domain's company: DomainAlone or NoMatch.", () => NameMismatch, v => NameMismatch = v),
        KnobOf.Choice("single-data", "data of a single enrichment: Object or Array.", () => SingleData, v => SingleData = v),
        KnobOf.Share("misses", "Of the invented domains and people, how many are unknown, 0 to 1.", () => Misses, v => Misses = v),
        KnobOf.Figure("match-price", "Credits for each matched entity.", () => MatchPrice, v => MatchPrice = v),
        KnobOf.Figure("enrich-price", "Credits for each enriched entity.", () => EnrichPrice, v => EnrichPrice = v),
        KnobOf.Figure("email-price", "Credits for contacts_information, e-mails only.", () => EmailPrice, v => EmailPrice = v),
        KnobOf.Figure("phone-price", "Credits for contacts_information with phone numbers.", () => PhonePrice, v => PhonePrice = v),
        KnobOf.Flag("charge-misses", "An entity without data is paid for too.", () => ChargeMisses, v => ChargeMisses = v),
        KnobOf.Figure("fail-next", "How many of the next requests fail.", () => FailNext, v => FailNext = v),
        KnobOf.Choice("fail-with", "ServerError, Unavailable, OneOff422, MalformedJson, TruncatedBody, ServerErrorAfterCharge or Failure.", () => FailWith, v => FailWith = v),
    ];
}
