using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Syncline.Connectors.Http;
using Syncline.Extraction;
using Syncline.Records;

namespace Syncline.Connectors.HubSpot;

/// <summary>Opens deliveries of HubSpot's webhooks: whether one is genuine, and which records are to be read again.</summary>
/// <remarks>
/// A delivery is an array of up to a hundred events, in no order, each at least once; our own writes come back as well. All that is taken from an event is which record it is about. Source: HubSpot's webhooks
/// guide and its page on request signatures, 2026.
/// </remarks>
internal sealed class HubSpotWebhook(HubSpotOptions options) : IWebhooks
{
    public Task<Delivery?> OpenAsync(WebhookRequest request, string secret, DateTimeOffset now, CancellationToken cancellationToken)
    {
        bool isGenuine = request.Body.Length <= WebhookRequest.LargestBody && secret.Trim() is { Length: > 0 } key && HubSpotSignatures.IsGenuine(request, key, options, now);
        return Task.FromResult(isGenuine ? Read(request.Body) : null);
    }

    private Delivery? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            if (document.RootElement is not { ValueKind: JsonValueKind.Array } events) return null;
            JsonElement[] all = [.. events.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.Object)];
            return new(IdOf(all), [.. all.SelectMany(HubSpotEvents.HintsOf).GroupBy(h => h.Id).Select(Joined)]) { Events = EventNames.Of(all.Select(e => HubSpotError.Text(e, "subscriptionType"))) };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Several events about one record are one reason to look at it.</summary>
    private Hint Joined(IGrouping<(string Stream, string Id), HubSpotHint> same) => new(new(options.Connection, same.Key.Stream, same.Key.Id))
    {
        IsDeletion = same.Any(h => h.IsDeletion),
        MergedInto = same.Select(h => h.MergedInto).FirstOrDefault(m => m is not null),
        At = same.Max(h => h.At),
    };

    /// <summary>A repetition differs in the number of its attempt alone; ids of events are not promised to be unique.</summary>
    private static string IdOf(JsonElement[] events)
    {
        IEnumerable<string> texts = events.Select(e => string.Join('|', e.EnumerateObject().Where(p => p.Name != "attemptNumber").OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => $"{p.Name}={p.Value.GetRawText()}")));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', texts.Order(StringComparer.Ordinal)))));
    }
}

/// <summary>What an event says about one record.</summary>
internal sealed record HubSpotHint((string Stream, string Id) Id, DateTimeOffset? At)
{
    public bool IsDeletion { get; init; }

    public string? MergedInto { get; init; }
}

/// <summary>Events into hints.</summary>
internal static class HubSpotEvents
{
    private static readonly Dictionary<string, string> Streams = new(StringComparer.OrdinalIgnoreCase)
    {
        ["contact"] = "contacts", ["company"] = "companies", ["deal"] = "deals",
        ["0-1"] = "contacts", ["0-2"] = "companies", ["0-3"] = "deals", ["0-27"] = "tasks", ["0-46"] = "timeline-notes", ["0-47"] = "meetings", ["0-48"] = "calls", ["0-49"] = "emails",
    };

    public static IEnumerable<HubSpotHint> HintsOf(JsonElement one)
    {
        if (HubSpotError.Text(one, "subscriptionType")?.Split('.') is not [var about, var verb]) return [];
        DateTimeOffset? at = one.TryGetProperty("occurredAt", out JsonElement time) && time.TryGetInt64(out long milliseconds) ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
        string? stream = StreamOf(about == "object" ? HubSpotError.Text(one, "objectTypeId") : about);
        return verb switch
        {
            "associationChange" => Ends(one, at),
            "merge" => stream is null ? [] : Merged(one, stream, at),
            _ => stream is null || Id(one, "objectId") is not { } id ? [] : [new((stream, id), at) { IsDeletion = verb is "deletion" or "privacyDeletion" }],
        };
    }

    /// <summary>A merge makes a new record of the two, or leaves the first of them.</summary>
    private static IEnumerable<HubSpotHint> Merged(JsonElement one, string stream, DateTimeOffset? at)
    {
        string? primary = Id(one, "primaryObjectId");
        if ((Id(one, "newObjectId") ?? primary ?? Id(one, "objectId")) is not { } survivor) return [];
        string[] gone = [.. one.TryGetProperty("mergedObjectIds", out JsonElement ids) && ids.ValueKind == JsonValueKind.Array ? ids.EnumerateArray().Select(i => i.ToString()) : [], .. primary is null ? Array.Empty<string>() : [primary]];
        return [new((stream, survivor), at), .. gone.Where(id => id != survivor).Distinct().Select(id => new HubSpotHint((stream, id), at) { MergedInto = survivor })];
    }

    /// <summary>An association is a field of the record that it starts from; it is announced from both ends.</summary>
    private static IEnumerable<HubSpotHint> Ends(JsonElement one, DateTimeOffset? at)
    {
        string[] named = HubSpotError.Text(one, "associationType")?.Split("_TO_") ?? [];
        (string? from, string? to) = (StreamOf(HubSpotError.Text(one, "fromObjectTypeId") ?? named.FirstOrDefault()), StreamOf(HubSpotError.Text(one, "toObjectTypeId") ?? named.Skip(1).FirstOrDefault()?.Split('_')[0]));
        if (Id(one, "fromObjectId") is { } fromId && IsField(from, to)) yield return new((from!, fromId), at);
        if (Id(one, "toObjectId") is { } toId && IsField(to, from)) yield return new((to!, toId), at);
    }

    private static bool IsField(string? from, string? to) => from is not null && to is not null && ((IEnumerable<HubSpotKind>)[.. HubSpotKind.Records, .. HubSpotKind.Engagements]).Any(k => k.Stream == from && k.Ties.Any(t => t.To == to));

    private static string? StreamOf(string? name) => name is null ? null : Streams.GetValueOrDefault(name);

    private static string? Id(JsonElement one, string name) => one.TryGetProperty(name, out JsonElement id) ? id.ValueKind switch
    {
        JsonValueKind.Number => id.GetRawText(),
        JsonValueKind.String => id.GetString(),
        _ => null,
    } : null;
}

/// <summary>HubSpot's three ways to sign.</summary>
internal static partial class HubSpotSignatures
{
    private const string Method = "POST";

    // Of the characters that HubSpot takes for itself these alone are decoded in the address before it is signed.
    private const string Decoded = ":/?@!$'()*,;";

    /// <summary>How far a delivery's time may be from ours, either way.</summary>
    public static TimeSpan Tolerance { get; } = TimeSpan.FromMinutes(5);

    public static bool IsGenuine(WebhookRequest request, string secret, HubSpotOptions options, DateTimeOffset now)
    {
        // What is registered there may stand behind a proxy of its own, so that the setting goes first.
        string? url = options.WebhookUrl ?? request.Url?.OriginalString;
        if (request.Header("x-hubspot-signature-v3") is { } signature) return IsGenuineV3(request, signature, secret, url, now);
        if (request.Header("x-hubspot-signature") is not { } older) return false;
        return (options.Signature, request.Header("x-hubspot-signature-version")?.Trim().ToLowerInvariant() ?? "v1") switch
        {
            (HubSpotSignature.V1, "v1") => IsEqual(older, V1(secret, request.Body.Span)),
            (HubSpotSignature.V1 or HubSpotSignature.V2, "v2") => url is not null && IsEqual(older, V2(secret, Method, url, request.Body.Span)),
            _ => false,
        };
    }

    public static string V1(string secret, ReadOnlySpan<byte> body) => Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes(secret), .. body]));

    public static string V2(string secret, string method, string uri, ReadOnlySpan<byte> body) => Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes(secret + method + uri), .. body]));

    public static string V3(string secret, string method, string uri, ReadOnlySpan<byte> body, string timestamp) => Convert.ToBase64String(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), (byte[])[.. Encoding.UTF8.GetBytes(method + Decode(uri)), .. body, .. Encoding.UTF8.GetBytes(timestamp)]));

    private static bool IsGenuineV3(WebhookRequest request, string signature, string secret, string? url, DateTimeOffset now)
    {
        if (url is null || request.Header("x-hubspot-request-timestamp")?.Trim() is not { } timestamp || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out long milliseconds)) return false;
        if (Math.Abs((double)now.ToUnixTimeMilliseconds() - milliseconds) > Tolerance.TotalMilliseconds) return false;
        return IsEqual(signature, V3(secret, Method, url, request.Body.Span, timestamp));
    }

    private static string Decode(string uri) => Escape.Replace(uri.Split('#')[0], m =>
        (char)Convert.ToByte(m.Groups[1].Value, 16) is var character && Decoded.Contains(character, StringComparison.Ordinal) ? character.ToString() : m.Value);

    private static bool IsEqual(string given, string expected) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(given.Trim()), Encoding.ASCII.GetBytes(expected));

    [GeneratedRegex("%([0-9A-Fa-f]{2})")]
    private static partial Regex Escape { get; }
}
