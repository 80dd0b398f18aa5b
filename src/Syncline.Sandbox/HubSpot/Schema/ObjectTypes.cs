namespace Syncline.Sandbox.HubSpot.Schema;

/// <summary>The object types of a portal: HubSpot's own and those its users define.</summary>
internal sealed class ObjectTypes
{
    private static readonly ObjectType[] Standard =
    [
        new(0, "0-1", "contacts", "contact", "contacts") { Label = "Contact", ShownByDefault = ["email", "firstname", "lastname"] },
        new(1, "0-2", "companies", "company", "companies") { Label = "Company", ShownByDefault = ["name", "domain"] },
        new(2, "0-3", "deals", "deal", "deals") { Label = "Deal", ShownByDefault = ["dealname", "amount", "closedate", "pipeline", "dealstage"] },
        new(3, "0-5", "tickets", "ticket", null) { Label = "Ticket", ShownByDefault = ["subject", "content", "hs_pipeline", "hs_pipeline_stage", "hs_ticket_priority", "hs_ticket_category"] },
        new(4, "0-46", "notes", "note", "contacts") { Label = "Note" },
        new(5, "0-48", "calls", "call", "contacts") { Label = "Call" },
        new(6, "0-49", "emails", "email", "contacts") { Label = "Email" },
        new(7, "0-47", "meetings", "meeting_event", "contacts") { Label = "Meeting" },
        new(8, "0-27", "tasks", "task", "contacts") { Label = "Task" },
        new(9, "0-18", "communications", "communication", "contacts") { Label = "Communication" },
        new(10, "0-7", "products", "product", null) { Label = "Product", ShownByDefault = ["name", "price"] },
        new(11, "0-8", "line_items", "line_item", "line_items") { Label = "Line item", ShownByDefault = ["name", "price", "quantity"] },
        new(12, "0-136", "leads", "lead", "leads") { Label = "Lead", ShownByDefault = ["hs_lead_name"] },
        new(13, "0-123", "orders", "order", "orders") { Label = "Order", ShownByDefault = ["hs_order_name"] },
    ];

    private readonly List<ObjectType> _all = [.. Standard];
    private readonly Dictionary<string, ObjectType> _byName = new(StringComparer.OrdinalIgnoreCase);

    public ObjectTypes() => _all.ForEach(Index);

    public IReadOnlyList<ObjectType> All => _all;

    public ObjectType Contacts => _all[0];
    public ObjectType Companies => _all[1];
    public ObjectType Deals => _all[2];

    /// <summary>By plural, singular, type id or fully qualified name; null when there is none.</summary>
    public ObjectType? Find(string name) => _byName.GetValueOrDefault(name);

    public ObjectType Define(string name, string singular, string label, long portal)
    {
        ObjectType type = new(_all.Count, $"2-{1_000_001 + _all.Count}", name, singular, "custom") { Label = label };
        _all.Add(type);
        Index(type);
        _byName[$"p{portal}_{name}"] = type;
        return type;
    }

    private void Index(ObjectType type)
    {
        foreach (string name in (string[])[type.Id, type.Name, type.Singular]) _byName[name] = type;
    }
}
