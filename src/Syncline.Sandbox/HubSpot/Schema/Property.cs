using Syncline.Sandbox.HubSpot.Records;

namespace Syncline.Sandbox.HubSpot.Schema;

/// <summary>A choice of an enumeration. What is stored and compared is the value, in its exact case.</summary>
internal sealed record PropertyOption(string Label, string Value, int DisplayOrder, bool IsHidden = false, string? Description = null);

/// <summary>A property of one object type.</summary>
/// <param name="number">Its place in the type's catalogue: records store values under it.</param>
internal sealed class Property(int number, string name)
{
    public int Number => number;
    public string Name => name;
    public string Label { get; set; } = "";
    public string Type { get; set; } = "string";
    public string FieldType { get; set; } = "text";
    public string GroupName { get; set; } = "";
    public string Description { get; set; } = "";
    public int DisplayOrder { get; set; } = -1;
    public IReadOnlyList<PropertyOption> Options { get; set; } = [];
    public bool HasUniqueValue { get; set; }
    public bool IsHidden { get; set; }
    public bool IsFormField { get; set; }
    public bool IsExternal { get; set; }
    public string? ReferencedObjectType { get; set; }
    public string? Formula { get; set; }
    public string DataSensitivity { get; set; } = "non_sensitive";

    /// <summary>Made by HubSpot: neither its definition nor its name can be changed.</summary>
    public bool IsStandard { get; init; }

    /// <summary>Set on what HubSpot calculates: the value is not stored and cannot be written.</summary>
    public Func<CrmRecord, string?>? Computed { get; init; }

    public bool IsReadOnly { get; init; }
    public long CreatedMs { get; init; }
    public long UpdatedMs { get; set; }
    public long? ArchivedMs { get; set; }

    /// <summary>From when on requests know it.</summary>
    public long VisibleMs { get; set; }

    public bool IsLive(long now) => ArchivedMs is null && VisibleMs <= now;

    public bool IsEnumeration => Type == "enumeration";

    /// <summary>Stored times: read as ISO 8601, compared as numbers.</summary>
    public bool IsTime => Type is "date" or "datetime";
}
