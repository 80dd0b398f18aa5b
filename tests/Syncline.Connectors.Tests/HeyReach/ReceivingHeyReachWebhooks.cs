using System.Text;
using Syncline.Extraction;

namespace Syncline.Connectors.Tests.HeyReach;

public sealed class ReceivingHeyReachWebhooks
{
    private const string Secret = "5f2b1c0de4a39788a1b2c3d4e5f60718";

    private readonly FakeHeyReach _heyreach = new(_ => (500, ""));

    [Fact]
    public async Task A_reply_names_the_conversation_to_be_read_again_and_once_more_after_some_minutes()
    {
        Delivery delivery = (await OpenAsync(Reply()))!;
        Hint hint = Assert.Single(delivery.Hints);
        Assert.Equal(("heyreach/inbox/4711:900000001:2-abc==", DateTimeOffset.Parse("2026-04-01T13:08:22.377Z", System.Globalization.CultureInfo.InvariantCulture)), (hint.Key.ToString(), hint.At));
        Assert.Equal((TimeSpan.FromMinutes(5), "every_message_reply_received"), (delivery.AgainAfter, Assert.Single(delivery.Events)));
        Assert.Empty(_heyreach.Calls);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("5f2b1c0de4a39788a1b2c3d4e5f60719")]
    [InlineData("5F2B1C0DE4A39788A1B2C3D4E5F60718")]
    public async Task Only_the_secret_in_the_address_opens_it(string? given)
    {
        Assert.Null(await OpenAsync(Reply(), given));
        Assert.Null(await OpenAsync(Reply(), given, secret: ""));
        Assert.NotNull(await OpenAsync(Reply()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("<html>")]
    [InlineData("{}")]
    [InlineData("""{"event_type":7.5e,"x":1}""")]
    public async Task What_is_no_event_is_nobodys(string body) => Assert.Null(await OpenAsync(body));

    [Fact]
    public async Task A_body_without_bounds_is_not_looked_at() => Assert.Null(await OpenAsync($$"""{"event_type":"{{new string('x', WebhookRequest.LargestBody)}}"}"""));

    [Theory]
    [InlineData("""{"conversation_id":"2-abc==","sender":{"id":4711}}""", "4711:2-abc==", "")]
    [InlineData("""{"event_type":"message_reply_received","conversation_id":"2-abc==","sender":{"id":"4711"},"lead":{"id":"ACoAAB"}}""", "4711:2-abc==", "message_reply_received")]
    [InlineData("""{"eventType":"LEAD_AUTO_TAGGED_INTERESTED","campaignId":7,"linkedInAccountId":4711,"leadProfileUrl":"https://www.linkedin.com/in/ada-example"}""", "", "lead_auto_tagged_interested")]
    [InlineData("""{"event_type":"every_message_reply_received","conversation_id":"2-abc=="}""", "", "every_message_reply_received")]
    [InlineData("""{"event_type":"every_message_reply_received","conversation_id":"2-abc==","sender":null,"recent_messages":[7,null]}""", "", "every_message_reply_received")]
    [InlineData("""{"event_type":"ada wrote: hello","conversation_id":"2-abc==","sender":{"id":4711}}""", "4711:2-abc==", "")]
    public async Task Bodies_are_taken_as_they_come(string body, string hint, string events)
    {
        Delivery delivery = (await OpenAsync(body))!;
        Assert.Equal((hint, events), (string.Join(',', delivery.Hints.Select(h => h.Key.Id)), string.Join(',', delivery.Events)));
        Assert.Equal(hint.Length > 0, delivery.AgainAfter is not null);
    }

    [Fact]
    public async Task A_repetition_has_the_id_of_the_first_whatever_part_of_the_thread_it_shows()
    {
        string id = await IdAsync(Reply());
        Assert.Equal(id, await IdAsync(Reply().Replace("\"correlation_id\":\"c1\"", "\"correlation_id\":\"c2\"", StringComparison.Ordinal)));
        Assert.Equal(id, await IdAsync(Reply(earlier: "")));
        Assert.NotEqual(id, await IdAsync(Reply(text: "hey you")));
        Assert.NotEqual(id, await IdAsync(Reply(at: "2026-04-01T13:08:22.378Z")));
        Assert.NotEqual(id, await IdAsync(Reply(conversation: "2-abd==")));
        Assert.Matches("^[0-9a-f]{64}$", id);
    }

    [Fact]
    public async Task Without_a_message_the_rest_of_the_body_tells_events_apart()
    {
        const string tag = """{"event_type":"lead_tag_updated","timestamp":"2026-04-01T13:08:22Z","correlation_id":"c1","lead":{"id":"900000001","tags":["a"]}}""";
        Assert.Equal(await IdAsync(tag), await IdAsync(tag.Replace("c1", "c2", StringComparison.Ordinal)));
        Assert.NotEqual(await IdAsync(tag), await IdAsync(tag.Replace(":22Z", ":23Z", StringComparison.Ordinal)));
    }

    private async Task<string> IdAsync(string body) => (await OpenAsync(body))!.Id;

    private Task<Delivery?> OpenAsync(string body, string? given = Secret, string secret = Secret) => _heyreach.Open().Webhooks!.OpenAsync(
        new(_ => null, Encoding.UTF8.GetBytes(body)) { PathSecret = given }, secret, _heyreach.Clock.GetUtcNow(), TestContext.Current.CancellationToken);

    private static string Reply(
        string conversation = "2-abc==", string at = "2026-04-01T13:08:22.377Z", string text = "hey",
        string earlier = """{"creation_time":"2026-03-31T10:00:00Z","message":"hello","is_reply":false},""") => $$"""
        {"event_type":"every_message_reply_received","timestamp":"2026-04-01T13:08:25Z","correlation_id":"c1","is_inmail":false,"conversation_id":"{{conversation}}","campaign":null,
         "sender":{"id":4711,"first_name":"Sam","profile_url":"https://www.linkedin.com/in/sam-sender"},
         "lead":{"id":"900000001","profile_url":"https://www.linkedin.com/in/ada-example","first_name":"Ada"},
         "recent_messages":[{{earlier}}{"creation_time":"{{at}}","message":"{{text}}","is_reply":true}]}
        """;
}
