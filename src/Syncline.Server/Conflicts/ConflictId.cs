using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Syncline.Composition.Telling;
using Syncline.Merging;
using Syncline.Records;
using Syncline.Storage;

namespace Syncline.Server.Conflicts;

/// <summary>The one text that names a conflict in an address: its record, field and place.</summary>
internal static class ConflictId
{
    private const char Between = '\n';

    public static string Of(Conflict conflict) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{conflict.GoldenId}{Between}{conflict.Field}{Between}{conflict.Place}")));

    /// <exception cref="UsageException">It is decided already, or there never was one.</exception>
    public static async Task<Conflict> FindAsync(SqliteStore store, string id, CancellationToken cancellationToken)
    {
        IReadOnlyList<Conflict> open = GoldenIdOf(id) is { } golden ? await store.Conflicts.OfRecordAsync(golden, cancellationToken) : [];
        return open.FirstOrDefault(c => Of(c) == id) ?? throw new UsageException("This conflict is not open any more.", "Somebody may have decided it, or the two sides agree again.") { IsNotFound = true };
    }

    private static long? GoldenIdOf(string id) =>
        Base64Url.IsValid(id) && long.TryParse(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(id)).Split(Between)[0], NumberStyles.None, CultureInfo.InvariantCulture, out long golden) ? golden : null;
}

/// <summary>A conflict with the record it is about.</summary>
internal sealed record OpenConflict(string Id, Conflict Conflict, GoldenRecord Golden)
{
    public FieldOrigin? Origin => Golden.Origins.GetValueOrDefault(Conflict.Field);

    public FieldValue? Ours => Golden.Fields[Conflict.Field];
}

/// <summary>Conflicts a page at a time.</summary>
internal static class ConflictPages
{
    /// <param name="after">The record's number after which to go on.</param>
    /// <returns>Next is null on the last page. A record's conflicts stand on one page.</returns>
    public static async Task<(IReadOnlyList<OpenConflict> Items, long? Next)> ReadAsync(SqliteStore store, long after, int take, CancellationToken cancellationToken)
    {
        IReadOnlyList<Conflict> found = await store.Conflicts.ListAsync(after, take + 1, cancellationToken);
        long? next = null;
        if (found.Count > take)
        {
            Conflict[] whole = [.. found.TakeWhile(c => c.GoldenId != found[^1].GoldenId)];
            // One record with more conflicts than a page holds stands alone, all of them.
            found = whole.Length > 0 ? whole : await store.Conflicts.OfRecordAsync(found[0].GoldenId, cancellationToken);
            next = found[^1].GoldenId;
        }
        IReadOnlyDictionary<long, GoldenRecord> golden = await store.Hub.LoadAsync([.. found.Select(c => c.GoldenId).Distinct()], cancellationToken);
        return ([.. found.Where(c => golden.ContainsKey(c.GoldenId)).Select(c => new OpenConflict(ConflictId.Of(c), c, golden[c.GoldenId]))], next);
    }
}
