using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Syncline.Composition.Workspaces;
using Syncline.Connectors;
using Syncline.Storage;
using Syncline.Storage.Serving;

namespace Syncline.Composition.Webhooks;

/// <summary>What deliveries prove themselves with: the connection's setting, and the secrets of the webhooks that were registered.</summary>
/// <param name="current">The workspace as it is now.</param>
internal sealed class WebhookSecrets(Func<Workspace> current, SqliteStore store, IDataProtectionProvider protection)
{
    public const string Purpose = "Syncline.Webhooks";

    private readonly IDataProtector _protector = protection.CreateProtector(Purpose);

    public string Protect(string secret) => _protector.Protect(secret);

    /// <summary>Each once; the setting first.</summary>
    public async Task<IReadOnlyList<string>> OfAsync(Connection connection, CancellationToken cancellationToken)
    {
        IReadOnlyList<WebhookSubscriptionRow> rows = await store.WebhookSubscriptions.ListAsync(connection.Name, cancellationToken);
        return [.. rows.Select(r => Unprotect(r.SecretCipher)).Prepend(SettingOf(connection)).OfType<string>().Where(s => s.Length > 0).Distinct(StringComparer.Ordinal)];
    }

    private string? SettingOf(Connection connection) =>
        connection.ByHand is { } byHand ? byHand.FindSecret() : current().FindSetting(connection.Name, CheckedSettings.WebhookSecret.Name);

    /// <summary>Null for none, and for one whose key is gone: registering again makes a new one.</summary>
    public string? Unprotect(string? cipher)
    {
        if (cipher is null) return null;
        try
        {
            return _protector.Unprotect(cipher);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
