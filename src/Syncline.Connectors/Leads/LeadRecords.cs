using Syncline.Leads;
using Syncline.Records;

namespace Syncline.Connectors.Leads;

/// <summary>A lead as records: the company when it has one, the person, and the evidence as a note about the person.</summary>
internal static class LeadRecords
{
    /// <summary>In the order in which they refer to one another.</summary>
    public static IEnumerable<RemoteRecord> Of(string connection, ListedLead listed)
    {
        RemoteRecord? company = CompanyOf(connection, listed.Lead);
        if (company is not null) yield return company;
        yield return PersonOf(connection, listed, company);
        yield return NoteOf(connection, listed);
    }

    /// <summary>What is left of a deleted one. Its notes stay where they are.</summary>
    public static RemoteRecord Tombstone(string connection, string id) => new(new(connection, LeadMaps.People, id), RecordKind.Person, FieldSet.Empty) { IsDeleted = true };

    /// <summary>A company is told by its domain, else by its name: leads that go to another company do not rename the one they leave.</summary>
    private static RemoteRecord? CompanyOf(string connection, Lead lead)
    {
        if ((lead.CompanyDomain ?? CompanyName.Key(lead.CompanyName)) is not { } id) return null;
        return new(new(connection, LeadMaps.Companies, id), RecordKind.Company, FieldSet.Of(("name", FieldValue.TextOrNone(lead.CompanyName)), ("domain", FieldValue.TextOrNone(lead.CompanyDomain))));
    }

    private static RemoteRecord PersonOf(string connection, ListedLead listed, RemoteRecord? company)
    {
        Lead lead = listed.Lead;
        FieldSet fields = FieldSet.Of(
            ("lead_id", FieldValue.Of(listed.Id)),
            ("first_name", FieldValue.TextOrNone(lead.FirstName)),
            ("last_name", FieldValue.TextOrNone(lead.LastName)),
            ("full_name", FieldValue.TextOrNone(lead.Name)),
            ("job_title", FieldValue.TextOrNone(lead.Title)),
            ("company_name", FieldValue.TextOrNone(lead.CompanyName)),
            ("company", company is null ? null : FieldValue.Reference(LeadMaps.Companies, company.Key.Id)),
            ("email", FieldValue.TextOrNone(lead.Email)),
            ("linkedin", FieldValue.TextOrNone(lead.LinkedIn)),
            ("linkedin_url", lead.LinkedIn is { } slug ? FieldValue.Of(LinkedInUrl.ToUrl(slug)) : null),
            ("icp_score", lead.IcpScore is { } score ? FieldValue.Of((decimal)score) : null));
        return new(new(connection, LeadMaps.People, listed.Id), RecordKind.Person, fields) { ModifiedAt = listed.SavedAt };
    }

    /// <summary>Its key is that of this evidence, and the day: evidence that comes back after another is told anew, and what is told stays as it was told.</summary>
    private static RemoteRecord NoteOf(string connection, ListedLead listed)
    {
        string key = FormattableString.Invariant($"lead-{listed.Id}-{listed.EvidenceAt.UtcDateTime:yyyyMMdd}-{listed.Digest[..16]}");
        FieldSet fields = FieldSet.Of(
            ("note_key", FieldValue.Of(key)),
            ("person", FieldValue.Reference(LeadMaps.People, listed.Id)),
            ("title", FieldValue.Of(EvidenceNote.TitleOf(listed.EvidenceAt))),
            ("body", FieldValue.Of(EvidenceNote.BodyOf(listed.Told))),
            ("body_format", FieldValue.Of("markdown")),
            ("written_at", FieldValue.Of(listed.EvidenceAt)));
        return new(new(connection, LeadMaps.Notes, key), RecordKind.Note, fields) { ModifiedAt = listed.EvidenceAt };
    }
}
