using Syncline.Extraction;

namespace Syncline.Connectors;

/// <summary>One request a provider sent on its own.</summary>
/// <param name="Header">A header's value by its name, in lower case; null when it is not there.</param>
/// <param name="Body">The bytes as they came: JSON that was parsed and written again no longer has the signature's form.</param>
public sealed record WebhookRequest(Func<string, string?> Header, ReadOnlyMemory<byte> Body)
{
    /// <summary>Bytes of the largest body that is looked at. Deliveries name records and carry no files: a larger one is nobody's.</summary>
    public const int LargestBody = 1024 * 1024;

    /// <summary>The part of the address behind the connection's own, decoded: the proof of providers that sign nothing. Null when the address ends with the connection.</summary>
    public string? PathSecret { get; init; }

    /// <summary>The address as it is registered at the provider, built from the configured public address and never from a Host header; null when it is not known. Some signatures cover it.</summary>
    public Uri? Url { get; init; }
}

/// <summary>A genuine delivery, made sense of.</summary>
/// <param name="Id">The same in every repetition of the delivery.</param>
/// <param name="Hints">What is worth reading again; empty for events that no stream of ours is about.</param>
public sealed record Delivery(string Id, IReadOnlyList<Hint> Hints)
{
    /// <summary>The provider's names of the events in it, each once, for a list on a page: <c>record.updated</c>. No data of any record.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    /// <summary>How long after the first reading the hints are worth a second one, because the provider's own API lags behind its events; null where it does not.</summary>
    public TimeSpan? AgainAfter { get; init; }
}

/// <summary>Opens what a provider's webhooks deliver.</summary>
public interface IWebhooks
{
    /// <summary>The delivery's hints, or null when it is not signed with the secret, stale, or no event at all.</summary>
    /// <param name="secret">As the provider gave it, or the registrar chose it, when the webhook was made. A connection may have several webhooks with a secret each: they are tried one by one.</param>
    /// <exception cref="Records.ProviderException">The provider had to be asked what the delivery is about, and did not answer: have it delivered again.</exception>
    Task<Delivery?> OpenAsync(WebhookRequest request, string secret, DateTimeOffset now, CancellationToken cancellationToken);
}
