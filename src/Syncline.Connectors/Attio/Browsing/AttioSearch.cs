using System.Text.Json;

namespace Syncline.Connectors.Attio.Browsing;

/// <summary>Text that is looked for where a person would recognise a record by it: in its name, its domains, its e-mail addresses.</summary>
internal static class AttioSearch
{
    private static readonly string[] Recognised = ["name", "domains", "email_addresses"];

    /// <summary>Writes the alternatives of an <c>$or</c> on the records themselves; null when nothing is looked for.</summary>
    public static Action<Utf8JsonWriter>? InRecords(AttioAttributes attributes, string? text) => text is null ? null : json =>
    {
        foreach ((string slug, string field) in Fields(attributes)) Object(json, inner => AttioBody.Nested(inner, slug, attribute => Contains(attribute, field, text)));
    };

    /// <summary>The same on the parents of a list's entries, which are reached by a path only.</summary>
    /// <param name="parent">The attributes of the object whose records stand in the list.</param>
    public static Action<Utf8JsonWriter>? InEntries(string list, string parentObject, AttioAttributes parent, string? text) => text is null ? null : json =>
    {
        foreach ((string slug, string field) in Fields(parent))
        {
            Object(json, inner =>
            {
                inner.WriteStartArray("path");
                Step(inner, list, "parent_record");
                Step(inner, parentObject, slug);
                inner.WriteEndArray();
                AttioBody.Nested(inner, "constraints", constraints => Contains(constraints, field, text));
            });
        }
    };

    public static void Object(Utf8JsonWriter json, Action<Utf8JsonWriter> write)
    {
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
    }

    /// <exception cref="Records.ProviderException">There is nothing to look in.</exception>
    private static (string Slug, string Field)[] Fields(AttioAttributes attributes)
    {
        (string, string)[] fields =
        [
            .. Recognised.Select(attributes.Find).OfType<AttioAttribute>().Select(a => (a.ApiSlug, Field: AttioFilter.TextFieldOf(a.Type))).Where(f => f.Field is not null).Select(f => (f.ApiSlug, f.Field!)),
        ];
        return fields.Length > 0 ? fields : throw AttioFilter.Unusable("These records have no name to search in.", "Use a filter on one of their attributes.");
    }

    private static void Contains(Utf8JsonWriter json, string field, string text) => AttioBody.Nested(json, field, inner => inner.WriteString("$contains", text));

    private static void Step(Utf8JsonWriter json, string holder, string attribute)
    {
        json.WriteStartArray();
        json.WriteStringValue(holder);
        json.WriteStringValue(attribute);
        json.WriteEndArray();
    }
}
