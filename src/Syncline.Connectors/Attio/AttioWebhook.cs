using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Syncline.Connectors.Http;
using Syncline.Extraction;
using Syncline.Records;

namespace Syncline.Connectors.Attio;

/// <summary>Opens deliveries of Attio's webhooks: events that carry ids and the actor, no values and no time.</summary>
/// <remarks>
/// Source: Attio's webhook guide and API reference, read 2026-11. The signature has no time in it, so that a delivery can be replayed for ever; that costs a reading and changes nothing.
/// One <c>record.updated</c> comes for each changed attribute, and our own writes come back as well: a hint is no more than "read again".
/// </remarks>
internal sealed class AttioWebhook(AttioSchema schema, AttioOptions options) : IWebhooks
{
    private readonly AttioObjectNames _names = new(schema);

    public async Task<Delivery?> OpenAsync(WebhookRequest request, string secret, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (request.Body.Length > WebhookRequest.LargestBody || !IsGenuine(request, secret)) return null;
        // Without its header a delivery cannot be told from the next one like it: two changes of one attribute have the same body. It is then never taken for a repetition.
        string id = request.Header("idempotency-key") ?? $"{Convert.ToHexStringLower(SHA256.HashData(request.Body.Span))}@{now.UtcTicks}";
        try
        {
            using JsonDocument document = JsonDocument.Parse(request.Body);
            if (document.RootElement is not { ValueKind: JsonValueKind.Object } root || !root.TryGetProperty("events", out JsonElement events) || events.ValueKind != JsonValueKind.Array) return null;
            return new(id, await HintsAsync(events, cancellationToken)) { Events = EventNames.Of(events.EnumerateArray().Select(e => AttioValues.Text(e, "event_type"))) };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsGenuine(WebhookRequest request, string secret)
    {
        if (secret.Trim() is not { Length: > 0 } key || (request.Header("attio-signature") ?? request.Header("x-attio-signature")) is not { } signature) return false;
        byte[] expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), request.Body.Span);
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(signature.Trim()), Encoding.ASCII.GetBytes(Convert.ToHexStringLower(expected)));
    }

    private async Task<IReadOnlyList<Hint>> HintsAsync(JsonElement events, CancellationToken cancellationToken)
    {
        List<Hint> hints = [];
        // One event a delivery is what is sent today; Attio's guide tells receivers to expect more.
        foreach (JsonElement one in events.EnumerateArray()) hints.AddRange(await HintsOfAsync(one, cancellationToken));
        return [.. hints.Distinct()];
    }

    private async Task<IEnumerable<Hint>> HintsOfAsync(JsonElement one, CancellationToken cancellationToken)
    {
        string type = AttioValues.Text(one, "event_type") ?? "";
        if (one.ValueKind != JsonValueKind.Object || !one.TryGetProperty("id", out JsonElement id)) return [];
        bool isDeletion = type.EndsWith(".deleted", StringComparison.Ordinal);
        switch (type)
        {
            case "record.created" or "record.updated" or "record.deleted":
                return Hinted(await StreamAsync(AttioValues.Text(id, "object_id"), cancellationToken), AttioValues.Text(id, "record_id"), isDeletion);
            case "record.merged":
                return await MergedAsync(one, id, cancellationToken);
            case "list-entry.created" or "list-entry.updated" or "list-entry.deleted":
                return AttioValues.Text(id, "list_id") is { } list && AttioValues.Text(id, "entry_id") is { } entry ? Hinted(AttioOptions.Entries, $"{list}:{entry}", isDeletion) : [];
            case "note.created" or "note.updated" or "note.deleted" or "note-content.updated":
                return Hinted(AttioOptions.Notes, AttioValues.Text(id, "note_id"), isDeletion);
            default:
                return [];
        }
    }

    /// <summary>An original and what it became. Where the merged record is new, each of the two originals has an event of its own; where one of them is left, there is one event, about the other.</summary>
    private async Task<IEnumerable<Hint>> MergedAsync(JsonElement one, JsonElement id, CancellationToken cancellationToken)
    {
        string? survivor = AttioValues.Text(id, "record_id"), original = AttioValues.Text(one, "duplicate_record_id");
        string? stream = await StreamAsync(AttioValues.Text(id, "object_id"), cancellationToken);
        IEnumerable<Hint> left = Hinted(stream, survivor, isDeletion: false);
        return original is null || original == survivor ? left : Hinted(stream, original, isDeletion: false).Select(h => h with { MergedInto = survivor }).Concat(left);
    }

    private IEnumerable<Hint> Hinted(string? stream, string? id, bool isDeletion) =>
        stream is null || id is null ? [] : [new Hint(new(options.Connection, stream, id)) { IsDeletion = isDeletion }];

    /// <summary>The stream that reads an object's records; null for objects that are not read.</summary>
    private async Task<string?> StreamAsync(string? objectId, CancellationToken cancellationToken) =>
        objectId is not null && await _names.FindAsync(objectId, cancellationToken) is { } slug && (slug is AttioOptions.People or AttioOptions.Companies || slug == options.MessagesObject)
            ? options.StreamOf(slug)
            : null;
}

/// <summary>Objects' slugs by their ids, which differ from workspace to workspace. Asked for once, and again when an id comes that nobody knows.</summary>
internal sealed class AttioObjectNames(AttioSchema schema)
{
    private readonly ConcurrentDictionary<string, string?> _slugs = new(StringComparer.OrdinalIgnoreCase);

    /// <returns>Null when there is no such object.</returns>
    public async Task<string?> FindAsync(string objectId, CancellationToken cancellationToken)
    {
        if (_slugs.TryGetValue(objectId, out string? known)) return known;
        // Two that ask at once ask twice, and learn the same.
        foreach (AttioObject one in await schema.ObjectsAsync(cancellationToken)) _slugs[one.Id.ObjectId!] = one.ApiSlug;
        // An object that is not listed is remembered, too: it must not cost a call at each of its events.
        return _slugs.GetOrAdd(objectId, (string?)null);
    }
}
