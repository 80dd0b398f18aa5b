namespace Syncline.Storage.Serving;

/// <summary>A webhook that was registered at a provider.</summary>
/// <param name="ProviderId">The provider's id of it.</param>
/// <param name="Url">Where it sends to.</param>
/// <param name="Events">What it sends, in the provider's words.</param>
/// <param name="SecretCipher">The secret it signs with, encrypted by the caller; null when it has none.</param>
public sealed record WebhookSubscriptionRow(string Connection, string ProviderId, string Url, string Events, string? SecretCipher, DateTimeOffset CreatedAt)
{
    public override string ToString() => $"webhook {ProviderId} of {Connection}";
}

/// <summary>The webhooks that were registered at providers. What is written is on the disk when a call returns: one that is forgotten goes on sending.</summary>
public sealed class WebhookSubscriptions(SqliteDatabase database)
{
    private const string All = "connection, provider_id, url, events, secret_cipher, created_at";

    /// <summary>Adds or replaces.</summary>
    public Task SaveAsync(WebhookSubscriptionRow subscription, CancellationToken cancellationToken) => database.WriteAsync(
        on => on.Of($"""
            INSERT INTO webhook_subscription ({All}) VALUES (@connection, @provider_id, @url, @events, @secret_cipher, @created_at)
            ON CONFLICT (connection, provider_id) DO UPDATE SET url = excluded.url, events = excluded.events, secret_cipher = excluded.secret_cipher, created_at = excluded.created_at
            """).With(
                subscription.Connection, Columns.Key(subscription.ProviderId), subscription.Url, subscription.Events, subscription.SecretCipher, Columns.Milliseconds(subscription.CreatedAt)).RunAsync(cancellationToken),
        cancellationToken, toDisk: true);

    /// <param name="connection">Null for all.</param>
    public async Task<IReadOnlyList<WebhookSubscriptionRow>> ListAsync(string? connection, CancellationToken cancellationToken) => await database.ReadAsync(
        on => on.Of($"SELECT {All} FROM webhook_subscription WHERE CAST(@connection AS text) IS NULL OR connection = @connection ORDER BY connection, provider_id").With(connection)
            .ListAsync(static r => new WebhookSubscriptionRow(r.GetString(0), r.Key(1), r.GetString(2), r.GetString(3), r.TextOrNull(4), r.Time(5)), cancellationToken));

    /// <returns>False when there was none.</returns>
    public Task<bool> DeleteAsync(string connection, string providerId, CancellationToken cancellationToken) => database.WriteAsync(
        async on => await on.Of("DELETE FROM webhook_subscription WHERE connection = @connection AND provider_id = @provider_id").With(connection, Columns.Key(providerId)).RunAsync(cancellationToken) > 0,
        cancellationToken, toDisk: true);
}
