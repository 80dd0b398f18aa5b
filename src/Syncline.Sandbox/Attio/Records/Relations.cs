using Syncline.Sandbox.Attio.Schema;
using Syncline.Sandbox.Attio.Types;
using Syncline.Sandbox.Attio.Wire;

namespace Syncline.Sandbox.Attio.Records;

/// <summary>Stores values so that both sides of a relationship agree.</summary>
internal sealed class Relations(AttioWorkspace workspace)
{
    public void PutStored(Row row, AttioAttribute attribute, IReadOnlyList<object> payloads, AttioActor actor)
    {
        if (attribute.Reverse is { IsMulti: false }) foreach (object target in payloads) Release(attribute, ((RecordPointer)target).Id, keep: row, actor);
        Put(row, attribute, payloads, actor);
    }

    /// <summary>Writes the side that is only read backwards: by changing the rows of the other side.</summary>
    public void PutMirrored(Row row, AttioAttribute mirror, IReadOnlyList<object> payloads, AttioActor actor)
    {
        AttioAttribute source = mirror.Reverse!;
        HashSet<Guid> wanted = [.. payloads.Select(p => ((RecordPointer)p).Id)];
        Row[] present = [.. source.Table.Rows.Pointing(source, row.Id)];
        foreach (Row gone in present.Where(r => !wanted.Contains(r.Id))) Unlink(gone, source, row.Id, actor);
        foreach (Guid added in wanted.Except(present.Select(r => r.Id)))
        {
            if (source.Table.Rows.Find(added) is { } other) Link(other, source, new(row.Table, row.Id), actor);
        }
    }

    /// <summary>Takes one target out of a reference.</summary>
    public void Unlink(Row row, AttioAttribute reference, Guid target, AttioActor actor) =>
        Put(row, reference, [.. Pointers(row, reference).Where(p => p.Id != target)], actor);

    private void Link(Row row, AttioAttribute reference, RecordPointer target, AttioActor actor) =>
        Put(row, reference, reference.IsMulti ? [target, .. Pointers(row, reference)] : [target], actor);

    private void Release(AttioAttribute reference, Guid target, Row keep, AttioActor actor)
    {
        Row[] holders = [.. reference.Table.Rows.Pointing(reference, target).Where(r => r != keep)];
        foreach (Row holder in holders) Unlink(holder, reference, target, actor);
    }

    private static IEnumerable<RecordPointer> Pointers(Row row, AttioAttribute reference) => row.Current(reference).Select(v => (RecordPointer)v.Payload);

    private void Put(Row row, AttioAttribute attribute, IReadOnlyList<object> payloads, AttioActor actor)
    {
        DateTime now = workspace.Now;
        Func<object, object> key = attribute.Type.Key;
        Dictionary<object, HeldValue> present = workspace.Switches.RewriteMakesHistory ? [] : row.Current(attribute).ToDictionary(v => key(v.Payload));
        HeldValue[] values = [.. payloads.Select(p => present.GetValueOrDefault(key(p)) ?? new HeldValue(attribute, p, now, actor))];
        row.Table.Rows.Put(row, attribute, values, now);
    }
}
