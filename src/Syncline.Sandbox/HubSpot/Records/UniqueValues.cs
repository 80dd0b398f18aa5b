using Syncline.Sandbox.HubSpot.Schema;

namespace Syncline.Sandbox.HubSpot.Records;

/// <summary>Who holds which unique value. Values compare without case.</summary>
internal sealed class UniqueValues
{
    private readonly Dictionary<int, Dictionary<string, CrmRecord>> _owners = [];

    public CrmRecord? Owner(Property property, string value) =>
        _owners.TryGetValue(property.Number, out Dictionary<string, CrmRecord>? values) ? values.GetValueOrDefault(value) : null;

    /// <summary>Does nothing where somebody holds it already.</summary>
    public void Claim(Property property, string value, CrmRecord record)
    {
        if (!_owners.TryGetValue(property.Number, out Dictionary<string, CrmRecord>? values)) _owners[property.Number] = values = new(StringComparer.OrdinalIgnoreCase);
        values.TryAdd(value, record);
    }

    public void Release(Property property, string value, CrmRecord record)
    {
        if (ReferenceEquals(Owner(property, value), record)) _owners[property.Number].Remove(value);
    }
}
