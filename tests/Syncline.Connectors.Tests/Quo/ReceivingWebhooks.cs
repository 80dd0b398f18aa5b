using System.Text;
using Syncline.Connectors.Quo;

namespace Syncline.Connectors.Tests.Quo;

public sealed class ReceivingWebhooks
{
    private const string New = "v1,Sw6RW9TFbHE8cCfkPnz3yB3yB7fLrqIHNJGOXEeSxsg=", Legacy = "hmac;1;1800000000000;XoLwI2RQWg2XsIhH6TTSqwKdkgbE1ZzxXevzfOOYkXs=";

    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"id":"EV1","type":"contact.updated","n":"Zoë ☎"}""");
    private static readonly string Secret = "whsec_" + Convert.ToBase64String("simulator-only-key-0123456789abc"u8);
    private static readonly DateTimeOffset Sent = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

    [Theory]
    [InlineData(New, true)]
    [InlineData("v1,AAAA v2,Sw6RW9TFbHE8cCfkPnz3yB3yB7fLrqIHNJGOXEeSxsg= " + New, true)]
    [InlineData("v2,Sw6RW9TFbHE8cCfkPnz3yB3yB7fLrqIHNJGOXEeSxsg=", false)]
    [InlineData("v1,Tw6RW9TFbHE8cCfkPnz3yB3yB7fLrqIHNJGOXEeSxsg=", false)]
    [InlineData("v1,not base64", false)]
    [InlineData("", false)]
    public void One_matching_signature_of_the_new_scheme_is_enough(string signatures, bool expected) => Assert.Equal(expected, IsGenuine(Headers(signatures), Body, Secret, Sent));

    [Theory]
    [InlineData(Legacy, true)]
    [InlineData("hmac;1;1800000000001;XoLwI2RQWg2XsIhH6TTSqwKdkgbE1ZzxXevzfOOYkXs=", false)]
    [InlineData("hmac;2;1800000000000;XoLwI2RQWg2XsIhH6TTSqwKdkgbE1ZzxXevzfOOYkXs=", false)]
    [InlineData("hmac;1", false)]
    public void The_older_scheme_is_known_as_well(string header, bool expected) => Assert.Equal(expected, IsGenuine(name => name == "openphone-signature" ? header : null, Body, Secret, Sent));

    [Theory]
    [InlineData(300, true)]
    [InlineData(-300, true)]
    [InlineData(301, false)]
    [InlineData(-301, false)]
    public void A_delivery_is_fresh_for_five_minutes_either_way(int seconds, bool expected)
    {
        Assert.Equal(expected, IsGenuine(Headers(New), Body, Secret, Sent.AddSeconds(seconds)));
        Assert.Equal(expected, IsGenuine(name => name == "openphone-signature" ? Legacy : null, Body, Secret, Sent.AddSeconds(seconds)));
    }

    [Fact]
    public void Another_body_another_id_and_another_secret_are_not_genuine()
    {
        Assert.False(IsGenuine(Headers(New), [.. Body, (byte)' '], Secret, Sent));
        Assert.False(IsGenuine(Headers(New, id: "msg_test2"), Body, Secret, Sent));
        Assert.False(IsGenuine(Headers(New), Body, "whsec_" + Convert.ToBase64String("another-key-of-just-the-length-x"u8), Sent));
        Assert.False(IsGenuine(Headers(New), Body, "whsec_", Sent));
        Assert.False(IsGenuine(Headers(New), Body, "no secret", Sent));
    }

    [Theory]
    [InlineData("""{"id":"EV1","type":"contact.updated","createdAt":"2026-05-01T00:00:00Z","data":{"resource":{"id":"c1","updatedAt":"2026-05-02T00:00:00Z"}}}""", "EV1 c1 False 2026-05-02")]
    [InlineData("""{"id":"EV2","type":"contact.deleted","createdAt":"2026-05-01T00:00:00Z","data":{"resource":{"id":"c1"}}}""", "EV2 c1 True 2026-05-01")]
    [InlineData("""{"id":"EV3","object":"event","type":"contact.updated","data":{"object":{"id":"c1"}}}""", "EV3 c1 False ")]
    [InlineData("""{"id":"EV4","type":"call.completed","data":{"resource":{"id":"AC1"}}}""", null)]
    [InlineData("""{"id":"EV5","type":"contact.updated","data":{"resource":null}}""", null)]
    [InlineData("""[1]""", null)]
    [InlineData("<html>", null)]
    public void A_contacts_event_says_which_one_to_read_again(string body, string? expected)
    {
        QuoHint? hint = QuoWebhook.HintOf(Encoding.UTF8.GetBytes(body));
        Assert.Equal(expected, hint is null ? null : $"{hint.EventId} {hint.ContactId} {hint.IsDeleted} {hint.At:yyyy-MM-dd}");
    }

    private static bool IsGenuine(Func<string, string?> header, byte[] body, string secret, DateTimeOffset now) => QuoWebhook.IsGenuine(header, body, secret, now);

    private static Func<string, string?> Headers(string signatures, string id = "msg_test1") => name => name switch
    {
        "webhook-id" => id,
        "webhook-timestamp" => "1800000000",
        "webhook-signature" => signatures,
        _ => null,
    };
}
