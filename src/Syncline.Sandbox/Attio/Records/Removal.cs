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
        workspace.Hooks.Raise("deleted", record, actor);
        if (!workspace.Switches.DeleteCascades) return;
        Relations relations = new(workspace);
        foreach (AttioAttribute reference in workspace.References().ToArray())
        {
            foreach (Row holder in reference.Table.Rows.Pointing(reference, record.Id).ToArray()) relations.Unlink(holder, reference, record.Id, actor);
        }
        foreach (AttioTable list in workspace.Lists.Where(l => l.Parent == record.Table))
        {
            foreach (Row entry in EntriesOf(list, record.Id)) RemoveEntry(workspace, entry, actor);
        }
        foreach (AttioNote note in workspace.Notes.Where(n => n.ParentRecord == record.Id).ToArray()) RemoveNote(workspace, note, actor);
    }

    public static void RemoveEntry(AttioWorkspace workspace, Row entry, AttioActor actor)
    {
        entry.Table.Rows.Remove(entry);
        workspace.Hooks.Raise("deleted", entry, actor);
    }

    public static void RemoveNote(AttioWorkspace workspace, AttioNote note, AttioActor actor)
    {
        workspace.Notes.Remove(note);
        workspace.Hooks.RaiseNote("deleted", note, actor);
    }

    public static Row[] EntriesOf(AttioTable list, Guid record) => [.. list.Rows.Pointing(list.Get("parent_record"), record).OrderBy(r => r.Sequence)];
}
