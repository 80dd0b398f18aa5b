namespace Syncline.Sandbox.Attio.Records;

/// <summary>Which rows hold a value. Most values are held by one row, so that a list is made only for the second.</summary>
internal sealed class ValueIndex
{
    private readonly Dictionary<IComparable, object> _holders = [];

    public IEnumerable<Row> Rows(IComparable key) => _holders.GetValueOrDefault(key) switch
    {
        null => [],
        Row one => [one],
        object many => (HashSet<Row>)many,
    };

    public void Add(IComparable key, Row row)
    {
        if (!_holders.TryGetValue(key, out object? present)) _holders[key] = row;
        else if (present is HashSet<Row> many) many.Add(row);
        else if (!ReferenceEquals(present, row)) _holders[key] = new HashSet<Row> { (Row)present, row };
    }

    public void Remove(IComparable key, Row row)
    {
        if (!_holders.TryGetValue(key, out object? present)) return;
        if (ReferenceEquals(present, row)) _holders.Remove(key);
        else if (present is HashSet<Row> many && many.Remove(row) && many.Count == 0) _holders.Remove(key);
    }
}
