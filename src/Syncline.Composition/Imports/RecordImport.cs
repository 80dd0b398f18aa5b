using Syncline.Connectors;
using Syncline.Imports;

namespace Syncline.Composition.Imports;

/// <summary>Takes chosen records of a connection into files: one commit an import, the index beside it.</summary>
/// <remarks>
/// The files are the truth. A record's file is found by the id in it, so that a lost database, or a clone on another machine, goes on where the files are. Between the files and the commit a crash
/// leaves uncommitted files, which the next import of these records commits.
/// </remarks>
internal sealed class RecordImport(IRecordBrowser browser, string connection, ImportFolder folder, GitRepository git, IImportIndex index, TimeProvider clock)
{
    /// <param name="place">As <see cref="BrowseQuery.Place"/>.</param>
    /// <exception cref="GitException">No commit can be made. When it is known beforehand, nothing was read or written.</exception>
    public async Task<ImportOutcome> RunAsync(string place, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        await git.CheckAsync(cancellationToken);
        IReadOnlyList<ImportedRecord> records = await browser.ReadAsync(place, ids, cancellationToken);
        string[] missing = [.. ids.Except(records.Select(r => r.Id), StringComparer.OrdinalIgnoreCase)];
        await MarkMissingAsync(missing, cancellationToken);
        if (records.Count == 0) return new([], missing, null);
        DateTimeOffset now = clock.GetUtcNow();
        IReadOnlyList<ImportedFile> files = await WriteAsync(records, now, cancellationToken);
        await SaveAsync(files, now, ImportState.Pending, cancellationToken);
        string? commit = await CommitAsync(records[0].Source, files, cancellationToken);
        await SaveAsync([.. files.Where(f => f.Action != ImportAction.Held)], now, ImportState.Synced, cancellationToken);
        return new(files, missing, commit);
    }

    private async Task<IReadOnlyList<ImportedFile>> WriteAsync(IReadOnlyList<ImportedRecord> records, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<TakenFile> taken = [];
        foreach ((string source, string type) in records.Select(r => (r.Source, r.Type)).Distinct())
        {
            taken.AddRange(await folder.FilesAsync(source, type, cancellationToken));
            await git.CheckNotIgnoredAsync(FileNames.FolderOf(source, type) + "/record.json", cancellationToken);
        }
        FileNames names = new(taken);
        IReadOnlySet<string> uncommitted = await git.UncommittedAsync(records[0].Source, cancellationToken);
        IReadOnlyDictionary<string, ImportEntry> known = await index.FindAsync(connection, [.. records.Select(r => r.Id)], cancellationToken);
        List<ImportedFile> files = [];
        // By id: which of two records of one name gets the plain file does not hang on the order of their choosing.
        foreach (ImportedRecord record in records.OrderBy(r => r.Id, StringComparer.Ordinal))
        {
            string path = names.Of(record);
            string? written = known.GetValueOrDefault(record.Id)?.Digest;
            files.Add(await WriteAsync(record, path, uncommitted.Contains(path) ? written ?? "" : null, now, cancellationToken));
        }
        return files;
    }

    /// <param name="digest">For a file with changes in no commit, what it must be to be ours; null for any other.</param>
    private async Task<ImportedFile> WriteAsync(ImportedRecord record, string path, string? digest, DateTimeOffset now, CancellationToken cancellationToken)
    {
        byte[]? before = await folder.FindAsync(path, cancellationToken);
        byte[] after = ImportFile.Write(record, now);
        IReadOnlyList<ImportedChange> changes = ImportFile.Compare(before is null ? null : (ReadOnlyMemory<byte>?)before, after);
        if (before is not null && changes.Count == 0) return new(record, path, ImportAction.Unchanged, changes);
        if (before is not null && digest is not null && ImportFolder.DigestOf(before) != digest) return new(record, path, ImportAction.Held, changes);
        await folder.WriteAsync(path, after, cancellationToken);
        return new(record, path, before is null ? ImportAction.Added : ImportAction.Updated, changes);
    }

    private async Task<string?> CommitAsync(string source, IReadOnlyList<ImportedFile> files, CancellationToken cancellationToken)
    {
        IReadOnlySet<string> uncommitted = await git.UncommittedAsync(source, cancellationToken);
        ImportedFile[] due = [.. files.Where(f => f.Action != ImportAction.Held && uncommitted.Contains(f.File))];
        if (due.Length == 0) return null;
        return await git.CommitAsync([.. due.Select(f => f.File)], ImportMessage.Of(source, due), cancellationToken);
    }

    private async Task SaveAsync(IReadOnlyList<ImportedFile> files, DateTimeOffset now, ImportState state, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, ImportEntry> known = await index.FindAsync(connection, [.. files.Select(f => f.Record.Id)], cancellationToken);
        List<ImportEntry> entries = [];
        foreach (ImportedFile file in files) entries.Add(await EntryOf(file, known.GetValueOrDefault(file.Record.Id), now, state, cancellationToken));
        await index.SaveAsync(entries, cancellationToken);
    }

    private async Task<ImportEntry> EntryOf(ImportedFile file, ImportEntry? known, DateTimeOffset now, ImportState state, CancellationToken cancellationToken)
    {
        bool isHeld = file.Action == ImportAction.Held;
        byte[] content = await folder.FindAsync(file.File, cancellationToken) ?? [];
        return new(connection, file.Record.Type, file.Record.Id, file.Record.Name)
        {
            WebUrl = file.Record.WebUrl,
            List = file.Record.Entry?.List,
            File = file.File,
            // What somebody edited is not what we wrote: the edit must still be seen as one at the next import.
            Digest = isHeld ? known?.Digest ?? "" : ImportFolder.DigestOf(content),
            ImportedAt = file.Action is ImportAction.Added or ImportAction.Updated ? now : known?.ImportedAt ?? now,
            State = state,
        };
    }

    private async Task MarkMissingAsync(string[] missing, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, ImportEntry> known = await index.FindAsync(connection, missing, cancellationToken);
        if (known.Count > 0) await index.SaveAsync([.. known.Values.Select(e => e with { State = ImportState.Error })], cancellationToken);
    }
}
