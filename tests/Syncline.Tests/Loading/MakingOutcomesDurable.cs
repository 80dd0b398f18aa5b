using Syncline.Conformance.Time;
using Syncline.Loading;
using Syncline.Tests.InMemory;

namespace Syncline.Tests.Loading;

public sealed class MakingOutcomesDurable
{
    private readonly FakeClock _clock = new();
    private readonly MemoryJournal _journal;
    private readonly SettlementBuffer _buffer;

    public MakingOutcomesDurable()
    {
        _journal = new(new(_clock), _clock, []);
        _buffer = new(_journal);
    }

    [Fact]
    public void While_one_group_is_written_the_next_gathers()
    {
        _journal.Before = _ => Task.Delay(TimeSpan.FromMilliseconds(10), _clock);
        _clock.Run(() => Task.WhenAll(Enumerable.Range(0, 7).Select(Add)));
        Assert.Equal([1, 6], _journal.Groups);
        Assert.Equal(TimeSpan.FromMilliseconds(20), _clock.Elapsed);
    }

    [Fact]
    public void A_failure_reaches_everybody_who_waits_and_nobody_after_them()
    {
        int calls = 0;
        _journal.Before = async _ =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), _clock);
            if (calls++ == 0) throw new TimeoutException("the hub is busy");
        };
        Task[] waiting = [];
        _clock.Run(async () =>
        {
            waiting = [.. Enumerable.Range(0, 5).Select(Add)];
            await Task.WhenAny(Task.WhenAll(waiting), Task.Delay(TimeSpan.FromSeconds(1), _clock));
        });
        Assert.All(waiting, w => Assert.IsType<TimeoutException>(w.Exception?.InnerException));
        _clock.Run(() => Add(9));
    }

    [Fact]
    public void Whoever_is_durable_does_not_fail_with_the_next_group()
    {
        int calls = 0;
        _journal.Before = async _ =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), _clock);
            if (calls++ == 1) throw new TimeoutException("the hub is busy");
        };
        Task[] both = [];
        _clock.Run(async () =>
        {
            both = [Add(1), Add(2)];
            await Task.WhenAny(Task.WhenAll(both), Task.Delay(TimeSpan.FromSeconds(1), _clock));
        });
        Assert.True(both[0].IsCompletedSuccessfully);
        Assert.True(both[1].IsFaulted);
    }

    private Task Add(int id) => _buffer.AddAsync(new($"{id}", OperationState.Done, null, null), default);
}
