using System.Globalization;
using System.Text.RegularExpressions;
using Syncline.Sandbox.HubSpot.Records;
using Syncline.Sandbox.HubSpot.Schema;
using Syncline.Sandbox.HubSpot.Wire;

namespace Syncline.Sandbox.HubSpot.Searching;

/// <summary>Whether a record, as search believes it to be, meets a condition.</summary>
internal sealed class Conditions(CrmTable table, HubSpotBehaviour behaviour)
{
    public bool IsMet(Condition condition, CrmRecord record)
    {
        if (condition.Property == table.Catalogue.Created && SearchRunner.Bounds(condition) is { } times) return times.Contains(record.CreatedMs);
        if (condition.Associated is not null) return IsAssociated(condition, record);
        string? value = Value(condition.Property!, record);
        return condition.Operator switch
        {
            Operator.HAS_PROPERTY => value is not null,
            Operator.NOT_HAS_PROPERTY => value is null,
            Operator.NEQ or Operator.NOT_IN or Operator.NOT_CONTAINS_TOKEN => value is null ? behaviour.NegativesMatchMissing : !Holds(condition, value),
            _ => value is not null && Holds(condition, value),
        };
    }

    /// <summary>A property's value in the index; what is calculated is taken as it is now.</summary>
    public string? Value(Property property, CrmRecord record)
    {
        if (property == table.Catalogue.Modified) return WireTime.Write(table.Index.ModifiedMs(record));
        return property.Computed is not null ? record[property] : CrmRecord.Find(record.Indexed!, property.Number);
    }

    /// <summary>Less than 0 when the first comes before the second, as the property's type orders them.</summary>
    public static int Compare(Property property, string left, string right) => property switch
    {
        { IsTime: true } => Nullable.Compare(WireTime.Read(left), WireTime.Read(right)),
        { Type: "number" } => Nullable.Compare(Number(left), Number(right)),
        _ => string.Compare(left, right, StringComparison.OrdinalIgnoreCase),
    };

    private static bool Holds(Condition condition, string value)
    {
        (Property property, IReadOnlyList<string> wanted) = (condition.Property!, condition.Values);
        return condition.Operator switch
        {
            Operator.EQ or Operator.NEQ => IsEqual(property, value, wanted[0]),
            Operator.IN or Operator.NOT_IN => wanted.Any(w => IsAmong(property, value, w)),
            Operator.LT => Compare(property, value, wanted[0]) < 0,
            Operator.LTE => Compare(property, value, wanted[0]) <= 0,
            Operator.GT => Compare(property, value, wanted[0]) > 0,
            Operator.GTE => Compare(property, value, wanted[0]) >= 0,
            Operator.BETWEEN => Compare(property, value, wanted[0]) >= 0 && Compare(property, value, wanted[1]) <= 0,
            _ => HasToken(value, wanted[0]),
        };
    }

    private static bool IsEqual(Property property, string value, string wanted) => property switch
    {
        { IsTime: true } or { Type: "number" } => Compare(property, value, wanted) == 0,
        { IsEnumeration: true } => value == wanted || value.Split(';').Contains(wanted),
        _ => string.Equals(value, wanted, StringComparison.OrdinalIgnoreCase),
    };

    /// <summary>IN and NOT_IN find text by its lower-case form alone.</summary>
    private static bool IsAmong(Property property, string value, string wanted) =>
        property is { IsTime: false, IsEnumeration: false, Type: not "number" } ? string.Equals(value.ToLowerInvariant(), wanted, StringComparison.Ordinal) : IsEqual(property, value, wanted);

    private static bool HasToken(string value, string wanted)
    {
        if (!wanted.Contains('*', StringComparison.Ordinal)) return Tokens(wanted).All(t => Tokens(value).Contains(t, StringComparer.OrdinalIgnoreCase));
        string pattern = "^" + Regex.Escape(wanted).Replace(@"\*", ".*", StringComparison.Ordinal) + "$";
        return Tokens(value).Append(value).Any(t => Regex.IsMatch(t, pattern, RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.Singleline));
    }

    public static string[] Tokens(string text) => text.Split(text.Where(c => !char.IsLetterOrDigit(c)).Distinct().ToArray(), StringSplitOptions.RemoveEmptyEntries);

    private static bool IsAssociated(Condition condition, CrmRecord record)
    {
        bool Has(string id) => record.Links.All.Any(l => l.Other.Type == condition.Associated && l.Other.Id == JsonReading.ReadId(id));
        bool any = record.Links.OfType(condition.Associated!.Number).Length > 0;
        return condition.Operator switch
        {
            Operator.HAS_PROPERTY => any,
            Operator.NOT_HAS_PROPERTY => !any,
            Operator.EQ or Operator.IN => condition.Values.Any(Has),
            Operator.NEQ or Operator.NOT_IN => !condition.Values.Any(Has),
            _ => throw Refuse.Invalid($"{condition.Operator} is not possible for associations"),
        };
    }

    private static decimal? Number(string text) => decimal.TryParse(text, CultureInfo.InvariantCulture, out decimal number) ? number : null;
}
