using System.Text.Json;
using Syncline.Records;

namespace Syncline.Connectors.Attio.Browsing;

/// <summary>A record's values as a person reads them: a name and a place as one text each, options by their titles, an amount as a number with its currency beside it, nothing empty.</summary>
internal sealed class AttioSimplified(AttioOptions options)
{
    // In the order in which an address is written. Coordinates are left out: they say the same once more.
    private static readonly string[] Written = [.. AttioValues.LocationParts.Where(p => p is not ("latitude" or "longitude"))];

    private readonly AttioValues _values = new(options);

    /// <param name="values">The <c>values</c> (or <c>entry_values</c>) object.</param>
    public FieldSet Read(JsonElement values, AttioAttributes attributes)
    {
        FieldSet fields = _values.Read(values, attributes);
        string[] places = [.. fields.Select(f => f.Name).Where(n => AttioValues.LocationParts.Any(p => n.EndsWith("." + p, StringComparison.Ordinal))).Select(AttioAttributes.SlugOf).Distinct()];
        return fields.Where(name => !IsPart(name)).With(
        [
            .. places.Select(slug => (slug, Place(fields, slug))),
            .. fields.Where(f => f.Name.EndsWith(".full_name", StringComparison.Ordinal)).Select(f => (AttioAttributes.SlugOf(f.Name), (FieldValue?)f.Value)),
        ]);
    }

    /// <summary>What a person calls a record: its name, else its first domain or address; empty when it has none.</summary>
    public static string NameOf(FieldSet simplified) =>
        ((string[])["name", "domains", "email_addresses"]).Select(f => simplified[f]?.Items[0].Text.Trim()).FirstOrDefault(t => t is { Length: > 0 }) ?? "";

    // The currency's code stays: 5000000 alone says nothing.
    private static bool IsPart(string name) => name.Contains('.', StringComparison.Ordinal) && !name.EndsWith(".currency_code", StringComparison.Ordinal);

    private static FieldValue? Place(FieldSet fields, string slug) =>
        FieldValue.TextOrNone(string.Join(", ", Written.Select(part => fields[$"{slug}.{part}"]?.Text.Trim()).Where(t => t is { Length: > 0 })));
}
