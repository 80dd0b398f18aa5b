using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Syncline.Connectors.Http;
using Syncline.Extraction;
using Syncline.Records;

namespace Syncline.Connectors.HeyReach;

/// <summary>Opens deliveries of HeyReach's webhooks. Nothing is signed: the secret at the end of the address is all that proves one.</summary>
/// <remarks>
/// Source: five receivers in the open, which agree on bodies in snake case and not on those that guides show; read 2026-11. A delivery names a conversation, which is read again from the inbox; its messages bear
/// neither ids nor times that need match the inbox's. The type is missing now and then.
/// </remarks>
internal sealed class HeyReachWebhook(StreamId inbox) : IWebhooks
{
    /// <summary>The inbox shows what a delivery tells of some minutes later at times.</summary>
    public static TimeSpan Lag { get; } = TimeSpan.FromMinutes(5);

    public Task<Delivery?> OpenAsync(WebhookRequest request, string secret, DateTimeOffset now, CancellationToken cancellationToken)
    {
        bool isGenuine = request.Body.Length <= WebhookRequest.LargestBody && SharedSecret.Matches(request.PathSecret, secret.Trim());
        return Task.FromResult(isGenuine && JsonParts.Read(request.Body.ToArray()) is { ValueKind: JsonValueKind.Object } body ? Read(body) : null);
    }

    private Delivery? Read(JsonElement body)
    {
        string? type = body.Text("event_type") ?? body.Text("eventType");
        HeyReachThreadId? thread = ThreadOf(body);
        if (type is null && thread is null) return null;
        Hint[] hints = thread is null ? [] : [new(inbox.Key(thread.ToString())) { At = Newest(body)?.Time("creation_time") ?? body.Time("timestamp") }];
        return new(IdOf(body, type), hints) { Events = EventNames.Of(type?.ToLowerInvariant()), AgainAfter = hints.Length > 0 ? Lag : null };
    }

    /// <summary>Null for an event about no conversation: a request accepted, a profile looked at. The account is our sender, the person is never taken from it.</summary>
    private static HeyReachThreadId? ThreadOf(JsonElement body)
    {
        string? account = body.Part("sender")?.Text("id") ?? body.Text("linkedInAccountId");
        return (body.Text("conversation_id") ?? body.Text("conversationId")) is { } conversation && HeyReachThreadId.Number(account) is { } number
            ? new(number, HeyReachThreadId.MemberOf(body.Part("lead")?.Text("id")), conversation)
            : null;
    }

    /// <summary>The message that the event is about stands among others, in no order that could be relied on.</summary>
    private static JsonElement? Newest(JsonElement body) => body.Items("recent_messages").Where(m => m.Time("creation_time") is not null).Select(m => (JsonElement?)m).MaxBy(m => m!.Value.Time("creation_time"));

    /// <summary>
    /// There is no id that is known to stay. Of a message its type, its conversation, its time and its text are the same in each repetition; what else stands in the body may be a longer or a shorter part of the thread.
    /// Without a message the body is, but for the number that is given to a sending. Hashed, because a name or a text is in it.
    /// </summary>
    private static string IdOf(JsonElement body, string? type)
    {
        IEnumerable<string?> parts = Newest(body) is { } newest
            ? (IEnumerable<string?>)[type, body.Text("conversation_id"), $"{newest.Time("creation_time"):O}", newest.Text("message"), body.Part("lead")?.Text("profile_url")]
            : body.EnumerateObject().Where(p => p.Name != "correlation_id").OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => $"{p.Name}={p.Value.GetRawText()}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));
    }
}
