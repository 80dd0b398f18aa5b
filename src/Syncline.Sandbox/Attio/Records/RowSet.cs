using Syncline.Sandbox.Attio.Schema;
using Syncline.Sandbox.Attio.Types;

namespace Syncline.Sandbox.Attio.Records;

/// <summary>The rows of a table: by id, in the order of creation, and by value for every field that was ever looked up by equality.</summary>
internal sealed class RowSet
{
    private static readonly Comparer<Row> ByCreation = Comparer<Row>.Create(Compare);
    private readonly Dictionary<Guid, Row> _byId = [];
    private readonly List<Row> _inOrder = [];
    private readonly Dictionary<(AttioAttribute Attribute, FilterField Field), ValueIndex> _indexes = [];
    private long _sequence;

    public int Count => _inOrder.Count;

    /// <summary>Oldest first; rows of one moment in the order of their making.</summary>
    public IReadOnlyList<Row> InOrder => _inOrder;

    public long NextSequence() => ++_sequence;

    public Row? Find(Guid id) => _byId.GetValueOrDefault(id);

    public void Add(Row row)
    {
        _byId.Add(row.Id, row);
        _inOrder.Insert(Place(row), row);
        foreach (((AttioAttribute attribute, FilterField field), ValueIndex index) in _indexes)
        {
            foreach (HeldValue value in row.Current(attribute)) Enter(index, field, value, row);
        }
    }

    public void Remove(Row row)
    {
        if (!_byId.Remove(row.Id)) return;
        _inOrder.RemoveAt(_inOrder.BinarySearch(row, ByCreation));
        foreach (((AttioAttribute attribute, FilterField field), ValueIndex index) in _indexes)
        {
            foreach (HeldValue value in row.Current(attribute)) Drop(index, field, value, row);
        }
    }

    /// <summary>Hangs an entry on another record.</summary>
    public void Reparent(Row entry, Guid parent)
    {
        Remove(entry);
        entry.Parent = parent;
        Add(entry);
    }

    /// <summary>Stores values and keeps the indexes right.</summary>
    public void Put(Row row, AttioAttribute attribute, IReadOnlyList<HeldValue> values, DateTime now)
    {
        HeldValue[] old = [.. row.Current(attribute)];
        row.Put(attribute, values, now);
        foreach (((AttioAttribute indexed, FilterField field), ValueIndex index) in _indexes)
        {
            if (indexed != attribute) continue;
            foreach (HeldValue value in old) Drop(index, field, value, row);
            foreach (HeldValue value in values) Enter(index, field, value, row);
        }
    }

    /// <summary>Built from all rows the first time, kept up from then on.</summary>
    public ValueIndex Index(AttioAttribute attribute, FilterField field)
    {
        if (_indexes.TryGetValue((attribute, field), out ValueIndex? present)) return present;
        ValueIndex index = new();
        foreach (Row row in _inOrder)
        {
            foreach (HeldValue value in row.Current(attribute)) Enter(index, field, value, row);
        }
        return _indexes[(attribute, field)] = index;
    }

    /// <summary>The rows whose reference attribute points at that record.</summary>
    public IEnumerable<Row> Pointing(AttioAttribute reference, Guid target) => Index(reference, reference.Type.Fields[0]).Rows(target.ToString());

    /// <summary>The position of the first row created at that moment or later.</summary>
    public int FirstAt(DateTime moment)
    {
        int low = 0, high = _inOrder.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_inOrder[middle].CreatedAt < moment) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    public static int Compare(Row left, Row right)
    {
        int byTime = left.CreatedAt.CompareTo(right.CreatedAt);
        return byTime != 0 ? byTime : left.Sequence.CompareTo(right.Sequence);
    }

    private int Place(Row row)
    {
        if (_inOrder.Count == 0 || Compare(_inOrder[^1], row) < 0) return _inOrder.Count;
        return ~_inOrder.BinarySearch(row, ByCreation);
    }

    private static void Enter(ValueIndex index, FilterField field, HeldValue value, Row row)
    {
        if (field.Get(value.Payload) is { } key) index.Add(key, row);
    }

    private static void Drop(ValueIndex index, FilterField field, HeldValue value, Row row)
    {
        if (field.Get(value.Payload) is { } key) index.Remove(key, row);
    }
}
