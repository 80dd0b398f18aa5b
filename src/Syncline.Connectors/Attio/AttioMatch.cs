using System.Text.Json;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.Attio;

/// <summary>How values of a match field are compared.</summary>
internal enum AttioMatchForm
{
    /// <summary>Character by character.</summary>
    Exact,
    Email,
    Domain,
    LinkedIn,
}

/// <summary>A remote field that identifies a record.</summary>
/// <param name="Remote">The field of the wanted record.</param>
/// <param name="Slug">The attribute that is looked at; differs only for an alias, which has none of its own.</param>
internal sealed record AttioMatch(string Remote, string Slug, AttioMatchForm Form)
{
    // A filter's list is not known to be limited; nobody has shown that long ones work.
    private const int LongestIn = 100;

    /// <summary>The field whose values are other names for <c>message_uid</c>: only looked up, never written.</summary>
    public const string Alias = "message_uid_alias";

    private static readonly (RecordKind Kind, string Canonical, AttioMatchForm Form)[] Strength =
    [
        (RecordKind.Person, "email", AttioMatchForm.Email),
        (RecordKind.Person, "linkedin", AttioMatchForm.LinkedIn),
        (RecordKind.Person, "linkedin_url", AttioMatchForm.LinkedIn),
        (RecordKind.Person, "lead_id", AttioMatchForm.Exact),
        (RecordKind.Person, "syncline_id", AttioMatchForm.Exact),
        (RecordKind.Company, "domain", AttioMatchForm.Domain),
        (RecordKind.Company, "syncline_id", AttioMatchForm.Exact),
        (RecordKind.Message, "message_uid", AttioMatchForm.Exact),
    ];

    /// <summary>The match fields a map provides, strongest first.</summary>
    public static IReadOnlyList<AttioMatch> Of(FieldMap map)
    {
        List<AttioMatch> matches = [.. Strength.Where(s => s.Kind == map.Kind).SelectMany(s => Outward(map, s.Canonical), (s, rule) => new AttioMatch(rule.Remote, rule.Remote, s.Form))];
        if (map.Kind == RecordKind.Message && UidOf(map) is { } uid && map.Rules.Any(r => r.Remote == Alias)) matches.Add(new(Alias, uid, AttioMatchForm.Exact));
        return matches;
    }

    /// <summary>The attribute that carries a message's uid; null when the map has none.</summary>
    public static string? UidOf(FieldMap map) => Outward(map, "message_uid").Select(r => r.Remote).FirstOrDefault();

    /// <summary>The values by which a record is known in this field, each in the form in which two spellings are equal.</summary>
    public IEnumerable<string> Keys(FieldValue? value) => value is null ? [] : value.Items.SelectMany(Spellings).Select(Normalise).OfType<string>();

    /// <summary>Writes the alternatives of an <c>$or</c> that find these values.</summary>
    public void WriteFilters(Utf8JsonWriter json, AttioAttribute attribute, IEnumerable<FieldValue> values)
    {
        string[] spellings = [.. values.SelectMany(v => v.Items).SelectMany(Sought).Distinct(StringComparer.Ordinal)];
        if (attribute.Type == "text")
        {
            foreach (string[] some in spellings.Chunk(LongestIn)) Condition(json, c => AttioBody.Strings(c, "$in", some));
            return;
        }
        // E-mail addresses and domains know no $in, and their filters want one value each.
        foreach (string spelling in spellings) Condition(json, c => Equal(c, attribute, spelling));
    }

    private void Condition(Utf8JsonWriter json, Action<Utf8JsonWriter> write)
    {
        json.WriteStartObject();
        AttioBody.Nested(json, Slug, write);
        json.WriteEndObject();
    }

    private static void Equal(Utf8JsonWriter json, AttioAttribute attribute, string value)
    {
        if (attribute.Type == "number" && decimal.TryParse(value, out decimal number)) json.WriteNumber("$eq", number);
        else json.WriteString("$eq", value);
    }

    private IEnumerable<string> Sought(FieldValue item) => Form switch
    {
        // Whether text is compared with its case is not documented, so the given spelling is asked for beside the normalised ones.
        AttioMatchForm.LinkedIn => [item.Text, .. Keys(item).SelectMany(LinkedInUrl.Variants)],
        AttioMatchForm.Exact => [item.Text, .. Keys(item)],
        _ => Keys(item),
    };

    // Several values joined into one text attribute are several keys.
    private IEnumerable<string> Spellings(FieldValue item) =>
        Form == AttioMatchForm.Exact && item.Text.Contains(", ", StringComparison.Ordinal) ? [item.Text, .. item.Text.Split(", ")] : [item.Text];

    private string? Normalise(string text) => Form switch
    {
        AttioMatchForm.Email => Lower(text),
        AttioMatchForm.Domain => Lower(text) is { } domain && domain.StartsWith("www.", StringComparison.Ordinal) ? domain[4..] : Lower(text),
        AttioMatchForm.LinkedIn => LinkedInUrl.Slug(text),
        _ => text.Trim() is { Length: > 0 } exact ? exact : null,
    };

    private static string? Lower(string text) => text.Trim().ToLowerInvariant() is { Length: > 0 } lower ? lower : null;

    private static IEnumerable<FieldRule> Outward(FieldMap map, string canonical) => map.Rules.Where(r => r.Canonical == canonical && r.Direction != MapDirection.In);
}
