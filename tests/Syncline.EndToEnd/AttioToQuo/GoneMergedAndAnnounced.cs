using Syncline.Extraction;
using Syncline.Merging;
using Syncline.Sandbox.Quo;
using Syncline.Syncs;

namespace Syncline.EndToEnd.AttioToQuo;

/// <summary>Records that are deleted or merged in Attio, found out by reading everything or told by Attio itself.</summary>
public sealed class GoneMergedAndAnnounced : IDisposable
{
    private readonly Firm _firm = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _firm.Dispose();

    [Fact]
    public async Task A_person_deleted_in_attio_is_gone_in_quo_after_two_readings_if_that_is_wanted()
    {
        (string ada, string bob) = await TwoContactsAsync();
        Propagate();
        _firm.Attio.DeleteByPerson("people", bob);
        Assert.Equal(0, (await RunAsync()).Tally.Deleted);
        Assert.Equal(2, _firm.Quo.ContactCount);
        Assert.Equal(1, (await RunAsync()).Tally.Deleted);
        Assert.Equal(ada, Assert.Single(_firm.Quo.Contacts).ExternalId);
        _firm.ForgetCalls();
        await RunAsync();
        Assert.DoesNotContain(_firm.QuoCalls, c => c.Method != "GET");
    }

    [Fact]
    public async Task Otherwise_the_contact_is_kept_and_not_written_any_more()
    {
        (_, string bob) = await TwoContactsAsync();
        _firm.Attio.DeleteByPerson("people", bob);
        for (int i = 0; i < 3; i++) await RunAsync();
        Assert.Equal(2, _firm.Quo.ContactCount);
    }

    [Fact]
    public async Task A_contact_that_somebody_changed_in_quo_is_kept()
    {
        (_, string bob) = await TwoContactsAsync();
        Propagate();
        _firm.Quo.App.AddPhone(_firm.Quo.WithExternalId(bob).Single().Id, "+12125559999");
        _firm.Attio.DeleteByPerson("people", bob);
        for (int i = 0; i < 3; i++) await RunAsync();
        Assert.Equal(2, _firm.Quo.ContactCount);
    }

    [Fact]
    public async Task A_workspace_that_seems_empty_of_a_sudden_deletes_nobody()
    {
        _firm.AddPeople(30);
        await RunAsync();
        Propagate();
        foreach (string person in _firm.Attio.Records("people").Select(p => p.Id).ToArray()) _firm.Attio.DeleteByPerson("people", person);
        for (int i = 0; i < 3; i++) Assert.Equal(RunState.DoneWithDeadLetters, (await RunAsync()).State);
        Assert.Equal(30, _firm.Quo.ContactCount);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public async Task Two_people_merged_in_attio_are_one_and_one_contact_has_the_numbers_of_both(bool propagate, int contacts)
    {
        (string ada, string bob) = await TwoContactsAsync();
        if (propagate) Propagate();
        _firm.Clock.Pass(TimeSpan.FromMinutes(5));
        string merged = _firm.Attio.MergeRecords("people", ada, bob);
        _firm.Clock.Pass(TimeSpan.FromMinutes(5));
        for (int i = 0; i < 3; i++) Assert.Equal(RunState.Done, (await RunAsync()).State);
        QuoContactView contact = Assert.Single(_firm.Quo.WithExternalId(merged));
        Assert.Equal(["+12125550101", "+12125550102"], contact.Phones.Order(StringComparer.Ordinal));
        Assert.Equal(contacts, _firm.Quo.ContactCount);
        _firm.ForgetCalls();
        await RunAsync();
        Assert.DoesNotContain(_firm.QuoCalls, c => c.Method != "GET");
    }

    [Fact]
    public async Task What_attio_announces_is_read_alone_and_written_at_once()
    {
        _firm.AddPeople(60);
        (string ada, string bob) = await TwoContactsAsync();
        Propagate();
        string secret = _firm.Attio.Webhooks.Subscribe(new("https://hooks.example.com/attio"), "record.created", "record.updated", "record.deleted", "record.merged");
        _firm.Attio.Webhooks.Trouble.Duplicate = true;
        _firm.Attio.Webhooks.Trouble.Reorder = true;
        _firm.Attio.EditByPerson("people", ada, "job_title", "CTO");
        _firm.Attio.EditByPerson("people", ada, "job_title", "CEO");
        _firm.Attio.DeleteByPerson("people", bob);
        string cy = _firm.AddPerson("Cy", "+12125550103");
        IReadOnlyList<Hint> hints = await _firm.HintsAsync(secret, Token);
        _firm.ForgetCalls();
        RunRow run = await _firm.RunAsync(new() { Hints = hints }, Token);
        Assert.Equal((1, 1, 1), (run.Tally.Created, run.Tally.Updated, run.Tally.Deleted));
        Assert.Equal("CEO", _firm.Quo.WithExternalId(ada).Single().Role);
        Assert.Empty(_firm.Quo.WithExternalId(bob));
        Assert.Single(_firm.Quo.WithExternalId(cy));
        Assert.Single(_firm.AttioCalls, c => c.Path.EndsWith("/people/records/query", StringComparison.Ordinal));
        // The full reading that comes after finds nothing left to do.
        _firm.ForgetCalls();
        await RunAsync();
        Assert.DoesNotContain(_firm.QuoCalls, c => c.Method != "GET");
    }

    [Fact]
    public async Task A_merge_that_attio_announces_is_followed_at_once()
    {
        (string ada, string bob) = await TwoContactsAsync();
        Propagate();
        string secret = _firm.Attio.Webhooks.Subscribe(new("https://hooks.example.com/attio"), "record.merged");
        _firm.Clock.Pass(TimeSpan.FromMinutes(5));
        string merged = _firm.Attio.MergeRecords("people", ada, bob);
        _firm.Clock.Pass(TimeSpan.FromMinutes(5));
        RunRow run = await _firm.RunAsync(new() { Hints = await _firm.HintsAsync(secret, Token) }, Token);
        Assert.Equal((RunState.Done, 1L), (run.State, run.Tally.Deleted));
        Assert.Equal(merged, Assert.Single(_firm.Quo.Contacts).ExternalId);
    }

    private async Task<(string Ada, string Bob)> TwoContactsAsync()
    {
        (string, string) both = (_firm.AddPerson("Ada", "+12125550101"), _firm.AddPerson("Bob", "+12125550102"));
        await RunAsync();
        return both;
    }

    private void Propagate() => _firm.Sync = _firm.Sync with { Deletes = new(Propagates: true, 0.1) };

    private async Task<RunRow> RunAsync()
    {
        _firm.Clock.Pass(TimeSpan.FromMinutes(15));
        return await _firm.RunAsync(Token);
    }
}
