using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.Lemlist;

/// <summary>What Lemlist's fields are called in the hub.</summary>
internal static class LemlistMaps
{
    private static readonly Transform Profile = new("linkedin-url", v => LinkedInUrl.Slug(v.Text) is { } slug ? FieldValue.Of(LinkedInUrl.ToUrl(slug)) : null);

    // Lemlist holds one address of each kind; the rest of the list stays in the hub.
    private static readonly Transform First = new("first", v => v.Items[0]);

    public static IReadOnlyList<FieldMap> All { get; } =
    [
        new(RecordKind.Person, LemlistPeople.Stream,
        [
            new("firstName", "first_name"), new("lastName", "last_name"), In("fullName", "full_name"),
            new("email", "email") { Outward = First },
            In("linkedinUrl", "linkedin") with { Inward = Transforms.Slug },
            new("linkedinUrl", "linkedin_url") { Inward = Profile, Outward = Profile },
            new("jobTitle", "job_title"),
            In("tagline", "headline"),
            new("companyName", "company_name"),
            new("companyName", "company/name") { Direction = MapDirection.Out },
            new("phone", "phone") { Outward = First },
            new("location", "location"),
            In(LemlistPeople.Campaigns), In("campaign_name"), In("owner_email"), In("lead_source"),
            // Outward only where a configuration says so, and then through the unsubscribe route alone.
            In(LemlistPeople.Unsubscribed),
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

    private static FieldRule In(string remote) => In(remote, remote);

    private static FieldRule In(string remote, string canonical) => new(remote, canonical) { Direction = MapDirection.In };
}
