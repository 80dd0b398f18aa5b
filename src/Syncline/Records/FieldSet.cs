using System.Collections;
using System.Collections.Immutable;

namespace Syncline.Records;

/// <summary>A field's name and value.</summary>
public readonly record struct Field(string Name, FieldValue Value);

/// <summary>Named values, sorted by name, each name once, none empty. Two sets with the same content are equal.</summary>
public sealed class FieldSet : IEquatable<FieldSet>, IReadOnlyCollection<Field>
{
    private readonly ImmutableArray<Field> _fields;

    private FieldSet(ImmutableArray<Field> sorted) => _fields = sorted;

    public static FieldSet Empty { get; } = new([]);

    public int Count => _fields.Length;

    /// <summary>The value of that name, or null when the set has none.</summary>
    public FieldValue? this[string name]
    {
        get
        {
            int at = IndexOf(name);
            return at < 0 ? null : _fields[at].Value;
        }
    }

    /// <summary>Builds a set; a later value of the same name replaces an earlier one, null values are left out.</summary>
    public static FieldSet Of(IEnumerable<(string Name, FieldValue? Value)> fields)
    {
        Builder builder = new();
        foreach ((string name, FieldValue? value) in fields) builder.Set(name, value);
        return builder.Build();
    }

    public static FieldSet Of(params ReadOnlySpan<(string Name, FieldValue? Value)> fields)
    {
        Builder builder = new();
        foreach ((string name, FieldValue? value) in fields) builder.Set(name, value);
        return builder.Build();
    }

    /// <summary>This set with one value set, or removed where it is null.</summary>
    public FieldSet With(string name, FieldValue? value)
    {
        int at = IndexOf(name);
        if (at >= 0) return value is null ? new(_fields.RemoveAt(at)) : value == _fields[at].Value ? this : new(_fields.SetItem(at, new(name, value)));
        return value is null ? this : new(_fields.Insert(~at, new(name, value)));
    }

    /// <summary>This set with several values set, or removed where they are null; a later one of a name wins.</summary>
    public FieldSet With(IReadOnlyList<(string Name, FieldValue? Value)> changes)
    {
        if (changes.Count == 0) return this;
        if (changes.Count == 1) return With(changes[0].Name, changes[0].Value);
        Builder builder = new(_fields.Length + changes.Count);
        foreach (Field field in _fields) builder.Set(field.Name, field.Value);
        foreach ((string name, FieldValue? value) in changes) builder.Set(name, value);
        return builder.Build();
    }

    /// <summary>This set with every value of the other laid over it.</summary>
    public FieldSet With(FieldSet over) => over.Count == 0 ? this : Of(this.Concat(over).Select(f => (f.Name, (FieldValue?)f.Value)));

    /// <summary>Only the fields whose name passes.</summary>
    public FieldSet Where(Func<string, bool> keep) => _fields.All(f => keep(f.Name)) ? this : new([.. _fields.Where(f => keep(f.Name))]);

    public bool Equals(FieldSet? other) => other is not null && (ReferenceEquals(this, other) || _fields.AsSpan().SequenceEqual(other._fields.AsSpan()));

    public override bool Equals(object? obj) => Equals(obj as FieldSet);

    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (Field field in _fields) hash.Add(field);
        return hash.ToHashCode();
    }

    public ImmutableArray<Field>.Enumerator GetEnumerator() => _fields.GetEnumerator();

    IEnumerator<Field> IEnumerable<Field>.GetEnumerator() => ((IEnumerable<Field>)_fields).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable)_fields).GetEnumerator();

    public override string ToString() => string.Join("; ", _fields.Select(f => $"{f.Name}={f.Value}"));

    private int IndexOf(string name)
    {
        int low = 0, high = _fields.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            int order = string.CompareOrdinal(_fields[middle].Name, name);
            if (order == 0) return middle;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }
        return ~low;
    }

    /// <summary>Collects fields in any order; in that of their names it neither searches nor sorts.</summary>
    public sealed class Builder
    {
        private readonly List<Field> _fields;
        private bool _isSorted = true;

        public Builder(int capacity = 16) => _fields = new(capacity);

        public bool Has(string name) => IndexOf(name) >= 0;

        public Builder Set(string name, FieldValue? value)
        {
            int order = _fields.Count == 0 ? -1 : string.CompareOrdinal(_fields[^1].Name, name);
            bool isLast = _isSorted && order < 0;
            int at = isLast ? -1 : IndexOf(name);
            if (at >= 0) _fields.RemoveAt(at);
            if (value is null) return this;
            _isSorted = isLast || (_isSorted && order == 0);
            _fields.Add(new(name, value));
            return this;
        }

        public FieldSet Build()
        {
            if (_fields.Count == 0) return Empty;
            if (!_isSorted) _fields.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
            _isSorted = true;
            return new([.. _fields]);
        }

        private int IndexOf(string name)
        {
            for (int i = 0; i < _fields.Count; i++)
            {
                if (_fields[i].Name == name) return i;
            }
            return -1;
        }
    }
}
