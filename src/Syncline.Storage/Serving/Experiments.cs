using Syncline.Imports;
using Syncline.Storage.Tables;

namespace Syncline.Storage.Serving;

/// <summary>Something that is tried out on some records.</summary>
/// <param name="Name">Unique without regard to case.</param>
/// <param name="Records">How many are assigned to it.</param>
public sealed record ExperimentRow(long Id, string Name, string? Description, DateTimeOffset CreatedAt, int Records);

/// <summary>A record that is assigned to an experiment.</summary>
/// <param name="Position">Grows with each assignment: by which a listing goes on.</param>
/// <param name="RecordId">The provider's id.</param>
/// <param name="Imported">What the import knows about it; null when it was never imported.</param>
public sealed record ExperimentRecord(long Position, string Connection, string RecordId, DateTimeOffset AssignedAt, ImportEntry? Imported);

/// <summary>Experiments and the records they are about; a record may be in several.</summary>
public sealed class Experiments(SqliteDatabase database)
{
    /// <summary>Null when there is one of that name.</summary>
    public Task<ExperimentRow?> CreateAsync(string name, string? description, CancellationToken cancellationToken) =>
        database.WriteAsync(on => ExperimentTable.AddAsync(on, name, description, database.Clock.GetUtcNow(), cancellationToken), cancellationToken);

    /// <summary>By name.</summary>
    public async Task<IReadOnlyList<ExperimentRow>> ListAsync(CancellationToken cancellationToken) => await database.ReadAsync(on => ExperimentTable.ListAsync(on, cancellationToken));

    public Task<ExperimentRow?> FindAsync(long id, CancellationToken cancellationToken) => database.ReadAsync(on => ExperimentTable.FindAsync(on, id, cancellationToken));

    /// <summary>With its assignments; the records stay.</summary>
    /// <returns>False when there was none.</returns>
    public Task<bool> DeleteAsync(long id, CancellationToken cancellationToken) => database.WriteAsync(on => ExperimentTable.DeleteAsync(on, id, cancellationToken), cancellationToken);

    /// <returns>How many were not in it before; 0 when there is no such experiment.</returns>
    public Task<int> AssignAsync(long id, string connection, IReadOnlyCollection<string> recordIds, CancellationToken cancellationToken) =>
        database.WriteAsync(on => ExperimentTable.AssignAsync(on, id, connection, recordIds, database.Clock.GetUtcNow(), cancellationToken), cancellationToken);

    /// <returns>How many were in it.</returns>
    public Task<int> UnassignAsync(long id, string connection, IReadOnlyCollection<string> recordIds, CancellationToken cancellationToken) =>
        database.WriteAsync(on => ExperimentTable.UnassignAsync(on, id, connection, recordIds, cancellationToken), cancellationToken);

    /// <summary>In the order in which they were assigned.</summary>
    /// <param name="after">The position after which to go on; 0 from the first.</param>
    public async Task<IReadOnlyList<ExperimentRecord>> RecordsAsync(long id, long after, int take, CancellationToken cancellationToken) =>
        await database.ReadAsync(on => ExperimentTable.RecordsAsync(on, id, after, take, cancellationToken));

    /// <summary>The experiments a record is in, by name.</summary>
    public async Task<IReadOnlyList<ExperimentRow>> OfRecordAsync(string connection, string recordId, CancellationToken cancellationToken) =>
        await database.ReadAsync(on => ExperimentTable.OfRecordAsync(on, connection, recordId, cancellationToken));
}
