using Syncline.Sandbox.Attio.Schema;
using Syncline.Sandbox.Attio.Types;
using Syncline.Sandbox.Attio.Wire;

namespace Syncline.Sandbox.Attio.Records;

/// <summary>One current value of a row.</summary>
internal sealed record HeldValue(AttioAttribute Attribute, object Payload, DateTime From, AttioActor By);

/// <summary>A value that another has followed.</summary>
internal readonly record struct ClosedValue(HeldValue Value, DateTime Until);

/// <summary>A record of an object or an entry of a list.</summary>
/// <param name="sequence">Grows with every row of the table: orders rows of one moment.</param>
internal sealed class Row(AttioTable table, Guid id, DateTime createdAt, long sequence, AttioActor createdBy)
{
    private HeldValue[] _values = [];
    private List<ClosedValue>? _closed;

    public AttioTable Table { get; } = table;
    public Guid Id { get; } = id;
    public DateTime CreatedAt { get; } = createdAt;
    public long Sequence { get; } = sequence;
    public AttioActor CreatedBy { get; } = createdBy;

    /// <summary>The record that an entry lists; empty on records.</summary>
    public Guid Parent { get; set; }

    /// <summary>All stored values, those of one attribute beside each other and in their order.</summary>
    public IReadOnlyList<HeldValue> Values => _values;

    public IReadOnlyList<ClosedValue> Closed => _closed ?? (IReadOnlyList<ClosedValue>)[];

    /// <summary>The attribute's values, its computed one where the attribute is a fact of the row.</summary>
    public IEnumerable<HeldValue> Current(AttioAttribute attribute) => attribute.Origin switch
    {
        Origin.Stored => Stored(attribute),
        Origin.RowId => [new(attribute, Id.ToString(), CreatedAt, AttioActor.System)],
        Origin.CreatedAt => [new(attribute, CreatedAt, CreatedAt, AttioActor.System)],
        Origin.Mirror => Mirrored(attribute, attribute.Reverse!),
        Origin.CreatedBy => [new(attribute, CreatedBy, CreatedAt, AttioActor.System)],
        _ => [new(attribute, new RecordPointer(Table.Parent!, Parent), CreatedAt, AttioActor.System)],
    };

    /// <summary>Puts the values in the place of the attribute's present ones, and closes those that are not among them.</summary>
    public void Put(AttioAttribute attribute, IReadOnlyList<HeldValue> values, DateTime now)
    {
        HashSet<HeldValue> kept = new(values, ReferenceEqualityComparer.Instance);
        foreach (HeldValue old in Stored(attribute))
        {
            if (!kept.Contains(old)) (_closed ??= []).Add(new(old, now));
        }
        _values = [.. _values.Where(v => v.Attribute != attribute), .. values];
    }

    private IEnumerable<HeldValue> Mirrored(AttioAttribute attribute, AttioAttribute source) =>
        from other in source.Table.Rows.Pointing(source, Id)
        from value in other.Current(source)
        where ((RecordPointer)value.Payload).Id == Id
        orderby value.From, other.Sequence
        select new HeldValue(attribute, new RecordPointer(source.Table, other.Id), value.From, value.By);

    private IEnumerable<HeldValue> Stored(AttioAttribute attribute)
    {
        foreach (HeldValue value in _values)
        {
            if (value.Attribute == attribute) yield return value;
        }
    }
}
