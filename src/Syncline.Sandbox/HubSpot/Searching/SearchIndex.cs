using Syncline.Sandbox.HubSpot.Records;
using Syncline.Sandbox.HubSpot.Schema;

namespace Syncline.Sandbox.HubSpot.Searching;

/// <summary>A span of numbers, both ends included.</summary>
internal readonly record struct Span64(long From, long To)
{
    public static Span64 Everything { get; } = new(long.MinValue, long.MaxValue);

    public bool Contains(long number) => number >= From && number <= To;

    public Span64 Within(Span64 other) => new(Math.Max(From, other.From), Math.Min(To, other.To));
}

/// <summary>
/// What search believes of one type's records: their values and last-modified times as they were some seconds ago. Slots and times are kept in columns and in
/// blocks with their bounds, so that a window over time and id is counted without looking at each record.
/// </summary>
internal sealed class SearchIndex(CrmTable table)
{
    private const int BlockSize = 256;

    /// <summary>The time of a slot that search does not know.</summary>
    private const long Unknown = long.MinValue;

    private readonly List<long> _modified = [];
    private readonly List<Block> _blocks = [];
    private readonly PriorityQueue<CrmRecord, long> _pending = new();
    private readonly Dictionary<int, ValuePostings> _postings = [];

    /// <summary>When search believes that the record was last changed.</summary>
    public long ModifiedMs(CrmRecord record) => _modified[record.Slot];

    public void Touch(CrmRecord record, long now, long lag)
    {
        if (lag <= 0) Take(record);
        else _pending.Enqueue(record, now + lag);
    }

    public void ApplyDue(long now)
    {
        while (_pending.TryPeek(out CrmRecord? record, out long due) && due <= now)
        {
            _pending.Dequeue();
            Take(record);
        }
    }

    /// <summary>Archived records are never found, from the moment on.</summary>
    public void Remove(CrmRecord record)
    {
        if (record.Indexed is null) return;
        foreach ((int property, ValuePostings postings) in _postings) postings.Remove(CrmRecord.Find(record.Indexed, property), record.Slot);
        record.Indexed = null;
        SetTime(record.Slot, Unknown);
    }

    /// <summary>How many known records lie in both spans.</summary>
    public int Count(Span64 slots, Span64 times)
    {
        int count = 0;
        for (int block = 0; block < _blocks.Count; block++)
        {
            Block bounds = Fresh(block);
            Span64 inside = new((long)block * BlockSize, ((long)(block + 1) * BlockSize) - 1);
            if (IsApart(bounds, inside, slots, times)) continue;
            bool isWhole = slots.Contains(inside.From) && slots.Contains(inside.To) && times.Contains(bounds.Least) && times.Contains(bounds.Most);
            count += isWhole ? bounds.Known : Matching(inside.Within(slots), times).Count();
        }
        return count;
    }

    /// <summary>The slots of known records in both spans, ascending.</summary>
    public IEnumerable<int> Slots(Span64 slots, Span64 times)
    {
        int first = (int)Math.Clamp(slots.From / BlockSize, 0, _blocks.Count);
        for (int block = first; block < _blocks.Count; block++)
        {
            Span64 inside = new((long)block * BlockSize, ((long)(block + 1) * BlockSize) - 1);
            if (inside.From > slots.To) yield break;
            if (IsApart(Fresh(block), inside, slots, times)) continue;
            foreach (int slot in Matching(inside.Within(slots), times)) yield return slot;
        }
    }

    /// <summary>The slots of records with this stored value, without regard to case, ascending. The first call for a property indexes it.</summary>
    public IEnumerable<int> WithValue(Property property, string value)
    {
        if (!_postings.TryGetValue(property.Number, out ValuePostings? postings)) _postings[property.Number] = postings = Build(property.Number);
        return postings.Find(value);
    }

    private void Take(CrmRecord record)
    {
        if (!record.IsLive) return;
        foreach ((int property, ValuePostings postings) in _postings)
        {
            string? before = record.Indexed is null ? null : CrmRecord.Find(record.Indexed, property), after = CrmRecord.Find(record.Values, property);
            if (string.Equals(before, after, StringComparison.OrdinalIgnoreCase)) continue;
            postings.Remove(before, record.Slot);
            postings.Add(after, record.Slot);
        }
        record.Indexed = record.Values;
        SetTime(record.Slot, record.ModifiedMs);
    }

    private ValuePostings Build(int property)
    {
        ValuePostings postings = new();
        foreach (CrmRecord record in table.All.Where(r => r.Indexed is not null)) postings.Add(CrmRecord.Find(record.Indexed!, property), record.Slot);
        return postings;
    }

    private void SetTime(int slot, long time)
    {
        while (_modified.Count <= slot) _modified.Add(Unknown);
        _modified[slot] = time;
        while (_blocks.Count <= slot / BlockSize) _blocks.Add(default);
        _blocks[slot / BlockSize] = _blocks[slot / BlockSize] with { IsFresh = false };
    }

    private Block Fresh(int block)
    {
        if (_blocks[block].IsFresh) return _blocks[block];
        Block made = new(long.MaxValue, long.MinValue, 0, IsFresh: true);
        for (int slot = block * BlockSize; slot < Math.Min(_modified.Count, (block + 1) * BlockSize); slot++)
        {
            if (_modified[slot] is var time and not Unknown) made = made with { Least = Math.Min(made.Least, time), Most = Math.Max(made.Most, time), Known = made.Known + 1 };
        }
        return _blocks[block] = made;
    }

    private static bool IsApart(Block bounds, Span64 inside, Span64 slots, Span64 times) =>
        bounds.Known == 0 || inside.From > slots.To || inside.To < slots.From || bounds.Least > times.To || bounds.Most < times.From;

    private IEnumerable<int> Matching(Span64 slots, Span64 times)
    {
        for (int slot = (int)slots.From; slot <= Math.Min(slots.To, _modified.Count - 1); slot++)
        {
            if (_modified[slot] != Unknown && times.Contains(_modified[slot])) yield return slot;
        }
    }

    /// <summary>The bounds of a block's known times, found again after a change.</summary>
    private readonly record struct Block(long Least, long Most, int Known, bool IsFresh);
}

/// <summary>The slots that hold each value of one property.</summary>
internal sealed class ValuePostings
{
    private readonly Dictionary<string, Posting> _slots = new(StringComparer.OrdinalIgnoreCase);

    public void Add(string? value, int slot)
    {
        if (value is null) return;
        if (!_slots.TryGetValue(value, out Posting posting)) _slots[value] = new(slot, null);
        else if (posting.More is { } more) more.Add(slot);
        else _slots[value] = new(posting.First, [posting.First, slot]);
    }

    public void Remove(string? value, int slot)
    {
        if (value is null || !_slots.TryGetValue(value, out Posting posting)) return;
        posting.More?.Remove(slot);
        if (posting.More is null or { Count: 0 }) _slots.Remove(value);
    }

    public IEnumerable<int> Find(string value) => _slots.TryGetValue(value, out Posting posting) ? posting.More is { } more ? [.. more] : [posting.First] : [];

    /// <summary>Most values are held by one record alone.</summary>
    private readonly record struct Posting(int First, SortedSet<int>? More);
}
