using System.Collections.Concurrent;

namespace Syncline.Limits;

/// <summary>Who goes first when permits are short.</summary>
public enum Priority
{
    Webhook,
    Manual,
    Schedule,
    Backfill,
}

/// <summary>Hands out permits so that no credential ever goes above a declared limit in any sliding window, over all processes that share the ledger.</summary>
public sealed class Governor(TimeProvider clock, IRateLedger ledger)
{
    private readonly ConcurrentDictionary<string, BudgetLane> _lanes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IReadOnlyList<RateBudget>> _own = new(StringComparer.Ordinal);

    /// <summary>Sets a user's limits of a credential: each goes in the place of the published ones of its name. To be called before <see cref="For"/>.</summary>
    public void Limit(string credential, IReadOnlyList<RateBudget> budgets) => _own[credential] = budgets;

    /// <summary>The permits of one credential.</summary>
    /// <param name="credential">The connection's name; two connections with one key must share it.</param>
    /// <param name="budgets">The published limits; none means unlimited. Budgets of one name and several windows all apply.</param>
    public CallPermits For(string credential, IReadOnlyList<RateBudget> budgets, Priority priority)
    {
        // The slowest lane last: what it lets go is spaced widely enough for all the others, while a queue before a slower lane would undo a faster one's spacing.
        ILookup<string, BudgetLane> lanes = Effective(credential, budgets).OrderByDescending(b => b.Permits / b.Window.TotalSeconds)
            .ToLookup(b => b.Name, b => _lanes.GetOrAdd($"{credential}/{b.Name}/{b.Window}", key => new(credential, key, b, clock, ledger)));
        return new(lanes, priority);
    }

    /// <summary>What every budget that was asked for so far has let go, in this process alone; in no order.</summary>
    public IReadOnlyList<BudgetUse> Uses() => [.. _lanes.Values.Select(l => l.Use)];

    private IEnumerable<RateBudget> Effective(string credential, IReadOnlyList<RateBudget> published)
    {
        if (!_own.TryGetValue(credential, out IReadOnlyList<RateBudget>? own)) return published;
        RateBudget[] known = [.. own.Where(o => published.Any(p => p.Name == o.Name))];
        return [.. published.Where(p => known.All(k => k.Name != p.Name)), .. known];
    }
}
