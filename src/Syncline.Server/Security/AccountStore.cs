using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Syncline.Storage.Serving;

namespace Syncline.Server.Security;

/// <summary>The hub's users, as the framework's sign-in wants them.</summary>
internal sealed class AccountStore(Users users) : IUserPasswordStore<Account>, IUserLockoutStore<Account>, IUserSecurityStampStore<Account>
{
    public Task<string> GetUserIdAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString(CultureInfo.InvariantCulture));

    public Task<string?> GetUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Name);

    public Task SetUserNameAsync(Account user, string? userName, CancellationToken cancellationToken) => Set(user, user.Row with { Name = userName ?? user.Name });

    public Task<string?> GetNormalizedUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Name.ToUpperInvariant());

    // The table compares names without case; nothing is kept beside the name.
    public Task SetNormalizedUserNameAsync(Account user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken)
    {
        UserRow? added = await users.AddAsync(user.Name, user.Role, user.Row.PasswordHash, user.Row.SecurityStamp, cancellationToken);
        if (added is null) return IdentityResult.Failed(new IdentityErrorDescriber().DuplicateUserName(user.Name));
        user.Row = added;
        return IdentityResult.Success;
    }

    public async Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken) =>
        await users.SaveAsync(user.Row, cancellationToken) ? IdentityResult.Success : IdentityResult.Failed(LastAdmin);

    public async Task<IdentityResult> DeleteAsync(Account user, CancellationToken cancellationToken) =>
        await users.DeleteAsync(user.Id, cancellationToken) ? IdentityResult.Success : IdentityResult.Failed(LastAdmin);

    public async Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        long.TryParse(userId, NumberStyles.None, CultureInfo.InvariantCulture, out long id) && await users.FindAsync(id, cancellationToken) is { } row ? new(row) : null;

    public async Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        await users.FindByNameAsync(normalizedUserName, cancellationToken) is { } row ? new(row) : null;

    public Task SetPasswordHashAsync(Account user, string? passwordHash, CancellationToken cancellationToken) => Set(user, user.Row with { PasswordHash = passwordHash });

    public Task<string?> GetPasswordHashAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Row.PasswordHash);

    public Task<bool> HasPasswordAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Row.PasswordHash is not null);

    public Task<DateTimeOffset?> GetLockoutEndDateAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Row.LockedUntil);

    public Task SetLockoutEndDateAsync(Account user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken) => Set(user, user.Row with { LockedUntil = lockoutEnd });

    public Task<int> IncrementAccessFailedCountAsync(Account user, CancellationToken cancellationToken)
    {
        user.Row = user.Row with { FailedSignIns = user.Row.FailedSignIns + 1 };
        return Task.FromResult(user.Row.FailedSignIns);
    }

    public Task ResetAccessFailedCountAsync(Account user, CancellationToken cancellationToken) => Set(user, user.Row with { FailedSignIns = 0 });

    public Task<int> GetAccessFailedCountAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Row.FailedSignIns);

    public Task<bool> GetLockoutEnabledAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task SetLockoutEnabledAsync(Account user, bool enabled, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SetSecurityStampAsync(Account user, string stamp, CancellationToken cancellationToken) => Set(user, user.Row with { SecurityStamp = stamp });

    public Task<string?> GetSecurityStampAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Row.SecurityStamp);

    public void Dispose()
    {
        // The database is the server's, not a request's.
    }

    private static IdentityError LastAdmin { get; } = new() { Code = "LastAdmin", Description = "There has to be one administrator left." };

    private static Task Set(Account user, UserRow row)
    {
        user.Row = row;
        return Task.CompletedTask;
    }
}
