using Syncline.Sandbox.HubSpot.Schema;
using Syncline.Sandbox.HubSpot.Wire;

namespace Syncline.Sandbox.HubSpot.Records;

/// <summary>Archives, restores, merges and erases records.</summary>
internal sealed class Removal(HubSpotPortal portal)
{
    /// <summary>The last-modified time stays as it is.</summary>
    public void Archive(CrmRecord record, ChangeSource source)
    {
        portal.Table(record.Type).Archive(record, portal.NowMs, portal.Behaviour.ArchivedKeepUniqueValues);
        portal.Happened?.Invoke(new(Verb.Deletion, record, source));
    }

    /// <summary>Only people can, within ninety days.</summary>
    public void Restore(CrmRecord record, ChangeSource source)
    {
        if (record.ArchivedMs == 0) throw new ArgumentException($"{record.Id} is not archived.", nameof(record));
        if (portal.NowMs - record.ArchivedMs > TimeSpan.FromDays(90).TotalMilliseconds) throw new ArgumentException($"{record.Id} has left the recycle bin.", nameof(record));
        CrmTable table = portal.Table(record.Type);
        table.Restore(record);
        portal.Touch(table, record);
        portal.Happened?.Invoke(new(Verb.Restore, record, source));
    }

    /// <summary>Both become a third record: the primary's values win, the other's fill what it lacks.</summary>
    public CrmRecord Merge(CrmTable table, CrmRecord primary, CrmRecord other, ChangeSource source)
    {
        if (primary == other) throw Refuse.Invalid("A record cannot be merged with itself");
        ChangeSource merging = source with { Type = table.Type.IsContact ? "MERGE_CONTACTS" : "MERGE_OBJECTS" };
        CrmRecord survivor = portal.Behaviour.MergeKeepsPrimaryId ? primary : table.Add(portal.NowMs, primary.Origin);
        int moved = Fill(table, survivor, primary, other, merging);
        survivor.MergedIds = [.. primary.MergedIds ?? [], .. other.MergedIds ?? [], .. survivor == primary ? [other.Id] : (long[])[primary.Id, other.Id]];
        foreach (CrmRecord old in (CrmRecord[])[primary, other]) Hand(table, old, survivor, source);
        survivor.ModifiedMs = portal.NowMs;
        table.Claim(survivor);
        portal.Touch(table, survivor);
        portal.Happened?.Invoke(new(Verb.Merge, primary, source) { MergedAs = survivor, MergedAway = other, MovedProperties = moved });
        return survivor;
    }

    /// <summary>For good: a contact's addresses may not come again.</summary>
    public void Erase(CrmTable table, CrmRecord record, ChangeSource source)
    {
        if (record[table.Email!] is { } address) portal.Blocklist.Add(address);
        foreach (Link link in record.Links.All.ToArray()) portal.Associator.Store(record, link.Other, []);
        table.Purge(record);
        record.Values = [];
        record.Changes = null;
        record.First = null;
        portal.Happened?.Invoke(new(Verb.PrivacyDeletion, record, source));
        portal.Happened?.Invoke(new(Verb.Deletion, record, source));
    }

    private int Fill(CrmTable table, CrmRecord survivor, CrmRecord primary, CrmRecord other, ChangeSource source)
    {
        if (survivor != primary)
        {
            (survivor.CreatedMs, survivor.Values, survivor.First) = (Math.Min(primary.CreatedMs, other.CreatedMs), primary.Values, primary.First);
            survivor.Changes = primary.Changes is null && other.Changes is null ? null : [.. primary.Changes ?? [], .. other.Changes ?? []];
        }
        int moved = 0;
        foreach (StoredValue value in other.Values.Where(v => CrmRecord.Find(survivor.Values, v.Property) is null))
        {
            survivor.Put(table.Catalogue.All[value.Property], value.Value, portal.NowMs, source);
            moved++;
        }
        if (table.Email is { } email) KeepAddress(table, survivor, other[email], source);
        return moved;
    }

    /// <summary>The other's address becomes an additional one.</summary>
    private void KeepAddress(CrmTable table, CrmRecord survivor, string? address, ChangeSource source)
    {
        if (address is null || survivor[table.Email!] == address) return;
        string[] known = survivor[table.AdditionalEmails!]?.Split(';') ?? [];
        survivor.Put(table.AdditionalEmails!, string.Join(';', known.Append(address).Distinct()), portal.NowMs, source);
    }

    private void Hand(CrmTable table, CrmRecord old, CrmRecord survivor, ChangeSource source)
    {
        if (old == survivor)
        {
            table.Release(old);
            return;
        }
        foreach (Link link in old.Links.All.ToArray())
        {
            portal.Associator.Store(old, link.Other, []);
            bool hasPrimary = survivor.Links.Primary(portal.Types.Companies.Number) is not null;
            int[] kept = [.. link.TypeIds.Where(id => !(hasPrimary && portal.Associations.Find(id)!.IsPrimary))];
            if (link.Other != survivor) portal.Associator.Add(survivor, link.Other, kept, source);
        }
        table.Fold(old, survivor);
    }
}
