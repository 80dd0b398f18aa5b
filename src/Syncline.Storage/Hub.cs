using System.Runtime.CompilerServices;
using Syncline.Extraction;
using Syncline.Matching;
using Syncline.Merging;
using Syncline.Records;
using Syncline.Storage.Tables;

namespace Syncline.Storage;

/// <summary>The hub in a database.</summary>
internal sealed class Hub : IHub
{
    /// <summary>Rows held at a time while a table is walked.</summary>
    private const int Chunk = 500;

    private readonly SqliteDatabase _database;

    public Hub(SqliteDatabase database, string name)
    {
        _database = database;
        Name = name;
    }

    public string Name { get; }

    public async Task<IHubSession> BeginAsync(CancellationToken cancellationToken) => new HubSession(await _database.BeginAsync(cancellationToken), _database.Clock);

    public Task<Cursor?> FindCursorAsync(StreamId stream, CancellationToken cancellationToken) =>
        _database.ReadAsync(on => CheckpointTable.FindCursorAsync(on, stream, cancellationToken));

    public async Task<IReadOnlyList<FeedEntry>> ReadFeedAsync(long after, int take, CancellationToken cancellationToken) =>
        await _database.ReadAsync(on => FeedTable.ReadAsync(on, after, take, cancellationToken));

    public Task<IReadOnlyDictionary<long, GoldenRecord>> LoadAsync(IReadOnlyCollection<long> goldenIds, CancellationToken cancellationToken) =>
        _database.ReadAsync(on => GoldenTable.LoadAsync(on, goldenIds, cancellationToken));

    public async IAsyncEnumerable<FeedEntry> FeedOfRunAsync(long runId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<FeedEntry> rows;
        long before = long.MaxValue;
        do
        {
            rows = await _database.ReadAsync(on => FeedTable.OfRunAsync(on, runId, before, Chunk, cancellationToken));
            foreach (FeedEntry entry in rows)
            {
                before = entry.Sequence;
                yield return entry;
            }
        }
        while (rows.Count == Chunk);
    }

    public async Task<IReadOnlyList<FeedEntry>> FeedOfRecordAsync(long goldenId, CancellationToken cancellationToken) =>
        await _database.ReadAsync(on => FeedTable.OfRecordAsync(on, goldenId, cancellationToken));

    public async Task<IReadOnlyList<GoldenRecord>> ListAsync(RecordKind kind, long after, int take, CancellationToken cancellationToken) =>
        await _database.ReadAsync(on => GoldenTable.ListAsync(on, kind, after, take, cancellationToken));

    public Task<IReadOnlyDictionary<RecordKind, long>> CountAsync(CancellationToken cancellationToken) => _database.ReadAsync(on => GoldenTable.CountAsync(on, cancellationToken));

    public Task<IReadOnlyDictionary<IdentityKey, long>> FindOwnersAsync(IReadOnlyCollection<IdentityKey> keys, CancellationToken cancellationToken) =>
        _database.ReadAsync(on => KeyTable.FindOwnersAsync(on, keys, cancellationToken));

    public Task<IReadOnlyDictionary<RecordKey, Link>> FindLinksAsync(IReadOnlyCollection<RecordKey> keys, CancellationToken cancellationToken) =>
        _database.ReadAsync(on => LinkTable.FindAsync(on, keys, cancellationToken));

    public Task<ILookup<long, Link>> LinksOfAsync(IReadOnlyCollection<long> goldenIds, CancellationToken cancellationToken) =>
        _database.ReadAsync(on => LinkTable.OfAsync(on, goldenIds, cancellationToken));

    public async IAsyncEnumerable<Link> LinksOfConnectionAsync(string connection, string? stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<(long Ordinal, Link Link)> rows;
        long after = 0;
        do
        {
            rows = await _database.ReadAsync(on => LinkTable.OfConnectionAsync(on, connection, stream, after, Chunk, cancellationToken));
            foreach ((long ordinal, Link link) in rows)
            {
                after = ordinal;
                yield return link;
            }
        }
        while (rows.Count == Chunk);
    }

    public Task<long> CountLinksAsync(StreamId stream, CancellationToken cancellationToken) => _database.ReadAsync(on => LinkTable.CountAsync(on, stream, cancellationToken));

    public Task<ILookup<long, GoldenRecord>> ReferringAsync(RecordKind kind, string field, IReadOnlyCollection<long> goldenIds, CancellationToken cancellationToken) =>
        _database.ReadAsync(on => GoldenTable.ReferringAsync(on, kind, field, goldenIds, cancellationToken));

    public Task<long> LastSequenceAsync(CancellationToken cancellationToken) => _database.ReadAsync(on => FeedTable.LastAsync(on, cancellationToken));

    public Task<IReadOnlyDictionary<string, string>> FindAsync(StreamId stream, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        _database.ReadAsync(on => CheckpointTable.FindVersionsAsync(on, stream, ids, cancellationToken));
}
