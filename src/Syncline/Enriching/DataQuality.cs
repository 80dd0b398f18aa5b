using Syncline.Records;

namespace Syncline.Enriching;

/// <summary>How much is known of a person, 0 to 100: what is needed to write to them, to know who they are, and to have something to say.</summary>
public static class DataQuality
{
    /// <summary>The parts with their points; <c>company/</c> stands for the person's company. The points add up to 100.</summary>
    public static IReadOnlyList<(int Points, string Part, IReadOnlyList<string> AnyOf)> Parts { get; } =
    [
        (20, "e-mail address", ["email"]),
        (10, "LinkedIn profile", ["linkedin", "linkedin_member_id"]),
        (10, "phone number", ["phone"]),
        (5, "first name", ["first_name", "full_name"]),
        (5, "last name", ["last_name", "full_name"]),
        (15, "job title", ["job_title", "headline"]),
        (10, "company", ["company", "company_name"]),
        (5, "company's domain", ["company/domain"]),
        (5, "company's industry", ["company/industry"]),
        (5, "company's size", ["company/employees", "company/employee_range"]),
        (5, "place", ["location", "city", "country", "address"]),
        (5, "something to talk about", ["pain_points", "personalization_hooks"]),
    ];

    public static int Of(GoldenRecord person, GoldenRecord? company) => Parts.Where(p => p.AnyOf.Any(f => Has(person, company, f))).Sum(p => p.Points);

    private static bool Has(GoldenRecord person, GoldenRecord? company, string field) =>
        FieldPath.Parse(field) is { } path ? company?.Fields[path.Field] is not null : person.Fields[field] is not null;
}
