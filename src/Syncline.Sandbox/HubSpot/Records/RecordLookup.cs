using Syncline.Sandbox.HubSpot.Schema;
using Syncline.Sandbox.HubSpot.Wire;

namespace Syncline.Sandbox.HubSpot.Records;

/// <summary>Finds the record that an id names: HubSpot's own or the value of a unique property.</summary>
internal sealed class RecordLookup(HubSpotPortal portal)
{
    /// <summary>For single reads and changes, where the id of a record that was merged away leads to the survivor.</summary>
    public CrmRecord? One(CrmTable table, string id, string? idProperty)
    {
        CrmRecord? found = idProperty is null ? ById(table, id) : ByProperty(table, SingleIdentity(table, idProperty), id);
        while (found?.MergedInto is { } survivor) found = survivor;
        return found;
    }

    public static CrmRecord? ById(CrmTable table, string id) => JsonReading.ReadId(id) is { } number ? table.Find(number) : null;

    public CrmRecord? ByProperty(CrmTable table, Property property, string value)
    {
        CrmRecord? owner = table.Unique.Owner(property, value.Trim());
        bool isAdditional = owner is not null && property == table.Email && !string.Equals(owner[property], value.Trim(), StringComparison.OrdinalIgnoreCase);
        return isAdditional && !portal.Behaviour.AdditionalEmailsIdentify ? null : owner;
    }

    /// <summary>A property that a batch may use for ids.</summary>
    /// <param name="verb">update, upsert or read: updates take no e-mail address.</param>
    public Property Identity(CrmTable table, string name, string verb)
    {
        Property? property = table.Catalogue.Live(name, portal.NowMs);
        bool isUnique = property is not null && (property.HasUniqueValue || (property == table.Email && verb != "update"));
        return isUnique ? property! : throw Refuse.Invalid($"Unable to perform update/upsert by non-unique {table.Type.Id} property {name}. Use a property with unique values.");
    }

    // A property that cannot name a record finds none: 404.
    private Property SingleIdentity(CrmTable table, string name) =>
        table.Catalogue.Live(name, portal.NowMs) is { } property && (property.HasUniqueValue || property == table.Email) ? property : throw Refuse.NotFound();
}
