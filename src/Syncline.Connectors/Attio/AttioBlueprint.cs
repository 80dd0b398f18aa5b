using System.Text.Json;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.Attio;

/// <summary>What an attribute that is missing is made as.</summary>
/// <param name="Slug">Its slug; the title is made from it.</param>
internal sealed record AttioBlueprint(string Slug, string Type)
{
    private static readonly (string Canonical, string Type)[] Types =
    [
        ("first_contacted_at", "timestamp"), ("last_contacted_at", "timestamp"), ("last_reply_at", "timestamp"), ("sent_at", "timestamp"),
        ("messages_sent", "number"), ("messages_received", "number"), ("engagement_score", "number"), ("employees", "number"),
        ("direction", "select"), ("person", "record-reference"), ("company", "record-reference"),
    ];

    public bool IsUnique { get; init; }

    public bool IsMultiselect { get; init; }

    /// <summary>The object a reference may point at.</summary>
    public string? Refers { get; init; }

    /// <summary>Slug of the reverse attribute that is made along with a two-way reference; null for a plain one.</summary>
    public string? Reverse { get; init; }

    /// <summary>What a rule's remote field would be made as; null for a part of a composite value, which exists or cannot be made.</summary>
    public static AttioBlueprint? Of(FieldMap map, FieldRule rule)
    {
        if (rule.Remote.Contains('.', StringComparison.Ordinal)) return null;
        string type = Types.FirstOrDefault(t => t.Canonical == rule.Canonical).Type ?? "text";
        return new(rule.Remote, type)
        {
            IsUnique = map.Kind == RecordKind.Message && rule.Canonical == "message_uid",
            Refers = type == "record-reference" ? (rule.Canonical == "person" ? AttioOptions.People : AttioOptions.Companies) : null,
        };
    }

    /// <summary>True when an attribute that is there can hold what this would. Fields of one's own go for text here, and may suit other types: those are given the benefit of the doubt.</summary>
    public bool IsMetBy(AttioAttribute there) => Type switch
    {
        "text" => there.Type is not ("interaction" or "checkbox" or "record-reference"),
        "select" => there.Type is "select" or "status" or "text",
        "number" => there.Type is "number" or "currency" or "text",
        "timestamp" => there.Type is "timestamp" or "date" or "text",
        _ => there.Type == Type,
    };

    public byte[] ToBody() => AttioBody.Data(json =>
    {
        json.WriteString("title", Title(Slug));
        json.WriteString("description", "Kept by Syncline.");
        json.WriteString("api_slug", Slug);
        json.WriteString("type", Type);
        json.WriteBoolean("is_required", false);
        json.WriteBoolean("is_unique", IsUnique);
        json.WriteBoolean("is_multiselect", IsMultiselect);
        AttioBody.Nested(json, "config", Config);
        if (Reverse is { } reverse) AttioBody.Nested(json, "relationship", relationship => Relationship(relationship, reverse));
    });

    /// <summary><c>last_reply_at</c> as <c>Last reply at</c>.</summary>
    public static string Title(string slug) => slug.Length == 0 ? slug : char.ToUpperInvariant(slug[0]) + slug[1..].Replace('_', ' ');

    private void Config(Utf8JsonWriter json)
    {
        if (Refers is { } refers) AttioBody.Nested(json, "record_reference", reference => AttioBody.Strings(reference, "allowed_objects", [refers]));
    }

    private void Relationship(Utf8JsonWriter json, string reverse)
    {
        json.WriteString("object", Refers);
        json.WriteString("title", Title(reverse));
        json.WriteString("api_slug", reverse);
        json.WriteBoolean("is_multiselect", true);
    }
}
