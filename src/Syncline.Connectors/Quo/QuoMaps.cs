using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.Quo;

/// <summary>Names of a contact's remote fields. Custom fields are <c>custom.KEY</c>.</summary>
internal static class QuoFields
{
    public const string FirstName = "firstName", LastName = "lastName", Company = "company", Role = "role";
    public const string ExternalId = "externalId", Source = "source", SourceUrl = "sourceUrl";
    public const string Emails = "emails", Phones = "phoneNumbers";

    /// <summary>The whole name of a person whose first and last name nobody knows: split when the contact is made.</summary>
    public const string FullName = "fullName";

    /// <summary>Phone numbers that cannot be written: no field of Quo's, but a way to have them listed with their reason.</summary>
    public const string UnusablePhones = "phoneNumbers.unusable";

    private const string CustomPrefix = "custom.";

    /// <summary>The fields that the dated surface changes one by one.</summary>
    public static IReadOnlyList<string> Scalars { get; } = [FirstName, LastName, Company, Role, ExternalId, SourceUrl];

    public static IReadOnlyList<string> Known { get; } = [.. Scalars, Emails, Phones, FullName, UnusablePhones];

    public static string Custom(string key) => CustomPrefix + key;

    /// <summary>The key of a custom field; null for any other field.</summary>
    public static string? KeyOf(string remote) => remote.StartsWith(CustomPrefix, StringComparison.Ordinal) && remote.Length > CustomPrefix.Length ? remote[CustomPrefix.Length..] : null;
}

/// <summary>The shipped map. A configuration lays its own rules over it.</summary>
internal static class QuoMaps
{
    private const int LongestId = 75;

    // An id that Quo would refuse for its length is no id here: the rule after it supplies one.
    private static readonly Transform Id = new($"at-most({LongestId})", value => value.Text.Length <= LongestId ? value : null);

    public static IReadOnlyList<FieldMap> Of(QuoOptions options) =>
    [
        new(RecordKind.Person, QuoOptions.Contacts,
        [
            new(QuoFields.FirstName, "first_name"),
            new(QuoFields.LastName, "last_name"),
            new(QuoFields.FullName, "full_name") { Direction = MapDirection.Out, IsLookupOnly = true },
            // The company's own name goes first where the person refers to one.
            new(QuoFields.Company, "company_name"),
            new(QuoFields.Company, "company/name") { Direction = MapDirection.Out },
            new(QuoFields.Role, "job_title"),
            new(QuoFields.Emails, "email") { Outward = Transforms.List() },
            new(QuoFields.Phones, "phone") { Outward = Transforms.Phone(options.PhoneRegion).Then(Transforms.List()) },
            new(QuoFields.UnusablePhones, "phone") { Direction = MapDirection.Out, Outward = Unusable(options.PhoneRegion) },
            // The later rule goes first where it has a value. It follows a merge there: under an id that is gone the contact would not be found again, should this hub be lost.
            new(QuoFields.ExternalId, "syncline_id") { Direction = MapDirection.Out },
            new(QuoFields.ExternalId, IdElsewhere.In(options.IdsFrom)) { Direction = MapDirection.Out, Outward = Id },
        ]),
    ];

    /// <summary>What <see cref="Transforms.Phone"/> leaves out.</summary>
    private static Transform Unusable(string? region) => new(region is null ? "no-phone" : $"no-phone({region})", value =>
        FieldValue.List(value.Items.Where(item => PhoneNumber.Normalise(item.Text, region) is null)));
}
