using Syncline.Loading;
using static Syncline.Connectors.Tests.Quo.QuoFixture;

namespace Syncline.Connectors.Tests.Quo;

/// <summary>A workspace of at most two pages is listed once in a run: whoever is not on them is new, without a call.</summary>
public sealed class KnowingWhoIsThere : IDisposable
{
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(3);

    private readonly QuoFixture _quo = new();

    public void Dispose() => _quo.Dispose();

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(49, 1, 0)]
    [InlineData(50, 1, 0)]
    [InlineData(51, 2, 0)]
    [InlineData(100, 2, 0)]
    [InlineData(101, 2, 1)]
    public async Task New_people_cost_the_listing_once_and_look_ups_only_where_it_does_not_end(int there, int listing, int eachLookUp)
    {
        for (int i = 0; i < there; i++) _quo.Fake.Add($"old-{i}");
        await BeginAsync();
        for (int chunk = 0; chunk < 3; chunk++) Assert.Empty(await _quo.FindAsync([.. Ids("new", 50, chunk * 50)]));
        Assert.Equal(listing + 3 * eachLookUp, _quo.Fake.Calls.Count);
    }

    [Fact]
    public async Task Those_on_the_pages_are_read_whole_and_the_others_are_not_asked_for()
    {
        for (int i = 0; i < 60; i++) _quo.Fake.Add($"old-{i}");
        await BeginAsync();
        IReadOnlyList<Found> found = await _quo.FindAsync([.. Ids("old", 5), .. Ids("new", 45)]);
        Assert.Equal(5, found.Count);
        Assert.Equal(["/contacts", "/contacts", "/v1/contacts"], _quo.Fake.Calls.Select(c => c.Path.Split('?')[0]));
    }

    [Fact]
    public async Task As_many_as_one_call_takes_are_asked_for_without_a_listing()
    {
        await BeginAsync();
        Assert.Empty(await _quo.FindAsync([.. Ids("new", 20)]));
        Assert.StartsWith("/v1/contacts", Assert.Single(_quo.Fake.Calls).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_create_whose_answer_was_lost_is_looked_up_also_among_fifty_others()
    {
        await BeginAsync();
        await _quo.FindAsync([.. Ids("new", 50)]);
        _quo.Fake.LoseAnswers = 1;
        Assert.IsType<WriteOutcome.Unknown>(await _quo.CreateAsync(("externalId", Text("new-7")), ("phoneNumbers", List("+12125550100"))));
        Assert.Equal("c1", Assert.Single(await _quo.FindAsync("new-7")).Record.Key.Id);
        Assert.Equal("c1", Assert.Single(await _quo.FindAsync([.. Ids("new", 50)])).Record.Key.Id);
    }

    [Fact]
    public async Task What_a_dead_process_sent_right_before_may_not_show_yet_so_that_the_first_seconds_are_looked_up()
    {
        await _quo.PrepareAsync();
        _quo.Clock.Pass(Settled - TimeSpan.FromSeconds(1));
        await _quo.FindAsync([.. Ids("new", 50)]);
        Assert.All(_quo.Fake.Calls, c => Assert.DoesNotContain("contacts?limit=50", c.Path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_programs_contacts_are_found_again_once_the_listing_is_old()
    {
        await BeginAsync();
        await _quo.FindAsync([.. Ids("new", 50)]);
        _quo.Fake.Add("new-3");
        _quo.Clock.Pass(TimeSpan.FromMinutes(10));
        Assert.Single(await _quo.FindAsync([.. Ids("new", 50)]));
    }

    [Fact]
    public async Task What_the_run_wrote_before_it_lists_does_not_count_against_the_two_pages()
    {
        for (int i = 0; i < 100; i++) _quo.Fake.Add($"old-{i}");
        await BeginAsync();
        foreach (string id in Ids("ours", 10)) await _quo.CreateAsync(("externalId", Text(id)));
        _quo.Fake.Calls.Clear();
        await _quo.FindAsync([.. Ids("new", 50)]);
        await _quo.FindAsync([.. Ids("new", 50, 50)]);
        Assert.Equal(3, _quo.Fake.Calls.Count);
    }

    [Fact]
    public async Task Each_run_lists_anew()
    {
        await BeginAsync();
        await _quo.FindAsync([.. Ids("new", 50)]);
        _quo.Fake.Add("new-3");
        await BeginAsync();
        Assert.Single(await _quo.FindAsync([.. Ids("new", 50)]));
    }

    private async Task BeginAsync()
    {
        await _quo.PrepareAsync();
        _quo.Clock.Pass(Settled);
        _quo.Fake.Calls.Clear();
    }

    private static IEnumerable<string> Ids(string prefix, int count, int from = 0) => Enumerable.Range(from, count).Select(i => $"{prefix}-{i}");
}
