using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.Lemlist;

/// <summary>What Lemlist's fields are called in the hub.</summary>
internal static class LemlistMaps
{
    private static readonly Transform Profile = new("linkedin-url", v => LinkedInUrl.Slug(v.Text) is { } slug ? FieldValue.Of(LinkedInUrl.ToUrl(slug)) : null);

    private static readonly Transform FromSlug = new("linkedin-url", v => FieldValue.Of(LinkedInUrl.ToUrl(v.Text)));

    // Lemlist shows one address and one number of a contact; the others stay in the hub.
    private static readonly Transform First = new("first", v => v.Items[0]);

    public static IReadOnlyList<FieldMap> Of(LemlistOptions options) =>
    [
        new(RecordKind.Person, LemlistPeople.Stream,
        [
            new("firstName", "first_name"), new("lastName", "last_name"), In("fullName", "full_name"),
            // What a contact is known by is never changed there, only filled in.
            new("email", "email") { Inward = Transforms.List(), Outward = First, Policy = FieldPolicy.FillOnly },
            new(LemlistFields.AllEmails, "email") { Direction = MapDirection.Out, IsLookupOnly = true },
            In("linkedinUrl", "linkedin") with { Inward = Transforms.Slug },
            In("linkedinUrl", "linkedin_url") with { Inward = Profile },
            new("linkedinUrl", "linkedin") { Direction = MapDirection.Out, Outward = FromSlug, Policy = FieldPolicy.FillOnly },
            new("jobTitle", "job_title"),
            In("tagline", "headline"),
            new("companyName", "company_name") { Policy = FieldPolicy.FillOnly },
            new("companyName", "company/name") { Direction = MapDirection.Out, Policy = FieldPolicy.FillOnly },
            new("phone", "phone") { Inward = Transforms.List(), Outward = First, Policy = FieldPolicy.FillOnly },
            new("location", "location"),
            In(LemlistPeople.Campaigns), In("campaign_name"), In("owner_email"), In("lead_source"),
            // Outward only where a configuration says so, and then through the unsubscribe route alone.
            In(LemlistPeople.Unsubscribed),
            .. options.Campaign is { } campaign ? [IntoCampaign(campaign)] : (FieldRule[])[],
        ]),
        new(RecordKind.Company, LemlistCompanies.Name,
        [
            In("name"), In("domain"), In("website"), In("industry"), In("size", "employee_range"), In("location"), In("linkedinUrl", "linkedin"),
        ]),
        new(RecordKind.Activity, LemlistActivities.Stream,
        [
            In("activity_key") with { Policy = FieldPolicy.FillOnly },
            In("person"), In("company"), In("type"), In("channel"), In("direction"), In("title"), In("body"), In("status"), In("campaign_id"), In("campaign_name"), In("occurred_at"), In("owner_email"),
        ]),
    ];

    /// <summary>Whoever is written belongs into the campaign; a person who was taken out of it by hand stays out.</summary>
    private static FieldRule IntoCampaign(string campaign) => new(LemlistFields.Campaign, "syncline_id") { Direction = MapDirection.Out, Outward = new("the-campaign", _ => FieldValue.Of(campaign)) };

    private static FieldRule In(string remote) => In(remote, remote);

    private static FieldRule In(string remote, string canonical) => new(remote, canonical) { Direction = MapDirection.In };
}
