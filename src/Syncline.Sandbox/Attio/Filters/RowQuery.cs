using System.Text.Json.Nodes;
using Syncline.Sandbox.Attio.Records;
using Syncline.Sandbox.Attio.Schema;
using Syncline.Sandbox.Attio.Wire;

namespace Syncline.Sandbox.Attio.Filters;

/// <summary>A query's body, read and checked. Each run is over the rows as they are then: rows that come or go between two pages shift them.</summary>
internal sealed class RowQuery
{
    public const int LargestPage = 500;

    private readonly AttioWorkspace _workspace;
    private readonly AttioTable _table;
    private readonly Condition _condition;
    private readonly IReadOnlyList<Sort> _sorts;
    private readonly int _limit;
    private readonly int _offset;

    public RowQuery(AttioWorkspace workspace, AttioTable table, JsonObject body)
    {
        (_workspace, _table) = (workspace, table);
        if (body.ContainsKey("filter") && body.ContainsKey("filter_view_id"))
            throw Refuse.Body("filter and filter_view_id exclude each other", "one of them", "both", "filter_view_id");
        if (body["filter_view_id"] is { } view) throw Refuse.NotFound($"View with ID \"{view.Text()}\" not found.");
        _condition = Filter(body);
        _sorts = Sort.Read(workspace, table, body["sorts"]);
        _limit = Limit(body);
        _offset = Number(body, "offset", 0, 0);
    }

    /// <summary>Complexity times size: nothing on small workspaces, as seen on real ones.</summary>
    public int Score => (int)((1L + _condition.Size + _sorts.Count) * _table.Rows.Count / 10_000);

    public IReadOnlyList<Row> Run()
    {
        IEnumerable<Row> rows = Ordered(Visible(Found())).Skip(_offset).Take(_limit);
        return [.. rows];
    }

    private Condition Filter(JsonObject body) => body["filter"] switch
    {
        null => new AllOf([]),
        JsonObject filter => new FilterParser(_workspace, _table).Parse(filter),
        JsonNode other => throw Refuse.Body("Expected object", "object", JsonReading.KindOf(other), "filter"),
    };

    private int Limit(JsonObject body)
    {
        int limit = Number(body, "limit", LargestPage, 1);
        if (limit > LargestPage && _workspace.Switches.RefusesLargePages)
            throw Refuse.Body($"Number must be less than or equal to {LargestPage}", "number", "number", "limit");
        return Math.Min(limit, LargestPage);
    }

    private static int Number(JsonObject body, string name, int otherwise, int least)
    {
        if (!body.ContainsKey(name)) return otherwise;
        return body[name].Whole() is { } number && number >= least
            ? number
            : throw Refuse.Body("Expected number", "number", JsonReading.KindOf(body, name), name);
    }

    /// <summary>The matching rows, oldest first; newest first where that is the order asked for.</summary>
    private IEnumerable<Row> Found()
    {
        (DateTime from, DateTime to) = _condition.Created;
        IEnumerable<Row> rows = _condition.Candidates(_table) is { } few ? InCreationOrder(few) : Between(from, to);
        return rows.Where(_condition.Matches);
    }

    private bool IsBackwards => _sorts is [{ IsByCreation: true, Descends: true }];

    private IEnumerable<Row> InCreationOrder(IEnumerable<Row> rows)
    {
        Comparer<Row> byCreation = Comparer<Row>.Create(RowSet.Compare);
        return IsBackwards ? rows.OrderDescending(byCreation) : rows.Order(byCreation);
    }

    private IEnumerable<Row> Between(DateTime from, DateTime to)
    {
        IReadOnlyList<Row> all = _table.Rows.InOrder;
        int first = _table.Rows.FirstAt(from), end = to == DateTime.MaxValue ? all.Count : _table.Rows.FirstAt(to.AddTicks(1));
        for (int i = 0; i < end - first; i++) yield return all[IsBackwards ? end - 1 - i : first + i];
    }

    private IEnumerable<Row> Visible(IEnumerable<Row> rows)
    {
        if (_workspace.Switches.QueryLag <= TimeSpan.Zero) return rows;
        DateTime newest = _workspace.Now - _workspace.Switches.QueryLag;
        return rows.Where(r => r.CreatedAt <= newest);
    }

    private IEnumerable<Row> Ordered(IEnumerable<Row> rows)
    {
        if (_sorts.Count == 0) return _workspace.Switches.DefaultOrderIsScrambled ? rows.OrderBy(r => r.Id) : rows;
        // Kept in this order already, so that a page costs no more than itself.
        if (_sorts is [{ IsByCreation: true }]) return rows;
        IOrderedEnumerable<Row> ordered = rows.OrderBy(_sorts[0].Key, Comparer<IComparable?>.Create(_sorts[0].Compare));
        return _sorts.Skip(1).Aggregate(ordered, (sofar, sort) => sofar.ThenBy(sort.Key, Comparer<IComparable?>.Create(sort.Compare)));
    }
}
