namespace Syncline.Storage.Serving;

/// <summary>That a setting of a connection is kept, and since when; not what it is.</summary>
public sealed record CredentialRow(string Connection, string Setting, DateTimeOffset SavedAt);

/// <summary>A kept setting as it was encrypted.</summary>
public sealed record CredentialCipher(string Connection, string Setting, string Cipher)
{
    public override string ToString() => $"{Connection}/{Setting}";
}

/// <summary>Secrets of connections, encrypted by the caller. What is written is on the disk when a call returns.</summary>
public sealed class Credentials(SqliteDatabase database)
{
    /// <summary>Adds or replaces.</summary>
    public Task SaveAsync(string connection, string setting, string cipher, CancellationToken cancellationToken) => database.WriteAsync(
        on => on.Of("""
            INSERT INTO credential (connection, setting, cipher, saved_at) VALUES (@connection, @setting, @cipher, @saved_at)
            ON CONFLICT (connection, setting) DO UPDATE SET cipher = excluded.cipher, saved_at = excluded.saved_at
            """).With(connection, setting, cipher, Columns.Milliseconds(database.Clock.GetUtcNow())).RunAsync(cancellationToken),
        cancellationToken, toDisk: true);

    /// <summary>The ciphertext; null when there is none.</summary>
    public Task<string?> FindAsync(string connection, string setting, CancellationToken cancellationToken) => database.ReadAsync(
        on => on.Of("SELECT cipher FROM credential WHERE connection = @connection AND setting = @setting").With(connection, setting).FirstAsync(static r => r.GetString(0), cancellationToken));

    public async Task<IReadOnlyList<CredentialRow>> ListAsync(CancellationToken cancellationToken) => await database.ReadAsync(
        on => on.Of("SELECT connection, setting, saved_at FROM credential ORDER BY connection, setting").With()
            .ListAsync(static r => new CredentialRow(r.GetString(0), r.GetString(1), r.Time(2)), cancellationToken));

    public async Task<IReadOnlyList<CredentialCipher>> AllAsync(CancellationToken cancellationToken) => await database.ReadAsync(
        on => on.Of("SELECT connection, setting, cipher FROM credential ORDER BY connection, setting").With()
            .ListAsync(static r => new CredentialCipher(r.GetString(0), r.GetString(1), r.GetString(2)), cancellationToken));

    /// <returns>How many settings the connection had.</returns>
    public Task<int> DeleteAsync(string connection, CancellationToken cancellationToken) => database.WriteAsync(
        on => on.Of("DELETE FROM credential WHERE connection = @connection").With(connection).RunAsync(cancellationToken), cancellationToken, toDisk: true);
}
