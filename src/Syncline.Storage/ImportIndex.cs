using Syncline.Imports;
using Syncline.Storage.Tables;

namespace Syncline.Storage;

/// <summary>The imported records of a database.</summary>
internal sealed class ImportIndex(SqliteDatabase database) : IImportIndex
{
    public async Task SaveAsync(IReadOnlyList<ImportEntry> entries, CancellationToken cancellationToken)
    {
        if (entries.Count == 0) return;
        await using WriteTransaction transaction = await database.BeginAsync(cancellationToken);
        await ImportTable.SaveAsync(transaction.On, entries, cancellationToken);
        transaction.Commit();
    }

    public async Task<IReadOnlyDictionary<string, ImportEntry>> FindAsync(string connection, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        await database.ReadAsync(on => ImportTable.FindAsync(on, connection, ids, cancellationToken));

    public async Task<IReadOnlyList<ImportEntry>> ListAsync(string connection, string? type, string? after, int take, CancellationToken cancellationToken) =>
        await database.ReadAsync(on => ImportTable.ListAsync(on, connection, type, after, take, cancellationToken));
}
