using System.Collections.Immutable;
using System.Text.Json;
using Syncline.Records;

namespace Syncline.Storage.Json;

/// <summary>Field values as JSON: text is a string, a list an array, any other type an object of one letter and the canonical text, <c>{"n":"12.5"}</c>.</summary>
internal static class FieldJson
{
    public static Parameter Write(FieldSet fields) => fields.Count == 0 ? "{}" : Parameter.Document(fields, static (json, set) => Write(json, (FieldSet)set));

    public static FieldSet ReadSet(ReadOnlySpan<byte> text)
    {
        if (text.SequenceEqual("{}"u8)) return FieldSet.Empty;
        Utf8JsonReader json = new(text);
        json.Read();
        return ReadSet(ref json);
    }

    /// <param name="json">On the name; one string is shared by all that read it.</param>
    public static string ReadName(ref Utf8JsonReader json) => json.ValueIsEscaped ? json.GetString()! : SharedNames.Of(json.ValueSpan);

    public static void Write(Utf8JsonWriter json, FieldValue? value)
    {
        switch (value?.Type)
        {
            case null: json.WriteNullValue(); break;
            case FieldType.Text: json.WriteStringValue(value.Text); break;
            case FieldType.List: WriteList(json, value); break;
            default: WriteTagged(json, value); break;
        }
    }

    /// <param name="json">On the value's first token; afterwards on its last.</param>
    public static FieldValue? Read(ref Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.String => FieldValue.Of(json.GetString()!),
        JsonTokenType.StartArray => ReadList(ref json),
        _ => ReadTagged(ref json),
    };

    private static void Write(Utf8JsonWriter json, FieldSet fields)
    {
        json.WriteStartObject();
        foreach (Field field in fields)
        {
            json.WritePropertyName(field.Name);
            Write(json, field.Value);
        }
        json.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter json, FieldValue list)
    {
        json.WriteStartArray();
        foreach (FieldValue item in list.Items) Write(json, item);
        json.WriteEndArray();
    }

    private static void WriteTagged(Utf8JsonWriter json, FieldValue value)
    {
        json.WriteStartObject();
        json.WriteString(TagOf(value.Type), value.Text);
        json.WriteEndObject();
    }

    private static FieldSet ReadSet(ref Utf8JsonReader json)
    {
        FieldSet.Builder fields = new();
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            string name = ReadName(ref json);
            json.Read();
            fields.Set(name, Read(ref json));
        }
        return fields.Build();
    }

    private static FieldValue ReadList(ref Utf8JsonReader json)
    {
        ImmutableArray<FieldValue>.Builder items = ImmutableArray.CreateBuilder<FieldValue>(4);
        while (json.Read() && json.TokenType != JsonTokenType.EndArray) items.Add(Read(ref json)!);
        return FieldValue.Restore(items.DrainToImmutable());
    }

    private static FieldValue ReadTagged(ref Utf8JsonReader json)
    {
        json.Read();
        FieldType type = TypeOf(json.ValueSpan);
        json.Read();
        FieldValue value = FieldValue.Restore(type, json.GetString()!);
        json.Read();
        return value;
    }

    private static ReadOnlySpan<byte> TagOf(FieldType type) => type switch
    {
        FieldType.Number => "n"u8,
        FieldType.Flag => "b"u8,
        FieldType.Time => "t"u8,
        FieldType.Date => "d"u8,
        FieldType.Reference => "r"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "This type has no tag."),
    };

    private static FieldType TypeOf(ReadOnlySpan<byte> tag) => tag switch
    {
        [(byte)'n'] => FieldType.Number,
        [(byte)'b'] => FieldType.Flag,
        [(byte)'t'] => FieldType.Time,
        [(byte)'d'] => FieldType.Date,
        [(byte)'r'] => FieldType.Reference,
        _ => throw new FormatException("A stored field value has an unknown type; a newer Syncline wrote it."),
    };
}
