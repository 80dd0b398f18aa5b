using System.Globalization;
using Syncline.Composition.Telling;
using Syncline.Records;

namespace Syncline.Composition.Workspaces;

/// <summary>A value as a person types it, by the type its field has.</summary>
internal static class TypedValue
{
    /// <param name="text">Several values of a list are parted by ';'.</param>
    /// <exception cref="UsageException">It is no value of the field.</exception>
    public static FieldValue Read(RecordKind kind, string field, string text)
    {
        FieldDefinition definition = CanonicalSchema.Find(kind, field) ?? new(field, FieldType.Text);
        FieldValue? value = definition.IsList ? FieldValue.List(text.Split(';').Select(t => One(definition, t)).OfType<FieldValue>()) : One(definition, text);
        return value ?? throw Wrong(definition, text);
    }

    private static FieldValue? One(FieldDefinition definition, string text) => definition.Type switch
    {
        FieldType.Number => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out decimal number) ? FieldValue.Of(number) : throw Wrong(definition, text),
        FieldType.Flag => bool.TryParse(text, out bool flag) ? FieldValue.Of(flag) : throw Wrong(definition, text),
        FieldType.Date => DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date) ? FieldValue.Of(date) : throw Wrong(definition, text),
        FieldType.Time => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? FieldValue.Of(time) : throw Wrong(definition, text),
        FieldType.Reference => throw new UsageException($"{definition.Name} refers to another record and cannot be typed in.", "'syncline merge' and 'syncline split' say who is who."),
        _ => definition.Normalise(text) is { } normal ? FieldValue.Of(normal) : throw Wrong(definition, text),
    };

    private static UsageException Wrong(FieldDefinition definition, string text) => new(
        $"'{text}' is no value of {definition.Name}.",
        definition.Type switch { FieldType.Date => "Write it as 2026-03-31.", FieldType.Time => "Write it as 2026-03-31T12:00:00Z.", FieldType.Flag => "Write true or false.", FieldType.Number => "Write a number, with a point for decimals.", _ => "Correct it, and try again." });
}
