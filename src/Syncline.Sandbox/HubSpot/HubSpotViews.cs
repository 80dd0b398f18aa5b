using Syncline.Sandbox.HubSpot.Records;
using Syncline.Sandbox.HubSpot.Wire;

namespace Syncline.Sandbox.HubSpot;

/// <summary>A record for those who only look. Live: it shows later changes too.</summary>
public sealed class HubSpotRecordView
{
    private readonly HubSpotPortal _portal;
    private readonly CrmRecord _record;

    internal HubSpotRecordView(HubSpotPortal portal, CrmRecord record) => (_portal, _record) = (portal, record);

    public string Type => _record.Type.Name;
    public string Id => $"{_record.Id}";
    public DateTimeOffset CreatedAt => DateTimeOffset.FromUnixTimeMilliseconds(_record.CreatedMs);
    public DateTimeOffset ModifiedAt => DateTimeOffset.FromUnixTimeMilliseconds(_record.ModifiedMs);
    public bool IsArchived => _record.ArchivedMs != 0;

    /// <summary>The id of the record that this one became, or null.</summary>
    public string? MergedInto => _record.MergedInto is { } survivor ? $"{survivor.Id}" : null;

    /// <summary>A property's value; null where it has none.</summary>
    /// <exception cref="KeyNotFoundException">The type has no such property.</exception>
    public string? this[string property] => _record[_portal.Table(_record.Type).Catalogue.Get(property)];

    /// <summary>The stored values by property; what is calculated is not among them.</summary>
    public IReadOnlyDictionary<string, string> Values => _record.Values.ToDictionary(v => _portal.Table(_record.Type).Catalogue.All[v.Property].Name, v => v.Value);

    /// <summary>The other ends of one type, by id.</summary>
    public IReadOnlyList<HubSpotAssociation> To(string type) =>
        [.. _record.Links.OfType(_portal.Table(type).Type.Number).ToArray().Select(l => new HubSpotAssociation($"{l.Other.Id}", l.TypeIds))];

    /// <summary>Every value that the property had, newest first; an empty one where it was cleared.</summary>
    public IReadOnlyList<HubSpotPastValue> History(string property) =>
        [.. _record.History(_portal.Table(_record.Type).Catalogue.Get(property).Number).Select(p => new HubSpotPastValue(p.Value, DateTimeOffset.FromUnixTimeMilliseconds(p.AtMs), p.Source.Type, p.Source.Id))];
}

/// <summary>An association seen from one end.</summary>
/// <param name="TypeIds">In the direction away from the record that was asked.</param>
public sealed record HubSpotAssociation(string Id, IReadOnlyList<int> TypeIds);

/// <summary>A value that a property had from then on.</summary>
public sealed record HubSpotPastValue(string Value, DateTimeOffset At, string SourceType, string? SourceId);

/// <summary>What the portal holds, to be looked at in process.</summary>
public sealed partial class HubSpotSimulator
{
    /// <summary>Live records of a type.</summary>
    public int Count(string type) => _portal.Table(type).LiveCount;

    /// <summary>Live records in the order of their ids; made as it is walked.</summary>
    public IEnumerable<HubSpotRecordView> Records(string type) => _portal.Table(type).From(0, archived: false).Select(View);

    public IEnumerable<HubSpotRecordView> Archived(string type) => _portal.Table(type).From(0, archived: true).Select(View);

    /// <summary>The record in whatever state, or null when there never was one or it was erased.</summary>
    public HubSpotRecordView? Record(string type, string id) => RecordLookup.ById(_portal.Table(type), id) is { } record ? View(record) : null;

    /// <summary>The live contacts with this address, be it the primary or an additional one: by HubSpot's rule at most one.</summary>
    public IReadOnlyList<HubSpotRecordView> ContactsByEmail(string address) =>
        _portal.Contacts.Unique.Owner(_portal.Contacts.Email!, address) is { IsLive: true } owner ? [View(owner)] : [];

    /// <summary>The live records with this stored value; looks at every record.</summary>
    public IReadOnlyList<HubSpotRecordView> RecordsWith(string type, string property, string value) => [.. Records(type).Where(r => r[property] == value)];

    /// <summary>The live notes of a contact, by id.</summary>
    public IReadOnlyList<HubSpotRecordView> NotesOf(string contactId) =>
        [.. (Record("contacts", contactId)?.To("notes") ?? []).Select(a => Record("notes", a.Id)).OfType<HubSpotRecordView>().Where(n => !n.IsArchived)];

    private HubSpotRecordView View(CrmRecord record) => new(_portal, record);
}
