using Syncline.Extraction;

namespace Syncline.Connectors;

/// <summary>One request a provider sent on its own.</summary>
/// <param name="Header">A header's value by its name, in lower case; null when it is not there.</param>
/// <param name="Body">The bytes as they came: JSON that was parsed and written again no longer has the signature's form.</param>
public sealed record WebhookRequest(Func<string, string?> Header, ReadOnlyMemory<byte> Body)
{
    /// <summary>Bytes of the largest body that is looked at. Deliveries name records and carry no files: a larger one is nobody's.</summary>
    public const int LargestBody = 1024 * 1024;
}

/// <summary>A genuine delivery, made sense of.</summary>
/// <param name="Id">The same in every repetition of the delivery.</param>
/// <param name="Hints">What is worth reading again; empty for events that no stream of ours is about.</param>
public sealed record Delivery(string Id, IReadOnlyList<Hint> Hints);

/// <summary>Opens what a provider's webhooks deliver.</summary>
public interface IWebhooks
{
    /// <summary>The delivery's hints, or null when it is not signed with the secret, stale, or no event at all.</summary>
    /// <param name="secret">As the provider gave it when the webhook was made.</param>
    /// <exception cref="Records.ProviderException">The provider had to be asked what the delivery is about, and did not answer: have it delivered again.</exception>
    Task<Delivery?> OpenAsync(WebhookRequest request, string secret, DateTimeOffset now, CancellationToken cancellationToken);
}
