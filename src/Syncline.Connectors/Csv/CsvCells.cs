using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.Csv;

/// <summary>How a cell's text becomes a value of a canonical field.</summary>
internal static class CsvCells
{
    private const int DayLength = 10;

    private static readonly char[] AroundAddresses = [' ', ';', ',', '(', ')', '<', '>'];

    /// <summary>The address of a profile that was found in a cell.</summary>
    public static Transform ProfileUrl { get; } = Transforms.Slug.Then(new("profile-url", v => FieldValue.Of(LinkedInUrl.ToUrl(v.Text))));

    /// <summary><c>yyyy-MM-dd</c>, with a time behind it or not.</summary>
    private static Transform Day { get; } = new("day", v => DayOf(v.Text.Trim()) is { Length: > 0 } day ? Transforms.Date().Change(FieldValue.Of(day)) : null);

    /// <summary>The first e-mail address in a cell, <c>Ada Example (ada@example.com)</c>.</summary>
    private static Transform AddressWithin { get; } = new("address-within", v =>
        v.Text.Split(AroundAddresses, StringSplitOptions.RemoveEmptyEntries).Select(EmailAddress.Normalise).FirstOrDefault(a => a is not null) is { } found ? FieldValue.Of(found) : null);

    /// <summary>By the field, else by its type.</summary>
    /// <param name="phoneRegion">The country of numbers without <c>+</c>; null takes international ones only.</param>
    public static Transform Inward(RecordKind kind, string field, string? phoneRegion)
    {
        FieldDefinition? definition = CanonicalSchema.Find(kind, field);
        Transform one = (field, definition?.Type) switch
        {
            ("email" or "owner_email", _) => Transforms.Email,
            ("phone", _) => Transforms.Phone(phoneRegion),
            ("domain", _) => Transforms.Domain,
            ("linkedin", _) when kind == RecordKind.Person => Transforms.Slug,
            (_, FieldType.Number) => Transforms.Number,
            (_, FieldType.Flag) => Transforms.Flag,
            (_, FieldType.Date) => Day,
            (_, FieldType.Time) => Transforms.Time,
            _ => Transforms.Trim,
        };
        return definition is { IsList: true } ? Transforms.List(";").Then(one) : one;
    }

    /// <summary>The same for what a row says about its company or person.</summary>
    public static Transform InwardOfAnother(RecordKind kind, string field, string? phoneRegion) => (kind.Name, field) switch
    {
        ("person", "email") => AddressWithin,
        ("company", "domain") => Transforms.Domain.Then(Transforms.List()),
        _ => Inward(kind, field, phoneRegion),
    };

    /// <summary>The e-mail address by which a cell names somebody; null when it holds none.</summary>
    public static string? AddressIn(string? cell) => cell is null ? null : AddressWithin.Change(FieldValue.Of(cell))?.Text;

    private static string DayOf(string text) => text.Length > DayLength && text[DayLength] is ' ' or 'T' ? text[..DayLength] : text;
}
