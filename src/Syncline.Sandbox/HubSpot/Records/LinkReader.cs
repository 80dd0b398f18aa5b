using System.Globalization;
using System.Text.Json;
using Syncline.Sandbox.HubSpot.Schema;
using Syncline.Sandbox.HubSpot.Wire;

namespace Syncline.Sandbox.HubSpot.Records;

/// <summary>Reads association types and ends out of bodies.</summary>
internal sealed class LinkReader(HubSpotPortal portal)
{
    /// <summary>The <c>associations</c> of a record to be made. The other end's type follows from the association type.</summary>
    public IReadOnlyList<DraftLink> OfCreate(CrmTable table, JsonElement input)
    {
        List<DraftLink> links = [];
        foreach (JsonElement wanted in input.Items("associations"))
        {
            string to = wanted.Member("to").Text("id") ?? throw Refuse.Invalid("Invalid input JSON: an association needs to.id");
            AssociationType[] types = [.. wanted.Items("types").Select(Type)];
            if (types.Length == 0) throw Refuse.Invalid("Invalid input JSON: an association needs types");
            if (types.FirstOrDefault(t => t.From != table.Type) is { } wrong) throw WrongDirection(wrong.Id, table.Type, wrong.To);
            links.Add(new(End(portal.Table(types[0].To), to), [.. types.Select(t => t.Id)]));
        }
        return links;
    }

    /// <summary>The types of a labelled association between two types, at least one.</summary>
    public IReadOnlyList<int> Types(ObjectType from, ObjectType to, IEnumerable<JsonElement> types)
    {
        AssociationType[] read = [.. types.Select(Type)];
        if (read.Length == 0) throw Refuse.Invalid("Invalid input JSON: types must not be empty");
        if (read.FirstOrDefault(t => t.From != from || t.To != to) is { } wrong) throw WrongDirection(wrong.Id, from, to);
        return [.. read.Select(t => t.Id)];
    }

    /// <summary>A live record that can be an end of an association.</summary>
    public static CrmRecord End(CrmTable table, string? id) =>
        id is not null && RecordLookup.ById(table, id) is { IsLive: true } record ? record : throw new HubSpotRefusalException(400, "VALIDATION_ERROR", $"{table.Type.Singular.ToUpperInvariant()}={id} is not valid")
        {
            SubCategory = "crm.associations.INVALID_IDENTIFIER", Context = Refuse.Naming("id", id ?? ""),
        };

    private AssociationType Type(JsonElement type)
    {
        string id = type.Text("associationTypeId") ?? throw Refuse.Invalid("Invalid input JSON: associationTypeId is missing");
        AssociationType? known = int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? portal.Associations.Find(number) : null;
        if (known is null || type.Text("associationCategory") != known.Category) throw Refuse.Invalid($"The association type {type.Text("associationCategory")} {id} does not exist");
        return known;
    }

    private static HubSpotRefusalException WrongDirection(int id, ObjectType from, ObjectType to) =>
        Refuse.Invalid($"Association type id {id} is not valid between {from.Id} and {to.Id}");
}
