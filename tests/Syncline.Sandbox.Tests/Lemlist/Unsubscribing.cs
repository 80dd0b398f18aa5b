using System.Text.Json.Nodes;
using Syncline.Sandbox.Lemlist;

namespace Syncline.Sandbox.Tests.Lemlist;

/// <summary>The unsubscribe list by both generations of routes (contract, section 9).</summary>
public sealed class Unsubscribing
{
    private const string Variables = "/v2/unsubscribes/variables";
    private readonly Bureau _bureau = new();

    [Fact]
    public void Adding_twice_is_adding_once_and_success_is_a_bare_string()
    {
        Reply first = _bureau.Post(Variables + "/ada%40example.com"), second = _bureau.Post(Variables + "/ADA%40example.com");
        Assert.Equal((200, 200, first.Id), (first.Status, second.Status, second.Id));
        Assert.Equal("\"Variable subscribed\"", _bureau.Delete(Variables + "/ada%40example.com").Text);
        Reply gone = _bureau.Delete(Variables + "/ada%40example.com");
        Assert.Equal((400, "Variable not found in unsubscribe list"), (gone.Status, gone.Text));
        Assert.Equal((404, "Variable not found"), (_bureau.Get(Variables + "/ada%40example.com").Status, _bureau.Get(Variables + "/ada%40example.com").Text));
    }

    [Theory]
    [InlineData("lead", 409)]
    [InlineData("abuse", 409)]
    [InlineData("bounced", 200)]
    [InlineData("user", 200)]
    [InlineData("api", 200)]
    public void What_a_person_said_is_protected(string source, int status)
    {
        _bureau.Life.AddUnsubscribe("ada@example.com", source);
        Assert.Equal(status, _bureau.Delete(Variables + "/ada%40example.com").Status);
    }

    [Fact]
    public void Ten_thousand_values_go_at_once_and_not_one_more()
    {
        string Body(int count) => new JsonObject { ["values"] = new JsonArray([.. Enumerable.Range(0, count).Select(i => (JsonNode)$"p{i}@example.com")]) }.ToJsonString();
        Assert.Equal("\"Variables unsubscribed\"", _bureau.Post(Variables, Body(10_000)).Text);
        Assert.Equal("Maximum 10000 values allowed", _bureau.Post(Variables, Body(10_001)).Text);
        Assert.Equal(10_000, _bureau.Lemlist.Unsubscribed.Count);
        Assert.Equal(100, _bureau.Get(Variables + "?offset=9900").Rows.Count);
        Assert.Empty(_bureau.Get(Variables + "?offset=10000").Rows);
    }

    [Fact]
    public void The_two_generations_have_their_own_words()
    {
        _bureau.Life.AddUnsubscribe("ada@example.com", "bounced");
        Assert.Equal(("bounced", "bounce"), ((string)_bureau.Get(Variables).Rows[0]!["source"]!, (string)_bureau.Get("/unsubscribes").Rows[0]!["source"]!));
        Assert.Contains("ada@example.com,bounce,", _bureau.Get("/unsubs/export").Text, StringComparison.Ordinal);
        Assert.Contains("ada@example.com,bounced,", _bureau.Get("/v2/unsubscribes/exports/variables").Text, StringComparison.Ordinal);
        Assert.Null(_bureau.Post("/unsubscribes/eve%40example.com").Json!["alreadyUnsubscribed"]);
        Assert.True((bool)_bureau.Post("/unsubscribes/eve%40example.com").Json!["alreadyUnsubscribed"]!);
        Assert.Equal((200, 404), (_bureau.Delete("/unsubscribes/eve%40example.com").Status, _bureau.Delete("/unsubscribes/eve%40example.com").Status));
    }

    [Fact]
    public void A_lead_that_clicks_is_unsubscribed_everywhere_and_a_domain_covers_its_people()
    {
        (_, IReadOnlyList<string> leads) = _bureau.Campaign(2);
        string other = _bureau.Life.AddLead(_bureau.Life.AddCampaign("Second"), "lead1@example.com");
        _bureau.Life.Unsubscribe(leads[0]);
        Assert.True(_bureau.Lemlist.Lead(other)!.IsInGraveyard);
        Assert.Equal("lead", _bureau.Lemlist.Unsubscribed.Single().Source);
        Assert.False(_bureau.Lemlist.Contact("lead2@example.com")!.IsUnsubscribed);
        _bureau.Post(Variables + "/%40example.com");
        Assert.True(_bureau.Lemlist.Contact("lead2@example.com")!.IsUnsubscribed);
    }

    [Fact]
    public void A_contact_can_be_marked_and_unmarked()
    {
        (_, IReadOnlyList<string> leads) = _bureau.Campaign();
        string path = "/v2/unsubscribes/contacts/" + _bureau.Lemlist.Contacts.Single().Id;
        Assert.Equal("\"Contact subscription updated\"", _bureau.Post(path).Text);
        Assert.True((bool)_bureau.Get(path).Json!["doNotContact"]!);
        Assert.True(_bureau.Lemlist.Lead(leads[0])!.IsInGraveyard);
        _bureau.Delete(path);
        Assert.False((bool)_bureau.Get(path).Json!["doNotContact"]!);
        Assert.Equal("Bad contact identifier", _bureau.Get("/v2/unsubscribes/contacts/ctc_none").Text);
    }
}
