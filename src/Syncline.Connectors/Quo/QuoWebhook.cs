using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Syncline.Connectors.Http;
using Syncline.Extraction;
using Syncline.Records;

namespace Syncline.Connectors.Quo;

/// <summary>Opens deliveries of Quo's webhooks: whether one is genuine, and which contact is to be read again.</summary>
/// <remarks>Source: Quo's pages on webhook signatures, new and legacy, read 2026-11. <c>contact.updated</c> comes for our own writes, too, and for new contacts: there is no other event for those.</remarks>
internal sealed class QuoWebhook(StreamId contacts) : IWebhooks
{
    private const string SecretPrefix = "whsec_", LegacyHeader = "openphone-signature", IdHeader = "webhook-id";

    /// <summary>How far a delivery's time may be from ours, either way.</summary>
    public static TimeSpan Tolerance { get; } = TimeSpan.FromMinutes(5);

    public Task<Delivery?> OpenAsync(WebhookRequest request, string secret, DateTimeOffset now, CancellationToken cancellationToken)
    {
        bool isGenuine = request.Body.Length <= WebhookRequest.LargestBody && IsGenuine(request.Header, request.Body.Span, secret, now);
        return Task.FromResult(isGenuine ? Read(request.Header(IdHeader), request.Body) : null);
    }

    /// <summary>True when the delivery is signed with the secret and fresh, under the scheme of 2026-03-30 or the one before it.</summary>
    /// <param name="header">A header's value by its name, in lower case; null when it is not there.</param>
    /// <param name="body">The bytes as they came: JSON that was parsed and written again no longer has the signature's form.</param>
    /// <param name="secret">As Quo gave it when the webhook was made, with or without <c>whsec_</c>.</param>
    private static bool IsGenuine(Func<string, string?> header, ReadOnlySpan<byte> body, string secret, DateTimeOffset now)
    {
        if (KeyOf(secret) is not { } key) return false;
        if (header(LegacyHeader) is { } legacy) return IsGenuineLegacy(legacy, body, key, now);
        if (header(IdHeader) is not { } id || header("webhook-timestamp") is not { } timestamp || header("webhook-signature") is not { } signatures) return false;
        if (!IsFresh(timestamp, milliseconds: false, now)) return false;
        byte[] expected = Sign(key, $"{id}.{timestamp}.", body);
        bool matches = false;
        foreach (string signature in signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            // Several stand there while a key is rotated; other versions are other schemes.
            matches |= signature.StartsWith("v1,", StringComparison.Ordinal) && IsEqual(signature[3..], expected);
        }
        return matches;
    }

    /// <param name="deliveryId">Null under the older scheme: the event's own id serves there.</param>
    private Delivery? Read(string? deliveryId, ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            JsonElement root = document.RootElement;
            return Text(root, "type") is { } type && Text(root, "id") is { } id ? new(deliveryId ?? id, HintOf(type, root) is { } hint ? [hint] : []) { Events = EventNames.Of(type) } : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private Hint? HintOf(string type, JsonElement root)
    {
        if (type is not ("contact.updated" or "contact.deleted")) return null;
        JsonElement? contact = Part(Part(root, "data"), "resource") ?? Part(Part(root, "data"), "object");
        if (Text(contact, "id") is not { } id) return null;
        return new(contacts.Key(id)) { IsDeletion = type == "contact.deleted", At = Time(contact, "updatedAt") ?? Time(root, "createdAt") };
    }

    private static bool IsGenuineLegacy(string header, ReadOnlySpan<byte> body, byte[] key, DateTimeOffset now) =>
        header.Split(';') is ["hmac", "1", var timestamp, var signature] && IsFresh(timestamp, milliseconds: true, now) && IsEqual(signature, Sign(key, $"{timestamp}.", body));

    private static byte[] Sign(byte[] key, string prefix, ReadOnlySpan<byte> body)
    {
        using IncrementalHash hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(Encoding.UTF8.GetBytes(prefix));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }

    private static bool IsEqual(string signature, byte[] expected)
    {
        byte[] given = new byte[expected.Length];
        return Convert.TryFromBase64String(signature, given, out int length) && length == expected.Length && CryptographicOperations.FixedTimeEquals(given, expected);
    }

    private static bool IsFresh(string timestamp, bool milliseconds, DateTimeOffset now)
    {
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out long number)) return false;
        double age = now.ToUnixTimeMilliseconds() - (milliseconds ? number : number * 1000d);
        return Math.Abs(age) <= Tolerance.TotalMilliseconds;
    }

    private static byte[]? KeyOf(string secret)
    {
        string text = secret.Trim() is var trimmed && trimmed.StartsWith(SecretPrefix, StringComparison.Ordinal) ? trimmed[SecretPrefix.Length..] : trimmed;
        return Base64.IsValid(text, out int length) && length > 0 ? Convert.FromBase64String(text) : null;
    }

    private static JsonElement? Part(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } holder && holder.TryGetProperty(name, out JsonElement part) && part.ValueKind == JsonValueKind.Object ? part : null;

    private static string? Text(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } holder && holder.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private static DateTimeOffset? Time(JsonElement? parent, string name) =>
        DateTimeOffset.TryParse(Text(parent, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;
}
