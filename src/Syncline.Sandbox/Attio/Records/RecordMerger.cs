using Syncline.Sandbox.Attio.Schema;
using Syncline.Sandbox.Attio.Types;
using Syncline.Sandbox.Attio.Wire;

namespace Syncline.Sandbox.Attio.Records;

/// <summary>
/// Makes one record of two: under a third id, with both originals gone. With a delay the answer is 202, and until it is over the originals answer
/// <c>merge_in_progress</c>.
/// </summary>
internal sealed class RecordMerger(AttioWorkspace workspace)
{
    private readonly List<PendingMerge> _pending = [];
    private readonly HashSet<Guid> _merged = [];

    /// <returns>The third id, and whether it can be read already.</returns>
    public (Guid Id, bool IsDone) Merge(AttioTable table, string primary, string secondary, AttioActor actor)
    {
        if (primary.Equals(secondary, StringComparison.OrdinalIgnoreCase)) throw Refuse.Bad("self_merge", "A record cannot be merged with itself.");
        DateTime due = workspace.Now + workspace.Switches.MergeDelay;
        PendingMerge merge = new(table, Find(table, primary), Find(table, secondary), workspace.Ids.Next(), actor, due);
        if (workspace.Switches.MergeDelay > TimeSpan.Zero)
        {
            _pending.Add(merge);
            return (merge.Id, false);
        }
        Apply(merge);
        return (merge.Id, true);
    }

    /// <summary>Applies the merges whose delay is over. Called before every request.</summary>
    public void ApplyDue()
    {
        if (_pending.Count == 0) return;
        PendingMerge[] due = [.. _pending.Where(m => m.Due <= workspace.Now)];
        _pending.RemoveAll(due.Contains);
        foreach (PendingMerge merge in due) Apply(merge);
    }

    public void RefuseWhileMerging(Guid record)
    {
        if (_pending.Exists(m => m.Touches(record))) throw Refuse.Gone("merge_in_progress", $"Record with ID \"{record}\" is being merged.");
    }

    private Row Find(AttioTable table, string id)
    {
        if (!Guid.TryParse(id, out Guid recordId)) throw Refuse.NoRecord(id);
        if (_pending.Exists(m => m.Touches(recordId))) throw Refuse.Bad("merge_in_progress", "One of the records is being merged already.");
        if (_merged.Contains(recordId)) throw Refuse.Gone("value_not_found", $"Record with ID \"{id}\" was merged already.");
        return table.Rows.Find(recordId) ?? throw Refuse.NoRecord(id);
    }

    private void Apply(PendingMerge merge)
    {
        Row primary = merge.Primary, secondary = merge.Secondary;
        // The merged record takes the primary's place in time: a scan by creation date does not come past it again.
        Row merged = new(merge.Table, merge.Id, primary.CreatedAt, merge.Table.Rows.NextSequence(), primary.CreatedBy);
        List<DraftValue> values = [.. merge.Table.Attributes.Where(a => a.Origin is Origin.Stored or Origin.Mirror).Select(a => Union(a, primary, secondary))];
        Redirect(primary.Id, merged);
        Redirect(secondary.Id, merged);
        merge.Table.Rows.Remove(primary);
        merge.Table.Rows.Remove(secondary);
        merge.Table.Rows.Add(merged);
        foreach (DraftValue value in values.Where(v => v.Payloads.Count > 0)) workspace.Writer.Store(merged, value.Attribute, value.Payloads, merge.Actor);
        _merged.UnionWith([primary.Id, secondary.Id]);
        workspace.Hooks.RaiseMerge(merged, [primary, secondary], merge.Actor);
    }

    // The primary's value wins; a multiselect keeps both.
    private static DraftValue Union(AttioAttribute attribute, Row primary, Row secondary)
    {
        object[] first = [.. primary.Current(attribute).Select(v => v.Payload)], second = [.. secondary.Current(attribute).Select(v => v.Payload)];
        if (attribute.IsMulti) return new(attribute, [.. first.Concat(second).DistinctBy(attribute.Type.Key)]);
        return new(attribute, first.Length > 0 ? first : second);
    }

    private void Redirect(Guid original, Row merged)
    {
        foreach (AttioAttribute reference in workspace.References().ToArray())
        {
            foreach (Row holder in reference.Table.Rows.Pointing(reference, original).ToArray()) Repoint(holder, reference, original, merged);
        }
        foreach (AttioTable list in workspace.Lists.Where(l => l.Parent == merged.Table))
        {
            foreach (Row entry in Removal.EntriesOf(list, original)) list.Rows.Reparent(entry, merged.Id);
        }
        for (int i = 0; i < workspace.Notes.Count; i++)
        {
            if (workspace.Notes[i].ParentRecord == original) workspace.Notes[i] = workspace.Notes[i] with { ParentRecord = merged.Id };
        }
    }

    private void Repoint(Row holder, AttioAttribute reference, Guid original, Row merged)
    {
        IEnumerable<object> pointers = holder.Current(reference).Select(v => (RecordPointer)v.Payload)
            .Select(p => p.Id == original ? new RecordPointer(merged.Table, merged.Id) : p).Distinct();
        holder.Table.Rows.Put(holder, reference, [.. pointers.Select(p => new HeldValue(reference, p, workspace.Now, AttioActor.System))], workspace.Now);
    }

    private sealed record PendingMerge(AttioTable Table, Row Primary, Row Secondary, Guid Id, AttioActor Actor, DateTime Due)
    {
        public bool Touches(Guid record) => Primary.Id == record || Secondary.Id == record;
    }
}
