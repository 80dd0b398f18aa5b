using Syncline.Sandbox.HubSpot.Schema;
using Syncline.Sandbox.HubSpot.Wire;

namespace Syncline.Sandbox.HubSpot.Records;

/// <summary>Sets and removes associations at both ends, with at most one primary company a record.</summary>
internal sealed class Associator(HubSpotPortal portal)
{
    // The same few sets of types occur a hundred thousand times: each is held once.
    private readonly Dictionary<string, int[]> _shared = new(StringComparer.Ordinal);

    private AssociationTypes Types => portal.Associations;

    /// <summary>Adds types to what a pair has; the plain type is always among them.</summary>
    public void Add(CrmRecord from, CrmRecord to, IReadOnlyList<int> typeIds, ChangeSource source) =>
        Set(from, to, [.. from.Links.Find(to)?.TypeIds ?? [], .. typeIds], source);

    /// <summary>Gives a pair exactly these types and the plain one.</summary>
    public void Set(CrmRecord from, CrmRecord to, IReadOnlyList<int> typeIds, ChangeSource source)
    {
        if (ReferenceEquals(from, to)) throw Refuse.Invalid($"Object {from.Id} cannot be associated to itself ({to.Id})");
        int[] before = from.Links.Find(to)?.TypeIds ?? [];
        int[] wanted = [.. typeIds.Append(Types.Plain(from.Type, to.Type).Id).Distinct().Order()];
        if (before.Length == 0 && BecomesPrimary(from, to) is { } first) wanted = [.. wanted.Append(first).Order()];
        if (wanted.Any(id => Types.Find(id)!.IsPrimary)) TakePrimaryFromOthers(from, to, source);
        if (before.SequenceEqual(wanted)) return;
        Store(from, to, wanted);
        Tell(from, to, wanted.Except(before), isRemoved: false, source);
        Tell(from, to, before.Except(wanted), isRemoved: true, source);
        Moved(from, to);
    }

    /// <summary>Ends an association, whatever its types.</summary>
    public void Remove(CrmRecord from, CrmRecord to, ChangeSource source)
    {
        if (from.Links.Find(to) is not { } link) return;
        Store(from, to, []);
        Tell(from, to, link.TypeIds, isRemoved: true, source);
        Moved(from, to);
    }

    /// <summary>Takes types from a pair; taking the plain one ends it.</summary>
    public void RemoveTypes(CrmRecord from, CrmRecord to, IReadOnlyList<int> typeIds, ChangeSource source)
    {
        if (from.Links.Find(to) is not { } link) return;
        if (typeIds.Contains(Types.Plain(from.Type, to.Type).Id)) Remove(from, to, source);
        else Set(from, to, [.. link.TypeIds.Except(typeIds)], source);
    }

    /// <summary>Puts an association in place without telling anybody: for worlds that are invented.</summary>
    public void Store(CrmRecord from, CrmRecord to, int[] typeIds)
    {
        from.Links.Set(to, Shared(typeIds));
        to.Links.Set(from, Shared([.. typeIds.Select(id => Types.Find(id)!.Reverse).Order()]));
    }

    private int[] Shared(int[] typeIds)
    {
        string key = string.Join(',', typeIds);
        if (!_shared.TryGetValue(key, out int[]? known)) _shared[key] = known = typeIds;
        return known;
    }

    private int? BecomesPrimary(CrmRecord from, CrmRecord to)
    {
        if (!portal.Behaviour.FirstCompanyBecomesPrimary || Types.Primary(from.Type, to.Type) is not { } primary) return null;
        CrmRecord owner = to.Type.IsCompany ? from : to;
        return owner.Links.OfType(portal.Types.Companies.Number).Length == 0 ? primary.Id : null;
    }

    /// <summary>The company's other end has one primary company: the former one becomes an ordinary one.</summary>
    private void TakePrimaryFromOthers(CrmRecord from, CrmRecord to, ChangeSource source)
    {
        (CrmRecord owner, CrmRecord company) = to.Type.IsCompany ? (from, to) : (to, from);
        if (owner.Links.Primary(company.Type.Number) is not { } former || former == company) return;
        int[] kept = [.. owner.Links.Find(former)!.Value.TypeIds.Where(id => !Types.Find(id)!.IsPrimary)];
        Set(owner, former, kept, source);
    }

    private void Tell(CrmRecord from, CrmRecord to, IEnumerable<int> typeIds, bool isRemoved, ChangeSource source)
    {
        if (portal.Happened is null) return;
        foreach (AssociationType type in typeIds.Select(id => Types.Find(id)!))
        {
            portal.Happened(new(Verb.AssociationChange, from, source) { Other = to, Association = type, IsRemoved = isRemoved });
            // Both directions of the plain type and of labels are told; a primary one adds a single event.
            if (!type.IsPrimary) portal.Happened(new(Verb.AssociationChange, to, source) { Other = from, Association = Types.Find(type.Reverse), IsRemoved = isRemoved });
        }
    }

    private void Moved(CrmRecord from, CrmRecord to)
    {
        if (!portal.Behaviour.AssociationsMoveTime) return;
        foreach (CrmRecord end in (CrmRecord[])[from, to])
        {
            end.ModifiedMs = portal.NowMs;
            portal.Touch(portal.Table(end.Type), end);
        }
    }
}
