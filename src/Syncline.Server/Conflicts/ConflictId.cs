using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Syncline.Composition.Telling;
using Syncline.Merging;
using Syncline.Records;
using Syncline.Storage;

namespace Syncline.Server.Conflicts;

/// <summary>The one text that names a conflict in an address: its record, field and place, and a digest of what both sides say. One whose sides have moved is another one: nobody decides what he has not seen.</summary>
internal static class ConflictId
{
    private const char Between = '\n';

    /// <param name="ours">What the hub holds.</param>
    public static string Of(Conflict conflict, FieldValue? ours) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{conflict.GoldenId}{Between}{conflict.Field}{Between}{conflict.Place}{Between}{DigestOf(ours, conflict.Theirs)}")));

    /// <exception cref="UsageException">It is decided already, or there never was one.</exception>
    public static async Task<OpenConflict> FindAsync(SqliteStore store, string id, CancellationToken cancellationToken)
    {
        IReadOnlyList<Conflict> open = GoldenIdOf(id) is { } known ? await store.Conflicts.OfRecordAsync(known, cancellationToken) : [];
        IReadOnlyDictionary<long, GoldenRecord> golden = await store.Hub.LoadAsync([.. open.Select(c => c.GoldenId).Distinct()], cancellationToken);
        return open.Where(c => golden.ContainsKey(c.GoldenId)).Select(c => new OpenConflict(c, golden[c.GoldenId])).FirstOrDefault(c => c.Id == id)
            ?? throw new UsageException("This conflict is not open any more.", "Somebody may have decided it, or a side has changed since: look at the list again.") { IsNotFound = true };
    }

    // Some of it is enough to tell two states apart, and an address stays short.
    private static string DigestOf(FieldValue? ours, FieldValue? theirs) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(new JsonArray(RunJson.Of(ours), RunJson.Of(theirs)).ToJsonString())), 0, 8);

    private static long? GoldenIdOf(string id) =>
        Base64Url.IsValid(id) && long.TryParse(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(id)).Split(Between)[0], NumberStyles.None, CultureInfo.InvariantCulture, out long golden) ? golden : null;
}

/// <summary>A conflict with the record it is about.</summary>
internal sealed record OpenConflict(Conflict Conflict, GoldenRecord Golden)
{
    public string Id => ConflictId.Of(Conflict, Ours);

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
        return ([.. found.Where(c => golden.ContainsKey(c.GoldenId)).Select(c => new OpenConflict(c, golden[c.GoldenId]))], next);
    }
}
