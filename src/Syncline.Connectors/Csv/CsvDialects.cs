using Syncline.Records;

namespace Syncline.Connectors.Csv;

/// <summary>The exports that are known. Headings are written by letters and digits alone.</summary>
/// <remarks>Headings as commonly seen; held against no live export and no provider's page.</remarks>
internal static class CsvDialects
{
    public static IReadOnlyList<CsvDialect> All { get; } =
    [
        // Exports of deals and contacts name companies besides: they are looked at first.
        new("hubspot-deals", "HubSpot deals", RecordKind.Deal)
        {
            Marks = Groups("recordid", "dealname", "dealstage dealowner pipeline closedate"),
            Key = "recordid",
            ListsAssociated = true,
            Meanings = Table(
                (CsvHeadings.CompanyName, "associatedcompany associatedcompanyprimary primarycompany primaryassociatedcompany"),
                (CsvHeadings.PersonEmail, "associatedcontact associatedcontactemail")),
        },
        new("hubspot-contacts", "HubSpot contacts", RecordKind.Person)
        {
            Marks = Groups("recordid", "firstname lastname email", "contactowner lifecyclestage marketingcontactstatus associatedcompany associatedcompanyids associatedcompanyprimary leadstatus"),
            Key = "recordid",
            ListsAssociated = true,
            Meanings = Table(
                ("company_name", "associatedcompany associatedcompanyprimary primarycompany primaryassociatedcompany"),
                ("lifecycle_stage", "lifecyclestage"), ("lead_status", "leadstatus"), ("city", "city"), ("website", "websiteurl")),
        },
        new("hubspot-companies", "HubSpot companies", RecordKind.Company)
        {
            Marks = Groups("recordid", "companyname companydomainname", "companyowner associatedcontact associatedcontactids lifecyclestage lastactivitydate"),
            Key = "recordid",
            Meanings = Table(("city", "city"), ("state", "stateregion"), ("country", "countryregion"), ("description", "description aboutus")),
        },
        new("lemlist", "Lemlist leads", RecordKind.Person)
        {
            Marks = Groups("emailstatus icebreaker", "laststate", "email linkedinurl", "id"),
            Key = "id",
            Meanings = Table(("campaign_name", "campaignname"), ("email_status", "emailstatus"), ("lemlist_state", "laststate"), ("lemlist_status", "status")),
        },
        // Its notes stand before the headings.
        new("linkedin-connections", "LinkedIn connections", RecordKind.Person)
        {
            Marks = Groups("firstname", "lastname", "connectedon"),
            Meanings = Table(("linkedin", "url")),
        },
        // Sales Navigator itself exports nothing: this is the table that tools make of its lists.
        new("linkedin-sales-navigator", "LinkedIn Sales Navigator leads", RecordKind.Person)
        {
            Marks = Groups("firstname fullname", "title jobtitle", "company companyname", "linkedinprofileurl personlinkedinurl linkedinsalesnavigatorurl salesnavigatorurl"),
            Meanings = Table(
                (CsvHeadings.OfCompany + "domain", "website companywebsite companydomain"), (CsvHeadings.OfCompany + "linkedin", "companylinkedinurl linkedincompanyprofileurl companylinkedinprofileurl"),
                (CsvHeadings.OfCompany + "employees", "employees companyemployees"), (CsvHeadings.OfCompany + "industry", "industry companyindustry"),
                (CsvHeadings.OfCompany + "phone", "companyphone"), (CsvHeadings.OfCompany + "address", "companyaddress"), (CsvHeadings.OfCompany + "city", "companycity"),
                (CsvHeadings.OfCompany + "state", "companystate"), (CsvHeadings.OfCompany + "country", "companycountry"),
                ("seniority", "seniority"), ("department", "department departments"), ("city", "city"), ("location", "geography location")),
        },
        // "Title" is how a person is addressed there: Dr., Ms.
        new("outlook", "Outlook contacts", RecordKind.Person)
        {
            Marks = Groups("firstname", "emailaddress", "email2address emaildisplayname businessphone2 businessstreet"),
            Meanings = Table(
                ("name_prefix", "title"), ("email", "email2address email3address"), ("phone", "businessphone2 homephone homephone2 primaryphone companymainphone"),
                ("address", "businessstreet businessaddress"), ("city", "businesscity"), ("state", "businessstate"), ("country", "businesscountryregion businesscountry"),
                ("department", "department"), ("website", "webpage"), ("tags", "categories")),
        },
    ];

    private static IReadOnlyList<IReadOnlyList<string>> Groups(params string[] groups) => [.. groups.Select(g => g.Split(' '))];

    private static Dictionary<string, string> Table(params (string Field, string Headings)[] rows) =>
        rows.SelectMany(r => r.Headings.Split(' '), (r, heading) => (heading, r.Field)).ToDictionary(h => h.heading, h => h.Field, StringComparer.Ordinal);
}
