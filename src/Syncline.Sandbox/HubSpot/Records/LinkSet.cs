using System.Runtime.InteropServices;

namespace Syncline.Sandbox.HubSpot.Records;

/// <summary>An association seen from one end: the other end, and the type ids in this direction.</summary>
internal readonly record struct Link(CrmRecord Other, int[] TypeIds);

/// <summary>A record's associations, by the other's type and id: a company may have a quarter of a million.</summary>
internal sealed class LinkSet
{
    private static readonly int[] PrimaryIds = [1, 5, 26];

    private List<Link>? _links;

    public int Count => _links?.Count ?? 0;

    public IReadOnlyList<Link> All => _links ?? [];

    public ReadOnlySpan<Link> OfType(int typeNumber)
    {
        if (_links is null) return [];
        (int start, int end) = (Place(typeNumber, 0), Place(typeNumber + 1, 0));
        return CollectionsMarshal.AsSpan(_links)[start..end];
    }

    public Link? Find(CrmRecord other)
    {
        if (_links is null) return null;
        int at = Place(other.Type.Number, other.Id);
        return at < _links.Count && ReferenceEquals(_links[at].Other, other) ? _links[at] : null;
    }

    /// <summary>The one of that type which is marked as primary.</summary>
    public CrmRecord? Primary(int typeNumber)
    {
        foreach (ref readonly Link link in OfType(typeNumber))
        {
            if (link.TypeIds.Any(PrimaryIds.Contains)) return link.Other;
        }
        return null;
    }

    /// <summary>Sets the type ids of a pair; none takes the pair away.</summary>
    public void Set(CrmRecord other, int[] typeIds)
    {
        _links ??= new(1);
        int at = Place(other.Type.Number, other.Id);
        bool isThere = at < _links.Count && ReferenceEquals(_links[at].Other, other);
        if (typeIds.Length == 0 && isThere) _links.RemoveAt(at);
        else if (typeIds.Length > 0 && isThere) _links[at] = new(other, typeIds);
        else if (typeIds.Length > 0) _links.Insert(at, new(other, typeIds));
    }

    /// <summary>Where the first link is that is not before this type and id.</summary>
    private int Place(int typeNumber, long id)
    {
        (int low, int high) = (0, _links!.Count);
        while (low < high)
        {
            int middle = (low + high) / 2;
            CrmRecord other = _links[middle].Other;
            bool isBefore = other.Type.Number < typeNumber || (other.Type.Number == typeNumber && other.Id < id);
            (low, high) = isBefore ? (middle + 1, high) : (low, middle);
        }
        return low;
    }
}
