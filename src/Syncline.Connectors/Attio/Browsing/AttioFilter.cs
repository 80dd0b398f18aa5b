using System.Globalization;
using System.Text.Json;
using Syncline.Records;

namespace Syncline.Connectors.Attio.Browsing;

/// <summary>Turns what a person searches for into Attio's filters. An operator that an attribute's type does not take is refused here, with those that it takes.</summary>
/// <remarks>Source: Attio's filtering guide and the refusals measured on a workspace, contract of 2026-11-20.</remarks>
internal sealed class AttioFilter(AttioAttributes attributes)
{
    private const BrowseOperator First = BrowseOperator.Is;

    private static readonly BrowseOperator[] Text = [First, BrowseOperator.Contains, BrowseOperator.StartsWith, BrowseOperator.EndsWith];
    private static readonly BrowseOperator[] Ordered = [First, BrowseOperator.Less, BrowseOperator.AtMost, BrowseOperator.More, BrowseOperator.AtLeast];

    /// <summary>The filter of a query; null when nothing is searched for.</summary>
    /// <param name="search">Writes the alternatives of the searched text, each an object; null for none.</param>
    /// <exception cref="ProviderException">A filter cannot be used.</exception>
    public Action<Utf8JsonWriter>? Of(IReadOnlyList<BrowseFilter> filters, Action<Utf8JsonWriter>? search)
    {
        Action<Utf8JsonWriter>[] conditions = [.. filters.Select(Condition)];
        if (conditions.Length == 0 && search is null) return null;
        return json =>
        {
            json.WriteStartArray("$and");
            foreach (Action<Utf8JsonWriter> condition in conditions) AttioSearch.Object(json, condition);
            if (search is not null) AttioSearch.Object(json, inner => Alternatives(inner, search));
            json.WriteEndArray();
        };
    }

    /// <summary>The fields of a type that hold its text, the main one first; null for types that hold none.</summary>
    public static string? TextFieldOf(string type) => type switch
    {
        "text" => "value",
        "personal-name" => "full_name",
        "email-address" => "email_address",
        "domain" => "domain",
        "phone-number" => "phone_number",
        _ => null,
    };

    private static void Alternatives(Utf8JsonWriter json, Action<Utf8JsonWriter> search)
    {
        json.WriteStartArray("$or");
        search(json);
        json.WriteEndArray();
    }

    private Action<Utf8JsonWriter> Condition(BrowseFilter filter)
    {
        AttioAttribute attribute = attributes.Of(filter.Attribute) ?? throw Unusable($"There is no attribute '{filter.Attribute}'.", $"The attributes here are: {string.Join(", ", attributes.All.Select(a => a.ApiSlug).Order(StringComparer.Ordinal))}.");
        string field = FieldOf(filter, attribute);
        BrowseOperator[] taken = Taken(attribute.Type, field);
        if (!taken.Contains(filter.Operator)) throw Unusable($"'{filter.Attribute}' is of type {attribute.Type}, which Attio cannot filter like that.", $"It takes: {string.Join(", ", taken.Select(Word))}.");
        Action<Utf8JsonWriter> operand = Operand(filter, attribute);
        return json => AttioBody.Nested(json, attribute.ApiSlug, inner => AttioBody.Nested(inner, field, operand));
    }

    private static string FieldOf(BrowseFilter filter, AttioAttribute attribute)
    {
        string part = filter.Attribute.Length > attribute.ApiSlug.Length ? filter.Attribute[(attribute.ApiSlug.Length + 1)..] : "";
        IReadOnlyList<string> parts = AttioValues.PartsOf(attribute.Type);
        if (part.Length > 0 && parts.Contains(part) && part is not ("latitude" or "longitude")) return part;
        return attribute.Type switch
        {
            _ when part.Length > 0 => throw Unusable($"'{attribute.ApiSlug}' has no part '{part}' to filter by.", "Leave the part away."),
            "location" => throw Unusable($"'{attribute.ApiSlug}' is a location: one part of it can be filtered by.", $"Write {attribute.ApiSlug}.locality, or another of: {string.Join(", ", parts.Take(8))}."),
            "currency" => "currency_value",
            "select" or "status" => "title",
            "number" or "rating" or "date" or "timestamp" or "checkbox" => "value",
            _ => TextFieldOf(attribute.Type) ?? throw Unusable($"Attio cannot filter '{attribute.ApiSlug}' by a text: it is of type {attribute.Type}.", "Filter by another attribute."),
        };
    }

    private static BrowseOperator[] Taken(string type, string field) => type switch
    {
        "select" or "status" or "checkbox" => [First],
        "number" or "rating" or "currency" or "date" or "timestamp" => Ordered,
        "location" when field == "country_code" => [First, BrowseOperator.StartsWith],
        _ => Text,
    };

    private static Action<Utf8JsonWriter> Operand(BrowseFilter filter, AttioAttribute attribute)
    {
        string name = Sign(filter.Operator), value = filter.Value;
        switch (attribute.Type)
        {
            case "number" or "rating" or "currency":
                decimal number = decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal parsed) ? parsed : throw Unusable($"'{value}' is no number.", $"'{attribute.ApiSlug}' takes numbers such as 12.5.");
                return json => json.WriteNumber(name, number);
            case "checkbox":
                bool flag = bool.TryParse(value, out bool set) ? set : throw Unusable($"'{value}' is neither true nor false.", $"'{attribute.ApiSlug}' takes true or false.");
                return json => json.WriteBoolean(name, flag);
            case "timestamp":
                // A date alone is refused as no timestamp.
                DateTimeOffset time = AttioValues.Time(value) ?? throw Unusable($"'{value}' is no time.", $"'{attribute.ApiSlug}' takes times such as 2026-05-01T09:00:00Z.");
                return json => json.WriteString(name, time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture));
            default:
                return json => json.WriteString(name, value);
        }
    }

    private static string Sign(BrowseOperator used) => used switch
    {
        BrowseOperator.Contains => "$contains",
        BrowseOperator.StartsWith => "$starts_with",
        BrowseOperator.EndsWith => "$ends_with",
        BrowseOperator.Less => "$lt",
        BrowseOperator.AtMost => "$lte",
        BrowseOperator.More => "$gt",
        BrowseOperator.AtLeast => "$gte",
        _ => "$eq",
    };

    private static string Word(BrowseOperator used) => used switch
    {
        BrowseOperator.Contains => "~ (contains)",
        BrowseOperator.StartsWith => "^= (starts with)",
        BrowseOperator.EndsWith => "$= (ends with)",
        BrowseOperator.Less => "<",
        BrowseOperator.AtMost => "<=",
        BrowseOperator.More => ">",
        BrowseOperator.AtLeast => ">=",
        _ => "= (is)",
    };

    internal static ProviderException Unusable(string message, string hint) => new(message) { Operation = "attio.browse", Recovery = Recovery.StopStream, Hint = hint };
}
