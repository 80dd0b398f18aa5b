using Syncline.Sandbox.HubSpot.Schema;
using Syncline.Sandbox.HubSpot.Searching;
using Syncline.Sandbox.HubSpot.Wire;

namespace Syncline.Sandbox.HubSpot.Records;

/// <summary>All records of one type in the order of their ids, archived ones among them.</summary>
internal sealed class CrmTable
{
    // Ids get a digit more after some ten records: clients that compare them as text are found out early.
    private const long FirstId = 981;

    private readonly List<CrmRecord> _records = [];
    private readonly SortedSet<int> _archived = [];
    private readonly Chance _chance;

    public CrmTable(ObjectType type, int seed)
    {
        _chance = new(seed + (type.Number * 7919));
        Catalogue = new(type);
        Index = new(this);
        Email = type.IsContact ? Catalogue.Get("email") : null;
        AdditionalEmails = type.IsContact ? Catalogue.Get("hs_additional_emails") : null;
    }

    public ObjectType Type => Catalogue.Type;
    public Catalogue Catalogue { get; }
    public SearchIndex Index { get; }
    public UniqueValues Unique { get; } = new();

    /// <summary>The contacts' two places for addresses; null on every other type.</summary>
    public Property? Email { get; }

    public Property? AdditionalEmails { get; }

    public IReadOnlyList<CrmRecord> All => _records;

    /// <summary>Neither archived nor merged away nor purged.</summary>
    public int LiveCount { get; private set; }

    /// <summary>Whatever its state; purged ones alone are gone.</summary>
    public CrmRecord? Find(long id)
    {
        int slot = SlotFrom(id);
        return slot < _records.Count && _records[slot] is { IsPurged: false } record && record.Id == id ? record : null;
    }

    /// <summary>The first slot whose id is not below this one.</summary>
    public int SlotFrom(long id)
    {
        (int low, int high) = (0, _records.Count);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _records[middle].Id < id ? (middle + 1, high) : (low, middle);
        }
        return low;
    }

    public CrmRecord Add(long now, ChangeSource origin)
    {
        long id = _records.Count == 0 ? FirstId : _records[^1].Id + 1 + _chance.Below(3);
        CrmRecord made = new(Type, id, _records.Count, now, origin);
        _records.Add(made);
        LiveCount++;
        return made;
    }

    /// <summary>Records from an id on, live or archived ones.</summary>
    public IEnumerable<CrmRecord> From(long id, bool archived)
    {
        int first = SlotFrom(id);
        if (archived) return first >= _records.Count ? [] : _archived.GetViewBetween(first, int.MaxValue).Select(s => _records[s]);
        return Live(first);
    }

    public void Archive(CrmRecord record, long now, bool keepsUniqueValues)
    {
        record.ArchivedMs = now;
        _archived.Add(record.Slot);
        Leave(record, keepsUniqueValues);
    }

    public void Restore(CrmRecord record)
    {
        record.ArchivedMs = 0;
        _archived.Remove(record.Slot);
        LiveCount++;
        Claim(record);
    }

    /// <summary>Merged away: the id resolves, nothing lists it.</summary>
    public void Fold(CrmRecord record, CrmRecord survivor)
    {
        record.MergedInto = survivor;
        Leave(record, keepsUniqueValues: false);
    }

    public void Purge(CrmRecord record)
    {
        if (record.IsLive) Leave(record, keepsUniqueValues: false);
        _archived.Remove(record.Slot);
        record.IsPurged = true;
    }

    /// <summary>Takes the record's unique values for it.</summary>
    public void Claim(CrmRecord record)
    {
        foreach ((Property property, string value) in UniqueOf(record)) Unique.Claim(property, value, record);
    }

    public void Release(CrmRecord record)
    {
        foreach ((Property property, string value) in UniqueOf(record)) Unique.Release(property, value, record);
    }

    private IEnumerable<CrmRecord> Live(int first)
    {
        for (int slot = first; slot < _records.Count; slot++)
        {
            if (_records[slot].IsLive) yield return _records[slot];
        }
    }

    private void Leave(CrmRecord record, bool keepsUniqueValues)
    {
        LiveCount--;
        Index.Remove(record);
        if (!keepsUniqueValues) Release(record);
    }

    private IEnumerable<(Property Property, string Value)> UniqueOf(CrmRecord record)
    {
        foreach (StoredValue stored in record.Values)
        {
            Property property = Catalogue.All[stored.Property];
            if (property == Email || property.HasUniqueValue) yield return (property, stored.Value);
            if (property != AdditionalEmails) continue;
            foreach (string address in stored.Value.Split(';', StringSplitOptions.RemoveEmptyEntries)) yield return (Email!, address);
        }
    }
}
