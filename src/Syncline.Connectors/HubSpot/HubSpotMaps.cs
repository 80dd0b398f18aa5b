using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.HubSpot;

/// <summary>The shipped maps. A configuration lays its own rules over them.</summary>
internal static class HubSpotMaps
{
    /// <summary>The unique property by which notes and, without one of the user's own, deals are known again.</summary>
    public const string Key = "syncline_key";

    /// <summary>The whole name of a person of whose name no parts are known: split when the contact is made.</summary>
    public const string FullName = "fullname.whole";

    public const string Body = "hs_note_body", Timestamp = "hs_timestamp";

    private static readonly Transform Profile = new("linkedin-url", value => FieldValue.Of(LinkedInUrl.ToUrl(value.Text)));

    private static readonly Transform Day = new("day", value => value.Type == FieldType.Time ? FieldValue.Of(DateOnly.FromDateTime(value.AsTime().UtcDateTime)) : value);

    private static readonly Transform Midnight = new("midnight", value =>
        value.Type == FieldType.Date ? FieldValue.Of(DateTimeOffset.Parse($"{value.Text}T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture)) : value);

    private static readonly Transform Lines = new("lines", value => FieldValue.TextOrNone(string.Join('\n', value.Items.Select(i => i.Text))));

    private static readonly Transform FromLines = new("from-lines", value =>
        FieldValue.List(value.Items.SelectMany(i => i.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Select(FieldValue.Of)));

    public static IReadOnlyList<FieldMap> Of(HubSpotOptions options) => [Companies(options), Contacts(options), Deals(options), .. Written, .. Engagements, Lists, Entries];

    /// <summary>Properties that enrichment fills; custom ones, which the doctor can make.</summary>
    public static IReadOnlyList<string> Enrichment { get; } = ["pain_points", "personalization_hooks", "enrichment_summary", "data_quality"];

    private static FieldMap Companies(HubSpotOptions options) => new(RecordKind.Company, HubSpotKind.Companies.Stream,
    [
        Of("name"),
        Of("domain"),
        Of("industry"),
        Of("numberofemployees", "employees"),
        Of("city"),
        Of("state"),
        Of("country"),
        Of("phone"),
        Of("website"),
        Of("description"),
        Of("linkedin_company_page", "linkedin"),
        Of(HubSpotValues.Owner, "owner_email"),
        Owned("data_quality"),
        .. Ours(options.ExternalId),
    ]);

    private static FieldMap Contacts(HubSpotOptions options) => new(RecordKind.Person, HubSpotKind.Contacts.Stream,
    [
        Of("email"),
        Of("firstname", "first_name"),
        Of("lastname", "last_name"),
        new(FullName, "full_name") { Direction = MapDirection.Out, IsLookupOnly = true },
        Of("jobtitle", "job_title"),
        Of("phone"),
        In("mobilephone", "phone"),
        Of("company", "company_name"),
        Of(HubSpotKind.Company, "company"),
        Of("website"),
        Of("city"),
        Of("state"),
        Of("country"),
        Of("industry"),
        Of("hs_linkedin_url", "linkedin") with { Direction = MapDirection.Out, Outward = Profile },
        Of("hs_linkedin_url", "linkedin_url"),
        In("hs_linkedin_url", "linkedin"),
        Of("lifecyclestage", "lifecycle_stage"),
        Of("hs_lead_status", "lead_status"),
        Of(HubSpotValues.Owner, "owner_email"),
        Owned("pain_points") with { Outward = Lines, Inward = FromLines },
        Owned("personalization_hooks") with { Outward = Lines, Inward = FromLines },
        Owned("enrichment_summary"),
        Owned("data_quality"),
        .. Ours(options.ExternalId),
    ]);

    private static FieldMap Deals(HubSpotOptions options) => new(RecordKind.Deal, HubSpotKind.Deals.Stream,
    [
        Of("dealname", "name"),
        Of("amount"),
        Of(HubSpotValues.Pipeline),
        Of(HubSpotValues.Stage, "stage"),
        Of("closedate", "close_date") with { Inward = Day, Outward = Midnight },
        Of("deal_currency_code", "currency"),
        Of(HubSpotKind.Contact, "person"),
        Of(HubSpotKind.Company, "company"),
        Of(HubSpotValues.Owner, "owner_email"),
        .. Ours(options.ExternalId ?? Key),
    ]);

    /// <summary>All written as notes on the contact. What HubSpot's notes have no property for stands in the note's first lines.</summary>
    private static IReadOnlyList<FieldMap> Written { get; } =
    [
        new(RecordKind.Message, HubSpotNotes.Messages,
        [
            Out(HubSpotKind.Contact, "person"),
            Out(HubSpotNotes.Text, "body"),
            Out("note.direction", "direction"),
            Out("note.channel", "channel"),
            Out("note.subject", "subject"),
            Out(Timestamp, "sent_at"),
            Known("message_uid", "message"),
        ]),
        new(RecordKind.Activity, HubSpotNotes.Activities,
        [
            Out(HubSpotKind.Contact, "person"),
            Out("note.title", "title"),
            Out("note.type", "type"),
            Out("note.channel", "channel"),
            Out("note.direction", "direction"),
            Out("note.status", "status"),
            Out("note.campaign", "campaign_name"),
            Out(HubSpotNotes.Text, "body"),
            Out(Timestamp, "occurred_at"),
            Known("activity_key", "activity"),
        ]),
        new(RecordKind.Note, HubSpotNotes.Notes,
        [
            Out(HubSpotKind.Contact, "person"),
            Out("note.title", "title"),
            Out(HubSpotNotes.Text, "body"),
            Out(Timestamp, "written_at"),
            // The later rule goes first where it has a value.
            Known("syncline_id", "note"),
            Known("note_key", "note"),
        ]),
    ];

    private static IReadOnlyList<FieldMap> Engagements { get; } =
    [
        Engagement("calls", In("hs_call_title", "title"), In("hs_call_body", "body"), In("hs_call_direction", "direction"), In("hs_call_status", "status")),
        Engagement("emails", In("hs_email_subject", "title"), In("hs_email_text", "body"), In("hs_email_direction", "direction"), In("hs_email_status", "status")),
        Engagement("meetings", In("hs_meeting_title", "title"), In("hs_meeting_body", "body"), In("hs_meeting_outcome", "status")),
        Engagement("tasks", In("hs_task_subject", "title"), In("hs_task_body", "body"), In("hs_task_status", "status")),
        Engagement("timeline-notes", In(Body, "body") with { Inward = new("plain-text", value => FieldValue.TextOrNone(HubSpotHtml.ToText(value.Text))) }),
    ];

    private static FieldMap Lists { get; } = new(RecordKind.List, HubSpotLists.Stream, [Of("name"), In("list_id", "list_key")]);

    private static FieldMap Entries { get; } = new(RecordKind.ListEntry, HubSpotLists.Entries, [Of("list"), Of("person"), Of("company"), In("entry_id", "entry_key")]);

    private static FieldMap Engagement(string stream, params FieldRule[] own) => new(RecordKind.Activity, stream,
    [
        In(HubSpotReader.EngagementKey, "activity_key"),
        In(HubSpotReader.EngagementType, "type"),
        .. own,
        In(Timestamp, "occurred_at"),
        In(HubSpotKind.Contact, "person"),
        In(HubSpotKind.Company, "company"),
        In(HubSpotKind.Deal, "deal"),
        In(HubSpotValues.Owner, "owner_email"),
    ]);

    // Written once and never changed: it is how a record made by this hub is known again.
    private static FieldRule[] Ours(string? property) => property is null ? [] : [Of(property, "syncline_id") with { Policy = FieldPolicy.FillOnly }];

    private static FieldRule Known(string canonical, string kind) => Out(Key, canonical) with { Outward = Transforms.Prefix(kind), Policy = FieldPolicy.FillOnly };

    private static FieldRule Of(string remote, string? canonical = null) => new(remote, canonical ?? remote);

    private static FieldRule In(string remote, string canonical) => Of(remote, canonical) with { Direction = MapDirection.In };

    /// <summary>Of a note that we write: nobody edits it by hand, and it is read as an activity if at all.</summary>
    private static FieldRule Out(string remote, string canonical) => Of(remote, canonical) with { Direction = MapDirection.Out, Policy = FieldPolicy.HubWins };

    private static FieldRule Owned(string remote) => Of(remote) with { Policy = FieldPolicy.HubWins };
}
