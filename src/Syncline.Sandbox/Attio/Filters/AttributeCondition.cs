using Syncline.Sandbox.Attio.Records;
using Syncline.Sandbox.Attio.Schema;
using Syncline.Sandbox.Attio.Types;
using Syncline.Sandbox.Attio.Wire;

namespace Syncline.Sandbox.Attio.Filters;

/// <summary>One operator on one field, with its operands in the field's own form.</summary>
internal sealed record FieldTest(FilterField Field, Operators Operator, IReadOnlyList<IComparable> Operands, bool IgnoresCase)
{
    private readonly HashSet<IComparable>? _set = Operator == Operators.In ? [.. Operands] : null;

    public bool IsLookup => Field.IsIndexed && !IgnoresCase && Operator is Operators.Eq or Operators.In;

    public bool Holds(HeldValue value)
    {
        IComparable? kept = Field.IsActiveFrom ? value.From : Field.Get(value.Payload);
        if (kept is null) return false;
        return Operator switch
        {
            Operators.Eq => Same(kept, Operands[0]),
            Operators.In => IgnoresCase ? Operands.Any(o => Same(kept, o)) : _set!.Contains(kept),
            Operators.NotEmpty => kept is not "",
            Operators.Contains => Text(kept).Contains(Text(Operands[0]), StringComparison.OrdinalIgnoreCase),
            Operators.StartsWith => Text(kept).StartsWith(Text(Operands[0]), StringComparison.OrdinalIgnoreCase),
            Operators.EndsWith => Text(kept).EndsWith(Text(Operands[0]), StringComparison.OrdinalIgnoreCase),
            Operators.Lt => Order(kept, Operands[0]) < 0,
            Operators.Lte => Order(kept, Operands[0]) <= 0,
            Operators.Gt => Order(kept, Operands[0]) > 0,
            _ => Order(kept, Operands[0]) >= 0,
        };
    }

    private static int Order(IComparable kept, IComparable operand) => kept is string text ? string.CompareOrdinal(text, (string)operand) : kept.CompareTo(operand);

    private bool Same(IComparable kept, IComparable operand) =>
        IgnoresCase ? Text(kept).Equals(Text(operand), StringComparison.OrdinalIgnoreCase) : kept.Equals(operand);

    private static string Text(IComparable value) => (string)value;
}

/// <summary>Holds for a row that has one value of the attribute for which all tests hold.</summary>
internal sealed class AttributeCondition(AttioAttribute attribute, IReadOnlyList<FieldTest> tests) : Condition
{
    public override int Size => 1;

    public override (DateTime From, DateTime To) Created
    {
        get
        {
            (DateTime From, DateTime To) range = base.Created;
            if (attribute.Origin != Origin.CreatedAt) return range;
            foreach (FieldTest test in tests) range = Narrow(range, test.Operator, (DateTime)test.Operands[0]);
            return range;
        }
    }

    public override bool Matches(Row row)
    {
        foreach (HeldValue value in row.Current(attribute))
        {
            if (AllHold(value)) return true;
        }
        return false;
    }

    public override IReadOnlyCollection<Row>? Candidates(AttioTable table)
    {
        if (tests.FirstOrDefault(t => t.IsLookup) is not { } lookup) return null;
        IEnumerable<Row> rows = attribute.Origin switch
        {
            Origin.RowId => lookup.Operands.Select(o => table.Rows.Find(WireId.Read((string)o))).OfType<Row>(),
            Origin.Mirror => lookup.Operands.SelectMany(o => PointedAtBy((string)o, table)),
            _ => lookup.Operands.SelectMany(table.Rows.Index(attribute, lookup.Field).Rows),
        };
        return rows.ToHashSet();
    }

    private IEnumerable<Row> PointedAtBy(string id, AttioTable table)
    {
        AttioAttribute source = attribute.Reverse!;
        Row? other = source.Table.Rows.Find(WireId.Read(id));
        return other is null ? [] : other.Current(source).Select(v => table.Rows.Find(((RecordPointer)v.Payload).Id)).OfType<Row>();
    }

    private bool AllHold(HeldValue value)
    {
        foreach (FieldTest test in tests)
        {
            if (!test.Holds(value)) return false;
        }
        return true;
    }

    private static (DateTime From, DateTime To) Narrow((DateTime From, DateTime To) range, Operators used, DateTime moment) => used switch
    {
        Operators.Gt or Operators.Gte when moment > range.From => (moment, range.To),
        Operators.Lt or Operators.Lte when moment < range.To => (range.From, moment),
        Operators.Eq => (moment, moment),
        _ => range,
    };
}

/// <summary>A condition on a record that is reached over references, <c>candidates.parent_record → people.email_addresses</c>.</summary>
internal sealed class PathCondition(IReadOnlyList<AttioAttribute> references, Condition last) : Condition
{
    public override int Size => 1 + references.Count;

    public override bool Matches(Row row) => Reach(row, references).Any(last.Matches);

    /// <summary>The records at the end of a chain of references.</summary>
    public static IEnumerable<Row> Reach(Row row, IReadOnlyList<AttioAttribute> references) => references.Aggregate(
        (IEnumerable<Row>)[row],
        (rows, reference) => rows.SelectMany(r => r.Current(reference)).Select(v => Find((RecordPointer)v.Payload)).OfType<Row>());

    private static Row? Find(RecordPointer pointer) => pointer.Target.Rows.Find(pointer.Id);
}
