using Syncline.Storage.Sqlite;

namespace Syncline.Storage.Tests;

public sealed class TakingTurns
{
    private readonly Turnstile _turn = new();
    private readonly List<int> _order = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_comes_first_goes_first_and_a_later_one_never_slips_in()
    {
        await _turn.EnterAsync(Token);
        List<Task> flows = [.. Enumerable.Range(1, 3).Select(i => TwiceAsync(i))];
        _turn.Leave();
        await Task.WhenAll(flows);
        Assert.Equal([1, 2, 3, 1, 2, 3], _order);
    }

    [Fact]
    public async Task Those_who_wait_cost_no_stack()
    {
        await _turn.EnterAsync(Token);
        List<Task> flows = [.. Enumerable.Range(1, 20_000).Select(i => TwiceAsync(i))];
        _turn.Leave();
        await Task.WhenAll(flows);
        Assert.Equal(40_000, _order.Count);
    }

    [Fact]
    public async Task A_turn_is_handed_on_inside_the_release()
    {
        await _turn.EnterAsync(Token);
        Task next = TwiceAsync(1);
        Assert.False(next.IsCompleted);
        _turn.Leave();
        Assert.True(next.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task One_at_a_time_over_threads()
    {
        int inside = 0, most = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, 2_000), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Token }, async (_, token) =>
        {
            await _turn.EnterAsync(token);
            most = Math.Max(most, Interlocked.Increment(ref inside));
            await Task.Yield();
            Interlocked.Decrement(ref inside);
            _turn.Leave();
        });
        Assert.Equal((0, 1), (inside, most));
    }

    private async Task TwiceAsync(int name)
    {
        for (int i = 0; i < 2; i++)
        {
            await _turn.EnterAsync(Token);
            _order.Add(name);
            _turn.Leave();
        }
    }
}
