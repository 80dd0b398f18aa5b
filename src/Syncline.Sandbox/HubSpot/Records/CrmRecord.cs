using Syncline.Sandbox.HubSpot.Schema;

namespace Syncline.Sandbox.HubSpot.Records;

/// <summary>A stored value.</summary>
/// <param name="Property">The property's number.</param>
internal readonly record struct StoredValue(int Property, string Value);

/// <summary>One record. Values are few and in one array that is replaced, never changed: the search index may hold on to an older one.</summary>
internal sealed class CrmRecord(ObjectType type, long id, int slot, long createdMs, ChangeSource origin)
{
    public ObjectType Type => type;
    public long Id => id;

    /// <summary>Its place among the type's records: ids and slots grow together.</summary>
    public int Slot => slot;

    public long CreatedMs { get; set; } = createdMs;
    public long ModifiedMs { get; set; } = createdMs;

    /// <summary>0 while it is live.</summary>
    public long ArchivedMs { get; set; }

    /// <summary>Deleted for good: not even archived reads find it.</summary>
    public bool IsPurged { get; set; }

    public bool IsLive => ArchivedMs == 0 && MergedInto is null && !IsPurged;

    public ChangeSource Origin { get; set; } = origin;
    public StoredValue[] Values { get; set; } = [];

    /// <summary>What search believes; null before it first heard of the record.</summary>
    public StoredValue[]? Indexed { get; set; }

    /// <summary>Until when a writer holds it locked.</summary>
    public long LockedUntilMs { get; set; }

    public LinkSet Links { get; } = new();
    public CrmRecord? MergedInto { get; set; }
    public List<long>? MergedIds { get; set; }

    /// <summary>Changes since it was created; what it was created with is <see cref="First"/>.</summary>
    public List<PastValue>? Changes { get; set; }

    /// <summary>The values it was created with, while they are not its values any more.</summary>
    public StoredValue[]? First { get; set; }

    public string? this[Property property] => property.Computed is { } compute ? compute(this) : Find(Values, property.Number);

    public static string? Find(StoredValue[] values, int property)
    {
        foreach (ref readonly StoredValue stored in values.AsSpan())
        {
            if (stored.Property == property) return stored.Value;
        }
        return null;
    }

    /// <summary>Newest first; an empty text where the value was cleared.</summary>
    public IEnumerable<PastValue> History(int property)
    {
        foreach (PastValue past in (Changes ?? []).Where(c => c.Property == property).OrderByDescending(c => c.AtMs)) yield return past;
        if (Find(First ?? Values, property) is { } value) yield return new(property, value, CreatedMs, Origin);
    }

    /// <summary>Puts a value in place of the one there; an empty one takes it away.</summary>
    public void Put(Property property, string value, long now, ChangeSource source)
    {
        First ??= Values;
        (Changes ??= []).Add(new(property.Number, value, now, source));
        int at = Array.FindIndex(Values, v => v.Property == property.Number);
        Values = (at, value.Length) switch
        {
            (< 0, 0) => Values,
            (< 0, _) => [.. Values, new(property.Number, value)],
            (_, 0) => [.. Values[..at], .. Values[(at + 1)..]],
            _ => [.. Values[..at], new(property.Number, value), .. Values[(at + 1)..]],
        };
    }
}
