using Syncline.Composition.Configuration;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;
using Syncline.Connectors;
using Syncline.Storage;
using Syncline.Storage.Serving;

namespace Syncline.Composition.Webhooks;

/// <summary>How a connection's webhooks stand.</summary>
/// <param name="Url">Its address; null when nobody said where the world reaches this server.</param>
/// <param name="CanRegister">False where the user makes them himself.</param>
/// <param name="Registered">Those that were made here.</param>
/// <param name="Steps">What a user does at the provider; empty where <paramref name="CanRegister"/>.</param>
/// <param name="HasSecret">Without one no delivery is believed.</param>
internal sealed record ConnectionWebhooks(string Connection, string Provider, Uri? Url, bool CanRegister, IReadOnlyList<WebhookSubscriptionRow> Registered, IReadOnlyList<string> Steps, bool HasSecret);

/// <summary>Makes and removes connections' webhooks at their providers, and keeps their secrets.</summary>
/// <param name="current">The workspace as it is now.</param>
/// <param name="publicUrl">Where the world reaches the server; null where nobody said.</param>
internal sealed class Registrations(Func<Workspace> current, SqliteStore store, WebhookSecrets secrets, Uri? publicUrl, TimeProvider clock) : IDisposable
{
    /// <summary>Where deliveries come in, below the public address.</summary>
    public const string Path = "/webhooks";

    // Stands for the address in what is told to a user whose server has none yet.
    private static readonly Uri Somewhere = new("https://syncline.example.com/webhooks/");

    private readonly SemaphoreSlim _one = new(1);

    /// <summary>A connection's address, as it is registered; null when nobody said where the world reaches the server.</summary>
    public Uri? AddressOf(string connection) => publicUrl is null ? null : new(publicUrl.AbsoluteUri.TrimEnd('/') + PathOf(connection));

    /// <summary>By connection, those alone whose provider sends something. Asks no provider.</summary>
    public async Task<IReadOnlyList<ConnectionWebhooks>> ListAsync(CancellationToken cancellationToken)
    {
        List<ConnectionWebhooks> all = [];
        foreach (ConnectionConfiguration configured in current().ConfigurationOrNone.Connections)
        {
            if (TryOpen(configured.Name) is { Webhooks: not null } connection) all.Add(await StandingOfAsync(connection, cancellationToken));
        }
        return all;
    }

    /// <summary>Makes what is missing; what is there and well stays, and what was made at an address of before is removed.</summary>
    /// <exception cref="UsageException">There is no address, or no API for it.</exception>
    /// <exception cref="Records.ProviderException">The provider refused, or did not answer.</exception>
    public async Task<ConnectionWebhooks> RegisterAsync(string name, CancellationToken cancellationToken)
    {
        (Connection connection, IWebhookRegistrar registrar) = Find(name);
        Uri url = AddressOf(name) ?? throw new UsageException("Nobody said where the world reaches the server.", "Start it with --public-url https://….");
        await _one.WaitAsync(cancellationToken);
        try
        {
            Dictionary<string, WebhookSubscriptionRow> known = (await store.WebhookSubscriptions.ListAsync(name, cancellationToken)).ToDictionary(r => r.ProviderId, StringComparer.Ordinal);
            IReadOnlyList<RegisteredWebhook> there = await registrar.EnsureAsync(url, id => secrets.Unprotect(known.GetValueOrDefault(id)?.SecretCipher) is not null, cancellationToken);
            // A secret that is told once is kept whether or not somebody still waits for the answer.
            foreach (RegisteredWebhook hook in there) await store.WebhookSubscriptions.SaveAsync(RowOf(name, hook, known.GetValueOrDefault(hook.Id)), CancellationToken.None);
            // Only now, when the new address is delivered to.
            foreach (Uri old in known.Values.Select(r => BaseOf(r.Url, name)).OfType<Uri>().Distinct().Where(u => u != url)) await registrar.RemoveAsync(old, cancellationToken);
            foreach (string gone in known.Keys.Except(there.Select(h => h.Id))) await store.WebhookSubscriptions.DeleteAsync(name, gone, CancellationToken.None);
        }
        finally
        {
            _one.Release();
        }
        return await StandingOfAsync(connection, cancellationToken);
    }

    /// <summary>True where webhooks can be made for it: its provider has an API for that, and the server an address.</summary>
    public bool CanRegister(string name) => publicUrl is not null && current().Open(name).Registrar is not null;

    /// <summary>Removes all that were made, at whichever address.</summary>
    /// <exception cref="UsageException">There is no API for it.</exception>
    /// <exception cref="Records.ProviderException">The provider refused, or did not answer. What it still has is still known here.</exception>
    public async Task<ConnectionWebhooks> RemoveAsync(string name, CancellationToken cancellationToken)
    {
        (Connection connection, IWebhookRegistrar registrar) = Find(name);
        await _one.WaitAsync(cancellationToken);
        try
        {
            IReadOnlyList<WebhookSubscriptionRow> known = await store.WebhookSubscriptions.ListAsync(name, cancellationToken);
            foreach (Uri url in known.Select(r => BaseOf(r.Url, name)).Append(AddressOf(name)).OfType<Uri>().Distinct()) await registrar.RemoveAsync(url, cancellationToken);
            foreach (WebhookSubscriptionRow row in known) await store.WebhookSubscriptions.DeleteAsync(name, row.ProviderId, CancellationToken.None);
        }
        finally
        {
            _one.Release();
        }
        return await StandingOfAsync(connection, cancellationToken);
    }

    /// <summary>How many were made here and are not removed yet.</summary>
    public async Task<int> CountAsync(string name, CancellationToken cancellationToken) => (await store.WebhookSubscriptions.ListAsync(name, cancellationToken)).Count;

    public void Dispose() => _one.Dispose();

    private (Connection, IWebhookRegistrar) Find(string name)
    {
        Connection connection = current().Open(name);
        return (connection, connection.Registrar ?? throw new UsageException($"The webhooks of '{name}' are made by hand.", "The page of webhooks says how."));
    }

    private static string PathOf(string connection) => $"{Path}/{Uri.EscapeDataString(connection)}";

    /// <summary>A webhook's address without the secret that may stand behind the connection's own.</summary>
    private static Uri? BaseOf(string url, string connection) =>
        url.IndexOf(PathOf(connection), StringComparison.Ordinal) is >= 0 and var at ? new(url[..(at + PathOf(connection).Length)]) : null;

    private WebhookSubscriptionRow RowOf(string connection, RegisteredWebhook hook, WebhookSubscriptionRow? before) => new(
        connection, hook.Id, hook.Url.AbsoluteUri, string.Join(' ', hook.Events), hook.Secret is { } secret ? secrets.Protect(secret) : before?.SecretCipher, before?.CreatedAt ?? clock.GetUtcNow());

    private async Task<ConnectionWebhooks> StandingOfAsync(Connection connection, CancellationToken cancellationToken)
    {
        Uri? url = AddressOf(connection.Name);
        return new(
            connection.Name, connection.Provider, url, connection.Registrar is not null, await store.WebhookSubscriptions.ListAsync(connection.Name, cancellationToken),
            connection.ByHand?.Steps(url ?? new(Somewhere, Uri.EscapeDataString(connection.Name))) ?? [], (await secrets.OfAsync(connection, cancellationToken)).Count > 0);
    }

    /// <summary>One that cannot be opened has its reason on its own page.</summary>
    private Connection? TryOpen(string name)
    {
        try
        {
            return current().Open(name);
        }
        catch (Exception failure) when (failure is ConfigurationException or Records.ProviderException)
        {
            return null;
        }
    }
}
