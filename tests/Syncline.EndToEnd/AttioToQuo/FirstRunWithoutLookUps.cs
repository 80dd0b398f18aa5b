using Syncline.Sandbox;
using Syncline.Sandbox.Quo;
using Syncline.Syncs;

namespace Syncline.EndToEnd.AttioToQuo;

/// <summary>An empty Quo is known to be empty after one call; that nobody becomes two contacts does not rest on it.</summary>
public sealed class FirstRunWithoutLookUps : IDisposable
{
    private readonly Firm _firm = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _firm.Dispose();

    [Fact]
    public async Task Six_hundred_people_cost_a_handful_of_calls_more_than_they_are()
    {
        _firm.AddPeople(600);
        RunRow row = await _firm.RunAsync(Token);
        Assert.Equal((RunState.Done, 600L, 600), (row.State, row.Tally.Created, _firm.Quo.ContactCount));
        Assert.InRange(_firm.QuoCalls.Count(c => c.Method == "GET"), 1, 8);
        Assert.Equal(0, _firm.Throttled);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    [InlineData(140)]
    public async Task The_run_after_a_killed_one_makes_nobody_twice_though_listings_lag(int killedAt)
    {
        (_firm.Quo.Behaviour.ReadLag, _firm.Quo.Behaviour.ReadLagCovers) = (TimeSpan.FromSeconds(2), ReadLagCovers.EveryList);
        _firm.AddPeople(300);
        await _firm.DieAtAsync(killedAt, Token);
        _firm.ForgetCalls();
        RunRow row = await _firm.RunAsync(Token);
        Assert.Equal(RunState.Done, row.State);
        Assert.Equal((300, 300), (_firm.Quo.ContactCount, _firm.Quo.Contacts.Select(c => c.ExternalId).Distinct().Count()));
    }

    [Fact]
    public async Task What_a_killed_run_left_open_is_looked_up_before_anything_is_listed()
    {
        _firm.AddPeople(200);
        await _firm.DieAtAsync(70, Token);
        _firm.ForgetCalls();
        await _firm.RunAsync(Token);
        SandboxRequest[] reads = [.. _firm.QuoCalls.TakeWhile(c => c.Method == "GET").Where(c => c.Path == "/v1/contacts" || c.Query.StartsWith("limit=", StringComparison.Ordinal))];
        Assert.StartsWith("maxResults=50&externalIds=", reads[0].Query, StringComparison.Ordinal);
        Assert.DoesNotContain("&externalIds=", reads[0].Query[26..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_create_that_took_effect_unseen_is_found_and_not_repeated()
    {
        (_firm.Quo.Behaviour.ReadLag, _firm.Quo.Behaviour.ReadLagCovers) = (TimeSpan.FromSeconds(2), ReadLagCovers.EveryList);
        _firm.AddPeople(300);
        (_firm.Quo.Behaviour.FailWrite, _firm.Quo.Behaviour.FailedWriteTakesEffect) = (250, true);
        RunRow row = await _firm.RunAsync(Token);
        Assert.Equal((RunState.Done, 300L, 300), (row.State, row.Tally.Created, _firm.Quo.ContactCount));
    }
}
