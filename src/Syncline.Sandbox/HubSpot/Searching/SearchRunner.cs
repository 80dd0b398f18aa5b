using System.Globalization;
using Syncline.Sandbox.HubSpot.Records;
using Syncline.Sandbox.HubSpot.Schema;
using Syncline.Sandbox.HubSpot.Wire;

namespace Syncline.Sandbox.HubSpot.Searching;

/// <summary>What a search found.</summary>
internal sealed record Found(int Total, IReadOnlyList<CrmRecord> Rows);

/// <summary>Carries out a search on one type's index.</summary>
internal sealed class SearchRunner(CrmTable table, HubSpotBehaviour behaviour)
{
    private static readonly Span64 AllSlots = new(0, int.MaxValue);

    private readonly Conditions _conditions = new(table, behaviour);

    public Found Run(SearchQuery query)
    {
        if (query is { Groups.Count: <= 1, Text: null, SortBy: null })
        {
            Plan plan = PlanOf(query.Groups.Count == 0 ? [] : query.Groups[0]);
            if (plan.Rest.Count == 0 && plan.Exact is null) return Page(table.Index.Slots(plan.Slots, plan.Times), table.Index.Count(plan.Slots, plan.Times), query);
        }
        List<int> slots = [.. query.Groups.Count == 0 ? table.Index.Slots(AllSlots, Span64.Everything) : Union(query.Groups)];
        if (query.Text is { } text) slots.RemoveAll(s => !Mentions(table.All[s], text));
        if (query.SortBy is { } property) Sort(slots, property, query.IsDescending);
        return Page(slots, slots.Count, query);
    }

    private Found Page(IEnumerable<int> slots, int total, SearchQuery query) =>
        new(total, [.. slots.Skip(query.Offset).Take(query.Limit).Select(s => table.All[s])]);

    private IEnumerable<int> Union(IReadOnlyList<IReadOnlyList<Condition>> groups) =>
        groups.Count == 1 ? Group(groups[0]) : new SortedSet<int>(groups.SelectMany(Group));

    private IEnumerable<int> Group(IReadOnlyList<Condition> conditions)
    {
        Plan plan = PlanOf(conditions);
        IEnumerable<int> candidates = plan.Exact is { } exact
            ? exact.Where(s => plan.Slots.Contains(s) && table.All[s].Indexed is not null && plan.Times.Contains(table.Index.ModifiedMs(table.All[s])))
            : table.Index.Slots(plan.Slots, plan.Times);
        return candidates.Where(s => plan.Rest.All(c => _conditions.IsMet(c, table.All[s])));
    }

    /// <summary>What of a group the index answers by itself, and what is left to look at record by record.</summary>
    private Plan PlanOf(IReadOnlyList<Condition> conditions)
    {
        Plan plan = new(AllSlots, Span64.Everything, null, []);
        foreach (Condition condition in conditions)
        {
            if (condition.Property == table.Catalogue.Modified && Bounds(condition) is { } times) plan = plan with { Times = plan.Times.Within(times) };
            else if (condition.Property == table.Catalogue.Id && Bounds(condition) is { } ids) plan = plan with { Slots = plan.Slots.Within(SlotsOf(ids)) };
            else plan = plan with { Exact = plan.Exact ?? Exact(condition), Rest = [.. plan.Rest, condition] };
        }
        return plan;
    }

    private Span64 SlotsOf(Span64 ids) => new(table.SlotFrom(ids.From), ids.To == long.MaxValue ? int.MaxValue : table.SlotFrom(ids.To + 1) - 1);

    /// <summary>The span that a comparison of numbers or times allows; null for other operators.</summary>
    public static Span64? Bounds(Condition condition)
    {
        long? Read(int at) => long.TryParse(condition.Values[at], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null;
        return condition.Operator switch
        {
            Operator.EQ when Read(0) is { } one => new(one, one),
            Operator.GT when Read(0) is { } least => new(least + 1, long.MaxValue),
            Operator.GTE when Read(0) is { } least => new(least, long.MaxValue),
            Operator.LT when Read(0) is { } most => new(long.MinValue, most - 1),
            Operator.LTE when Read(0) is { } most => new(long.MinValue, most),
            Operator.BETWEEN when Read(0) is { } least && Read(1) is { } most => new(least, most),
            _ => null,
        };
    }

    /// <summary>The few slots that an equality on stored text names; null where it has to be searched for.</summary>
    private IEnumerable<int>? Exact(Condition condition)
    {
        if (condition is not { Operator: Operator.EQ or Operator.IN, Property: { } property }) return null;
        if (property == table.Catalogue.Id) return condition.Values.Select(JsonReading.ReadId).OfType<long>().Distinct().Select(table.Find).OfType<CrmRecord>().Select(r => r.Slot).Order();
        if (property is not { Computed: null, Type: "string" or "phone_number" }) return null;
        return condition.Values.Count == 1 ? table.Index.WithValue(property, condition.Values[0]) : condition.Values.Distinct(StringComparer.OrdinalIgnoreCase).SelectMany(v => table.Index.WithValue(property, v)).Order();
    }

    /// <summary>Records without the value come last either way; equal ones stay in the order of their ids.</summary>
    private void Sort(List<int> slots, Property property, bool isDescending)
    {
        if (property == table.Catalogue.Modified) Sort(slots, s => table.Index.ModifiedMs(table.All[s]), Comparer<long>.Default, isDescending);
        else if (property == table.Catalogue.Id || property == table.Catalogue.Created) slots.Reverse();
        else Sort(slots, s => _conditions.Value(property, table.All[s]), new MissingLast(property, isDescending), isDescending);
    }

    private static void Sort<TKey>(List<int> slots, Func<int, TKey> key, IComparer<TKey> comparer, bool isDescending)
    {
        int[] sorted = [.. isDescending ? slots.OrderByDescending(key, comparer) : slots.OrderBy(key, comparer)];
        slots.Clear();
        slots.AddRange(sorted);
    }

    private static bool Mentions(CrmRecord record, string text)
    {
        string[] wanted = Conditions.Tokens(text);
        string[] tokens = [.. record.Indexed!.SelectMany(v => Conditions.Tokens(v.Value))];
        return wanted.All(w => tokens.Any(t => t.StartsWith(w, StringComparison.OrdinalIgnoreCase)));
    }

    /// <param name="Exact">The only slots in question; null for all.</param>
    private sealed record Plan(Span64 Slots, Span64 Times, IEnumerable<int>? Exact, IReadOnlyList<Condition> Rest);

    private sealed class MissingLast(Property property, bool isDescending) : IComparer<string?>
    {
        public int Compare(string? x, string? y) => (x, y) switch
        {
            (null, null) => 0,
            (null, _) => isDescending ? -1 : 1,
            (_, null) => isDescending ? 1 : -1,
            _ => Conditions.Compare(property, x, y),
        };
    }
}
