using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Syncline.Records;

namespace Syncline.Connectors.Quo;

/// <summary>Contacts as records.</summary>
internal static class QuoRecords
{
    public static RemoteRecord Of(StreamId stream, QuoContact contact) => new(stream.Key(contact.Id), RecordKind.Person, FieldSet.Of(Fields(contact))) { ModifiedAt = Time(contact.UpdatedAt) };

    private static IEnumerable<(string, FieldValue?)> Fields(QuoContact contact) =>
    [
        (QuoFields.ExternalId, FieldValue.TextOrNone(contact.ExternalId)),
        (QuoFields.Source, FieldValue.TextOrNone(contact.Source)),
        (QuoFields.SourceUrl, FieldValue.TextOrNone(contact.SourceUrl)),
        (QuoFields.FirstName, FieldValue.TextOrNone(contact.DefaultFields.FirstName)),
        (QuoFields.LastName, FieldValue.TextOrNone(contact.DefaultFields.LastName)),
        (QuoFields.Company, FieldValue.TextOrNone(contact.DefaultFields.Company)),
        (QuoFields.Role, FieldValue.TextOrNone(contact.DefaultFields.Role)),
        (QuoFields.Emails, List(contact.DefaultFields.Emails)),
        (QuoFields.Phones, List(contact.DefaultFields.PhoneNumbers)),
        .. contact.CustomFields.Where(c => c.Key is not null).Select(c => (QuoFields.Custom(c.Key!), QuoCustomValues.Read(c))),
    ];

    private static FieldValue? List(IEnumerable<QuoItem> items) => FieldValue.List(items.Select(i => FieldValue.TextOrNone(i.Value)).OfType<FieldValue>());

    private static DateTimeOffset? Time(string? text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;
}

/// <summary>Values of custom fields, by the type that the workspace gave the field.</summary>
internal static class QuoCustomValues
{
    public static FieldValue? Read(QuoCustomField field) => field.Value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => FieldValue.Of(field.Value.GetBoolean()),
        JsonValueKind.Number => field.Value.TryGetDecimal(out decimal number) ? FieldValue.Of(number) : null,
        JsonValueKind.Array => FieldValue.List(field.Value.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.String).Select(v => FieldValue.TextOrNone(v.GetString())).OfType<FieldValue>()),
        JsonValueKind.String when field.Type == "date" => Date(field.Value.GetString()!),
        JsonValueKind.String => FieldValue.TextOrNone(field.Value.GetString()),
        _ => null,
    };

    /// <summary>The value as Quo takes it; null when the type has no room for it.</summary>
    public static JsonNode? Write(FieldValue value, string type) => type switch
    {
        "multi-select" => new JsonArray([.. value.Items.Select(i => JsonValue.Create(i.Text))]),
        _ when value.Type == FieldType.List => value.Items is [var only] ? Write(only, type) : null,
        "boolean" => value.Text switch { "true" => JsonValue.Create(true), "false" => JsonValue.Create(false), _ => null },
        "number" => decimal.TryParse(value.Text, NumberStyles.Number, CultureInfo.InvariantCulture, out decimal number) ? JsonValue.Create(number) : null,
        "date" => Time(value.Text) is { } time ? JsonValue.Create(time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)) : null,
        _ => JsonValue.Create(value.Text),
    };

    /// <summary>True when values of the one type are usable in a field of the other: judged before a run, where both are known.</summary>
    public static bool Fits(FieldType ours, bool isList, string theirs) => theirs switch
    {
        "multi-select" => ours == FieldType.Text,
        _ when isList => false,
        "boolean" => ours == FieldType.Flag,
        "number" => ours == FieldType.Number,
        "date" => ours is FieldType.Date or FieldType.Time,
        _ => ours != FieldType.Reference,
    };

    /// <summary>The type of custom field that has room for values of ours; null when none has.</summary>
    public static string? TypeFor(FieldType ours, bool isList) =>
        ((string[])[ours == FieldType.Text && !isList ? "string" : "multi-select", "number", "boolean", "date", "string"]).FirstOrDefault(type => Fits(ours, isList, type));

    // Quo keeps dates as moments; one at midnight is the day that was meant.
    private static FieldValue? Date(string text) =>
        Time(text) is not { } time ? FieldValue.TextOrNone(text) : time.UtcDateTime.TimeOfDay == TimeSpan.Zero ? FieldValue.Of(DateOnly.FromDateTime(time.UtcDateTime)) : FieldValue.Of(time);

    private static DateTimeOffset? Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;
}
