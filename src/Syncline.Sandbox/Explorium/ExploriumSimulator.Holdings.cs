using System.Globalization;
using Syncline.Sandbox.Explorium.Wire;

namespace Syncline.Sandbox.Explorium;

/// <summary>What was asked for and paid, to be looked at in process.</summary>
public sealed partial class ExploriumSimulator
{
    public int CreditsSpent => _credits.Spent;

    public int CreditsRemaining => _credits.Remaining;

    /// <summary>Entities asked for so far, over all endpoints.</summary>
    public int Queries => _credits.Payments.Sum(p => p.Entities);

    /// <summary>Changes how many credits were bought.</summary>
    public void Buy(int credits) => _credits.Allocated += credits;

    /// <summary>Credits paid at paths that begin so, <c>/v1/businesses/firmographics</c>.</summary>
    public int SpentAt(string path) => At(path).Sum(p => p.Credits);

    /// <summary>Entities asked for at paths that begin so.</summary>
    public int QueriesAt(string path) => At(path).Sum(p => p.Entities);

    /// <summary>The company an id stands for; null when no match has given it.</summary>
    public ExploriumCompany? Company(string businessId) => _companies.ById(businessId);

    public IReadOnlyList<HeldTable> Holds(int rows)
    {
        ExploriumCompany[] met = [.. _companies.Met];
        return
        [
            new("companies", ["id", "domain", "name", "public", "partial"], [.. met.Reverse().Take(rows).Select(c => new[] { c.Id, c.Domain, c.Name, Word(c.IsPublic), Word(c.IsPartial) })], met.Length),
            new("payments", ["at", "endpoint", "entities", "credits"], [.. _credits.Payments.AsEnumerable().Reverse().Take(rows).Select(Row)], _credits.Payments.Count),
            new("webhooks", ["partner", "url"], [.. _register.Registrations.Take(rows).Select(r => new[] { r.Key, r.Value.Url })], _register.Registrations.Count),
        ];
    }

    private IEnumerable<Payment> At(string path) => _credits.Payments.Where(p => p.Endpoint.StartsWith(path, StringComparison.Ordinal));

    private static string[] Row(Payment p) =>
        [p.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), p.Endpoint, p.Entities.ToString(CultureInfo.InvariantCulture), p.Credits.ToString(CultureInfo.InvariantCulture)];

    private static string Word(bool value) => value ? "yes" : "";

    private IReadOnlyList<Happening> DescribeHappenings() =>
    [
        new("buy", "Credits are bought: NUMBER.", a => Buy(int.Parse(a ?? "", CultureInfo.InvariantCulture))),
        new("forget", "Nobody has a domain any more: DOMAIN.", a => Forget(a ?? throw new ArgumentException("Expected a domain.", nameof(a)))),
        new("event", "Something happens to a company or person: EVENT ID.", a => Webhooks.Happen((a ?? "").Split(' ')[0], (a ?? "").Split(' ') is [_, string id] ? id : throw new ArgumentException("Expected EVENT ID.", nameof(a)))),
        new("add-key", "A key is made: KEY.", a => AddKey(a ?? "")),
        new("revoke-key", "A key stops working: KEY.", a => RevokeKey(a ?? "")),
    ];
}
