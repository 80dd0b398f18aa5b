namespace Syncline.Connectors;

/// <summary>A webhook at a provider that delivers to a connection's address.</summary>
/// <param name="Id">The provider's.</param>
/// <param name="Url">Where it delivers to; without the secret where that stands in the address.</param>
/// <param name="Events">By the provider's names; empty when it is not bound to any.</param>
/// <param name="Secret">What its deliveries prove themselves with; null where that is told only when a webhook is made, and this one was made before.</param>
public sealed record RegisteredWebhook(string Id, Uri Url, IReadOnlyList<string> Events, string? Secret)
{
    /// <summary>False when the provider or a person has switched it off.</summary>
    public bool IsActive { get; init; } = true;

    /// <summary>Without the secret: a record's own text would put it into logs.</summary>
    public override string ToString() => $"{Id} at {Url}: {string.Join(", ", Events)}";
}

/// <summary>Keeps a connection's webhooks at the provider as they should be.</summary>
/// <remarks>
/// A webhook is ours by its address: the connection's own, or one segment below it. All three methods take the connection's address, without any secret: where the secret has to stand in the address the registrar
/// appends it itself. Call them one at a time; an interrupted call is mended by the next <see cref="EnsureAsync"/>.
/// </remarks>
public interface IWebhookRegistrar
{
    /// <summary>The events that are subscribed to, by the provider's names.</summary>
    IReadOnlyList<string> Events { get; }

    /// <summary>Our webhooks as the provider lists them, switched off ones and doubles among them.</summary>
    /// <param name="url">The connection's address.</param>
    Task<IReadOnlyList<RegisteredWebhook>> ListAsync(Uri url, CancellationToken cancellationToken);

    /// <summary>Makes what is missing and removes doubles, switched off ones, those with too few events and those whose secret is lost. Nobody else's webhook is touched.</summary>
    /// <param name="url">The connection's address; providers take https alone.</param>
    /// <param name="isSecretKnown">Whether the secret of the webhook with this id was kept. Keep all secrets of the answer before anything else: what is not kept is made anew by the next call.</param>
    /// <returns>All of ours, as they are now. A secret that is not null is to be kept with its id; null stands for the one that is known already.</returns>
    /// <exception cref="Records.ProviderException">The provider refused (<see cref="Records.Recovery.StopRun"/>: the key may not do this), or did not answer: call again.</exception>
    Task<IReadOnlyList<RegisteredWebhook>> EnsureAsync(Uri url, Func<string, bool> isSecretKnown, CancellationToken cancellationToken);

    /// <summary>Removes all of ours.</summary>
    /// <param name="url">The connection's address.</param>
    Task RemoveAsync(Uri url, CancellationToken cancellationToken);
}

/// <summary>Webhooks that a user sets up, because the provider has no API for that.</summary>
/// <param name="Steps">What to do at the provider, one sentence each, for deliveries to this address.</param>
/// <param name="FindSecret">The secret that deliveries are signed with, from the connection's settings; null when it is not set. Asked for at each delivery.</param>
public sealed record ManualWebhooks(Func<Uri, IReadOnlyList<string>> Steps, Func<string?> FindSecret);
