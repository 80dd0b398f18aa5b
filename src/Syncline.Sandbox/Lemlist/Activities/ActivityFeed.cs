namespace Syncline.Sandbox.Lemlist.Activities;

/// <summary>All activities, oldest first; of the same millisecond in the order they came in.</summary>
internal sealed class ActivityFeed
{
    private readonly List<Activity> _rows = [];
    private readonly Dictionary<string, Activity> _byId = new(StringComparer.Ordinal);
    private readonly HashSet<(string? Lead, string Type)> _met = [];
    private long _last;

    public IReadOnlyList<Activity> All => _rows;

    public Activity? Find(string id) => _byId.GetValueOrDefault(id);

    public void Add(Activity activity)
    {
        activity.Number = ++_last;
        activity.IsFirst = _met.Add((activity.Lead?.Id, activity.Type));
        _byId.Add(activity.Id, activity);
        Put(activity);
    }

    public bool Remove(Activity activity) => _byId.Remove(activity.Id) && _rows.Remove(activity);

    public void RemoveAll(Predicate<Activity> gone)
    {
        foreach (Activity activity in _rows.Where(a => gone(a))) _byId.Remove(activity.Id);
        _rows.RemoveAll(gone);
    }

    /// <summary>Gives an activity another time.</summary>
    public void Move(Activity activity, DateTimeOffset to)
    {
        _rows.Remove(activity);
        activity.CreatedAt = to;
        Put(activity);
    }

    /// <summary>The rows between two times, both included.</summary>
    public ReadOnlySpan<Activity> Between(DateTimeOffset? from, DateTimeOffset? to)
    {
        int first = from is { } least ? Place(least, 0) : 0;
        int end = to is { } most ? Place(most, long.MaxValue) : _rows.Count;
        return System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_rows)[first..Math.Max(first, end)];
    }

    // New activities come in at the end, where the search is not felt.
    private void Put(Activity activity) => _rows.Insert(Place(activity.CreatedAt, activity.Number), activity);

    /// <summary>How many rows stand before that time and number.</summary>
    private int Place(DateTimeOffset at, long number)
    {
        int low = 0, high = _rows.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            Activity row = _rows[middle];
            bool isBefore = row.CreatedAt < at || (row.CreatedAt == at && row.Number < number);
            if (isBefore) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
