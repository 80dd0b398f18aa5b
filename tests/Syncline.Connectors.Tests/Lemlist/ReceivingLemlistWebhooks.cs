using System.Text;
using Syncline.Extraction;

namespace Syncline.Connectors.Tests.Lemlist;

public sealed class ReceivingLemlistWebhooks
{
    private readonly FakeLemlist _lemlist = new();

    private Task<Delivery?> OpenAsync(string body, string secret = "the-secret") =>
        _lemlist.Open().Webhooks!.OpenAsync(new(_ => null, Encoding.UTF8.GetBytes(body)), secret, _lemlist.Clock.GetUtcNow(), TestContext.Current.CancellationToken);

    [Fact]
    public async Task A_delivery_names_the_person_to_be_read_again()
    {
        Delivery delivery = (await OpenAsync("""{"_id":"act_1","type":"emailsReplied","createdAt":"2026-05-20T09:00:00.000Z","contactId":"ctc_1","secret":"the-secret","text":"private"}"""))!;
        Hint hint = Assert.Single(delivery.Hints);
        Assert.Equal(("act_1", "lemlist/people/ctc_1", false), (delivery.Id, hint.Key.ToString(), hint.IsDeletion));
        Assert.DoesNotContain("the-secret", delivery.ToString(), StringComparison.Ordinal);
        Assert.Equal("emailsReplied", Assert.Single(delivery.Events));
        Assert.Null(delivery.AgainAfter);
        Assert.Empty(_lemlist.Calls);
    }

    [Theory]
    [InlineData("""{"_id":"act_1","type":"emailsReplied","contactId":"ctc_1","secret":"another"}""")]
    [InlineData("""{"_id":"act_1","type":"emailsReplied","contactId":"ctc_1"}""")]
    [InlineData("""{"_id":"act_1","type":"emailsReplied","contactId":"ctc_1","secret":["the-secret"]}""")]
    [InlineData("""{"_id":"act_1","secret":"the-secret"}""")]
    [InlineData("""["the-secret"]""")]
    [InlineData("the-secret")]
    [InlineData("")]
    public async Task Anything_without_the_secret_is_nobodys(string body) => Assert.Null(await OpenAsync(body));

    [Fact]
    public async Task No_secret_opens_nothing() => Assert.Null(await OpenAsync("""{"_id":"act_1","type":"emailsReplied","secret":""}""", ""));

    [Fact]
    public async Task A_body_that_is_too_large_is_not_looked_at() =>
        Assert.Null(await OpenAsync($$"""{"_id":"act_1","type":"emailsReplied","secret":"the-secret","text":"{{new string('x', WebhookRequest.LargestBody)}}"}"""));

    [Fact]
    public async Task A_lead_without_a_contact_is_asked_after()
    {
        _lemlist.Answer(c => c.Path == "leads", 200, """{"_id":"lea_1","contactId":"ctc_7"}""");
        Delivery delivery = (await OpenAsync("""{"_id":"act_1","type":"emailsOpened","leadId":"lea_1","secret":"the-secret"}"""))!;
        Assert.Equal("ctc_7", Assert.Single(delivery.Hints).Key.Id);
    }

    [Theory]
    [InlineData("""{"type":"enrichmentDone","data":[{"id":"enr_1"}],"secret":"the-secret"}""")]
    [InlineData("""{"_id":"act_1","type":"connectionIssue","secret":"the-secret"}""")]
    public async Task An_event_about_nobody_is_taken_and_means_nothing(string body) => Assert.Empty((await OpenAsync(body))!.Hints);
}
