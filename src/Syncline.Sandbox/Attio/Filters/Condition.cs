using Syncline.Sandbox.Attio.Records;
using Syncline.Sandbox.Attio.Schema;

namespace Syncline.Sandbox.Attio.Filters;

/// <summary>A parsed filter or a part of one.</summary>
internal abstract class Condition
{
    public abstract bool Matches(Row row);

    /// <summary>A superset of the matching rows where one is to be had without reading them all; null where not.</summary>
    public virtual IReadOnlyCollection<Row>? Candidates(AttioTable table) => null;

    /// <summary>The moments between which all matching rows were created, both included.</summary>
    public virtual (DateTime From, DateTime To) Created => (DateTime.MinValue, DateTime.MaxValue);

    /// <summary>How many attribute conditions there are: what a query's score grows with.</summary>
    public abstract int Size { get; }
}

internal sealed class AllOf(IReadOnlyList<Condition> parts) : Condition
{
    public override int Size => parts.Sum(p => p.Size);
    public override (DateTime From, DateTime To) Created =>
        (parts.Select(p => p.Created.From).DefaultIfEmpty(DateTime.MinValue).Max(), parts.Select(p => p.Created.To).DefaultIfEmpty(DateTime.MaxValue).Min());

    public override bool Matches(Row row)
    {
        foreach (Condition part in parts)
        {
            if (!part.Matches(row)) return false;
        }
        return true;
    }

    public override IReadOnlyCollection<Row>? Candidates(AttioTable table) =>
        parts.Select(p => p.Candidates(table)).Where(c => c is not null).MinBy(c => c!.Count);
}

internal sealed class AnyOf(IReadOnlyList<Condition> parts) : Condition
{
    public override int Size => parts.Sum(p => p.Size);

    public override bool Matches(Row row) => parts.Any(p => p.Matches(row));

    public override IReadOnlyCollection<Row>? Candidates(AttioTable table)
    {
        HashSet<Row> all = [];
        foreach (Condition part in parts)
        {
            if (part.Candidates(table) is not { } some) return null;
            all.UnionWith(some);
        }
        return all;
    }
}

internal sealed class Not(Condition inner) : Condition
{
    public override int Size => inner.Size;

    public override bool Matches(Row row) => !inner.Matches(row);
}
