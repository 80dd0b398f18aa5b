using Syncline.Records;

namespace Syncline.Connectors.HubSpot;

/// <summary>Everybody of a portal that holds few: whoever is not on it is new without a call. That spares a first run its look-ups, which cost as many calls as its writes.</summary>
/// <remarks>What this run writes itself is asked after all the same, and after ten minutes everything is: others may write, too. Were somebody missed, the unique address would still keep a contact from being made twice.</remarks>
internal sealed class HubSpotRoster(HubSpotObjects objects, string? unique, TimeProvider clock)
{
    private const int MostPages = 3;

    // Fewer than this are simply looked up.
    private const int Many = 200;

    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    private static readonly string[] Names = ["email", "domain", HubSpotLookup.LinkedIn];

    private readonly Lock _gate = new();
    private KeySieve? _written;
    private Task<HashSet<string>?>? _keys;
    private DateTimeOffset _staleAt;

    /// <summary>True once everything is looked for, whatever is written: too many are there, or what was listed is too old.</summary>
    private bool IsOver => _keys is { IsCompletedSuccessfully: true } known && (known.Result is null || clock.GetUtcNow() >= _staleAt);

    /// <summary>Said before it is written: from now on these are looked for.</summary>
    public void Writing(FieldSet fields)
    {
        lock (_gate)
        {
            if (IsOver)
            {
                _written = null;
                return;
            }
            _written ??= new();
            foreach (string key in KeysOf(fields)) _written.Add(key);
        }
    }

    /// <summary>Those of the wanted that may be there.</summary>
    public async Task<IReadOnlyList<FieldSet>> WithoutAbsentAsync(IReadOnlyList<FieldSet> wanted, CancellationToken cancellationToken)
    {
        // Of few it is cheap to ask, and where HubSpot refuses no second one (a company) a missed one would be made twice.
        bool isFew = wanted.Count < Many;
        if ((isFew && !wanted.All(w => w["email"] is not null)) || await KeysAsync(isFew, cancellationToken) is not { } there) return wanted;
        lock (_gate) return IsOver ? wanted : [.. wanted.Where(w => KeysOf(w).Any(k => there.Contains(k) || _written?.MayHold(k) == true))];
    }

    /// <summary>Null where they are not known, and for so few not worth a listing.</summary>
    private Task<HashSet<string>?> KeysAsync(bool isFew, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_keys is { IsFaulted: false, IsCanceled: false } known) return known;
            if (isFew) return Task.FromResult<HashSet<string>?>(null);
            _staleAt = clock.GetUtcNow() + Fresh;
            return _keys = LoadAsync(cancellationToken);
        }
    }

    /// <summary>Null where there are more than are worth listing.</summary>
    private async Task<HashSet<string>?> LoadAsync(CancellationToken cancellationToken)
    {
        HashSet<string> keys = new(StringComparer.Ordinal);
        string? after = null;
        for (int page = 0; page < MostPages; page++)
        {
            HubSpotPage some = await objects.ListAsync(HubSpotOptions.MaxPage, after, cancellationToken);
            keys.UnionWith(some.Results.SelectMany(KeysOf));
            if (some.After is null) return keys;
            after = some.After;
        }
        return null;
    }

    private IEnumerable<string> KeysOf(HubSpotObject held) =>
        from name in Known
        from text in HubSpotValues.Parts($"{held.Properties.GetValueOrDefault(name)};{(HubSpotValues.MoreOf(name) is { } more ? held.Properties.GetValueOrDefault(more) : "")}")
        select KeyOf(name, text);

    private IEnumerable<string> KeysOf(FieldSet fields) => from name in Known from item in fields[name]?.Items ?? [] select KeyOf(name, item.Text);

    private IEnumerable<string> Known => unique is null ? Names : Names.Append(unique);

    private static string KeyOf(string name, string text) => $"{name}={(name == HubSpotLookup.LinkedIn ? LinkedInUrl.Slug(text) : null) ?? text.Trim().ToLowerInvariant()}";
}
