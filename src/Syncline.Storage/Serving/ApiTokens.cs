using Syncline.Storage.Json;

namespace Syncline.Storage.Serving;

/// <summary>A key by which a program may call the server.</summary>
/// <param name="Hash">Of the token, which is itself kept nowhere.</param>
/// <param name="CreatedBy">The name of the user who made it.</param>
/// <param name="ExpiresAt">Null when it does not.</param>
/// <param name="UsedAt">Up to a minute behind.</param>
public sealed record ApiTokenRow(
    long Id, string Name, string Hash, IReadOnlyList<string> Scopes, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? UsedAt)
{
    /// <summary>Without the hash: a row ends up in logs.</summary>
    public override string ToString() => FormattableString.Invariant($"API token {Id} ({Name})");
}

/// <summary>The keys by which programs may call the server. A deletion is on the disk when it returns: no power cut brings a token back.</summary>
public sealed class ApiTokens(SqliteDatabase database)
{
    private const string All = "id, name, hash, scopes, created_by, created_at, expires_at, used_at";

    /// <summary>How long a use is not written again, in milliseconds: every request is a use, and a write makes others wait.</summary>
    private const long Fresh = 60_000;

    /// <exception cref="StorageException">When the hash is there already, which two random tokens do not bring about.</exception>
    public async Task<ApiTokenRow> AddAsync(string name, string hash, IReadOnlyList<string> scopes, string createdBy, DateTimeOffset? expiresAt, CancellationToken cancellationToken) =>
        (await database.WriteAsync(
            on => on.Of($"""
                INSERT INTO api_token (name, hash, scopes, created_by, created_at, expires_at) VALUES (@name, @hash, @scopes, @created_by, @created_at, @expires_at) RETURNING {All}
                """).With(name, hash, StoredJson.Write(scopes), createdBy, Columns.Milliseconds(database.Clock.GetUtcNow()), Columns.MillisecondsOrNull(expiresAt)).FirstAsync(Read, cancellationToken),
            cancellationToken, toDisk: true))!;

    /// <summary>Also one that has expired: whether it still counts is the caller's to say.</summary>
    public Task<ApiTokenRow?> FindByHashAsync(string hash, CancellationToken cancellationToken) =>
        database.ReadAsync(on => on.Of($"SELECT {All} FROM api_token WHERE hash = @hash").With(hash).FirstAsync(Read, cancellationToken));

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<ApiTokenRow>> ListAsync(CancellationToken cancellationToken) =>
        await database.ReadAsync(on => on.Of($"SELECT {All} FROM api_token ORDER BY id DESC").With().ListAsync(Read, cancellationToken));

    /// <returns>False when there was none.</returns>
    public Task<bool> DeleteAsync(long id, CancellationToken cancellationToken) => database.WriteAsync(
        async on => await on.Of("DELETE FROM api_token WHERE id = @id").With(id).RunAsync(cancellationToken) > 0, cancellationToken, toDisk: true);

    /// <summary>Notes a use, at most one a minute.</summary>
    /// <returns>Whether it was written.</returns>
    public async Task<bool> TouchAsync(long id, DateTimeOffset at, CancellationToken cancellationToken)
    {
        long now = Columns.Milliseconds(at);
        if (await database.ReadAsync(on => on.Of("SELECT COUNT(*) FROM api_token WHERE id = @id AND COALESCE(used_at, 0) <= @stale").With(id, now - Fresh).NumberAsync(cancellationToken)) == 0) return false;
        return await database.WriteAsync(
            async on => await on.Of("UPDATE api_token SET used_at = @now WHERE id = @id AND COALESCE(used_at, 0) <= @stale").With(now, id, now - Fresh).RunAsync(cancellationToken) > 0,
            cancellationToken);
    }

    private static ApiTokenRow Read(Row row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), StoredJson.ReadNames(row.GetString(3)), row.GetString(4), row.Time(5), row.TimeOrNull(6), row.TimeOrNull(7));
}
