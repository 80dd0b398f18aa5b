using System.Collections.Frozen;

namespace Syncline.Records;

/// <summary>The canonical fields of each kind. A field that is not listed is allowed everywhere: it is custom, and its values are taken as they come.</summary>
public static class CanonicalSchema
{
    private static readonly FieldDefinition[] Person =
    [
        Key("linkedin_member_id", 0),
        Key("linkedin", 1) with { Normalise = LinkedInUrl.Slug },
        Key("email", 2) with { IsList = true, Normalise = EmailAddress.Normalise },
        Key("external_id", 3) with { Normalise = ExternalId.Normalise },
        .. Names("first_name", "last_name", "full_name"),
        .. Texts("job_title", "headline", "company_name", "linkedin_url", "address", "location", "country", "state", "lead_source", "lead_id", "reply_state", "syncline_id"),
        .. Texts("seniority", "department", "city", "website", "lifecycle_stage", "lead_status", "enrichment_summary"),
        .. Lists("campaign_id", "campaign_name", "tags", "pain_points", "personalization_hooks"),
        Phones,
        Text("owner_email") with { IsList = true, Normalise = EmailAddress.Normalise },
        Of("company", FieldType.Reference),
        Of("birth_date", FieldType.Date),
        .. Times("first_contacted_at", "last_contacted_at", "last_reply_at"),
        .. Numbers("messages_sent", "messages_received", "engagement_score", "data_quality"),
        Of("unsubscribed", FieldType.Flag),
    ];

    private static readonly FieldDefinition[] Company =
    [
        Key("external_id", 0) with { Normalise = ExternalId.Normalise },
        Key("domain", 1) with { IsList = true, Normalise = DomainName.Normalise },
        Key("name", 2) with { IsWeakKey = true, Normalise = CompanyName.Key },
        .. Texts("linkedin", "industry", "sub_industry", "address", "location", "founded", "description", "website", "city", "state", "country", "employee_range", "revenue_range", "last_funding_round"),
        .. Lists("ticker", "technologies", "investors"),
        Phones,
        Text("owner_email") with { IsList = true, Normalise = EmailAddress.Normalise },
        .. Numbers("employees", "funding_total", "data_quality"),
    ];

    private static readonly FieldDefinition[] Conversation =
    [
        Key("conversation_id", 0),
        Of("person", FieldType.Reference),
        .. Times("last_message_at"),
        .. Numbers("total_messages"),
        Of("group", FieldType.Flag),
        .. Texts("sender_account", "campaign_id"),
        Text("owner_email") with { Normalise = EmailAddress.Normalise },
        .. Lists("tags"),
    ];

    private static readonly FieldDefinition[] Message =
    [
        Key("message_uid", 0),
        Key("message_uid_alias", 1) with { IsList = true, KeyType = "message_uid" },
        Of("person", FieldType.Reference),
        Of("conversation", FieldType.Reference),
        .. Texts("conversation_id", "body", "subject", "direction", "channel", "campaign_id"),
        .. Times("sent_at"),
        Text("sender_email") with { Normalise = EmailAddress.Normalise },
    ];

    private static readonly FieldDefinition[] Note = [Key("note_key", 0), Of("person", FieldType.Reference), .. Texts("title", "body", "body_format"), .. Times("written_at")];

    private static readonly FieldDefinition[] Activity =
    [
        Key("activity_key", 0),
        Of("person", FieldType.Reference),
        Of("company", FieldType.Reference),
        Of("deal", FieldType.Reference),
        .. Texts("type", "channel", "direction", "title", "body", "status", "campaign_id", "campaign_name"),
        .. Times("occurred_at"),
        Text("owner_email") with { Normalise = EmailAddress.Normalise },
    ];

    private static readonly FieldDefinition[] Deal =
    [
        Key("external_id", 0) with { Normalise = ExternalId.Normalise },
        .. Texts("name", "stage", "pipeline", "currency"),
        .. Numbers("amount"),
        Of("close_date", FieldType.Date),
        Of("person", FieldType.Reference),
        Of("company", FieldType.Reference),
        Text("owner_email") with { Normalise = EmailAddress.Normalise },
    ];

    private static readonly FieldDefinition[] List = [Key("list_key", 0), .. Texts("name")];

    private static readonly FieldDefinition[] ListEntry =
        [Key("entry_key", 0), Of("list", FieldType.Reference), Of("person", FieldType.Reference), Of("company", FieldType.Reference)];

    private static readonly FrozenDictionary<RecordKind, FrozenDictionary<string, FieldDefinition>> Kinds = new Dictionary<RecordKind, FieldDefinition[]>
    {
        [RecordKind.Person] = Person,
        [RecordKind.Company] = Company,
        [RecordKind.Conversation] = Conversation,
        [RecordKind.Message] = Message,
        [RecordKind.Note] = Note,
        [RecordKind.Activity] = Activity,
        [RecordKind.Deal] = Deal,
        [RecordKind.List] = List,
        [RecordKind.ListEntry] = ListEntry,
    }.ToFrozenDictionary(k => k.Key, k => k.Value.ToFrozenDictionary(f => f.Name, StringComparer.Ordinal));

    private static readonly FrozenDictionary<RecordKind, IReadOnlyList<FieldDefinition>> KeysByKind =
        Kinds.ToFrozenDictionary(k => k.Key, k => (IReadOnlyList<FieldDefinition>)[.. k.Value.Values.Where(f => f.IsKey).OrderBy(f => f.KeyOrder)]);

    /// <summary>Every kind the schema knows.</summary>
    public static IReadOnlyList<RecordKind> AllKinds { get; } = [.. Kinds.Keys.Order()];

    /// <summary>The fields by which records refer to one another.</summary>
    public static IReadOnlyList<(RecordKind Kind, string Field)> References { get; } =
        [.. AllKinds.SelectMany(kind => Fields(kind).Where(f => f.Type == FieldType.Reference), (kind, field) => (kind, field.Name))];

    private static FieldDefinition Phones => Text("phone") with { IsList = true, Normalise = text => PhoneNumber.Normalise(text) };

    /// <summary>The definition of a field, or null when it is a custom one.</summary>
    public static FieldDefinition? Find(RecordKind kind, string field) => Kinds.GetValueOrDefault(kind)?.GetValueOrDefault(field);

    /// <summary>Every listed field of a kind, by name; none for a kind the schema does not know.</summary>
    public static IReadOnlyList<FieldDefinition> Fields(RecordKind kind) =>
        Kinds.GetValueOrDefault(kind) is { } fields ? [.. fields.Values.OrderBy(f => f.Name, StringComparer.Ordinal)] : [];

    /// <summary>The identity keys of a kind, strongest first.</summary>
    public static IReadOnlyList<FieldDefinition> Keys(RecordKind kind) => KeysByKind.GetValueOrDefault(kind) ?? [];

    private static FieldDefinition Of(string name, FieldType type) => new(name, type);

    private static FieldDefinition Text(string name) => Of(name, FieldType.Text);

    private static FieldDefinition Key(string name, int order) => Text(name) with { IsKey = true, KeyOrder = order };

    private static IEnumerable<FieldDefinition> Texts(params IEnumerable<string> names) => names.Select(Text);

    private static IEnumerable<FieldDefinition> Names(params IEnumerable<string> names) => names.Select(n => Text(n) with { Normalise = PersonName.Clean });

    private static IEnumerable<FieldDefinition> Lists(params IEnumerable<string> names) => names.Select(n => Text(n) with { IsList = true });

    private static IEnumerable<FieldDefinition> Times(params IEnumerable<string> names) => names.Select(n => Of(n, FieldType.Time));

    private static IEnumerable<FieldDefinition> Numbers(params IEnumerable<string> names) => names.Select(n => Of(n, FieldType.Number));
}
