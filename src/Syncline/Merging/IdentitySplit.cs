using Syncline.Matching;
using Syncline.Planning;
using Syncline.Records;

namespace Syncline.Merging;

/// <summary>A golden record that a person says is two.</summary>
/// <param name="Moved">The links of the one that goes its own way.</param>
/// <param name="Left">The links that stay.</param>
/// <param name="Referring">The golden records that refer to it, each with its own links.</param>
/// <param name="Referenced">The links of the remote records that <paramref name="Moved"/> and <paramref name="Left"/> refer to.</param>
internal sealed record SplitOfOne(
    GoldenRecord Golden,
    IReadOnlyList<Link> Moved,
    IReadOnlyList<Link> Left,
    IEnumerable<(GoldenRecord Golden, IEnumerable<Link> Links)> Referring,
    IReadOnlyDictionary<RecordKey, Link> Referenced);

/// <summary>Makes a golden record of its own out of some of another's remote records. Pure: state in, changes out.</summary>
/// <remarks>Both records then hold what their own remote records show. A key that both show stays where it was: a remote record that is linked is never matched again.</remarks>
internal sealed class IdentitySplit(SplitOfOne one, long newId, long runId, DateTimeOffset at)
{
    private const string Rule = "split";

    private readonly HubChanges _changes = new();
    private readonly HashSet<RecordKey> _moved = [.. one.Moved.Select(l => l.Key)];

    public HubChanges Decide()
    {
        GoldenRecord born = Bear();
        _changes.Links.AddRange(one.Moved.Select(l => Alone(l, one.Moved) with { GoldenId = born.Id }));
        _changes.Links.AddRange(one.Left.Select(l => Alone(l, one.Left)).Except(one.Left));
        HashSet<IdentityKey> shown = [.. one.Left.SelectMany(KeysOf)];
        _changes.Keys.AddRange(one.Moved.SelectMany(KeysOf).Where(k => !shown.Contains(k)).Distinct().Select(k => (k, born.Id)));
        TakeBack();
        foreach ((GoldenRecord golden, IEnumerable<Link> links) in one.Referring.Where(r => r.Links.Any(RefersToMoved)))
        {
            GoldenEdit edit = new(golden, runId);
            References.Replace(edit, one.Golden, born, at, Rule);
            edit.Into(_changes);
        }
        return _changes;
    }

    /// <summary>A second record that has lost its first one is the first.</summary>
    private static Link Alone(Link link, IReadOnlyList<Link> links)
    {
        Link first = links.Where(l => (l.Key.Connection, l.Key.Stream) == (link.Key.Connection, link.Key.Stream)).OrderBy(l => l.State).First();
        return link.Key == first.Key && link.State == LinkState.Double ? link with { State = LinkState.Live } : link;
    }

    private GoldenRecord Bear()
    {
        GoldenEdit born = new(new(newId, one.Golden.Kind, FieldSet.Empty), runId);
        foreach (string name in one.Moved.SelectMany(l => l.Seen).Select(f => f.Name).Distinct()) Take(born, name, Show(one.Moved, name));
        born.Into(_changes);
        return born.Now;
    }

    /// <summary>What the record has from nobody but those that go, goes with them.</summary>
    private void TakeBack()
    {
        GoldenEdit edit = new(one.Golden, runId);
        foreach (string name in one.Moved.SelectMany(l => l.Seen).Select(f => f.Name).Distinct())
        {
            if (one.Golden.Fields[name] is not { } held) continue;
            if (held.Type == FieldType.List) TakeBack(edit, name, held);
            else if (_moved.Contains(one.Golden.Origins.GetValueOrDefault(name)?.Source ?? default)) Take(edit, name, Show(one.Left, name));
        }
        edit.Into(_changes);
    }

    private void TakeBack(GoldenEdit edit, string name, FieldValue held)
    {
        IEnumerable<FieldValue> staying = ItemsOf(one.Left, name);
        FieldValue? left = FieldValue.List(held.Items.Except(ItemsOf(one.Moved, name).Except(staying)));
        FieldOrigin? origin = one.Golden.Origins.GetValueOrDefault(name);
        edit.Set(name, left, origin is null || _moved.Contains(origin.Source) ? SourceAmong(one.Left, name) : origin.Source, at, Rule);
    }

    /// <summary>What some links show of a field together: a list is united, of single values the latest counts.</summary>
    private (FieldValue? Value, Link? By) Show(IReadOnlyList<Link> links, string name)
    {
        Link[] showing = [.. links.Where(l => l.Seen[name] is not null).OrderByDescending(l => l.SeenModifiedAt)];
        if (showing.Length == 0) return (null, null);
        if (showing.All(l => l.Seen[name]!.Type != FieldType.List)) return (Resolve(showing[0], showing[0].Seen[name]!), showing[0]);
        return (FieldValue.List(ItemsOf(showing, name)), showing[0]);
    }

    private void Take(GoldenEdit edit, string name, (FieldValue? Value, Link? By) shown) =>
        edit.Set(name, shown.Value, shown.By?.Key ?? References.Decided(one.Golden), shown.By?.SeenModifiedAt ?? at, Rule);

    private RecordKey SourceAmong(IReadOnlyList<Link> links, string name) => links.FirstOrDefault(l => l.Seen[name] is not null)?.Key ?? References.Decided(one.Golden);

    private IEnumerable<FieldValue> ItemsOf(IEnumerable<Link> links, string name) =>
        links.SelectMany(l => l.Seen[name] is { } value ? value.Items.Select(i => Resolve(l, i)) : []).OfType<FieldValue>().Distinct();

    private FieldValue? Resolve(Link link, FieldValue value) =>
        value.Type != FieldType.Reference ? value
        : one.Referenced.TryGetValue(new(link.Key.Connection, value.ReferencedScope, value.ReferencedId), out Link? target) ? GoldenRecord.ReferenceTo(target.Kind, target.GoldenId) : null;

    private bool RefersToMoved(Link link) => link.Key.Connection != SyncScope.Derived && link.Seen
        .SelectMany(f => f.Value.Items)
        .Any(v => v.Type == FieldType.Reference && _moved.Contains(new(link.Key.Connection, v.ReferencedScope, v.ReferencedId)));

    private IEnumerable<IdentityKey> KeysOf(Link link) => IdentityKeys.Of(one.Golden.Kind, link.Seen).Select(k => k.Key);
}
