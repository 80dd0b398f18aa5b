namespace Syncline.Storage.Serving;

/// <summary>A person who may sign in.</summary>
/// <param name="Name">Unique without regard to case.</param>
/// <param name="Role"><see cref="Users.AdminRole"/> or a role of the server's.</param>
/// <param name="PasswordHash">Null for somebody who has no password.</param>
/// <param name="SecurityStamp">Changes with whatever ends the sessions of before.</param>
/// <param name="FailedSignIns">In a row.</param>
/// <param name="Language">Null for the browser's.</param>
public sealed record UserRow(
    long Id, string Name, string Role, string? PasswordHash, string SecurityStamp, int FailedSignIns, DateTimeOffset? LockedUntil, DateTimeOffset CreatedAt, DateTimeOffset? SignedInAt, string? Language)
{
    /// <summary>Without hash and stamp: a row ends up in logs.</summary>
    public override string ToString() => FormattableString.Invariant($"user {Id} ({Role})");
}

/// <summary>The people who may sign in. What is written is on the disk when a call returns: no power cut brings an old password back.</summary>
public sealed class Users(SqliteDatabase database)
{
    public const string AdminRole = "admin";

    private const string All = "id, name, role, password_hash, security_stamp, failed_sign_ins, locked_until, created_at, signed_in_at, language";

    /// <summary>Null when somebody has the name.</summary>
    public Task<UserRow?> AddAsync(string name, string role, string? passwordHash, string securityStamp, CancellationToken cancellationToken) => database.WriteAsync(
        on => on.Of($"""
            INSERT INTO user_account (name, name_key, role, password_hash, security_stamp, failed_sign_ins, created_at)
            VALUES (@name, @name_key, @role, @password_hash, @security_stamp, 0, @created_at) ON CONFLICT (name_key) DO NOTHING RETURNING {All}
            """).With(name, Columns.Caseless(name), role, passwordHash, securityStamp, Columns.Milliseconds(database.Clock.GetUtcNow())).FirstAsync(Read, cancellationToken),
        cancellationToken, toDisk: true);

    public Task<UserRow?> FindAsync(long id, CancellationToken cancellationToken) => database.ReadAsync(on => FindAsync(on, id, cancellationToken));

    /// <summary>Without regard to case.</summary>
    public Task<UserRow?> FindByNameAsync(string name, CancellationToken cancellationToken) => database.ReadAsync(
        on => on.Of($"SELECT {All} FROM user_account WHERE name_key = @name_key").With(Columns.Caseless(name)).FirstAsync(Read, cancellationToken));

    /// <summary>By name.</summary>
    public async Task<IReadOnlyList<UserRow>> ListAsync(CancellationToken cancellationToken) =>
        await database.ReadAsync(on => on.Of($"SELECT {All} FROM user_account ORDER BY name_key").With().ListAsync(Read, cancellationToken));

    public Task<long> CountAsync(CancellationToken cancellationToken) => database.ReadAsync(on => on.Of("SELECT COUNT(*) FROM user_account").With().NumberAsync(cancellationToken));

    /// <summary>Replaces everything but the time of creation.</summary>
    /// <returns>False, and nothing is written, when the last administrator would be none any more, when there is no such user, or when somebody else has the name.</returns>
    public Task<bool> SaveAsync(UserRow user, CancellationToken cancellationToken) => database.WriteAsync(
        async on =>
        {
            if (user.Role != AdminRole && await IsLastAdminAsync(on, user.Id, cancellationToken)) return false;
            return await on.Of("""
                UPDATE user_account SET name = @name, name_key = @name_key, role = @role, password_hash = @password_hash, security_stamp = @security_stamp,
                failed_sign_ins = @failed_sign_ins, locked_until = @locked_until, signed_in_at = @signed_in_at, language = @language
                WHERE id = @id AND NOT EXISTS (SELECT 1 FROM user_account AS other WHERE other.name_key = @name_key AND other.id <> @id)
                """).With(
                    user.Name, Columns.Caseless(user.Name), user.Role, user.PasswordHash, user.SecurityStamp, (long)user.FailedSignIns,
                    Columns.MillisecondsAfter(user.LockedUntil), Columns.MillisecondsOrNull(user.SignedInAt), user.Language, user.Id).RunAsync(cancellationToken) > 0;
        },
        cancellationToken, toDisk: true);

    /// <returns>False when that was the last administrator, or nobody.</returns>
    public Task<bool> DeleteAsync(long id, CancellationToken cancellationToken) => database.WriteAsync(
        async on => !await IsLastAdminAsync(on, id, cancellationToken) && await on.Of("DELETE FROM user_account WHERE id = @id").With(id).RunAsync(cancellationToken) > 0,
        cancellationToken, toDisk: true);

    private static Task<UserRow?> FindAsync(Statements on, long id, CancellationToken cancellationToken) =>
        on.Of($"SELECT {All} FROM user_account WHERE id = @id").With(id).FirstAsync(Read, cancellationToken);

    private static async Task<bool> IsLastAdminAsync(Statements on, long id, CancellationToken cancellationToken)
    {
        List<long> admins = await on.Of("SELECT id FROM user_account WHERE role = @role LIMIT 2").With(AdminRole).ListAsync(r => r.GetInt64(0), cancellationToken);
        return admins is [var only] && only == id;
    }

    private static UserRow Read(Row row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), row.TextOrNull(3), row.GetString(4), (int)row.GetInt64(5), row.TimeOrNull(6), row.Time(7), row.TimeOrNull(8), row.TextOrNull(9));
}
