using Syncline.Sandbox.Attio.Schema;
using Syncline.Sandbox.Attio.Wire;

namespace Syncline.Sandbox.Attio.Records;

/// <summary>Takes records and entries away for good.</summary>
internal static class Removal
{
    /// <summary>What goes with a record (its entries, its notes, the references to it) is documented nowhere: a switch keeps all of it.</summary>
    public static void Remove(AttioWorkspace workspace, Row record, AttioActor actor)
    {
        record.Table.Rows.Remove(record);
        if (!workspace.Switches.DeleteCascades) return;
        Relations relations = new(workspace);
        foreach (AttioAttribute reference in workspace.References().ToArray())
        {
            foreach (Row holder in reference.Table.Rows.Pointing(reference, record.Id).ToArray()) relations.Unlink(holder, reference, record.Id, actor);
        }
        foreach (AttioTable list in workspace.Lists.Where(l => l.Parent == record.Table))
        {
            foreach (Row entry in EntriesOf(list, record.Id)) list.Rows.Remove(entry);
        }
        workspace.Notes.RemoveAll(n => n.ParentRecord == record.Id);
    }

    public static Row[] EntriesOf(AttioTable list, Guid record) => [.. list.Rows.Pointing(list.Get("parent_record"), record).OrderBy(r => r.Sequence)];
}
