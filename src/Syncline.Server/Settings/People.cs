using Microsoft.AspNetCore.Identity;
using Syncline.Composition.Telling;
using Syncline.Server.Security;
using Syncline.Storage;
using Syncline.Storage.Serving;

namespace Syncline.Server.Settings;

/// <summary>Adds and removes who may come in, and notes who did.</summary>
internal sealed class People(SqliteStore store, UserManager<Account> accounts, AccountGate gate)
{
    private const int LongestName = 100;

    /// <exception cref="UsageException">The name or the role is none.</exception>
    public async Task<(ApiTokenRow Token, string Secret)> AddTokenAsync(string? name, string? role, DateTimeOffset? expiresAt, string who, CancellationToken cancellationToken)
    {
        Check(name, role);
        string secret = TokenSecret.Create();
        ApiTokenRow token = await store.ApiTokens.AddAsync(name!.Trim(), TokenSecret.HashOf(secret), [role!], who, expiresAt, cancellationToken);
        await store.AuditLog.WriteAsync(who, "made an API token", token.Name, role, cancellationToken);
        return (token, secret);
    }

    public async Task<bool> DeleteTokenAsync(long id, string who, CancellationToken cancellationToken)
    {
        bool isGone = await store.ApiTokens.DeleteAsync(id, cancellationToken);
        if (isGone) await store.AuditLog.WriteAsync(who, "deleted an API token", $"{id}", null, cancellationToken);
        return isGone;
    }

    /// <exception cref="UsageException">The name or the role is none.</exception>
    public async Task<(Account? Added, IdentityResult Result)> AddUserAsync(string? name, string? role, string? password, string who, CancellationToken cancellationToken)
    {
        Check(name, role);
        Account account = new(new(0, name!.Trim(), role!, null, Guid.NewGuid().ToString("N"), 0, null, default, null, null));
        IdentityResult result = await accounts.CreateAsync(account, password ?? "");
        if (result.Succeeded) await store.AuditLog.WriteAsync(who, "added a user", account.Name, role, cancellationToken);
        return (result.Succeeded ? account : null, result);
    }

    public async Task<IdentityResult> DeleteUserAsync(long id, string who, CancellationToken cancellationToken)
    {
        if (await store.Users.FindAsync(id, cancellationToken) is not { } row) return IdentityResult.Failed(new IdentityError { Description = $"There is no user {id}." });
        IdentityResult result = await accounts.DeleteAsync(new(row));
        if (result.Succeeded) await store.AuditLog.WriteAsync(who, "removed a user", row.Name, null, cancellationToken);
        return result;
    }

    /// <summary>Everybody who was signed in with the old password is asked again.</summary>
    public async Task<IdentityResult> SetPasswordAsync(string name, string? password, string who, CancellationToken cancellationToken)
    {
        IdentityResult result = await gate.PassAsync(() => SetPasswordAsync(name, password), cancellationToken);
        if (result.Succeeded) await store.AuditLog.WriteAsync(who, "set a password", name, null, cancellationToken);
        return result;
    }

    private async Task<IdentityResult> SetPasswordAsync(string name, string? password)
    {
        if (await accounts.FindByNameAsync(name) is not { } account) return IdentityResult.Failed(new IdentityError { Description = $"There is no user {name}." });
        foreach (IPasswordValidator<Account> validator in accounts.PasswordValidators)
        {
            if (await validator.ValidateAsync(accounts, account, password) is { Succeeded: false } refused) return refused;
        }
        account.Row = account.Row with { PasswordHash = accounts.PasswordHasher.HashPassword(account, password!), SecurityStamp = Guid.NewGuid().ToString("N"), FailedSignIns = 0, LockedUntil = null };
        return await accounts.UpdateAsync(account);
    }

    private static void Check(string? name, string? role)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Trim().Length > LongestName) throw new UsageException("A name has 1 to 100 characters.", "Give it one.");
        if (!Roles.All.Contains(role)) throw new UsageException($"'{role}' is no role.", $"Name one of: {string.Join(", ", Roles.All)}.");
    }
}
