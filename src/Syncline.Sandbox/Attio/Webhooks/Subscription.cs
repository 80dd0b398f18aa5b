using System.Text.Json.Nodes;

namespace Syncline.Sandbox.Attio.Webhooks;

/// <summary>A kind of event that a webhook wants.</summary>
/// <param name="Filter">As it was sent; null wants all of the kind.</param>
internal sealed record Topic(string EventType, JsonNode? Filter)
{
    public bool Wants(HookEvent happened) => EventType == happened.Type && (Filter is not JsonObject filter || IsMet(filter, happened.Body));

    /// <summary>In any order of keys and conditions the same text.</summary>
    public string Normal => $"{EventType} {(Filter is JsonObject filter ? string.Join(' ', filter.Select(f => $"{f.Key}:{string.Join(',', Conditions(f.Value).Select(c => $"{c.Field}/{c.Operator}/{c.Value}").Order(StringComparer.Ordinal))}")) : "")}";

    private static bool IsMet(JsonObject filter, JsonObject happened) => filter.All(part => part.Key == "$or"
        ? Conditions(part.Value).Any(c => c.IsMet(happened))
        : Conditions(part.Value).All(c => c.IsMet(happened)));

    private static IEnumerable<Condition> Conditions(JsonNode? list) =>
        (list as JsonArray ?? []).OfType<JsonObject>().Select(c => new Condition($"{c["field"]}", $"{c["operator"]}", $"{c["value"]}"));

    private sealed record Condition(string Field, string Operator, string Value)
    {
        public bool IsMet(JsonObject happened) => ($"{Field.Split('.').Aggregate((JsonNode?)happened, (node, name) => (node as JsonObject)?[name])}" == Value) == (Operator == "equals");
    }
}

/// <summary>A webhook.</summary>
/// <param name="Secret">64 hexadecimal digits; told once.</param>
internal sealed record Subscription(Guid Id, string Url, IReadOnlyList<Topic> Topics, string Secret, DateTime CreatedAt);

/// <summary>Something that happened, as webhooks tell it: ids and the actor, no values, no time.</summary>
internal sealed record HookEvent(string Type, JsonObject Body, DateTimeOffset At);
