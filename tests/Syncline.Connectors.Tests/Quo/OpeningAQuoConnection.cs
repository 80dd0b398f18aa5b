using Syncline.Mapping;
using Syncline.Records;
using static Syncline.Connectors.Tests.Quo.QuoFixture;

namespace Syncline.Connectors.Tests.Quo;

public sealed class OpeningAQuoConnection
{
    [Theory]
    [InlineData("source", "openphone-attio", "openphone")]
    [InlineData("source", "CSV import", "csv")]
    [InlineData("source", "zapier", "zapier")]
    [InlineData("source", "1234567890123456789012345678901234567890123456789012345678901234567890123", "72")]
    [InlineData("ids_from", "attio", "attio/people")]
    [InlineData("phone_region", "DE", "US or CA")]
    [InlineData("skip_without_phone", "perhaps", "true or false")]
    [InlineData("page_size", "51", "1 to 50")]
    [InlineData("base_url", "http://api.example.com", "https")]
    public void A_setting_that_cannot_be_used_is_named_with_what_could(string name, string value, string wanted)
    {
        ProviderException failure = Assert.Throws<ProviderException>(() => new QuoFixture((name, value)));
        Assert.Contains($"connections.quo.{name}", failure.Message, StringComparison.Ordinal);
        Assert.Contains(wanted, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_external_id_is_the_id_at_the_named_stream_else_our_own()
    {
        using QuoFixture quo = new(("ids_from", "crm/people"));
        FieldSet ours = FieldSet.Of(("syncline_id", Text("hub-7")));
        Assert.Equal("hub-7", quo.Map.ToRemote(ours)["externalId"]!.Text);
        Assert.Equal("rec-1", quo.Map.ToRemote(ours.With("id@crm/people", Text("rec-1")))["externalId"]!.Text);
        Assert.Equal("hub-7", quo.Map.ToRemote(ours.With("id@crm/people", Text(new string('x', 76))))["externalId"]!.Text);
        Assert.Equal(FieldPolicy.PeopleWin, quo.Map.PolicyOf("externalId"));
    }
}
