namespace Syncline.Connectors.Http;

/// <summary>Where the secret of a webhook comes from.</summary>
internal enum HookProof
{
    /// <summary>The provider makes it, and tells it in the answer that made the webhook alone.</summary>
    Told,

    /// <summary>We choose it, and the provider never shows it again.</summary>
    Chosen,

    /// <summary>We choose it, and it stands in the address, for all to read who may list webhooks.</summary>
    InAddress,
}

/// <summary>A webhook of the account, ours or not.</summary>
/// <param name="Events">Empty for one that is bound to none.</param>
internal sealed record AccountHook(string Id, string? Url, IReadOnlyList<string> Events)
{
    public bool IsActive { get; init; } = true;

    /// <summary>False when it tells of a part of the records only.</summary>
    public bool IsForAll { get; init; } = true;
}

/// <summary>A webhook to be made.</summary>
/// <param name="Secret">Ours to choose; providers that make their own do not look at it.</param>
internal sealed record HookDraft(Uri Url, IReadOnlyList<string> Events, string Secret);

/// <summary>What a provider said to a webhook's making.</summary>
/// <param name="Id">Null when it only said that it was done.</param>
/// <param name="Secret">Null where the provider makes none.</param>
internal sealed record MadeHook(string? Id, string? Secret);

/// <summary>A provider's list of webhooks.</summary>
internal interface IHookBoard
{
    /// <summary>The call that makes one, for errors: <c>attio.webhooks.create</c>.</summary>
    string Making { get; }

    HookProof Proof { get; }

    /// <summary>All webhooks of the account.</summary>
    Task<IReadOnlyList<AccountHook>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Makes one; null when no answer came, so that it may be there or not.</summary>
    /// <exception cref="Records.ProviderException">It was refused.</exception>
    Task<MadeHook?> MakeAsync(HookDraft draft, CancellationToken cancellationToken);

    /// <summary>Takes one away; one that is gone already is no error.</summary>
    Task RemoveAsync(string id, CancellationToken cancellationToken);
}
