using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Syncline.Records;

namespace Syncline.Connectors.Quo;

/// <summary>Contacts as records.</summary>
internal static class QuoRecords
{
    public static RemoteRecord Of(StreamId stream, QuoContact contact)
    {
        QuoDefaultFields held = contact.DefaultFields;
        IEnumerable<(string, FieldValue?)> fields =
        [
            .. Scalars(contact.ExternalId, contact.Source, contact.SourceUrl, held.FirstName, held.LastName, held.Company, held.Role),
            (QuoFields.Emails, List(held.Emails)),
            (QuoFields.Phones, List(held.PhoneNumbers)),
            .. contact.CustomFields.Where(c => c.Key is not null).Select(c => (QuoFields.Custom(c.Key!), QuoCustomValues.Read(c))),
        ];
        return new(stream.Key(contact.Id), RecordKind.Person, FieldSet.Of(fields)) { ModifiedAt = Time(contact.UpdatedAt) };
    }

    /// <summary>Only the single values: all that the dated surface tells of a contact.</summary>
    public static RemoteRecord Of(StreamId stream, QuoFlatContact contact)
    {
        IEnumerable<(string, FieldValue?)> fields = Scalars(contact.ExternalId, contact.Source, contact.SourceUrl, contact.FirstName, contact.LastName, contact.Company, contact.Role);
        return new(stream.Key(contact.Id), RecordKind.Person, FieldSet.Of(fields)) { ModifiedAt = Time(contact.UpdatedAt) };
    }

    private static IEnumerable<(string, FieldValue?)> Scalars(string? externalId, string? source, string? sourceUrl, string? first, string? last, string? company, string? role) =>
    [
        (QuoFields.ExternalId, FieldValue.TextOrNone(externalId)),
        (QuoFields.Source, FieldValue.TextOrNone(source)),
        (QuoFields.SourceUrl, FieldValue.TextOrNone(sourceUrl)),
        (QuoFields.FirstName, FieldValue.TextOrNone(first)),
        (QuoFields.LastName, FieldValue.TextOrNone(last)),
        (QuoFields.Company, FieldValue.TextOrNone(company)),
        (QuoFields.Role, FieldValue.TextOrNone(role)),
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

    // Quo keeps dates as moments; one at midnight is the day that was meant.
    private static FieldValue? Date(string text) =>
        Time(text) is not { } time ? FieldValue.TextOrNone(text) : time.UtcDateTime.TimeOfDay == TimeSpan.Zero ? FieldValue.Of(DateOnly.FromDateTime(time.UtcDateTime)) : FieldValue.Of(time);

    private static DateTimeOffset? Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;
}
