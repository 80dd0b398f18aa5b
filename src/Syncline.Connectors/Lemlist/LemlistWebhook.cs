using System.Text.Json;
using Syncline.Connectors.Http;
using Syncline.Extraction;
using Syncline.Records;

namespace Syncline.Connectors.Lemlist;

/// <summary>Opens deliveries of Lemlist's webhooks. There is no signature: the secret that the hook was made with stands in the body, and is all that proves it.</summary>
/// <remarks>
/// A delivery is an activity, and the hint is the person it is about: single activities cannot be asked for, so that the next reading brings the activity itself. Deliveries come twice, late and in any order, and copies for
/// groups of types may have the same id; all of that leads to the same reading. Of the body nothing is kept but ids.
/// </remarks>
internal sealed class LemlistWebhook(LemlistApi api, StreamId people) : IWebhooks
{
    public async Task<Delivery?> OpenAsync(WebhookRequest request, string secret, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (request.Body.Length > WebhookRequest.LargestBody || secret.Trim().Length == 0) return null;
        if (JsonParts.Read(request.Body.ToArray()) is not { ValueKind: JsonValueKind.Object } body || !SharedSecret.Matches(body.Text("secret"), secret.Trim()) || body.Text("type") is not { } type) return null;
        DateTimeOffset? at = body.Time("createdAt");
        string[] contacts = await ContactsOfAsync(body, cancellationToken);
        return new(body.Text("_id") ?? $"{type}:{string.Join(',', contacts)}:{at:O}", [.. contacts.Select(id => new Hint(people.Key(id)) { At = at })]) { Events = EventNames.Of(type) };
    }

    /// <summary>The contacts that an event is about; none for an alert to the team.</summary>
    private async Task<string[]> ContactsOfAsync(JsonElement body, CancellationToken cancellationToken)
    {
        if (LemlistActivities.ContactOf(body) is { } contact) return [contact];
        if (LemlistActivities.LeadOf(body) is { } lead) return (await api.FindLeadAsync(lead, cancellationToken))?.Text("contactId") is { } id ? [id] : [];
        return [];
    }
}
