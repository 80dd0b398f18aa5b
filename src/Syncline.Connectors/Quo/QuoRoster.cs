namespace Syncline.Connectors.Quo;

/// <summary>
/// All external ids of a workspace that holds few contacts. Two pages cost two calls; where they are all there is, whoever is not on them is new, and 5,000 people are spared 100 look-ups.
/// </summary>
/// <remarks>
/// "Absent" leads to a create, so it is believed with bounds. The listing begins a settle time after the run: what a process that is dead by now sent right before its end shows in it, also where the
/// database that knew of its intents is lost (those of a database that is there are settled by look-ups before anything is planned). An id that this run has written is never told to be absent.
/// What another program makes meanwhile is found again once the listing is <see cref="Lifetime"/> old.
/// </remarks>
internal sealed class QuoRoster(QuoApi api, TimeProvider clock)
{
    // Beside the pages of what this run itself has written before the listing began.
    private const int MaxPages = 2;

    // About as long as 5,000 people take. It also bounds the ids that are remembered: 6,000 at the limit of ten a second.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);
    private readonly DateTimeOffset _since = clock.GetUtcNow();
    private Task<HashSet<string>?>? _listing;

    private bool IsInTime => clock.GetUtcNow() - _since is var age && age >= QuoOptions.SettleTime && age < Lifetime;

    /// <summary>Said before the write: whether it takes effect nobody knows until its answer is there.</summary>
    public void Writing(string externalId)
    {
        lock (_gate)
        {
            if (clock.GetUtcNow() - _since < Lifetime) _written.Add(externalId);
        }
    }

    /// <summary>Those of the ids that a contact may have.</summary>
    public async Task<IReadOnlyList<string>> WithoutAbsentAsync(IReadOnlyList<string> externalIds, CancellationToken cancellationToken)
    {
        if (!IsInTime || await ListingAsync(cancellationToken) is not { } there) return externalIds;
        lock (_gate) return IsInTime ? [.. externalIds.Where(id => there.Contains(id) || _written.Contains(id))] : externalIds;
    }

    private Task<HashSet<string>?> ListingAsync(CancellationToken cancellationToken)
    {
        lock (_gate) return _listing ??= ListAsync(MaxPages + (_written.Count + QuoOptions.MaxPage - 1) / QuoOptions.MaxPage, cancellationToken);
    }

    /// <summary>Null where so many pages are not all.</summary>
    private async Task<HashSet<string>?> ListAsync(int pages, CancellationToken cancellationToken)
    {
        HashSet<string> ids = new(StringComparer.Ordinal);
        string? cursor = null;
        for (int page = 0; page < pages; page++)
        {
            QuoFlatPage some = await api.ListFlatAsync(cursor, cancellationToken);
            ids.UnionWith(some.Data.Select(c => c.ExternalId).OfType<string>());
            if (some.NextCursor is null) return ids;
            cursor = some.NextCursor;
        }
        return null;
    }
}
