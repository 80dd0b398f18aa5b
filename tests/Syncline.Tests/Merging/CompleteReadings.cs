using Syncline.Loading;
using Syncline.Merging;

namespace Syncline.Tests.Merging;

public sealed class CompleteReadings
{
    private readonly Workspace _crm = new();

    public CompleteReadings()
    {
        _crm.Fill(12);
        _crm.Read();
    }

    private bool IsGone(string id) => _crm.LinkOf(id) is { State: LinkState.Gone, IsDeletionProven: true };

    [Fact]
    public void Two_that_miss_a_record_prove_it_deleted()
    {
        _crm.There.Remove("p003");
        _crm.Read();
        Assert.False(IsGone("p003"));
        _crm.Read();
        Assert.True(IsGone("p003"));
        Assert.Equal("p003", Assert.Single(_crm.Hub.Links.Values, l => l.State == LinkState.Gone).Key.Id);
        Assert.Contains(_crm.Hub.Feed, f => f.Change.GoldenId == _crm.LinkOf("p003").GoldenId && f.Change.RunId == 3);
    }

    [Fact]
    public void Absences_with_a_showing_between_them_prove_nothing()
    {
        for (int i = 0; i < 3; i++)
        {
            _crm.Overlooked.Add("p003");
            _crm.Read();
            _crm.Overlooked.Clear();
            _crm.Read();
        }
        Assert.False(IsGone("p003"));
        Assert.Empty(_crm.Asked);
    }

    [Fact]
    public void A_record_that_is_there_when_asked_for_is_not_deleted_however_often_it_was_missed()
    {
        _crm.Overlooked.Add("p003");
        for (int i = 0; i < 4; i++) _crm.Read();
        Assert.False(IsGone("p003"));
        Assert.Contains("p003", _crm.Asked);
    }

    [Fact]
    public void A_reading_that_was_cut_short_proves_nothing()
    {
        _crm.StopsEarly = true;
        for (int i = 0; i < 3; i++) _crm.Read();
        Assert.DoesNotContain(_crm.Hub.Links.Values, l => l.State == LinkState.Gone);
    }

    [Fact]
    public void A_reading_that_misses_more_than_the_share_is_not_believed_and_says_so()
    {
        _crm.There.Clear();
        for (int i = 0; i < 3; i++) _crm.Read();
        Assert.DoesNotContain(_crm.Hub.Links.Values, l => l.State == LinkState.Gone);
        DeadLetter letter = Assert.Single(_crm.Hub.DeadLetters.Values);
        Assert.Equal(("implausible-reading", "crm/people"), (letter.Code, letter.Key.Subject));
        Assert.Contains("12 of 12", letter.Reason, StringComparison.Ordinal);
        _crm.Fill(12);
        _crm.Read();
        Assert.Empty(_crm.Hub.DeadLetters);
    }

    [Fact]
    public void The_share_that_is_believed_is_the_users()
    {
        _crm.Deletes = new(Propagates: false, 0.5);
        for (int i = 0; i < 6; i++) _crm.There.Remove($"p{i:000}");
        _crm.Read();
        _crm.Read();
        Assert.Equal(6, _crm.Hub.Links.Values.Count(l => l.State == LinkState.Gone));
    }

    [Fact]
    public void A_record_that_comes_back_is_alive_again_and_its_news_is_told()
    {
        Syncline.Records.RemoteRecord record = _crm.There["p003"];
        _crm.There.Remove("p003");
        _crm.Read();
        _crm.Read();
        _crm.There["p003"] = record;
        long run = _crm.Read();
        Assert.Equal((LinkState.Live, false), (_crm.LinkOf("p003").State, _crm.LinkOf("p003").IsDeletionProven));
        Assert.Contains(_crm.Hub.Feed, f => f.Change.RunId == run && f.Change.GoldenId == _crm.LinkOf("p003").GoldenId);
    }

    [Fact]
    public void What_another_run_showed_meanwhile_is_not_missing()
    {
        // Two syncs read one account at the same time: the second began later and stamps what the first has shown already.
        InboundPipeline pipeline = new(_crm.Hub, _crm.Inbound.Maps, _crm.Inbound.Clock);
        for (int i = 0; i < 3; i++)
        {
            _crm.Inbound.Clock.Run(() => Task.WhenAll(
                pipeline.RunAsync(_crm, _crm.RequestOf(100 + (2 * i)), (_, _) => { }, default),
                pipeline.RunAsync(_crm, _crm.RequestOf(101 + (2 * i)), (_, _) => { }, default)));
        }
        Assert.DoesNotContain(_crm.Hub.Links.Values, l => l.State == LinkState.Gone);
    }

    [Fact]
    public void A_dry_run_proves_nothing()
    {
        _crm.There.Remove("p003");
        InboundPipeline pipeline = new(_crm.Hub, _crm.Inbound.Maps, _crm.Inbound.Clock);
        for (int i = 0; i < 3; i++) _crm.Inbound.Clock.Run(() => pipeline.RunAsync(_crm, _crm.RequestOf(0), (_, _) => { }, default));
        Assert.False(IsGone("p003"));
    }
}
