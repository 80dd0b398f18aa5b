using System.Text.Json;
using Syncline.Sandbox.HubSpot.Endpoints;
using Syncline.Sandbox.HubSpot.Records;
using Syncline.Sandbox.HubSpot.Schema;
using Syncline.Sandbox.HubSpot.Wire;

namespace Syncline.Sandbox.HubSpot;

/// <summary>People at work in HubSpot: no token, no limit, changes of the source <c>CRM_UI</c>. What the API would refuse, these throw.</summary>
/// <remarks>Types by any of their names, <c>contacts</c> or <c>0-1</c>. Where an id finds nothing, <see cref="ArgumentException"/>.</remarks>
public sealed class HubSpotApp
{
    private readonly HubSpotPortal _portal;
    private readonly PropertyEndpoints _properties;

    internal HubSpotApp(HubSpotPortal portal, PropertyEndpoints properties) => (_portal, _properties) = (portal, properties);

    /// <summary>Whose edits these are.</summary>
    public long UserId { get; set; } = 9_000_001;

    private ChangeSource Source => ChangeSource.Person(UserId);

    /// <returns>The new record's id.</returns>
    public string Create(string type, IReadOnlyDictionary<string, string> properties)
    {
        CrmTable table = _portal.Table(type);
        Draft draft = _portal.Drafts.Read(table, Json(properties), existing: null, isNewest: true);
        _portal.Writer.CheckCreate(table, draft, isNewest: true);
        return $"{_portal.Writer.Create(table, draft, Source).Id}";
    }

    /// <summary>An empty value clears.</summary>
    public void Edit(string type, string id, string property, string value) => Edit(type, id, new Dictionary<string, string> { [property] = value });

    public void Edit(string type, string id, IReadOnlyDictionary<string, string> properties)
    {
        CrmTable table = _portal.Table(type);
        CrmRecord record = Find(type, id);
        Draft draft = _portal.Drafts.Read(table, Json(properties), record, isNewest: true);
        _portal.Writer.CheckUpdate(table, record, draft, isNewest: true);
        _portal.Writer.Update(table, record, draft, Source);
    }

    public void Archive(string type, string id) => _portal.Removal.Archive(Find(type, id), Source);

    /// <summary>Out of the recycle bin, under the same id, within ninety days.</summary>
    public void Restore(string type, string id) => _portal.Removal.Restore(Find(type, id), Source);

    /// <returns>The id of the record that both became.</returns>
    public string Merge(string type, string primaryId, string otherId) =>
        $"{_portal.Removal.Merge(_portal.Table(type), Find(type, primaryId), Find(type, otherId), Source).Id}";

    /// <summary>Deletes a contact for good.</summary>
    public void Erase(string id) => _portal.Removal.Erase(_portal.Contacts, Find("contacts", id), Source);

    /// <param name="typeId">In the direction from the first to the second; null for the plain type.</param>
    public void Associate(string fromType, string fromId, string toType, string toId, int? typeId = null)
    {
        (CrmRecord from, CrmRecord to) = (Find(fromType, fromId), Find(toType, toId));
        _portal.Associator.Add(from, to, [typeId ?? _portal.Associations.Plain(from.Type, to.Type).Id], Source);
    }

    public void Dissociate(string fromType, string fromId, string toType, string toId) => _portal.Associator.Remove(Find(fromType, fromId), Find(toType, toId), Source);

    /// <summary>Gives a contact one more address, which the API cannot.</summary>
    public void AddEmail(string id, string address)
    {
        CrmTable contacts = _portal.Contacts;
        CrmRecord record = Find("contacts", id);
        if (contacts.Unique.Owner(contacts.Email!, address) is { } owner) throw Refuse.ContactExists(owner.Id);
        string[] known = record[contacts.AdditionalEmails!]?.Split(';') ?? [];
        _portal.Writer.Update(contacts, record, new([new(contacts.AdditionalEmails!, string.Join(';', known.Append(address.ToLowerInvariant())))]), Source);
    }

    /// <summary>Defines a property, known at once.</summary>
    /// <param name="definition">As the API takes it.</param>
    public void DefineProperty(string type, string definition)
    {
        using JsonDocument read = JsonDocument.Parse(definition);
        _properties.Create(_portal.Table(type), read.RootElement, TimeSpan.Zero);
    }

    /// <summary>From now on, creations by 2026-09 need the property.</summary>
    public void RequireOnCreate(string type, string property) => _portal.Rules.RequireOnCreate(_portal.Table(type).Type, _portal.Table(type).Catalogue.Get(property));

    /// <summary>From now on, writes by 2026-09 need the property where the controlling one has the value.</summary>
    public void RequireWhen(string type, string controlling, string value, string property)
    {
        Catalogue catalogue = _portal.Table(type).Catalogue;
        _portal.Rules.RequireWhen(catalogue.Type, catalogue.Get(controlling), value, catalogue.Get(property));
    }

    /// <summary>Some form uses the property: it cannot be archived.</summary>
    public void UseInForm(string type, string property) => _portal.UsedProperties.Add(_portal.Table(type).Catalogue.Get(property));

    /// <summary>Heavy upserts lock the record: writes are answered 423 for two seconds.</summary>
    public void Lock(string type, string id) => Find(type, id).LockedUntilMs = _portal.NowMs + 2000;

    /// <summary>A bulk import touches records: all get the same last-modified time, now.</summary>
    public void Stamp(string type, IEnumerable<string> ids)
    {
        foreach (string id in ids)
        {
            CrmRecord record = Find(type, id);
            record.ModifiedMs = _portal.NowMs;
            _portal.Touch(_portal.Table(type), record);
        }
    }

    /// <returns>The owner id.</returns>
    public string AddOwner(string email, string firstName, string lastName) => $"{_portal.Owners.Add(email, firstName, lastName).Id}";

    /// <summary>Puts a record on a list of any kind, as a dynamic list's filter would.</summary>
    public void AddToList(string listId, string recordId) =>
        (_portal.Lists.Find(JsonReading.ReadId(listId)) ?? throw new ArgumentException($"There is no list {listId}.", nameof(listId))).Add(JsonReading.ReadId(recordId) ?? 0, _portal.NowMs);

    private CrmRecord Find(string type, string id) =>
        RecordLookup.ById(_portal.Table(type), id) ?? throw new ArgumentException($"There is no record {id} of the type {type}.", nameof(id));

    private static JsonElement Json(IReadOnlyDictionary<string, string> properties) => JsonSerializer.SerializeToElement(properties);
}
