using Syncline.Matching;
using Syncline.Records;
using Syncline.Storage.Json;

namespace Syncline.Storage.Tables;

/// <summary>Identity keys and the golden record each belongs to.</summary>
internal static class KeyTable
{
    public static async Task SaveAsync(Statements on, List<(IdentityKey Key, long GoldenId)> keys, CancellationToken cancellationToken)
    {
        if (keys.Count == 0) return;
        Statement save = on.Of("""
            INSERT INTO identity_key (kind, type, value, golden_id) VALUES (@kind, @type, @value, @golden_id)
            ON CONFLICT (kind, type, value) DO UPDATE SET golden_id = excluded.golden_id
            """);
        foreach ((IdentityKey key, long owner) in keys) await save.With(key.Kind.Name, key.Type, Columns.Key(key.Value), owner).RunAsync(cancellationToken);
    }

    public static async Task RemoveAsync(Statements on, List<IdentityKey> keys, CancellationToken cancellationToken)
    {
        if (keys.Count == 0) return;
        Statement remove = on.Of("DELETE FROM identity_key WHERE kind = @kind AND type = @type AND value = @value");
        foreach (IdentityKey key in keys) await remove.With(key.Kind.Name, key.Type, Columns.Key(key.Value)).RunAsync(cancellationToken);
    }

    public static async Task MergeAsync(Statements on, List<(long From, long To)> merged, CancellationToken cancellationToken)
    {
        foreach ((long from, long to) in merged) await on.Of("UPDATE identity_key SET golden_id = @to WHERE golden_id = @from").With(to, from).RunAsync(cancellationToken);
    }

    public static async Task<IReadOnlyDictionary<IdentityKey, long>> FindOwnersAsync(Statements on, IReadOnlyCollection<IdentityKey> keys, CancellationToken cancellationToken)
    {
        Dictionary<IdentityKey, long> found = new(keys.Count);
        // A type at a time, for the reason links are looked up a stream at a time.
        foreach (IGrouping<(RecordKind Kind, string Type), string> type in keys.GroupBy(k => (k.Kind, k.Type), k => k.Value))
        {
            List<(string Value, long Owner)> owned = await on.Of("""
                SELECT i.value, i.golden_id FROM json_each(@values) AS k CROSS JOIN identity_key AS i
                WHERE i.kind = @kind AND i.type = @type AND i.value = k.value->>0
                """).With(KeyJson.Of([.. type]), type.Key.Kind.Name, type.Key.Type).ListAsync(static r => (r.Key(0), r.GetInt64(1)), cancellationToken);
            foreach ((string value, long owner) in owned) found[new(type.Key.Kind, type.Key.Type, value)] = owner;
        }
        return found;
    }
}
