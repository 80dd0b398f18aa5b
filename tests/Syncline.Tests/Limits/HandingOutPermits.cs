using Syncline.Conformance.Time;
using Syncline.Limits;

namespace Syncline.Tests.Limits;

public sealed class HandingOutPermits
{
    private static readonly RateBudget Writes = new("writes", 25, TimeSpan.FromSeconds(1));

    private readonly FakeClock _clock = new();
    private readonly FailingLedger _ledger = new();
    private readonly Governor _governor;
    private readonly Traffic _traffic;

    public HandingOutPermits()
    {
        _governor = new(_clock, _ledger);
        _traffic = new(_clock);
    }

    [Fact]
    public void Five_hundred_queued_calls_take_at_most_a_twentieth_longer_than_the_limit_allows()
    {
        _traffic.ManyAtOnce(Permits(), 500);
        Assert.InRange(_clock.Elapsed / TimeSpan.FromSeconds(500 / 25d), 0.95, 1.05);
    }

    [Fact]
    public void Two_processes_that_share_a_budget_waste_none_of_it()
    {
        Governor other = new(_clock, _ledger);
        CallPermits[] both = [Permits(), other.For("crm", [Writes], Priority.Manual)];
        _clock.Run(() => Task.WhenAll(Enumerable.Range(0, 500).Select(i => _traffic.CallAsync(both[i % 2]))));
        Assert.InRange(_clock.Elapsed / TimeSpan.FromSeconds(500 / 25d), 0.95, 1.05);
    }

    [Fact]
    public void The_first_call_on_an_idle_budget_leaves_at_once()
    {
        _traffic.ManyAtOnce(Permits(), 1);
        _clock.Advance(TimeSpan.FromMinutes(1));
        _traffic.ManyAtOnce(Permits(), 1);
        Assert.Equal([TimeSpan.Zero, TimeSpan.FromMinutes(1)], _traffic.Times);
    }

    [Fact]
    public void A_webhook_overtakes_a_queued_backfill()
    {
        List<string> order = [];
        _clock.Run(async () =>
        {
            Task backfill = Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Named("backfill", Permits(Priority.Backfill))));
            Task webhook = Named("webhook", Permits(Priority.Webhook));
            await Task.WhenAll(backfill, webhook);
        });
        Assert.Equal(1, order.IndexOf("webhook"));

        async Task Named(string name, CallPermits permits)
        {
            await permits.AcquireAsync("writes", isWrite: true, default);
            order.Add(name);
        }
    }

    [Fact]
    public void A_429_with_retry_after_holds_everybody_on_the_budget_that_long()
    {
        CallPermits manual = Permits(), backfill = Permits(Priority.Backfill);
        _clock.Run(async () =>
        {
            await _traffic.CallAsync(manual);
            manual.Throttled("writes", TimeSpan.FromSeconds(7));
            await Task.WhenAll(_traffic.CallAsync(manual), _traffic.CallAsync(backfill));
        });
        Assert.All(_traffic.Times.Skip(1), t => Assert.True(t >= TimeSpan.FromSeconds(7)));
        Assert.Equal(1, manual.Calls.Throttled);
    }

    [Fact]
    public void Calls_already_waiting_for_their_slot_are_held_too()
    {
        CallPermits permits = Permits();
        _clock.Run(async () =>
        {
            Task queue = Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _traffic.CallAsync(permits)));
            await Task.Delay(TimeSpan.FromMilliseconds(20), _clock);
            permits.Throttled("writes", TimeSpan.FromSeconds(3));
            await queue;
        });
        Assert.Equal([false, true, true, true, true], _traffic.Times.Select(t => t >= TimeSpan.FromSeconds(3)));
    }

    [Fact]
    public void A_429_without_a_wait_holds_the_budget_for_a_second()
    {
        CallPermits permits = Permits();
        permits.Throttled("writes", null);
        _traffic.ManyAtOnce(permits, 1);
        Assert.Equal([TimeSpan.FromSeconds(1)], _traffic.Times);
    }

    [Fact]
    public void Other_budgets_are_not_held()
    {
        CallPermits permits = _governor.For("crm", [Writes, Writes with { Name = "reads" }], Priority.Manual);
        permits.Throttled("writes", TimeSpan.FromSeconds(30));
        _clock.Run(() => _traffic.CallAsync(permits, "reads"));
        Assert.Equal(TimeSpan.Zero, _clock.Elapsed);
    }

    [Fact]
    public void After_429s_it_goes_slower_and_recovers()
    {
        CallPermits permits = Permits();
        TimeSpan undisturbed = TimeOf(100);
        for (int i = 0; i < 5; i++) permits.Throttled("writes", TimeSpan.Zero);
        TimeSpan slowed = TimeOf(100);
        _ = TimeOf(1_000);
        TimeSpan recovered = TimeOf(100);
        Assert.True(slowed > undisturbed * 1.2, $"{slowed} after 429s, {undisturbed} before");
        Assert.InRange(recovered / undisturbed, 0.98, 1.02);

        TimeSpan TimeOf(int calls)
        {
            DateTimeOffset start = _clock.GetUtcNow();
            _traffic.ManyAtOnce(permits, calls);
            return _clock.GetUtcNow() - start;
        }
    }

    [Fact]
    public void However_many_429s_it_never_goes_slower_than_a_quarter()
    {
        CallPermits permits = Permits();
        for (int i = 0; i < 200; i++) permits.Throttled("writes", TimeSpan.Zero);
        _traffic.ManyAtOnce(permits, 50);
        Assert.InRange(_clock.Elapsed, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8.5));
    }

    [Fact]
    public void A_caller_who_gives_up_frees_its_turn()
    {
        CallPermits permits = Permits();
        using CancellationTokenSource givingUp = new();
        Task[] cancelled = [];
        _clock.Run(async () =>
        {
            await _traffic.CallAsync(permits);
            cancelled = [.. Enumerable.Range(0, 100).Select(_ => _traffic.CallAsync(permits, cancellationToken: givingUp.Token))];
            Task last = _traffic.CallAsync(permits);
            givingUp.Cancel();
            await last;
        });
        Assert.All(cancelled, c => Assert.True(c.IsCanceled));
        Assert.True(_clock.Elapsed < TimeSpan.FromMilliseconds(50), $"{_clock.Elapsed}");
        Assert.Equal(2, permits.Calls.Writes);
    }

    [Fact]
    public void An_unlimited_budget_never_waits()
    {
        _traffic.ManyAtOnce(CallPermits.Unlimited(), 1_000);
        _clock.Run(() => _traffic.CallAsync(Permits(), "searches"));
        Assert.Equal(TimeSpan.Zero, _clock.Elapsed);
    }

    [Fact]
    public void A_ledger_that_fails_fails_the_waiting_with_its_own_error_and_nobody_after_them()
    {
        CallPermits permits = Permits();
        _ledger.Failure = new TimeoutException("the hub is busy");
        _clock.Run(async () =>
        {
            Task[] waiting = [_traffic.CallAsync(permits), _traffic.CallAsync(permits)];
            foreach (Task one in waiting) Assert.Same(_ledger.Failure, await Assert.ThrowsAsync<TimeoutException>(() => one));
        });
        _ledger.Failure = null;
        _traffic.ManyAtOnce(permits, 30);
        Assert.Equal(30, permits.Calls.Writes);
    }

    [Fact]
    public void One_credential_has_one_budget_however_often_it_is_asked_for()
    {
        CallPermits[] both = [Permits(), Permits()];
        _clock.Run(() => Task.WhenAll(Enumerable.Range(0, 60).Select(i => _traffic.CallAsync(both[i % 2]))));
        _traffic.StaysWithin(Writes);
    }

    [Theory]
    [InlineData(60, 60, 0.85)]
    [InlineData(200, 200, 0.6)]
    [InlineData(0, 100, 0.8)]
    public void A_machine_whose_timers_are_late_keeps_most_of_its_rate(int least, int most, double share)
    {
        Random random = new(1);
        _clock.Lateness = () => TimeSpan.FromMilliseconds(random.Next(least, most + 1));
        _traffic.ManyAtOnce(Permits(), 500);
        _traffic.StaysWithin(Writes);
        Assert.InRange(500 / _clock.Elapsed.TotalSeconds, share * 25, 25);
    }

    [Fact]
    public void A_timer_that_is_late_now_and_then_costs_little_more_than_its_own_slot()
    {
        Random random = new(1);
        _clock.Lateness = () => TimeSpan.FromMilliseconds(random.Next(50) == 0 ? 60 : 0);
        _traffic.ManyAtOnce(Permits(), 1_000);
        _traffic.StaysWithin(Writes);
        Assert.InRange(_clock.Elapsed.TotalSeconds / 40, 1, 1.08);
    }

    [Fact]
    public void Two_processes_whose_every_timer_is_late_share_most_of_the_rate()
    {
        _clock.Lateness = () => TimeSpan.FromMilliseconds(60);
        Governor other = new(_clock, _ledger);
        CallPermits[] both = [Permits(), other.For("crm", [Writes], Priority.Manual)];
        _clock.Run(() => Task.WhenAll(Enumerable.Range(0, 400).Select(i => _traffic.CallAsync(both[i % 2]))));
        _traffic.StaysWithin(Writes);
        Assert.InRange(400 / _clock.Elapsed.TotalSeconds, 0.8 * 25, 25);
    }

    [Fact]
    public void A_machine_that_comes_to_itself_gets_its_whole_rate_back()
    {
        _clock.Lateness = () => TimeSpan.FromMilliseconds(200);
        CallPermits permits = Permits();
        _traffic.ManyAtOnce(permits, 100);
        _clock.Lateness = null;
        _traffic.ManyAtOnce(permits, 300);
        TimeSpan before = _clock.Elapsed;
        _traffic.ManyAtOnce(permits, 250);
        Assert.InRange((_clock.Elapsed - before).TotalSeconds, 10, 10.5);
    }

    [Fact]
    public void The_busiest_budget_says_how_much_of_it_is_used()
    {
        CallPermits permits = Permits();
        Assert.Null(permits.Busiest());
        _traffic.ManyAtOnce(permits, 10);
        Assert.Equal(("writes", 0.4), permits.Busiest());
        Assert.Equal(25, permits.RateOf("writes"));
        Assert.Null(permits.RateOf("reads"));
    }

    [Fact]
    public void What_went_through_a_budget_is_counted_for_all_who_share_it()
    {
        Assert.Empty(_governor.Uses());
        _traffic.ManyAtOnce(Permits(), 10);
        _traffic.ManyAtOnce(Permits(Priority.Backfill), 20);
        Assert.Equal(new BudgetUse("crm", Writes, 30), Assert.Single(_governor.Uses()));
    }

    private CallPermits Permits(Priority priority = Priority.Manual) => _governor.For("crm", [Writes], priority);

    private sealed class FailingLedger : IRateLedger
    {
        private readonly LocalRateLedger _inner = new();

        public Exception? Failure { get; set; }

        public Task<DateTimeOffset> ReserveAsync(string budget, int count, TimeSpan spacing, DateTimeOffset earliest, CancellationToken cancellationToken) =>
            Failure is null ? _inner.ReserveAsync(budget, count, spacing, earliest, cancellationToken) : Task.FromException<DateTimeOffset>(Failure);
    }
}
