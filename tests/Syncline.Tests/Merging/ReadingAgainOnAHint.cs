using Syncline.Extraction;
using Syncline.Merging;
using Syncline.Records;

namespace Syncline.Tests.Merging;

public sealed class ReadingAgainOnAHint
{
    private readonly Workspace _crm = new();

    public ReadingAgainOnAHint()
    {
        _crm.Fill(3);
        _crm.Read();
        _crm.Asked.Clear();
    }

    [Fact]
    public void Takes_in_what_the_record_holds_now_and_asks_for_no_other()
    {
        _crm.Put("p001", ("email", "p1@example.com"), ("job_title", "CTO"));
        _crm.Put("p002", ("email", "p2@example.com"), ("job_title", "not hinted at"));
        _crm.Reread(Hint("p001"), Hint("p001"));
        Assert.Equal("CTO", Golden("p001").Fields["job_title"]!.Text);
        Assert.Null(Golden("p002").Fields["job_title"]);
        Assert.Equal(["p001"], _crm.Asked);
    }

    [Fact]
    public void Takes_in_a_record_that_is_new()
    {
        _crm.Put("p009", ("email", "p9@example.com"));
        _crm.Reread(Hint("p009"));
        Assert.Equal("p9@example.com", Golden("p009").Fields["email"]!.ToString());
    }

    [Fact]
    public void Saves_the_next_complete_reading_the_work()
    {
        _crm.Put("p001", ("email", "p1@example.com"), ("job_title", "CTO"));
        _crm.Reread(Hint("p001"));
        int before = _crm.Hub.Feed.Count;
        _crm.Read();
        Assert.Equal(before, _crm.Hub.Feed.Count);
    }

    [Fact]
    public void Proves_a_deletion_that_was_announced_and_is_found_true()
    {
        _crm.There.Remove("p001");
        _crm.Reread(Hint("p001") with { IsDeletion = true });
        Assert.Equal((LinkState.Gone, true), (_crm.LinkOf("p001").State, _crm.LinkOf("p001").IsDeletionProven));
    }

    [Fact]
    public void Does_not_believe_a_deletion_of_a_record_that_is_there()
    {
        _crm.Reread(Hint("p001") with { IsDeletion = true });
        Assert.Equal(LinkState.Live, _crm.LinkOf("p001").State);
    }

    [Fact]
    public void Does_not_take_an_absence_that_nobody_announced_for_a_deletion()
    {
        _crm.There.Remove("p001");
        _crm.Reread(Hint("p001"));
        Assert.Equal(LinkState.Live, _crm.LinkOf("p001").State);
    }

    [Fact]
    public void Leaves_the_place_in_the_stream_as_it_was()
    {
        string before = _crm.Inbound.Clock.Run(() => _crm.Hub.FindCursorAsync(_crm.Stream.Id, default))!.Text;
        _crm.Reread(Hint("p001"));
        Assert.Equal(before, _crm.Inbound.Clock.Run(() => _crm.Hub.FindCursorAsync(_crm.Stream.Id, default))!.Text);
    }

    private Hint Hint(string id) => new(_crm.Stream.Id.Key(id));

    private GoldenRecord Golden(string id) => _crm.Hub.Golden[_crm.LinkOf(id).GoldenId];
}
