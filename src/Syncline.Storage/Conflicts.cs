using Syncline.Merging;
using Syncline.Storage.Tables;

namespace Syncline.Storage;

/// <summary>The open conflicts in a database.</summary>
internal sealed class Conflicts(SqliteDatabase database) : IConflicts
{
    public async Task<IReadOnlyList<Conflict>> ListAsync(long after, int take, CancellationToken cancellationToken) => await database.ReadAsync(on => ConflictTable.ListAsync(on, after, take, cancellationToken));

    public async Task<IReadOnlyList<Conflict>> OfRecordAsync(long goldenId, CancellationToken cancellationToken) => await database.ReadAsync(on => ConflictTable.OfRecordAsync(on, goldenId, cancellationToken));

    public Task<long> CountAsync(CancellationToken cancellationToken) => database.ReadAsync(on => ConflictTable.CountAsync(on, cancellationToken));
}
