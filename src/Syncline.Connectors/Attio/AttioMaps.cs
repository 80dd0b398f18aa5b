using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.Attio;

/// <summary>The shipped maps. A configuration lays its own rules over them.</summary>
internal static class AttioMaps
{
    private static readonly Transform Joined = new("join(, )", value => FieldValue.TextOrNone(string.Join(", ", value.Items.Select(i => i.Text))));

    private static readonly Transform Parted = new("split(, )", value =>
        FieldValue.List(value.Items.SelectMany(i => i.Text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Select(FieldValue.Of)));

    private static readonly Transform Lowered = new("lower", value => FieldValue.Of(value.Text.ToLowerInvariant()));

    public static FieldMap Person { get; } = new(RecordKind.Person, AttioOptions.People,
    [
        Of("name.first_name", "first_name"),
        Of("name.last_name", "last_name"),
        Of("name.full_name", "full_name"),
        Of("email_addresses", "email"),
        Of("phone_numbers", "phone"),
        Of("job_title"),
        Of("company"),
        Of("company_name"),
        Of("linkedin"),
        Of("linkedin_url_6", "linkedin_url"),
        Of("heyreach_lead_id", "lead_id"),
        Owned("first_contacted_at"),
        Owned("last_contacted_at"),
        Owned("last_reply_at"),
        Owned("messages_sent"),
        Owned("messages_received"),
        Owned("reply_state"),
        Owned("engagement_score"),
        Of("lead_source"),
        Texts("campaign_id"),
        Texts("campaign_name"),
        Texts("owner_email"),
        Identity,
    ]);

    public static FieldMap Company { get; } = new(RecordKind.Company, AttioOptions.Companies, [Of("name"), Of("domains", "domain"), Of("industry"), Of("linkedin"), Identity]);

    public static FieldMap Message { get; } = new(RecordKind.Message, AttioOptions.Messages,
    [
        Owned("person") with { IsRequired = true },
        Owned("body"),
        Owned("sent_at"),
        Owned("direction") with { Outward = Titles(("outbound", "Outbound"), ("inbound", "Inbound")), Inward = Lowered },
        Owned("channel"),
        Owned("conversation_id"),
        Owned("campaign", "campaign_id"),
        Of("message_uid") with { Policy = FieldPolicy.FillOnly, IsRequired = true },
        Owned(AttioMatch.Alias) with { Direction = MapDirection.Out, IsLookupOnly = true },
    ]);

    public static FieldMap Note { get; } = new(RecordKind.Note, AttioOptions.Notes,
    [
        Owned("person") with { IsRequired = true },
        Owned("title"),
        Owned("content", "body"),
        Of(AttioNoteText.Format, "body_format") with { Policy = FieldPolicy.FillOnly },
        Of("created_at", "written_at") with { Policy = FieldPolicy.FillOnly },
        Of("note_key") with { Policy = FieldPolicy.FillOnly },
    ]);

    public static FieldMap List { get; } = new(RecordKind.List, AttioOptions.Lists, [In("name"), In("api_slug", "list_key")]);

    public static FieldMap ListEntry { get; } = new(RecordKind.ListEntry, AttioOptions.Entries, [Of("list"), Of("person"), Of("company"), In("entry_id", "entry_key")]);

    /// <summary>In the order of the sources.</summary>
    public static IReadOnlyList<FieldMap> All { get; } = [Company, Person, Message, List, ListEntry, Note];

    // Written once and never changed: it is how a record made by this hub is known again.
    private static FieldRule Identity => Of("syncline_id") with { Policy = FieldPolicy.FillOnly };

    private static FieldRule Of(string remote, string? canonical = null) => new(remote, canonical ?? remote);

    private static FieldRule In(string remote, string? canonical = null) => Of(remote, canonical) with { Direction = MapDirection.In };

    /// <summary>Figures and messages, which nobody edits by hand.</summary>
    private static FieldRule Owned(string remote, string? canonical = null) => Of(remote, canonical) with { Policy = FieldPolicy.HubWins };

    /// <summary>A list of ours in one text of theirs.</summary>
    private static FieldRule Texts(string remote) => Of(remote) with { Outward = Joined, Inward = Parted };

    private static Transform Titles(params IReadOnlyList<(string Ours, string Theirs)> titles) => new(
        $"options({string.Join(", ", titles.Select(t => $"{t.Ours}={t.Theirs}"))})",
        value => titles.FirstOrDefault(t => t.Ours.Equals(value.Text, StringComparison.OrdinalIgnoreCase)).Theirs is { } theirs ? FieldValue.Of(theirs) : null);
}
