using Syncline.Sandbox.HubSpot.Schema;
using Syncline.Sandbox.HubSpot.Wire;

namespace Syncline.Sandbox.HubSpot.Records;

/// <summary>Rules that a portal's administrators made; only 2026-09 enforces them.</summary>
internal sealed class AdminRules
{
    private readonly List<(ObjectType Type, Property Required)> _onCreate = [];
    private readonly List<(ObjectType Type, Property Controlling, string Value, Property Required)> _conditions = [];

    public void RequireOnCreate(ObjectType type, Property required) => _onCreate.Add((type, required));

    public void RequireWhen(ObjectType type, Property controlling, string value, Property required) => _conditions.Add((type, controlling, value, required));

    public bool Uses(ObjectType type, Property property) =>
        _onCreate.Exists(r => r.Type == type && r.Required == property) || _conditions.Exists(c => c.Type == type && (c.Required == property || c.Controlling == property));

    public void CheckCreate(CrmTable table, Draft draft)
    {
        string[] missing = [.. _onCreate.Where(r => r.Type == table.Type && string.IsNullOrEmpty(draft[r.Required])).Select(r => r.Required.Name)];
        if (missing.Length == 0) return;
        throw Refuse.Invalid("The property values provided are invalid",
            [.. missing.Select(n => new ErrorDetail($"{n} is required", "MISSING_REQUIRED_PROPERTY") { Context = Refuse.Naming("propertyName", n) })]);
    }

    public void CheckConditions(CrmTable table, Draft draft, CrmRecord? existing)
    {
        foreach ((ObjectType type, Property controlling, string value, Property required) in _conditions)
        {
            if (type != table.Type || (draft[controlling] ?? existing?[controlling]) != value) continue;
            if (!string.IsNullOrEmpty(draft[required] ?? existing?[required])) continue;
            string message = $"{required.Name} is required when [{controlling.Name}] is {value}";
            throw Refuse.Invalid(message, new ErrorDetail(message, "MISSING_CONDITIONAL_REQUIRED_PROPERTY") { Context = Refuse.Naming("propertyName", required.Name) });
        }
    }
}
