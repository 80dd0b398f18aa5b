using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.Leads;

/// <summary>What a lead's fields are called in the hub.</summary>
internal static class LeadMaps
{
    public const string People = "leads", Companies = "companies", Notes = "evidence";

    public static IReadOnlyList<FieldMap> All { get; } =
    [
        new(RecordKind.Company, Companies, [In("name"), In("domain")]),
        new(RecordKind.Person, People,
        [
            In("first_name"), In("last_name"), In("full_name"), In("job_title"), In("company_name"), In("company"), In("linkedin"), In("linkedin_url"), In("lead_id"), In("icp_score"),
            In("email") with { Inward = Transforms.List() },
        ]),
        new(RecordKind.Note, Notes, [In("note_key"), In("person"), In("title"), In("body"), In("body_format"), In("written_at")]),
    ];

    private static FieldRule In(string name) => new(name, name) { Direction = MapDirection.In };
}
