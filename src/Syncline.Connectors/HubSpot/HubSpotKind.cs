using Syncline.Records;

namespace Syncline.Connectors.HubSpot;

/// <summary>An association that is read and written as a field of the record it starts from.</summary>
/// <param name="Field">The record's field; the dot keeps it apart from properties.</param>
/// <param name="To">The other stream; HubSpot's type has the same name.</param>
/// <param name="Plain">Type id of the plain association. Direction matters.</param>
/// <param name="Primary">Type id of the one primary association; null where there is none.</param>
internal sealed record HubSpotTie(string Field, string To, int Plain, int? Primary = null);

/// <summary>One of HubSpot's object types, as a stream.</summary>
/// <param name="Stream">Our name of the stream.</param>
/// <param name="Type">HubSpot's name of the type, plural as in paths.</param>
/// <param name="Modified">The property with the time of the last change: the wrong one finds nothing and no error says so.</param>
internal sealed record HubSpotKind(string Stream, string Type, RecordKind Kind, string Modified, IReadOnlyList<HubSpotTie> Ties)
{
    public const string Company = "associations.company", Contact = "associations.contact", Deal = "associations.deal";

    private const string Later = "hs_lastmodifieddate";

    public static HubSpotKind Companies { get; } = new("companies", "companies", RecordKind.Company, Later, []);

    public static HubSpotKind Contacts { get; } = new("contacts", "contacts", RecordKind.Person, "lastmodifieddate", [new(Company, "companies", 279, 1)]);

    public static HubSpotKind Deals { get; } = new("deals", "deals", RecordKind.Deal, Later, [new(Contact, "contacts", 3), new(Company, "companies", 341, 5)]);

    public static IReadOnlyList<HubSpotKind> Records { get; } = [Companies, Contacts, Deals];

    /// <summary>Engagements, read as activities. The stream of notes has a name of its own: <c>notes</c> are the ones we write.</summary>
    public static IReadOnlyList<HubSpotKind> Engagements { get; } =
    [
        Engagement("calls", "calls", 194, 182, 206),
        Engagement("emails", "emails", 198, 186, 210),
        Engagement("meetings", "meetings", 200, 188, 212),
        Engagement("tasks", "tasks", 204, 192, 216),
        Engagement("timeline-notes", "notes", 202, 190, 214),
    ];

    /// <summary>What we write, whatever its kind, is a note on a contact.</summary>
    public static HubSpotKind NotesOf(string stream, RecordKind kind) => new(stream, "notes", kind, Later, [new(Contact, "contacts", 202)]);

    private static HubSpotKind Engagement(string stream, string type, int contact, int company, int deal) =>
        new(stream, type, RecordKind.Activity, Later, [new(Contact, "contacts", contact), new(Company, "companies", company), new(Deal, "deals", deal)]);
}
