using System.Globalization;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using Syncline.Server.Tests.Served;

namespace Syncline.Server.Tests.Webhooks;

/// <summary>A delivery as its provider sends it.</summary>
internal sealed record Hook(string Path, byte[] Body, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>Where the world reaches the server, as HubSpot's signatures have it.</summary>
    public static readonly Uri World = new("https://hooks.example.com/");

    /// <summary>A genuine one about a record that nobody reads.</summary>
    /// <param name="id">Of the delivery.</param>
    public static Hook Of(string provider, string id, string? secret = null, DateTimeOffset? at = null, string? body = null)
    {
        string key = secret ?? ServedFolder.WebhookSecrets[provider];
        return provider switch
        {
            "attio" => Attio(id, key, body ?? """{"webhook_id":"w","events":[{"event_type":"note.created","id":{"workspace_id":"a","note_id":"n1"}}]}"""),
            "quo" => Quo(id, key, at ?? DateTimeOffset.UtcNow, body ?? $$"""{"id":"{{id}}","type":"contact.updated","createdAt":"2026-05-20T09:30:00Z","data":{"resource":{"id":"c1"} } }"""),
            "hubspot" => HubSpot(key, at ?? DateTimeOffset.UtcNow, body ?? $$"""[{"eventId":{{id.GetHashCode(StringComparison.Ordinal) & 0xFFFF}},"subscriptionType":"contact.propertyChange","objectId":7,"occurredAt":1779269400000,"attemptNumber":0}]"""),
            "lemlist" => new("webhooks/lemlist", Bytes(body ?? $$"""{"_id":"{{id}}","type":"emailsReplied","secret":"{{key}}","contactId":"ctc_1","createdAt":"2026-05-20T09:30:00Z"}"""), Nothing),
            _ => new($"webhooks/heyreach/{key}", Bytes(body ?? $$"""{"event_type":"MESSAGE_REPLY_RECEIVED","conversation_id":"{{id}}","sender":{"id":1},"lead":{"id":"5"},"timestamp":"2026-05-20T09:30:00Z"}"""), Nothing),
        };
    }

    public static Hook Attio(string id, string secret, string body) => new("webhooks/attio", Bytes(body), new Dictionary<string, string>
    {
        ["Attio-Signature"] = Convert.ToHexStringLower(HMACSHA256.HashData(Bytes(secret), Bytes(body))), ["Idempotency-Key"] = id,
    });

    public async Task<HttpResponseMessage> SendAsync(HttpClient client, bool isChunked = false)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, Path) { Content = isChunked ? new StreamContent(new Unmeasured(Body)) : new ByteArrayContent(Body) };
        foreach ((string name, string value) in Headers) request.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>One byte of the body is another.</summary>
    public Hook Bent() => this with { Body = [.. Body[..^2], (byte)(Body[^2] ^ 1), Body[^1]] };

    private static Dictionary<string, string> Nothing { get; } = [];

    private static Hook Quo(string id, string secret, DateTimeOffset at, string body)
    {
        string time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signature = HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), Bytes($"{id}.{time}.{body}"));
        return new("webhooks/quo", Bytes(body), new Dictionary<string, string> { ["webhook-id"] = id, ["webhook-timestamp"] = time, ["webhook-signature"] = "v1," + Convert.ToBase64String(signature) });
    }

    private static Hook HubSpot(string secret, DateTimeOffset at, string body)
    {
        string time = at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        byte[] signature = HMACSHA256.HashData(Bytes(secret), Bytes($"POST{World}webhooks/hubspot{body}{time}"));
        return new("webhooks/hubspot", Bytes(body), new Dictionary<string, string> { ["X-HubSpot-Request-Timestamp"] = time, ["X-HubSpot-Signature-v3"] = Convert.ToBase64String(signature) });
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>A body whose length nobody knows before it is read.</summary>
    private sealed class Unmeasured(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
