namespace Syncline.Storage.Serving;

/// <summary>The keys by which the web framework protects cookies and secrets, as its XML.</summary>
/// <remarks>
/// Not asynchronous, because the framework's repository of keys is not. A write waits for the one under way, holding its thread: a flow that has a transaction of this database open must not call it.
/// </remarks>
public sealed class ProtectionKeys(SqliteDatabase database)
{
    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<string> All() =>
        database.ReadAsync(static on => on.Of("SELECT xml FROM protection_key ORDER BY id").With().ListAsync(static r => r.GetString(0), CancellationToken.None)).GetAwaiter().GetResult();

    /// <summary>On the disk when it returns: what a lost key has encrypted nobody reads again.</summary>
    /// <param name="name">The framework's name for it, which tells nothing apart.</param>
    public void Add(string? name, string xml) => database.WriteAsync(
        on => on.Of("INSERT INTO protection_key (name, xml) VALUES (@name, @xml)").With(name, xml).RunAsync(CancellationToken.None), CancellationToken.None, toDisk: true).GetAwaiter().GetResult();
}
