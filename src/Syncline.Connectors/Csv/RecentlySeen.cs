namespace Syncline.Connectors.Csv;

/// <summary>Remembers the keys met last, twice <paramref name="generation"/> of them at the most: a file has no bound, memory has.</summary>
internal sealed class RecentlySeen<TKey, TValue>(int generation) where TKey : notnull
{
    private Dictionary<TKey, TValue> _young = [], _old = [];

    public TValue? Find(TKey key) => _young.TryGetValue(key, out TValue? value) || _old.TryGetValue(key, out value) ? value : default;

    public void Set(TKey key, TValue value)
    {
        if (_young.Count >= generation) (_old, _young) = (_young, []);
        _young[key] = value;
    }
}
