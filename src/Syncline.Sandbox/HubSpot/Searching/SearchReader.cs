using System.Globalization;
using System.Text.Json;
using Syncline.Sandbox.HubSpot.Records;
using Syncline.Sandbox.HubSpot.Schema;
using Syncline.Sandbox.HubSpot.Wire;

namespace Syncline.Sandbox.HubSpot.Searching;

/// <summary>Reads and bounds the body of a search.</summary>
internal sealed class SearchReader(HubSpotPortal portal)
{
    public const int Window = 10_000;

    private const int MostCharacters = 3000, MostInGroup = 6, MostFilters = 18, MostRows = 200, DefaultRows = 10;

    public SearchQuery Read(CrmTable table, Call call)
    {
        if (call.Request.Body.Length > MostCharacters) throw Refuse.Invalid($"The request body is longer than {MostCharacters} characters");
        JsonElement body = call.Body;
        Condition[][] groups = [.. Groups(body).Select(g => g.Select(f => Filter(table, f)).ToArray()).Where(g => g.Length > 0)];
        (Property? sortBy, bool isDescending) = Sort(table, body);
        (int offset, int limit) = Slice(body);
        return new(groups, body.Text("query") is { Length: > 0 } text ? text : null, sortBy, isDescending, offset, limit);
    }

    private List<JsonElement[]> Groups(JsonElement body)
    {
        List<JsonElement[]> groups = [.. body.Items("filterGroups").Select(g => g.Items("filters").ToArray())];
        if (body.Items("filters").ToArray() is { Length: > 0 } bare) groups.Add(bare);
        if (groups.Count > portal.Behaviour.FilterGroups) throw Refuse.Invalid($"There are {groups.Count} filterGroups; at most {portal.Behaviour.FilterGroups} are allowed");
        if (groups.Exists(g => g.Length > MostInGroup)) throw Refuse.Invalid($"A filterGroup has more than {MostInGroup} filters");
        if (groups.Sum(g => g.Length) > MostFilters) throw Refuse.Invalid($"There are more than {MostFilters} filters in all");
        return groups;
    }

    private Condition Filter(CrmTable table, JsonElement filter)
    {
        string name = filter.Need("propertyName"), verb = filter.Need("operator");
        if (!Enum.TryParse(verb, out Operator operation) || verb.Any(char.IsAsciiDigit)) throw Refuse.Invalid($"Invalid input JSON: {verb} is no operator");
        if (name.StartsWith("associations.", StringComparison.Ordinal)) return new(null, portal.Types.Find(name["associations.".Length..]) ?? throw Refuse.UnknownType(name), operation, Values(filter, operation));
        Property property = table.Catalogue.Live(name, portal.NowMs) ?? throw Unknown(name);
        IReadOnlyList<string> values = Values(filter, operation);
        return new(property, null, operation, property.IsTime ? [.. values.Select(v => Time(property, v))] : values);
    }

    private static IReadOnlyList<string> Values(JsonElement filter, Operator operation) => operation switch
    {
        Operator.HAS_PROPERTY or Operator.NOT_HAS_PROPERTY => [],
        Operator.IN or Operator.NOT_IN => filter.Texts("values") is { Count: > 0 } values ? values : throw Refuse.Invalid($"{operation} needs a list of values"),
        Operator.BETWEEN => [filter.Need("value"), filter.Need("highValue")],
        _ => [filter.Text("value") ?? throw Refuse.Invalid($"{operation} needs a value")],
    };

    /// <summary>Times compare as milliseconds, in whatever form they were sent.</summary>
    private static string Time(Property property, string value) =>
        WireTime.Read(value)?.ToString(CultureInfo.InvariantCulture) ?? throw Refuse.Invalid($"{value} is no valid value of the {property.Type} property {property.Name}");

    private (Property? By, bool IsDescending) Sort(CrmTable table, JsonElement body)
    {
        JsonElement[] sorts = [.. body.Items("sorts")];
        if (sorts.Length > 1) throw Refuse.Invalid("Only one sort is allowed");
        if (sorts.Length == 0) return (null, false);
        bool isText = sorts[0].ValueKind == JsonValueKind.String;
        string name = isText ? sorts[0].GetString()! : sorts[0].Need("propertyName");
        bool isDescending = isText ? name.StartsWith('-') : sorts[0].Text("direction") == "DESCENDING";
        Property property = table.Catalogue.Live(name.TrimStart('-'), portal.NowMs) ?? throw Unknown(name);
        return property == table.Catalogue.Id || property == table.Catalogue.Created ? (isDescending ? property : null, isDescending) : (property, isDescending);
    }

    private static (int Offset, int Limit) Slice(JsonElement body)
    {
        int limit = body.Member("limit").IsMissing() ? DefaultRows : body.Whole("limit") ?? -1;
        if (limit is < 0 or > MostRows) throw Refuse.Invalid($"limit must be between 0 and {MostRows}");
        string? after = body.Text("after");
        int offset = string.IsNullOrEmpty(after) ? 0 : int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : throw Refuse.Invalid($"after must be a number: {after}");
        if (offset + limit > Window) throw Refuse.Invalid($"The search results cannot be paged past {Window} records");
        return (offset, limit);
    }

    private static HubSpotRefusalException Unknown(string name)
    {
        string message = $"Property {name} does not exist";
        return Refuse.Invalid(message, new ErrorDetail(message, "PROPERTY_DOESNT_EXIST") { Context = Refuse.Naming("propertyName", name) });
    }
}
