using System.Globalization;

namespace Syncline.Sandbox.HubSpot;

/// <summary>The status of a batch of which only some rows were taken.</summary>
public enum PartialBatch { MultiStatus, Success }

/// <summary>What becomes of a batch whose trace ids are repeated or not on every row.</summary>
public enum UnclearTraceIds { AllOrNothing, Refuse }

/// <summary>What a write does that would move a lifecycle stage back.</summary>
public enum BackwardStage { Ignore, Refuse }

/// <summary>What two rows of one upsert with the same unique value do.</summary>
public enum RepeatedUpsert { Refuse, LastWins }

/// <summary>What can be turned at run time: limits, lags, portal settings, and everything that HubSpot's documents leave open.</summary>
/// <remarks>The first value is the contract's assumed answer, or the one that asks more of a client.</remarks>
public sealed class HubSpotBehaviour
{
    public bool LimitsOn { get; set; } = true;

    /// <summary>Of one private app or service key: 100, 190 or 250 by tier.</summary>
    public int RequestsPerTenSeconds { get; set; } = 190;

    public int OAuthRequestsPerTenSeconds { get; set; } = 110;

    /// <summary>Batch and label calls of associations, beside the others: 100, 150 or 200 by tier.</summary>
    public int AssociationsPerTenSeconds { get; set; } = 150;

    /// <summary>Of the whole account, whoever asks.</summary>
    public int SearchesPerSecond { get; set; } = 5;

    /// <summary>Of the whole account, OAuth apps apart: 250,000, 625,000 or 1,000,000 by tier.</summary>
    public int RequestsPerDay { get; set; } = 625_000;

    public bool SearchCountsToDay { get; set; } = true;

    /// <summary>Seconds that a 429 names; null, as documented, names none.</summary>
    public int? RetryAfter { get; set; }

    /// <summary>How long search misses a write, at least.</summary>
    public TimeSpan IndexLag { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How much longer it may take, drawn for every write.</summary>
    public TimeSpan IndexJitter { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a new property is not known yet.</summary>
    public TimeSpan PropertyDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Life of an OAuth access token.</summary>
    public TimeSpan TokenLife { get; set; } = TimeSpan.FromSeconds(1800);

    /// <summary>Life of an authorization code.</summary>
    public TimeSpan CodeLife { get; set; } = TimeSpan.FromMinutes(1);

    public PartialBatch PartialBatches { get; set; }
    public UnclearTraceIds UnclearTraceIds { get; set; }
    public RepeatedUpsert RepeatedUpserts { get; set; }
    public BackwardStage BackwardStages { get; set; }

    /// <summary>Whether a write that changes no value moves the last-modified time.</summary>
    public bool EqualWritesMoveTime { get; set; } = true;

    /// <summary>Whether an association moves the last-modified time of both ends.</summary>
    public bool AssociationsMoveTime { get; set; } = true;

    /// <summary>Whether archived records keep their e-mail addresses and unique values.</summary>
    public bool ArchivedKeepUniqueValues { get; set; }

    public bool AdditionalEmailsWritable { get; set; }

    /// <summary>Whether <c>idProperty=email</c> finds additional addresses.</summary>
    public bool AdditionalEmailsIdentify { get; set; }

    /// <summary>What a change to somebody else's address is answered: 409 or 400.</summary>
    public int TakenEmailStatus { get; set; } = 409;

    /// <summary>Whether text is trimmed and domains are cut down to the host.</summary>
    public bool CleansValues { get; set; } = true;

    /// <summary>What a second DELETE is answered: 204 or 404.</summary>
    public int RepeatedDeleteStatus { get; set; } = 204;

    /// <summary>Whether an archived record is found without <c>archived=true</c>.</summary>
    public bool ArchivedReadable { get; set; }

    /// <summary>Whether merges keep the primary's id, a beta setting of accounts.</summary>
    public bool MergeKeepsPrimaryId { get; set; }

    /// <summary>Whether batch reads report ids that a merge took away; otherwise they are missing without a word.</summary>
    public bool MergedIdsReported { get; set; }

    public bool FirstCompanyBecomesPrimary { get; set; }

    /// <summary>Most inputs of an association batch write.</summary>
    public int AssociationBatchCap { get; set; } = 2000;

    /// <summary>Whether association batch reads report records without associations; otherwise they are missing without a word.</summary>
    public bool LonelyIdsReported { get; set; } = true;

    public int LabelsPerPair { get; set; } = 50;
    public int FilterGroups { get; set; } = 5;

    /// <summary>Whether NEQ, NOT_IN and NOT_CONTAINS_TOKEN match records without the property.</summary>
    public bool NegativesMatchMissing { get; set; }

    public bool TotalExceedsWindow { get; set; } = true;

    /// <summary>Whether the last page within the 10,000 still names a next one.</summary>
    public bool LastWindowPageHasPaging { get; set; } = true;

    /// <summary>The portal's setting "create and associate companies with contacts".</summary>
    public bool AutoCompany { get; set; }

    public TimeSpan AutoCompanyDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether writes of service keys carry an app id.</summary>
    public bool ServiceKeysNameApp { get; set; } = true;

    internal IReadOnlyList<Knob> Knobs() => [.. LimitKnobs(), .. RecordKnobs(), .. OtherKnobs()];

    private Knob[] LimitKnobs() =>
    [
        TextKnob.Flag("limits", "Whether requests are limited at all.", () => LimitsOn, v => LimitsOn = v),
        TextKnob.Figure("requests-per-ten-seconds", "Of one private app or service key: 100, 190 or 250 by tier.", () => RequestsPerTenSeconds, v => RequestsPerTenSeconds = v),
        TextKnob.Figure("oauth-requests-per-ten-seconds", "Of one OAuth app.", () => OAuthRequestsPerTenSeconds, v => OAuthRequestsPerTenSeconds = v),
        TextKnob.Figure("associations-per-ten-seconds", "Batch and label calls: 100, 150 or 200 by tier.", () => AssociationsPerTenSeconds, v => AssociationsPerTenSeconds = v),
        TextKnob.Figure("searches-per-second", "Of the whole account.", () => SearchesPerSecond, v => SearchesPerSecond = v),
        TextKnob.Figure("requests-per-day", "Of the whole account.", () => RequestsPerDay, v => RequestsPerDay = v),
        TextKnob.Flag("search-counts-to-day", "Whether searches count to the day.", () => SearchCountsToDay, v => SearchCountsToDay = v),
        new("retry-after", "Seconds that a 429 names; none sends no header.", () => RetryAfter?.ToString(CultureInfo.InvariantCulture) ?? "none", v => RetryAfter = v == "none" ? null : int.Parse(v, CultureInfo.InvariantCulture)),
        TextKnob.Span("index-lag", "How long search misses a write, 00:00:03.", () => IndexLag, v => IndexLag = v),
        TextKnob.Span("index-jitter", "How much longer it may take, 00:00:02.", () => IndexJitter, v => IndexJitter = v),
        TextKnob.Span("property-delay", "How long a new property is not known, 00:00:00.5.", () => PropertyDelay, v => PropertyDelay = v),
        TextKnob.Span("token-life", "Of OAuth access tokens, 00:30:00.", () => TokenLife, v => TokenLife = v),
        TextKnob.Span("code-life", "Of authorization codes, 00:01:00.", () => CodeLife, v => CodeLife = v),
    ];

    private Knob[] RecordKnobs() =>
    [
        TextKnob.Choice("partial-batch", "A batch of which only some rows were taken is 207 or 200/201:", () => PartialBatches, v => PartialBatches = v),
        TextKnob.Choice("unclear-trace-ids", "Trace ids repeated or not on every row:", () => UnclearTraceIds, v => UnclearTraceIds = v),
        TextKnob.Choice("repeated-upsert", "The same unique value twice in an upsert:", () => RepeatedUpserts, v => RepeatedUpserts = v),
        TextKnob.Choice("backward-stage", "A lifecycle stage written backwards:", () => BackwardStages, v => BackwardStages = v),
        TextKnob.Flag("equal-writes-move-time", "Whether a write that changes nothing moves the last-modified time.", () => EqualWritesMoveTime, v => EqualWritesMoveTime = v),
        TextKnob.Flag("associations-move-time", "Whether an association moves the last-modified time.", () => AssociationsMoveTime, v => AssociationsMoveTime = v),
        TextKnob.Flag("archived-keep-unique", "Whether archived records keep addresses and unique values.", () => ArchivedKeepUniqueValues, v => ArchivedKeepUniqueValues = v),
        TextKnob.Flag("additional-emails-writable", "Whether hs_additional_emails can be written.", () => AdditionalEmailsWritable, v => AdditionalEmailsWritable = v),
        TextKnob.Flag("additional-emails-identify", "Whether idProperty=email finds additional addresses.", () => AdditionalEmailsIdentify, v => AdditionalEmailsIdentify = v),
        TextKnob.Figure("taken-email-status", "A change to somebody else's address: 409 or 400.", () => TakenEmailStatus, v => TakenEmailStatus = v),
        TextKnob.Flag("clean-values", "Whether text is trimmed and domains are cut down to the host.", () => CleansValues, v => CleansValues = v),
        TextKnob.Figure("repeated-delete-status", "A second DELETE: 204 or 404.", () => RepeatedDeleteStatus, v => RepeatedDeleteStatus = v),
        TextKnob.Flag("archived-readable", "Whether archived records are found without archived=true.", () => ArchivedReadable, v => ArchivedReadable = v),
        TextKnob.Flag("merge-keeps-primary-id", "Whether merges keep the primary's id.", () => MergeKeepsPrimaryId, v => MergeKeepsPrimaryId = v),
        TextKnob.Flag("merged-ids-reported", "Whether batch reads report ids that a merge took away.", () => MergedIdsReported, v => MergedIdsReported = v),
    ];

    private Knob[] OtherKnobs() =>
    [
        TextKnob.Flag("first-company-primary", "Whether the first associated company becomes primary by itself.", () => FirstCompanyBecomesPrimary, v => FirstCompanyBecomesPrimary = v),
        TextKnob.Figure("association-batch-cap", "Most inputs of an association batch write.", () => AssociationBatchCap, v => AssociationBatchCap = v),
        TextKnob.Flag("lonely-ids-reported", "Whether association batch reads report records without associations.", () => LonelyIdsReported, v => LonelyIdsReported = v),
        TextKnob.Figure("labels-per-pair", "Labels between two types: 10 or 50.", () => LabelsPerPair, v => LabelsPerPair = v),
        TextKnob.Figure("filter-groups", "Most filter groups of a search: 5 or 6.", () => FilterGroups, v => FilterGroups = v),
        TextKnob.Flag("negatives-match-missing", "Whether negative operators match records without the property.", () => NegativesMatchMissing, v => NegativesMatchMissing = v),
        TextKnob.Flag("total-exceeds-window", "Whether a search's total goes beyond 10,000.", () => TotalExceedsWindow, v => TotalExceedsWindow = v),
        TextKnob.Flag("last-window-page-has-paging", "Whether the last page within 10,000 names a next one.", () => LastWindowPageHasPaging, v => LastWindowPageHasPaging = v),
        TextKnob.Flag("auto-company", "Whether a contact with a business address gets its domain's company.", () => AutoCompany, v => AutoCompany = v),
        TextKnob.Span("auto-company-delay", "From the contact to its company, 00:00:10.", () => AutoCompanyDelay, v => AutoCompanyDelay = v),
        TextKnob.Flag("service-keys-name-app", "Whether writes of service keys carry an app id.", () => ServiceKeysNameApp, v => ServiceKeysNameApp = v),
    ];
}
