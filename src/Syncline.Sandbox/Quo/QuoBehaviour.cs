namespace Syncline.Sandbox.Quo;

/// <summary>What meets a second contact with the same identity on v1.</summary>
public enum DuplicateMode
{
    /// <summary>Nothing keeps a caller from making the same contact twice.</summary>
    Allow,

    /// <summary>409 when another contact has the external id, whether lists show that one yet or not.</summary>
    Conflict409,

    /// <summary>Also 409 when another contact has one of the phone numbers.</summary>
    Conflict409OnPhone,
}

/// <summary>The envelope of v1 errors: the document's, or the one met on the live service.</summary>
public enum V1ErrorForm { Spec, Wrapped }

/// <summary>What v1 lists say in <c>totalItems</c>: the rows of the page, nothing, or for once the truth.</summary>
public enum TotalItems { PageSize, Zero, True }

/// <summary>What a v1 PATCH does to e-mails, phone numbers and custom fields.</summary>
public enum PatchArrays
{
    /// <summary>Each array is what was sent; one that was left out is emptied.</summary>
    ReplaceAll,

    /// <summary>An array that was sent replaces; one that was left out stays.</summary>
    ReplaceSent,

    /// <summary>Items sent are added or changed; only a null value removes one.</summary>
    Merge,
}

/// <summary>What meets a phone number on a contact.</summary>
public enum ContactPhones
{
    /// <summary>Kept as it was sent.</summary>
    AsSent,

    /// <summary>Spaces, dashes, dots and brackets taken out.</summary>
    Normalised,

    /// <summary>Kept when it is E.164, otherwise 400.</summary>
    E164Only,
}

/// <summary>What meets an API write to a contact that a native CRM integration owns.</summary>
public enum OwnedContacts
{
    /// <summary>403.</summary>
    Forbidden,

    /// <summary>409 on v1; 403 on the dated surface, which knows no 409.</summary>
    Conflict,

    /// <summary>200 and nothing changed.</summary>
    Ignored,
}

public enum ReservedSources { V1Create, Everywhere }

public enum ListOrder { OldestFirst, NewestFirst }

public enum ReadLagCovers { ByExternalId, EveryList }

/// <summary>What happens to a thing that is not understood.</summary>
public enum Strictness { Refuse, Ignore }

/// <summary>Limits, lags, faults and everything that the contract leaves open, to be turned while the simulator runs.</summary>
public sealed class QuoBehaviour
{
    public bool LimitsOn { get; set; } = true;

    /// <summary>Requests of one key in any second, both surfaces together.</summary>
    public int RequestsPerSecond { get; set; } = 10;

    /// <summary>How long a new key is refused; about 30 s in production.</summary>
    public TimeSpan KeyActivation { get; set; }

    /// <summary>What it is refused with: 401 and 403 were both seen.</summary>
    public int InactiveKeyStatus { get; set; } = 401;

    /// <summary>How late a list shows that a contact has an external id.</summary>
    public TimeSpan ReadLag { get; set; }

    public ReadLagCovers ReadLagCovers { get; set; }
    public DuplicateMode Duplicates { get; set; }
    public V1ErrorForm V1Errors { get; set; }
    public TotalItems TotalItems { get; set; }
    public PatchArrays PatchArrays { get; set; }
    public ContactPhones ContactPhones { get; set; }
    public bool EmailsInLowerCase { get; set; }
    public OwnedContacts OwnedContacts { get; set; }
    public ReservedSources ReservedSources { get; set; }
    public ListOrder ListOrder { get; set; }

    /// <summary>What <c>externalIds[]</c> meets on v1: unrefused it filters nothing.</summary>
    public Strictness BracketIds { get; set; }

    /// <summary>An item id in a v1 PATCH that the contact does not have: unrefused it makes a new item.</summary>
    public Strictness UnknownItemIds { get; set; }

    /// <summary>Members and parameters the dated surface does not know; phones and e-mails in a contact's body are such.</summary>
    public Strictness UnknownMembers { get; set; }

    /// <summary>Scalars left out of a dated PATCH are cleared instead of kept.</summary>
    public bool DatedPatchClears { get; set; }

    /// <summary>A dated property with the name of a workspace custom field is that field.</summary>
    public bool PropertiesBind { get; set; }

    /// <summary>A note that is written moves its contact's updatedAt and fires contact.updated.</summary>
    public bool NotesTouchContacts { get; set; }

    /// <summary>Every v1 400 carries the one code that the OpenAPI document lists for its call.</summary>
    public bool OnlyDocumented400 { get; set; }

    /// <summary>v1 answers 402.</summary>
    public bool SubscriptionExpired { get; set; }

    /// <summary>How many of the next requests are refused with 429.</summary>
    public int ThrottleNext { get; set; }

    /// <summary>Which write from now on answers 500, once; 0 for none.</summary>
    public int FailWrite { get; set; }

    /// <summary>That write takes effect all the same.</summary>
    public bool FailedWriteTakesEffect { get; set; }

    internal IReadOnlyList<Knob> Knobs() =>
    [
        TextKnob.Flag("limits", "Whether requests are limited at all.", () => LimitsOn, v => LimitsOn = v),
        TextKnob.Figure("requests-per-second", "Requests of one key in any second, both surfaces together.", () => RequestsPerSecond, v => RequestsPerSecond = v),
        TextKnob.Span("key-activation", "How long a new key is refused, 00:00:30.", () => KeyActivation, v => KeyActivation = v),
        TextKnob.Figure("inactive-key-status", "What a key that is not active yet meets: 401 or 403.", () => InactiveKeyStatus, v => InactiveKeyStatus = v),
        TextKnob.Span("read-lag", "How late a list shows that a contact has an external id, 00:00:02.", () => ReadLag, v => ReadLag = v),
        TextKnob.Choice("read-lag-covers", "ByExternalId, or EveryList: lists without that filter lag too.", () => ReadLagCovers, v => ReadLagCovers = v),
        TextKnob.Choice("duplicates", "Allow, Conflict409 (same external id) or Conflict409OnPhone (or same phone).", () => Duplicates, v => Duplicates = v),
        TextKnob.Choice("v1-errors", "Spec, or Wrapped: {error:{message,key,trace}}.", () => V1Errors, v => V1Errors = v),
        TextKnob.Choice("total-items", "totalItems of v1 lists: PageSize, Zero or True.", () => TotalItems, v => TotalItems = v),
        TextKnob.Choice("patch-arrays", "Phones, e-mails and custom fields in a v1 PATCH: ReplaceAll, ReplaceSent or Merge.", () => PatchArrays, v => PatchArrays = v),
        TextKnob.Choice("contact-phones", "Phone numbers of contacts: AsSent, Normalised or E164Only.", () => ContactPhones, v => ContactPhones = v),
        TextKnob.Flag("emails-lower-case", "E-mail addresses are stored in lower case.", () => EmailsInLowerCase, v => EmailsInLowerCase = v),
        TextKnob.Choice("owned-contacts", "A write to a contact that a CRM integration owns: Forbidden, Conflict or Ignored.", () => OwnedContacts, v => OwnedContacts = v),
        TextKnob.Choice("reserved-sources", "Where reserved words are refused as a source: V1Create or Everywhere.", () => ReservedSources, v => ReservedSources = v),
        TextKnob.Choice("list-order", "Contacts in lists: OldestFirst or NewestFirst.", () => ListOrder, v => ListOrder = v),
        TextKnob.Choice("bracket-ids", "externalIds[] on v1: Refuse, or Ignore, which lists everybody.", () => BracketIds, v => BracketIds = v),
        TextKnob.Choice("unknown-item-ids", "Item ids in a v1 PATCH that the contact lacks: Refuse, or Ignore, which adds a new item.", () => UnknownItemIds, v => UnknownItemIds = v),
        TextKnob.Choice("unknown-members", "Members and parameters the dated surface does not know: Refuse or Ignore.", () => UnknownMembers, v => UnknownMembers = v),
        TextKnob.Flag("dated-patch-clears", "Scalars left out of a dated PATCH are cleared.", () => DatedPatchClears, v => DatedPatchClears = v),
        TextKnob.Flag("properties-bind", "A dated property named like a custom field is that field.", () => PropertiesBind, v => PropertiesBind = v),
        TextKnob.Flag("notes-touch-contacts", "A note that is written moves its contact's updatedAt and fires contact.updated.", () => NotesTouchContacts, v => NotesTouchContacts = v),
        TextKnob.Flag("only-documented-400", "Every v1 400 carries the one code the OpenAPI document lists.", () => OnlyDocumented400, v => OnlyDocumented400 = v),
        TextKnob.Flag("subscription-expired", "v1 answers 402.", () => SubscriptionExpired, v => SubscriptionExpired = v),
        TextKnob.Figure("throttle-next", "How many of the next requests are refused with 429.", () => ThrottleNext, v => ThrottleNext = v),
        TextKnob.Figure("fail-write", "Which write from now on answers 500, once; 0 for none.", () => FailWrite, v => FailWrite = v),
        TextKnob.Flag("failed-write-takes-effect", "That write takes effect all the same.", () => FailedWriteTakesEffect, v => FailedWriteTakesEffect = v),
    ];
}
