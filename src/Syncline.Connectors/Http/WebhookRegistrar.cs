using System.Security.Cryptography;
using Syncline.Records;

namespace Syncline.Connectors.Http;

/// <summary>Keeps a connection's webhooks, whatever the provider: each group of events has one.</summary>
/// <param name="groups">The events of one webhook each.</param>
internal sealed class WebhookRegistrar(IHookBoard board, IReadOnlyList<IReadOnlyList<string>> groups, TimeProvider clock) : IWebhookRegistrar
{
    // Each round is a reading back after answers that never came: three times none, and the provider is not well.
    private const int MostRounds = 3;

    /// <summary>A request without an answer may still be on its way: it is looked for after that time.</summary>
    public static TimeSpan SettleTime { get; } = TimeSpan.FromSeconds(3);

    public IReadOnlyList<string> Events { get; } = [.. groups.SelectMany(g => g)];

    public async Task<IReadOnlyList<RegisteredWebhook>> ListAsync(Uri url, CancellationToken cancellationToken) => await OursAsync(new(url), cancellationToken);

    public async Task<IReadOnlyList<RegisteredWebhook>> EnsureAsync(Uri url, Func<string, bool> isSecretKnown, CancellationToken cancellationToken)
    {
        HookUpkeep upkeep = new(board, new(url), isSecretKnown, RandomNumberGenerator.GetHexString(64, lowercase: true));
        for (int round = 1; ; round++)
        {
            if (await upkeep.RoundAsync(groups, await OursAsync(new(url), cancellationToken), cancellationToken) is { } settled) return settled;
            if (round == MostRounds) throw Unsettled();
            await Task.Delay(SettleTime, clock, cancellationToken);
        }
    }

    public async Task RemoveAsync(Uri url, CancellationToken cancellationToken)
    {
        foreach (RegisteredWebhook hook in await OursAsync(new(url), cancellationToken)) await board.RemoveAsync(hook.Id, cancellationToken);
    }

    private async Task<IReadOnlyList<RegisteredWebhook>> OursAsync(HookAddress address, CancellationToken cancellationToken) =>
        [.. (await board.ListAsync(cancellationToken)).Select(h => Ours(address, h)).OfType<RegisteredWebhook>()];

    /// <summary>Null for somebody else's.</summary>
    private RegisteredWebhook? Ours(HookAddress address, AccountHook hook)
    {
        // Without an id nothing can be done with it, and an address without one is that of the whole list.
        if (hook.Id.Length == 0 || address.Behind(hook.Url) is not { } behind) return null;
        bool hasSecret = behind.Length > 0, belongs = hasSecret == (board.Proof == HookProof.InAddress);
        Uri shown = board.Proof == HookProof.InAddress ? address.Url : new(hook.Url!);
        return new(hook.Id, shown, hook.Events, hasSecret && belongs ? behind : null) { IsActive = hook.IsActive && hook.IsForAll && belongs };
    }

    private ProviderException Unsettled() => new($"{board.Making}: the provider did not answer {MostRounds} times; whether the webhook is there is not known.")
    {
        Operation = board.Making,
        Recovery = Recovery.RetryLater,
        Hint = "Register the webhooks again later: what is there is found, and nothing is left double.",
    };
}

/// <summary>One keeping of a connection's webhooks: what it has made so far.</summary>
/// <param name="secret">For all that are made with a secret of our choice.</param>
internal sealed class HookUpkeep(IHookBoard board, HookAddress address, Func<string, bool> isSecretKnown, string secret)
{
    private readonly Dictionary<string, string> _made = new(StringComparer.Ordinal);
    private readonly HashSet<IReadOnlyList<string>> _accepted = [];
    private HashSet<string>? _before;

    /// <summary>Takes away what is too much and makes what is missing. Null when the provider has to be asked what became of it.</summary>
    /// <param name="ours">As they are listed now.</param>
    public async Task<IReadOnlyList<RegisteredWebhook>?> RoundAsync(IReadOnlyList<IReadOnlyList<string>> groups, IReadOnlyList<RegisteredWebhook> ours, CancellationToken cancellationToken)
    {
        _before ??= [.. ours.Select(h => h.Id)];
        Dictionary<IReadOnlyList<string>, RegisteredWebhook> kept = [];
        foreach (IReadOnlyList<string> group in groups)
        {
            if (ours.FirstOrDefault(h => Serves(h, group)) is { } hook) kept[group] = hook with { Secret = SecretOf(hook) };
        }
        // First, because a provider may refuse a second webhook of one address and event.
        foreach (RegisteredWebhook hook in ours.Where(h => kept.Values.All(k => k.Id != h.Id))) await board.RemoveAsync(hook.Id, cancellationToken);
        foreach (IReadOnlyList<string> group in groups.Where(g => !kept.ContainsKey(g)))
        {
            if (await MakeAsync(group, cancellationToken) is { } hook) kept[group] = hook;
        }
        return kept.Count == groups.Count ? [.. groups.Select(g => kept[g])] : null;
    }

    private bool Serves(RegisteredWebhook hook, IReadOnlyList<string> group) => hook.IsActive && group.All(hook.Events.Contains) && IsSecretKnown(hook);

    private bool IsSecretKnown(RegisteredWebhook hook) => SecretOf(hook) is not null || isSecretKnown(hook.Id);

    /// <summary>Of one that was not there before, and whose answer was lost, our own choice is known all the same.</summary>
    private string? SecretOf(RegisteredWebhook hook) =>
        hook.Secret ?? _made.GetValueOrDefault(hook.Id) ?? (board.Proof == HookProof.Chosen && !_before!.Contains(hook.Id) ? secret : null);

    private async Task<RegisteredWebhook?> MakeAsync(IReadOnlyList<string> group, CancellationToken cancellationToken)
    {
        // Making it again would make it double as soon as the list catches up.
        if (_accepted.Contains(group)) throw NotListed();
        Uri url = board.Proof == HookProof.InAddress ? address.With(secret) : address.Url;
        MadeHook? made = await board.MakeAsync(new(url, group, secret), cancellationToken);
        if (made is { Id: null }) _accepted.Add(group);
        string? told = board.Proof == HookProof.Told ? made?.Secret : secret;
        if (made?.Id is not { } id || told is null) return null;
        _made[id] = told;
        return new(id, address.Url, group, told);
    }

    private ProviderException NotListed() => new($"{board.Making}: the provider took the webhook and does not list it.")
    {
        Operation = board.Making,
        Recovery = Recovery.RetryLater,
        Hint = "Register the webhooks again in some minutes.",
    };
}
