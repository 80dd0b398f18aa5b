using Syncline.Extraction;
using Syncline.Merging;
using Syncline.Records;

namespace Syncline.Tests.Merging;

public sealed class MergesAtASource
{
    private readonly Workspace _crm = new();

    public MergesAtASource()
    {
        _crm.Put("a", ("email", "ada@example.com"), ("job_title", "CTO"));
        _crm.Put("b", ("email", "countess@example.com"), ("full_name", "Ada Example"));
        _crm.Read();
    }

    [Fact]
    public void Two_records_that_became_a_third_become_one_golden_record()
    {
        _crm.There.Clear();
        _crm.Put("c", ("email", "ada@example.com countess@example.com"), ("job_title", "CEO"));
        _crm.Read();
        GoldenRecord ada = Assert.Single(_crm.Alive);
        Assert.Equal(("CEO", "Ada Example"), (ada.Fields["job_title"]!.Text, ada.Fields["full_name"]!.Text));
        Assert.Equal(ada.Id, _crm.LinkOf("c").GoldenId);
        Assert.All(["a", "b"], id => Assert.Equal((LinkState.Gone, ada.Id), (_crm.LinkOf(id).State, _crm.LinkOf(id).GoldenId)));
        Assert.Empty(_crm.Hub.DeadLetters);
    }

    [Fact]
    public void A_record_that_took_another_in_and_kept_its_id_is_one_golden_record_with_it()
    {
        _crm.There.Remove("b");
        _crm.Put("a", ("email", "ada@example.com countess@example.com"), ("job_title", "CTO"));
        _crm.Read();
        GoldenRecord ada = Assert.Single(_crm.Alive);
        Assert.Equal("ada@example.com, countess@example.com", ada.Fields["email"]!.ToString());
        Assert.Equal((LinkState.Live, LinkState.Gone), (_crm.LinkOf("a").State, _crm.LinkOf("b").State));
    }

    [Fact]
    public void An_address_that_moved_between_two_records_that_are_both_there_makes_them_not_one()
    {
        _crm.Put("a", ("email", "ada@example.com countess@example.com"));
        _crm.Put("b", ("full_name", "Ada Example"));
        _crm.Read();
        Assert.Equal(2, _crm.Alive.Count());
    }

    [Fact]
    public void A_key_of_somebody_known_elsewhere_is_still_a_question_for_a_person()
    {
        _crm.Inbound.Page(Inbound.Person("x", "inbox", ("email", "elsewhere@example.com")));
        _crm.There.Clear();
        _crm.Put("c", ("email", "ada@example.com elsewhere@example.com"));
        _crm.Read();
        Assert.Equal(3, _crm.Alive.Count());
        Assert.Equal("ambiguous-identity", Assert.Single(_crm.Hub.DeadLetters.Values).Code);
    }

    [Fact]
    public void An_announced_merge_needs_no_common_key()
    {
        _crm.Put("d", ("full_name", "Grace Example"));
        _crm.Read();
        _crm.There.Remove("a");
        _crm.Reread(new Hint(_crm.Stream.Id.Key("a")) { MergedInto = "d" });
        Assert.Equal(2, _crm.Alive.Count());
        Assert.Equal(_crm.LinkOf("d").GoldenId, _crm.LinkOf("a").GoldenId);
        Assert.Equal("ada@example.com", _crm.Hub.Golden[_crm.LinkOf("d").GoldenId].Fields["email"]!.ToString());
    }

    [Fact]
    public void A_merge_that_is_announced_and_not_done_yet_changes_nothing()
    {
        _crm.Reread(new Hint(_crm.Stream.Id.Key("a")) { MergedInto = "b" });
        Assert.Equal(2, _crm.Alive.Count());
        Assert.Equal(LinkState.Live, _crm.LinkOf("a").State);
    }

    [Fact]
    public void Its_second_record_at_a_destination_stands_beside_the_first()
    {
        Link Contact(string id, string of) => _crm.Hub.Add(new Link(new("quo", "contacts", id), RecordKind.Person, _crm.LinkOf(of).GoldenId) { IsOurs = true });
        Contact("k1", "a");
        Contact("k2", "b");
        _crm.There.Clear();
        _crm.Put("c", ("email", "ada@example.com countess@example.com"));
        _crm.Read();
        Assert.Equal([LinkState.Live, LinkState.Double], _crm.Hub.Links.Values.Where(l => l.Key.Connection == "quo").Select(l => l.State).Order());
    }
}
