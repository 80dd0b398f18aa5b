using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Syncline.Connectors.Tests.Conforming;
using Syncline.Extraction;
using Syncline.Sandbox.Quo;

namespace Syncline.Connectors.Tests.Quo;

public sealed class ReceivingWebhooks : IDisposable
{
    private const string New = "v1,Sw6RW9TFbHE8cCfkPnz3yB3yB7fLrqIHNJGOXEeSxsg=", Legacy = "hmac;1;1800000000000;XoLwI2RQWg2XsIhH6TTSqwKdkgbE1ZzxXevzfOOYkXs=";

    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"id":"EV1","type":"contact.updated","n":"Zoë ☎"}""");
    private static readonly string Secret = "whsec_" + Convert.ToBase64String("simulator-only-key-0123456789abc"u8);
    private static readonly DateTimeOffset Sent = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

    private readonly QuoFixture _quo = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _quo.Dispose();

    [Theory]
    [InlineData(New, true)]
    [InlineData("v1,AAAA v2,Sw6RW9TFbHE8cCfkPnz3yB3yB7fLrqIHNJGOXEeSxsg= " + New, true)]
    [InlineData("v2,Sw6RW9TFbHE8cCfkPnz3yB3yB7fLrqIHNJGOXEeSxsg=", false)]
    [InlineData("v1,Tw6RW9TFbHE8cCfkPnz3yB3yB7fLrqIHNJGOXEeSxsg=", false)]
    [InlineData("v1,not base64", false)]
    [InlineData("", false)]
    public async Task One_matching_signature_of_the_new_scheme_is_enough(string signatures, bool expected) => Assert.Equal(expected, await IsGenuineAsync(Headers(signatures), Body, Secret, Sent));

    [Theory]
    [InlineData(Legacy, true)]
    [InlineData("hmac;1;1800000000001;XoLwI2RQWg2XsIhH6TTSqwKdkgbE1ZzxXevzfOOYkXs=", false)]
    [InlineData("hmac;2;1800000000000;XoLwI2RQWg2XsIhH6TTSqwKdkgbE1ZzxXevzfOOYkXs=", false)]
    [InlineData("hmac;1", false)]
    public async Task The_older_scheme_is_known_as_well(string header, bool expected) => Assert.Equal(expected, await IsGenuineAsync(name => name == "openphone-signature" ? header : null, Body, Secret, Sent));

    [Theory]
    [InlineData(300, true)]
    [InlineData(-300, true)]
    [InlineData(301, false)]
    [InlineData(-301, false)]
    public async Task A_delivery_is_fresh_for_five_minutes_either_way(int seconds, bool expected)
    {
        Assert.Equal(expected, await IsGenuineAsync(Headers(New), Body, Secret, Sent.AddSeconds(seconds)));
        Assert.Equal(expected, await IsGenuineAsync(name => name == "openphone-signature" ? Legacy : null, Body, Secret, Sent.AddSeconds(seconds)));
    }

    [Fact]
    public async Task Another_body_another_id_and_another_secret_are_not_genuine()
    {
        Assert.False(await IsGenuineAsync(Headers(New), [.. Body, (byte)' '], Secret, Sent));
        Assert.False(await IsGenuineAsync(Headers(New, id: "msg_test2"), Body, Secret, Sent));
        Assert.False(await IsGenuineAsync(Headers(New), Body, "whsec_" + Convert.ToBase64String("another-key-of-just-the-length-x"u8), Sent));
        Assert.False(await IsGenuineAsync(Headers(New), Body, "whsec_", Sent));
        Assert.False(await IsGenuineAsync(Headers(New), Body, "no secret", Sent));
    }

    [Theory]
    [InlineData("""{"id":"EV1","type":"contact.updated","createdAt":"2026-05-01T00:00:00Z","data":{"resource":{"id":"c1","updatedAt":"2026-05-02T00:00:00Z"}}}""", "msg_test1 quo/contacts/c1 False 2026-05-02")]
    [InlineData("""{"id":"EV2","type":"contact.deleted","createdAt":"2026-05-01T00:00:00Z","data":{"resource":{"id":"c1"}}}""", "msg_test1 quo/contacts/c1 True 2026-05-01")]
    [InlineData("""{"id":"EV3","object":"event","type":"contact.updated","data":{"object":{"id":"c1"}}}""", "msg_test1 quo/contacts/c1 False ")]
    [InlineData("""{"id":"EV4","type":"call.completed","data":{"resource":{"id":"AC1"}}}""", "msg_test1")]
    [InlineData("""{"id":"EV5","type":"contact.updated","data":{"resource":null}}""", "msg_test1")]
    [InlineData("""{"type":"contact.updated","data":{"resource":{"id":"c1"}}}""", null)]
    [InlineData("""[1]""", null)]
    [InlineData("<html>", null)]
    [InlineData("", null)]
    public async Task A_contacts_event_says_which_one_to_read_again(string body, string? expected)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        Delivery? delivery = await OpenAsync(Headers(Sign(bytes)), bytes, Secret, Sent);
        Hint? hint = delivery?.Hints.SingleOrDefault();
        Assert.Equal(expected, hint is null ? delivery?.Id : $"{delivery!.Id} {hint.Key.Connection}/{hint.Key.Stream}/{hint.Key.Id} {hint.IsDeletion} {hint.At?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}");
    }

    [Fact]
    public async Task The_event_is_named() =>
        Assert.Equal(["contact.updated"], (await OpenAsync(Headers(New), Body, Secret, Sent))!.Events);

    [Fact]
    public async Task The_older_scheme_has_no_delivery_id_and_the_event_s_own_serves() =>
        Assert.Equal("EV1", (await OpenAsync(name => name == "openphone-signature" ? Legacy : null, Body, Secret, Sent))!.Id);

    [Fact]
    public async Task A_body_without_bounds_is_not_looked_at()
    {
        byte[] body = Encoding.UTF8.GetBytes($$"""{"id":"EV1","type":"contact.updated","n":"{{new string('x', WebhookRequest.LargestBody)}}"}""");
        Assert.False(await IsGenuineAsync(Headers(Sign(body)), body, Secret, Sent));
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData("hooks-duplicate", 2)]
    [InlineData("hooks-stale", 0)]
    [InlineData("hooks-tampered", 0)]
    [InlineData("hooks-wrong-key", 0)]
    public async Task A_contact_made_in_the_app_is_hinted_at_and_can_be_fetched_until_it_is_gone(string? trouble, int genuine)
    {
        SandboxConnection<QuoSimulator> sandbox = QuoSandbox.New();
        if (trouble is not null) sandbox.Turn(trouble, "true");
        Connection quo = sandbox.Open();
        string secret = QuoHooks.Subscribe(sandbox.Simulator);
        string contact = sandbox.Simulator.App.AddContact("Ada", phone: "+12125550100");
        List<Delivery> opened = [];
        foreach (QuoHook hook in sandbox.Simulator.Webhooks.TakeDue())
        {
            WebhookRequest request = new(name => hook.Headers.GetValueOrDefault(name), Encoding.UTF8.GetBytes(hook.Body));
            if (await quo.Webhooks!.OpenAsync(request, secret, sandbox.Clock.GetUtcNow(), Token) is { } delivery) opened.Add(delivery);
        }
        Assert.Equal((genuine, Math.Min(genuine, 1)), (opened.Count, opened.Select(d => d.Id).Distinct().Count()));
        Assert.All(opened, d => Assert.Equal(contact, Assert.Single(d.Hints).Key.Id));

        IPointSource contacts = Assert.IsAssignableFrom<IPointSource>(quo.Sources.Single());
        Assert.Equal("Ada", Assert.Single(await contacts.FetchAsync([contact, contact, "0000"], Token)).Fields["firstName"]!.Text);
        sandbox.Simulator.App.Delete(contact);
        Assert.Empty(await contacts.FetchAsync([contact], Token));
    }

    [Fact]
    public async Task What_is_fetched_is_what_a_reading_brings()
    {
        _quo.Fake.Add("p-1", """{"firstName":"Ada","phoneNumbers":[{"name":"phone","value":"+12125550100"}]}""");
        IPointSource contacts = Assert.IsAssignableFrom<IPointSource>(_quo.Connection.Sources.Single());
        Conformance.Sources.CommittedPages pages = new();
        await pages.RunAsync(contacts, Token);
        Records.RemoteRecord read = pages.Records.Values.Single(), fetched = (await contacts.FetchAsync(["c1"], Token)).Single();
        Assert.Equal((read.Key, read.Version, read.Fields.ToString()), (fetched.Key, fetched.Version, fetched.Fields.ToString()));
    }

    private async Task<bool> IsGenuineAsync(Func<string, string?> header, byte[] body, string secret, DateTimeOffset now) => await OpenAsync(header, body, secret, now) is not null;

    private Task<Delivery?> OpenAsync(Func<string, string?> header, byte[] body, string secret, DateTimeOffset now) =>
        _quo.Connection.Webhooks!.OpenAsync(new(header, body), secret, now, Token);

    private static string Sign(byte[] body) =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData("simulator-only-key-0123456789abc"u8, (byte[])[.. "msg_test1.1800000000."u8, .. body]));

    private static Func<string, string?> Headers(string signatures, string id = "msg_test1") => name => name switch
    {
        "webhook-id" => id,
        "webhook-timestamp" => "1800000000",
        "webhook-signature" => signatures,
        _ => null,
    };
}

/// <summary>Makes a webhook over the API, as a user would.</summary>
internal static class QuoHooks
{
    /// <returns>The secret.</returns>
    public static string Subscribe(QuoSimulator quo)
    {
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase) { ["Authorization"] = QuoSandbox.Key, ["Quo-Api-Version"] = "2026-03-30" };
        Sandbox.SandboxResponse made = quo.Handle(new("POST", "/webhooks", "", headers, """{"url":"https://example.com/hooks","events":["contact.updated","contact.deleted"]}"""));
        return (string)System.Text.Json.Nodes.JsonNode.Parse(made.Body)!["data"]!["key"]!;
    }
}
