namespace Syncline.Conformance.Stores;

/// <summary>What the governor relies on when several processes share a budget: no two slots closer than their spacing.</summary>
public abstract class RateLedgerConformance<TStore> : StoreSuite<TStore>
    where TStore : StoreUnderTest, new()
{
    private static readonly TimeSpan Spacing = TimeSpan.FromSeconds(1) / 30;

    [Fact]
    public async Task The_first_slot_is_the_earliest_asked_for() =>
        Assert.Equal(Clock.Now.AddTicks(3), await Store.Rates.ReserveAsync("key/writes", 4, Spacing, Clock.Now.AddTicks(3), Token));

    [Fact]
    public async Task Slots_follow_each_other_at_the_spacing()
    {
        await Store.Rates.ReserveAsync("key/writes", 4, Spacing, Clock.Now, Token);
        Assert.Equal(Clock.Now + (4 * Spacing), await Store.Rates.ReserveAsync("key/writes", 1, Spacing, Clock.Now, Token));
        Assert.Equal(Clock.Now + (5 * Spacing), await Store.Rates.ReserveAsync("key/writes", 1, Spacing, Clock.Now, Token));
    }

    [Fact]
    public async Task Unused_time_is_not_saved_up()
    {
        await Store.Rates.ReserveAsync("key/writes", 1, Spacing, Clock.Now, Token);
        DateTimeOffset later = Clock.Now.AddMinutes(1);
        Assert.Equal(later, await Store.Rates.ReserveAsync("key/writes", 1, Spacing, later, Token));
        Assert.Equal(later + Spacing, await Store.Rates.ReserveAsync("key/writes", 1, Spacing, later, Token));
    }

    [Fact]
    public async Task Budgets_do_not_disturb_each_other()
    {
        await Store.Rates.ReserveAsync("key/writes", 100, Spacing, Clock.Now, Token);
        Assert.Equal(Clock.Now, await Store.Rates.ReserveAsync("key/reads", 1, Spacing, Clock.Now, Token));
    }

    [Theory]
    [InlineData(3, 1)]
    [InlineData(1, 3)]
    public async Task Of_two_spacings_the_wider_one_is_kept(int first, int second)
    {
        await Store.Rates.ReserveAsync("key/writes", 1, first * Spacing, Clock.Now, Token);
        Assert.Equal(Clock.Now + (3 * Spacing), await Store.Rates.ReserveAsync("key/writes", 1, second * Spacing, Clock.Now, Token));
    }

    [Fact]
    public async Task Two_processes_interleave_without_overlap()
    {
        OpenStore other = OpenAnother();
        Random random = new(4);
        List<DateTimeOffset> slots = [];
        for (int i = 0; i < 200; i++)
        {
            int count = random.Next(1, 5);
            Clock.Now += random.Next(3) * Spacing;
            DateTimeOffset first = await (random.Next(2) == 0 ? Store : other).Rates.ReserveAsync("key/writes", count, Spacing, Clock.Now, Token);
            Assert.True(first >= Clock.Now);
            slots.AddRange(Enumerable.Range(0, count).Select(n => first + (n * Spacing)));
        }
        Assert.All(slots.Zip(slots.Skip(1)), pair => Assert.True(pair.Second - pair.First >= Spacing));
    }

    [Fact]
    public async Task Slots_outlive_the_process_that_took_them()
    {
        await Store.Rates.ReserveAsync("key/writes", 10, Spacing, Clock.Now, Token);
        KillAndReopen();
        Assert.Equal(Clock.Now + (10 * Spacing), await Store.Rates.ReserveAsync("key/writes", 1, Spacing, Clock.Now, Token));
    }
}
