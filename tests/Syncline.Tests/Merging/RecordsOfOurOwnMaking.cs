using Syncline.Records;

namespace Syncline.Tests.Merging;

/// <summary>A destination that is read as well shows what was just made there, perhaps before the answer to its creation was heard.</summary>
public sealed class RecordsOfOurOwnMaking
{
    private readonly Inbound _inbound = new();

    public RecordsOfOurOwnMaking() => _inbound.Page(Inbound.Person("lead", "inbox", ("full_name", "Ada Example")));

    private GoldenRecord Ada => _inbound.People.Single(p => p.Fields["full_name"]?.Text == "Ada Example");

    [Fact]
    public void Read_before_their_creation_is_settled_they_are_no_strangers_to_be_made_again()
    {
        _inbound.Page(Inbound.Person("c1", "crm", ("full_name", "Ada Example"), ("syncline_id", $"h1-{Ada.Id}")));
        Assert.Equal(Ada.Id, _inbound.Hub.Links[new("crm", "people", "c1")].GoldenId);
        Assert.Single(_inbound.People);
    }

    [Theory]
    [InlineData("h2-1")]
    [InlineData("h1-999")]
    [InlineData("h1-")]
    [InlineData("by hand")]
    public void Marks_of_other_hubs_and_texts_of_people_say_nothing(string mark)
    {
        _inbound.Page(Inbound.Person("c1", "crm", ("full_name", "Bob Sample"), ("syncline_id", mark)));
        Assert.NotEqual(Ada.Id, _inbound.Hub.Links[new("crm", "people", "c1")].GoldenId);
    }

    [Fact]
    public void Whose_address_is_somebody_elses_is_that_ones()
    {
        _inbound.Page(Inbound.Person("bob", "inbox", ("email", "bob@example.com")));
        _inbound.Page(Inbound.Person("c1", "crm", ("email", "bob@example.com"), ("syncline_id", $"h1-{Ada.Id}")));
        Assert.Equal(_inbound.Hub.Links[new("inbox", "people", "bob")].GoldenId, _inbound.Hub.Links[new("crm", "people", "c1")].GoldenId);
    }
}
