using System.Globalization;
using System.Net;
using Syncline.Server.Webhooks;
using Syncline.Storage.Serving;

namespace Syncline.Server.Tests.Webhooks;

public sealed class GoingTogether
{
    private static readonly DateTimeOffset Now = new(2026, 5, 20, 9, 30, 0, TimeSpan.Zero);

    private readonly WaitingTickets _waiting = new();

    [Fact]
    public void What_has_gathered_goes_in_one_run_up_to_two_hundred_records()
    {
        foreach (int id in Enumerable.Range(1, 250)) _waiting.Add(Ticket(id));
        Assert.Equal(Enumerable.Range(1, 200), Ids(_waiting.Take(Now)));
        Assert.Equal(Enumerable.Range(201, 50), Ids(_waiting.Take(Now)));
        Assert.Null(_waiting.NextAt());
    }

    [Fact]
    public void What_failed_goes_in_ever_smaller_company_and_never_with_what_is_new()
    {
        foreach (int id in Enumerable.Range(1, 60)) _waiting.Add(Ticket(id, attempts: 1));
        _waiting.Add(Ticket(100));
        foreach (int id in Enumerable.Range(61, 3)) _waiting.Add(Ticket(id, attempts: 5));
        Assert.Equal(50, _waiting.Take(Now).Count);
        Assert.Equal(Enumerable.Range(51, 10), Ids(_waiting.Take(Now)));
        Assert.Equal([100], Ids(_waiting.Take(Now)));
        Assert.Equal([61], Ids(_waiting.Take(Now)));
    }

    [Fact]
    public void A_delivery_about_more_than_a_run_takes_goes_alone()
    {
        _waiting.Add(Ticket(1, hints: 500));
        _waiting.Add(Ticket(2));
        Assert.Equal([1], Ids(_waiting.Take(Now)));
        Assert.Equal([2], Ids(_waiting.Take(Now)));
    }

    [Fact]
    public void What_is_about_a_record_just_written_waits_and_the_rest_goes()
    {
        Ticket written = Ticket(1);
        _waiting.Settling(written.Hints, Now.AddSeconds(3), Now);
        _waiting.Add(written);
        Assert.Equal(Now.AddSeconds(3), _waiting.NextAt());
        _waiting.Add(Ticket(2));
        Assert.Equal([2], Ids(_waiting.Take(Now)));
        Assert.Empty(_waiting.Take(Now.AddSeconds(2)));
        Assert.Equal([1], Ids(_waiting.Take(Now.AddSeconds(3))));
    }

    [Fact]
    public void What_could_not_go_is_first_again()
    {
        foreach (int id in Enumerable.Range(1, 2)) _waiting.Add(Ticket(id));
        IReadOnlyList<Ticket> batch = _waiting.Take(Now);
        _waiting.Add(Ticket(3));
        _waiting.PutBack(batch);
        Assert.Equal([1, 2, 3], Ids(_waiting.Take(Now)));
    }

    [Fact]
    public void A_delivery_is_through_when_its_last_sync_is_and_failed_when_one_did()
    {
        Ticket ticket = Ticket(1, syncs: 3);
        Assert.False(ticket.Leave(null));
        Assert.False(ticket.Leave("refused"));
        Assert.True(ticket.Leave(null));
        Assert.Equal("refused", ticket.Failure);
    }

    [Fact]
    public void Who_sends_what_is_not_genuine_is_turned_away_for_a_minute_with_all_his_addresses()
    {
        Standing clock = new();
        Strangers strangers = new(clock);
        for (int i = 0; i < 60; i++) strangers.Note(IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"2001:db8:1:2::{i + 1:x}")));
        Assert.Equal(TimeSpan.FromMinutes(1), strangers.TurnedAwayFor(IPAddress.Parse("2001:db8:1:2:ffff::1")));
        Assert.Null(strangers.TurnedAwayFor(IPAddress.Parse("2001:db8:1:3::1")));
        Assert.Null(strangers.TurnedAwayFor(IPAddress.Parse("192.0.2.7")));
        clock.Now = clock.Now.AddMinutes(1);
        Assert.Null(strangers.TurnedAwayFor(IPAddress.Parse("2001:db8:1:2::1")));
    }

    private static IEnumerable<int> Ids(IEnumerable<Ticket> tickets) => tickets.Select(t => (int)t.Id);

    private static Ticket Ticket(int id, int attempts = 0, int hints = 1, int syncs = 1) => new(
        new(id, "crm", $"d{id}", Now, InboxState.Pending, attempts, null, null, null, "", default), new([.. Enumerable.Range(0, hints).Select(h => new KeptHint("people", $"{id}-{h}", false, null, null))], [], null), syncs);

    private sealed class Standing : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = GoingTogether.Now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
