using Syncline.Conformance.Time;

namespace Syncline.Tests.Time;

public sealed class VirtualTime
{
    private readonly FakeClock _clock = new();

    [Fact]
    public void Timers_fire_in_the_order_of_their_due_times_on_one_thread()
    {
        List<(string, TimeSpan, int)> fired = [];
        _clock.Run(() => Task.WhenAll(Wait("b", 20), Wait("a", 10), Wait("c", 20)));
        int here = Environment.CurrentManagedThreadId;
        Assert.Equal([("a", TimeSpan.FromSeconds(10), here), ("b", TimeSpan.FromSeconds(20), here), ("c", TimeSpan.FromSeconds(20), here)], fired);

        async Task Wait(string name, int seconds)
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds), _clock);
            fired.Add((name, _clock.Elapsed, Environment.CurrentManagedThreadId));
        }
    }

    [Fact]
    public void Advancing_fires_only_what_is_due()
    {
        Task soon = Task.Delay(TimeSpan.FromSeconds(1), _clock);
        Task later = Task.Delay(TimeSpan.FromSeconds(3), _clock);
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.True(soon.IsCompleted);
        Assert.False(later.IsCompleted);
        Assert.Equal(TimeSpan.FromSeconds(2), _clock.Elapsed);
    }

    [Fact]
    public void A_late_timer_fires_late()
    {
        _clock.Lateness = () => TimeSpan.FromMilliseconds(40);
        _clock.Run(() => Task.Delay(TimeSpan.FromMilliseconds(100), _clock));
        Assert.Equal(TimeSpan.FromMilliseconds(140), _clock.Elapsed);
    }

    [Fact]
    public void Work_that_nothing_will_end_is_a_failure() => Assert.Throws<InvalidOperationException>(() => _clock.Run(() => new TaskCompletionSource().Task));
}
