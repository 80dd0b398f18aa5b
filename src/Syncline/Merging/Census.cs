using System.Globalization;
using Syncline.Extraction;
using Syncline.Loading;
using Syncline.Records;

namespace Syncline.Merging;

/// <summary>What a complete reading proves about the records it did not show.</summary>
/// <remarks>One absence proves nothing: a page may have shifted, a listing may lag. Two complete readings in a row must miss a record, and where the source can be asked for single ones, asking must find it absent.</remarks>
internal sealed class Census(IHub hub, TimeProvider clock)
{
    private const string Implausible = "implausible-reading";

    // Bounds what is in memory at a time; a source that takes fewer ids in one question divides them itself.
    private const int Chunk = 100;

    /// <summary>Concludes a complete reading: a tombstone for each record that is proven gone.</summary>
    public async Task<IReadOnlyList<RemoteRecord>> ConcludeAsync(ISource source, InboundRequest request, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> missed = await CountAsync(source.Stream, request, cancellationToken);
        if (missed.Count == 0) return [];
        HashSet<string> present = source is IPointSource asked ? await PresentAsync(asked, missed, cancellationToken) : [];
        return [.. missed.Where(id => !present.Contains(id)).Select(id => Tombstone(source.Stream, id))];
    }

    public static RemoteRecord Tombstone(StreamDescriptor stream, string id) => new(stream.Id.Key(id), stream.Kinds[0], FieldSet.Empty) { IsDeleted = true };

    private async Task<IReadOnlyList<string>> CountAsync(StreamDescriptor descriptor, InboundRequest request, CancellationToken cancellationToken)
    {
        StreamId stream = descriptor.Id;
        await using IHubSession session = await hub.BeginAsync(cancellationToken);
        Attendance attendance = await session.CountAttendanceAsync(stream, request.RunId, cancellationToken);
        bool isPlausible = attendance.Missing <= request.Deletes.MostOf(attendance.Known);
        IReadOnlyList<string> missed = attendance.Missing > 0 && isPlausible ? await session.MarkMissingAsync(stream, request.RunId, cancellationToken) : [];
        HubChanges changes = new();
        DeadLetterKey key = new(request.Sync, stream.Connection, stream.ToString());
        if (isPlausible) changes.Settled.Add(key);
        else changes.DeadLetters.Add(new(key, descriptor.Kinds[0], "extraction", Implausible, ReasonOf(stream, attendance, request.Deletes), request.RunId) { At = clock.GetUtcNow() });
        await session.SaveAsync(changes, cancellationToken);
        await session.CommitAsync(cancellationToken);
        return missed;
    }

    private static string ReasonOf(StreamId stream, Attendance attendance, DeletePolicy policy) => string.Create(CultureInfo.InvariantCulture,
        $"A complete reading of {stream} missed {attendance.Missing} of {attendance.Known} known records, more than {policy.MostOf(attendance.Known)} (delete_share): it is not believed, and nothing is taken for deleted. Look whether they are there and whether the key may still read them. If so many were really deleted, raise delete_share for a while.");

    private static async Task<HashSet<string>> PresentAsync(IPointSource source, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        HashSet<string> present = new(StringComparer.Ordinal);
        foreach (string[] some in ids.Chunk(Chunk)) present.UnionWith((await source.FetchAsync(some, cancellationToken)).Select(r => r.Key.Id));
        return present;
    }
}
