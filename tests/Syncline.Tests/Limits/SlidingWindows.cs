using Syncline.Conformance.Time;
using Syncline.Limits;
using Syncline.Tests.Time;

namespace Syncline.Tests.Limits;

public sealed class SlidingWindows
{
    private static readonly RateBudget[] Budgets =
    [
        new("writes", 25, TimeSpan.FromSeconds(1)), new("writes", 10, TimeSpan.FromSeconds(1)), new("writes", 3, TimeSpan.FromSeconds(1)),
        new("writes", 100, TimeSpan.FromSeconds(10)), new("writes", 20, TimeSpan.FromSeconds(2)), new("writes", 1, TimeSpan.FromSeconds(1)),
    ];

    [Fact]
    public void Are_never_overfull_on_time() => Seeds.Each(120, random => Hold(random, governors: 1, lateness: null));

    [Fact]
    public void Are_never_overfull_with_late_timers() => Seeds.Each(120, random => Hold(random, governors: 1, Late(random)));

    [Fact]
    public void Are_never_overfull_when_two_processes_share_them() => Seeds.Each(120, random => Hold(random, governors: 2, lateness: null));

    [Fact]
    public void Are_never_overfull_when_two_processes_with_late_timers_share_them() => Seeds.Each(120, random => Hold(random, governors: 2, Late(random)));

    [Fact]
    public void Hold_for_every_budget_of_one_name_with_late_timers() => Seeds.Each(80, random =>
    {
        FakeClock clock = new() { Lateness = Late(random) };
        Traffic traffic = new(clock);
        RateBudget[] both = [new("writes", 10, TimeSpan.FromSeconds(2)), new("writes", 25, TimeSpan.FromSeconds(1))];
        CallPermits permits = new Governor(clock, new LocalRateLedger()).For("crm", both, Priority.Manual);
        clock.Run(() => Task.WhenAll(Enumerable.Range(0, 80).Select(_ => traffic.ComeAndGoAsync(permits, random))));
        foreach (RateBudget budget in both) traffic.StaysWithin(budget);
    });

    [Fact]
    public void Are_not_overfull_when_now_and_then_a_call_is_held_up_on_its_way_to_the_socket() => Seeds.Each(120, random =>
    {
        FakeClock clock = new();
        RateBudget budget = Budgets[random.Next(2)];
        Traffic traffic = new(clock) { HeldUp = () => TimeSpan.FromMilliseconds(random.Next(30) == 0 ? random.Next(20, 90) : 0) };
        traffic.ManyAtOnce(new Governor(clock, new LocalRateLedger()).For("crm", [budget], Priority.Manual), 200);
        traffic.StaysWithin(budget);
        Assert.InRange(clock.Elapsed / (budget.Window * 200 / budget.Permits), 1, 1.2);
    });

    private static void Hold(Random random, int governors, Func<TimeSpan>? lateness)
    {
        FakeClock clock = new() { Lateness = lateness };
        RateBudget budget = Budgets[random.Next(Budgets.Length)];
        LocalRateLedger ledger = new();
        Traffic traffic = new(clock);
        CallPermits[] permits = [.. Enumerable.Range(0, governors).Select(_ => new Governor(clock, ledger)).SelectMany(g => Enum.GetValues<Priority>().Select(p => g.For("crm", [budget], p)))];
        clock.Run(() => Task.WhenAll(Enumerable.Range(0, random.Next(20, 150)).Select(_ => traffic.ComeAndGoAsync(permits[random.Next(permits.Length)], random))));
        Assert.NotEmpty(traffic.Departures);
        traffic.StaysWithin(budget);
    }

    /// <summary>A machine that is now and then interrupted by as much as a garbage collection or a suspended laptop takes, or one whose every timer is late by about as much.</summary>
    private static Func<TimeSpan> Late(Random random)
    {
        int usual = random.Next(3) switch { 0 => 16, 1 => 90, _ => 300 };
        int least = random.Next(2) * usual / 2;
        return () => TimeSpan.FromMilliseconds(random.Next(10) switch { < 3 => least, < 9 => random.Next(least, usual), _ => random.Next(1_500) });
    }
}
