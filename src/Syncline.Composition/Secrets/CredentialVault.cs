using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Syncline.Composition.Telling;
using Syncline.Storage;
using Syncline.Storage.Serving;

namespace Syncline.Composition.Secrets;

/// <summary>Credentials that were given on the connections' page, closed at rest. One that is here goes before a variable of the environment.</summary>
internal sealed class CredentialVault(SqliteStore store, string dataFolder, TimeProvider clock)
{
    // Another process may have changed one: a rotated key is taken up by the next call after this.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<(string Connection, string Setting), string> _closed = new();
    private readonly Lazy<IDataProtector> _protector = new(() => KeyRing.Open(store, dataFolder, clock).CreateProtector("Syncline.Credentials"));
    private readonly Lock _gate = new();
    private DateTimeOffset _readAt = DateTimeOffset.MinValue;

    /// <summary>Null when there is none.</summary>
    /// <exception cref="UsageException">It cannot be opened: the certificate beside the database is not the one it was closed with.</exception>
    public string? Find(string connection, string setting)
    {
        Refresh();
        return _closed.TryGetValue((connection, setting), out string? cipher) ? Open(connection, setting, cipher) : null;
    }

    public bool Holds(string connection, string setting)
    {
        Refresh();
        return _closed.ContainsKey((connection, setting));
    }

    public async Task SaveAsync(string connection, string setting, string value, CancellationToken cancellationToken)
    {
        string cipher = _protector.Value.Protect(value);
        await store.Credentials.SaveAsync(connection, setting, cipher, cancellationToken);
        _closed[(connection, setting)] = cipher;
    }

    /// <summary>Forgets a connection's credentials; variables count again.</summary>
    public async Task ForgetAsync(string connection, CancellationToken cancellationToken)
    {
        await store.Credentials.DeleteAsync(connection, cancellationToken);
        foreach ((string, string) key in _closed.Keys.Where(k => k.Connection == connection)) _closed.TryRemove(key, out _);
    }

    private void Refresh()
    {
        lock (_gate)
        {
            DateTimeOffset now = clock.GetUtcNow();
            if (now - _readAt < Fresh) return;
            _readAt = now;
            // A setting is asked for in the middle of a call that does not wait; the table has a handful of rows.
            IReadOnlyList<CredentialCipher> all = Task.Run(() => store.Credentials.AllAsync(CancellationToken.None)).GetAwaiter().GetResult();
            foreach ((string, string) gone in _closed.Keys.Except(all.Select(c => (c.Connection, c.Setting)))) _closed.TryRemove(gone, out _);
            foreach (CredentialCipher one in all) _closed[(one.Connection, one.Setting)] = one.Cipher;
        }
    }

    private string Open(string connection, string setting, string cipher)
    {
        try
        {
            return _protector.Value.Unprotect(cipher);
        }
        catch (CryptographicException)
        {
            throw new UsageException($"The stored {setting} of connection '{connection}' cannot be opened: {Path.Combine(dataFolder, KeyCertificate.FileName)} is not the certificate it was closed with.", "Put that file back from your backup, or give the credential again on the connections' page.");
        }
    }
}
