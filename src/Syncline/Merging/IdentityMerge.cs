using Syncline.Planning;
using Syncline.Records;

namespace Syncline.Merging;

/// <summary>Two golden records that a person says are one, with all that belongs to the one that goes.</summary>
/// <param name="KeptLinks">The links of the one that stays.</param>
/// <param name="Links">The links of the one that goes.</param>
/// <param name="Referring">The golden records that refer to it, each with its own links.</param>
internal sealed record MergeOfTwo(GoldenRecord Kept, GoldenRecord Other, IEnumerable<Link> KeptLinks, IEnumerable<Link> Links, IEnumerable<(GoldenRecord Golden, IEnumerable<Link> Links)> Referring);

/// <summary>Makes one golden record of two. Pure: state in, changes out.</summary>
/// <remarks>The kept record's values stay; what it lacks comes from the other, and lists are united. Links, keys and references follow, so that both sides' sources go on feeding one record.</remarks>
internal sealed class IdentityMerge(MergeOfTwo two, long runId, DateTimeOffset at)
{
    private readonly HubChanges _changes = new();

    public HubChanges Decide()
    {
        _changes.Merged.Add((two.Other.Id, two.Kept.Id));
        foreach (Link link in two.Links) Follow(link);
        Fill();
        Retire(two.Other);
        foreach ((GoldenRecord golden, IEnumerable<Link> links) in two.Referring) Repoint(golden, links);
        return _changes;
    }

    private void Follow(Link link)
    {
        // Figures reckoned for one of the two are reckoned anew for both together.
        if (link.Key.Connection == SyncScope.Derived) _changes.RemovedLinks.Add(link.Key);
        else _changes.Links.Add(link with { GoldenId = two.Kept.Id, State = link.State == LinkState.Live && two.KeptLinks.Any(k => IsBeside(k, link)) ? LinkState.Double : link.State });
    }

    private static bool IsBeside(Link kept, Link link) => kept.State == LinkState.Live && (kept.Key.Connection, kept.Key.Stream) == (link.Key.Connection, link.Key.Stream);

    private void Fill()
    {
        GoldenEdit kept = new(two.Kept, runId);
        foreach (Field field in two.Other.Fields)
        {
            FieldOrigin? origin = two.Other.Origins.GetValueOrDefault(field.Name);
            if (origin?.Source.Connection == SyncScope.Derived) continue;
            FieldValue? held = two.Kept.Fields[field.Name];
            if (held is null) kept.Set(field.Name, field.Value, origin?.Source ?? References.Decided(two.Other), origin?.At ?? at, "merged");
            else if (IsList(held) || IsList(field.Value)) kept.Set(field.Name, FieldValue.List(held.Items.Union(field.Value.Items)), SourceOf(field.Name), at, "merged");
        }
        kept.Into(_changes);
    }

    private RecordKey SourceOf(string field) => two.Kept.Origins.GetValueOrDefault(field)?.Source ?? References.Decided(two.Kept);

    private void Retire(GoldenRecord golden)
    {
        GoldenEdit edit = new(golden, runId);
        foreach (Field field in golden.Fields) edit.Set(field.Name, null, References.Decided(two.Kept), at, "merged");
        edit.Delete();
        edit.Into(_changes);
    }

    private void Repoint(GoldenRecord golden, IEnumerable<Link> links)
    {
        if (links.FirstOrDefault(IsDerivedFromOther) is { } derived)
        {
            // Its conversation note: the kept record has, or gets, one about both.
            _changes.RemovedLinks.Add(derived.Key);
            Retire(golden);
            return;
        }
        GoldenEdit edit = new(golden, runId);
        References.Replace(edit, two.Other, two.Kept, at, "merged");
        edit.Into(_changes);
    }

    private bool IsDerivedFromOther(Link link) => link.Key.Connection == SyncScope.Derived && link.Key.Id == two.Other.Reference.Text;

    private static bool IsList(FieldValue value) => value.Type == FieldType.List;
}
