namespace Syncline.Storage.Serving;

/// <summary>Something that somebody did on the server.</summary>
/// <param name="Who">A user's name, a token's, or the server itself.</param>
/// <param name="What">A word of the server's: <c>user.added</c>.</param>
/// <param name="About">The name of what it was done to; null for the server as a whole.</param>
/// <param name="Detail">No secrets, no content of records.</param>
public sealed record AuditEntry(long Id, DateTimeOffset At, string Who, string What, string? About, string? Detail);

/// <summary>What was done on the server, and by whom. Nothing here changes or removes an entry.</summary>
public sealed class AuditLog(SqliteDatabase database)
{
    /// <summary>On the disk when it returns.</summary>
    public Task WriteAsync(string who, string what, string? about, string? detail, CancellationToken cancellationToken) => database.WriteAsync(
        on => on.Of("INSERT INTO audit_entry (at, who, what, about, detail) VALUES (@at, @who, @what, @about, @detail)")
            .With(Columns.Milliseconds(database.Clock.GetUtcNow()), who, what, about, detail).RunAsync(cancellationToken),
        cancellationToken, toDisk: true);

    /// <summary>The newest first.</summary>
    /// <param name="beforeId">The entry after which a listing goes on; null from the newest.</param>
    public async Task<IReadOnlyList<AuditEntry>> ListAsync(long? beforeId, int take, CancellationToken cancellationToken) => await database.ReadAsync(
        on => on.Of("SELECT id, at, who, what, about, detail FROM audit_entry WHERE id < @before ORDER BY id DESC LIMIT @take").With(beforeId ?? long.MaxValue, (long)take)
            .ListAsync(static r => new AuditEntry(r.GetInt64(0), r.Time(1), r.GetString(2), r.GetString(3), r.TextOrNull(4), r.TextOrNull(5)), cancellationToken));
}
