using System.Text;
using Syncline.Connectors.HubSpot;
using Syncline.Extraction;

namespace Syncline.Connectors.Tests.HubSpot;

public sealed class ReceivingHubSpotWebhooks
{
    private const string Secret = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy", Url = "https://www.example.com/webhook_uri", Example = """{"example_field":"example_value"}""";

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_300_000);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void The_documented_v1_signature_is_ours() => Assert.Equal("232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de", HubSpotSignatures.V1(Secret, Bytes(
        """[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123,"changeSource":"CRM","changeFlag":"NEW","appId":54321}]""")));

    [Theory]
    [InlineData("POST", Example, "9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900")]
    [InlineData("GET", "", "eee2dddcc73c94d699f5e395f4b9d454a069a6855fbfa152e91e88823087200e")]
    public void The_v2_signatures_are_ours(string method, string body, string signature) => Assert.Equal(signature, HubSpotSignatures.V2(Secret, method, Url, Bytes(body)));

    [Theory]
    [InlineData(Url, Example, "1700000300000", "ZEux4lGY4urKtKJ9fqGCQDJ0FasZeSunWHlJMEoU3Bg=")]
    [InlineData(Url, Example, "1693657560000", "oaA3M5dEtt6kFsseJD/Hv/x+JNl1vsoxFj4oxmwP6Go=")]
    [InlineData("https://hooks.example.test/hubspot?to=a%40b.test&path=%2Fx%20y&q=%25", "[]", "1700000000000", "W6/xPKH4xi14CnS3T+XTok34B7KlgLSIL1J4EMhimDg=")]
    [InlineData("https://hooks.example.test/hubspot?to=a%40b.test&path=%2Fx%20y&q=%25#part", "[]", "1700000000000", "W6/xPKH4xi14CnS3T+XTok34B7KlgLSIL1J4EMhimDg=")]
    public void The_v3_signatures_are_ours(string url, string body, string timestamp, string signature) => Assert.Equal(signature, HubSpotSignatures.V3(Secret, "POST", url, Bytes(body), timestamp));

    [Fact]
    public async Task A_genuine_delivery_is_opened_within_five_minutes_either_way()
    {
        Assert.NotNull(await OpenAsync("[]", Now));
        Assert.NotNull(await OpenAsync("[]", Now.AddMinutes(5)));
        Assert.NotNull(await OpenAsync("[]", Now.AddMinutes(-5)));
        Assert.Null(await OpenAsync("[]", Now.AddMinutes(5).AddMilliseconds(1)));
        Assert.Null(await OpenAsync("[]", Now.AddMinutes(-5).AddMilliseconds(-1)));
    }

    [Theory]
    [InlineData("x-hubspot-request-timestamp", null)]
    [InlineData("x-hubspot-request-timestamp", "NaN")]
    [InlineData("x-hubspot-signature-v3", null)]
    [InlineData("x-hubspot-signature-v3", "AAAA")]
    public async Task What_is_not_signed_is_not_opened(string header, string? value)
    {
        Dictionary<string, string?> headers = new(Signed("[]")) { [header] = value };
        Assert.Null(await new HubSpotWebhook(Options()).OpenAsync(new(headers.GetValueOrDefault, Bytes("[]")), Secret, Now, Token));
    }

    [Fact]
    public async Task The_address_is_the_server_s_own_where_none_is_set()
    {
        WebhookRequest request = new(Signed("[]").GetValueOrDefault, Bytes("[]"));
        HubSpotWebhook without = new(Options() with { WebhookUrl = null });
        Assert.Null(await without.OpenAsync(request, Secret, Now, Token));
        Assert.NotNull(await without.OpenAsync(request with { Url = new(Url) }, Secret, Now, Token));
        Assert.Null(await without.OpenAsync(request with { Url = new(Url + "/other") }, Secret, Now, Token));
        Assert.NotNull(await new HubSpotWebhook(Options()).OpenAsync(request with { Url = new(Url + "/other") }, Secret, Now, Token));
    }

    [Fact]
    public async Task Events_are_named_once_each_and_nothing_else_of_them_is()
    {
        string body = string.Join(',', ((string[])["contact.creation", "contact.propertyChange", "contact.creation", "ada@example.com"]).Select(t => $$"""{"subscriptionType":"{{t}}","objectId":1,"propertyValue":"Ada"}"""));
        Assert.Equal(["contact.creation", "contact.propertyChange"], (await OpenAsync($"[{body}]", Now))!.Events);
    }

    [Fact]
    public async Task Older_signatures_are_taken_only_where_they_are_configured()
    {
        Dictionary<string, string?> v1 = new() { ["x-hubspot-signature"] = HubSpotSignatures.V1(Secret, Bytes("[]")), ["x-hubspot-signature-version"] = "v1" };
        Dictionary<string, string?> v2 = new() { ["x-hubspot-signature"] = HubSpotSignatures.V2(Secret, "POST", Url, Bytes("[]")), ["x-hubspot-signature-version"] = "v2" };
        foreach ((HubSpotSignature allowed, bool takesV1, bool takesV2) in ((HubSpotSignature, bool, bool)[])[(HubSpotSignature.V3, false, false), (HubSpotSignature.V2, false, true), (HubSpotSignature.V1, true, true)])
        {
            HubSpotWebhook webhook = new(Options() with { Signature = allowed });
            Assert.Equal(takesV1, await webhook.OpenAsync(new(v1.GetValueOrDefault, Bytes("[]")), Secret, Now, Token) is not null);
            Assert.Equal(takesV2, await webhook.OpenAsync(new(v2.GetValueOrDefault, Bytes("[]")), Secret, Now, Token) is not null);
        }
    }

    [Fact]
    public async Task A_repetition_of_a_delivery_has_its_id_whatever_the_attempt_and_the_order()
    {
        string one = """{"subscriptionType":"contact.creation","objectId":1,"attemptNumber":0,"occurredAt":1}""", two = """{"subscriptionType":"contact.creation","objectId":2,"attemptNumber":0,"occurredAt":1}""";
        Delivery first = (await OpenAsync($"[{one},{two}]", Now))!, again = (await OpenAsync($"[{two.Replace("\"attemptNumber\":0", "\"attemptNumber\":3", StringComparison.Ordinal)},{one}]", Now))!;
        Assert.Equal(first.Id, again.Id);
        Assert.NotEqual(first.Id, (await OpenAsync($"[{one}]", Now))!.Id);
    }

    [Theory]
    [InlineData("""{"subscriptionType":"contact.propertyChange","objectId":123,"propertyName":"jobtitle","propertyValue":"CTO"}""", "contacts/123")]
    [InlineData("""{"subscriptionType":"company.restore","objectId":"55"}""", "companies/55")]
    [InlineData("""{"subscriptionType":"object.creation","objectTypeId":"0-48","objectId":9007199254740993}""", "calls/9007199254740993")]
    [InlineData("""{"subscriptionType":"contact.deletion","objectId":123}""", "contacts/123 deleted")]
    [InlineData("""{"subscriptionType":"contact.privacyDeletion","objectId":123}""", "contacts/123 deleted")]
    [InlineData("""{"subscriptionType":"contact.merge","objectId":1,"primaryObjectId":1,"mergedObjectIds":[2],"newObjectId":3}""", "contacts/3, contacts/2 into 3, contacts/1 into 3")]
    [InlineData("""{"subscriptionType":"contact.merge","objectId":1,"primaryObjectId":1,"mergedObjectIds":[2]}""", "contacts/1, contacts/2 into 1")]
    [InlineData("""{"subscriptionType":"contact.associationChange","associationType":"CONTACT_TO_COMPANY","fromObjectId":1,"toObjectId":2,"associationRemoved":false,"isPrimaryAssociation":true}""", "contacts/1")]
    [InlineData("""{"subscriptionType":"company.associationChange","associationType":"COMPANY_TO_CONTACT","fromObjectId":2,"toObjectId":1}""", "contacts/1")]
    [InlineData("""{"subscriptionType":"object.associationChange","objectTypeId":"0-3","fromObjectTypeId":"0-3","toObjectTypeId":"0-1","fromObjectId":8,"toObjectId":1}""", "deals/8")]
    [InlineData("""{"subscriptionType":"ticket.creation","objectId":1}""", "")]
    [InlineData("""{"subscriptionType":"conversation.newMessage"}""", "")]
    [InlineData("7", "")]
    public async Task Events_say_what_to_read_again(string one, string hints) => Assert.Equal(hints, string.Join(", ", (await OpenAsync($"[{one}]", Now))!.Hints.Select(Show)));

    [Fact]
    public async Task A_hundred_events_about_one_record_are_one_hint_with_the_latest_time()
    {
        string events = string.Join(',', Enumerable.Range(0, 100).Select(i => $$"""{"subscriptionType":"contact.propertyChange","objectId":1,"occurredAt":{{(i * 37) % 100}},"propertyName":"p{{i}}"}"""));
        Hint hint = Assert.Single((await OpenAsync($"[{events}]", Now))!.Hints);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(99), hint.At);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("nonsense")]
    public async Task What_is_no_array_of_events_is_nobodys(string body) => Assert.Null(await OpenAsync(body, Now));

    private static Task<Delivery?> OpenAsync(string body, DateTimeOffset now) => new HubSpotWebhook(Options()).OpenAsync(new(Signed(body).GetValueOrDefault, Bytes(body)), Secret, now, Token);

    private static Dictionary<string, string?> Signed(string body)
    {
        string timestamp = Now.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new() { ["x-hubspot-request-timestamp"] = timestamp, ["x-hubspot-signature-v3"] = HubSpotSignatures.V3(Secret, "POST", Url, Bytes(body), timestamp) };
    }

    private static HubSpotOptions Options() => new() { Connection = "hubspot", WebhookUrl = Url };

    private static string Show(Hint hint) => $"{hint.Key.Stream}/{hint.Key.Id}{(hint.IsDeletion ? " deleted" : "")}{(hint.MergedInto is { } into ? $" into {into}" : "")}";

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
