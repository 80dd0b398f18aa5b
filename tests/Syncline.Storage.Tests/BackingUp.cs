using Microsoft.Data.Sqlite;
using Syncline.Conformance.Stores;
using Syncline.Storage.Sqlite;

namespace Syncline.Storage.Tests;

public sealed class BackingUp : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StoreClock _clock = new();
    private readonly SqliteDatabase _database;
    private readonly SqliteStore _store;

    public BackingUp()
    {
        _database = SqliteDatabase.Open(_folder.File("hub.db"), _clock, new() { Synchronous = Synchronous.Off });
        _store = new(_database);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Backup => _folder.File("backups/one.db");

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_backup_is_one_whole_file_that_opens_as_the_hub_it_was()
    {
        await _store.AuditLog.WriteAsync("ada", "before", null, null, Token);
        await _database.BackupAsync(Backup, Token);
        await _store.AuditLog.WriteAsync("ada", "after", null, null, Token);
        Assert.Equal([Backup], Directory.GetFiles(_folder.File("backups")));
        Assert.Equal(new(SqliteMigrations.Latest, _database.HubName), await SqliteDatabase.VerifyAsync(Backup, Token));
        using SqliteDatabase restored = SqliteDatabase.Open(Backup, _clock);
        Assert.Equal("before", Assert.Single(await new SqliteStore(restored).AuditLog.ListAsync(null, 9, Token)).What);
    }

    [Fact]
    public async Task A_backup_is_for_its_owner_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Rights of files are those of Unix.");
        await _database.BackupAsync(Backup, Token);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Backup));
    }

    [Fact]
    public async Task To_verify_leaves_the_file_and_its_folder_as_they_are()
    {
        await _database.BackupAsync(Backup, Token);
        byte[] before = await File.ReadAllBytesAsync(Backup, Token);
        await SqliteDatabase.VerifyAsync(Backup, Token);
        Assert.Equal(before, await File.ReadAllBytesAsync(Backup, Token));
        Assert.Equal([Backup], Directory.GetFiles(_folder.File("backups")));
    }

    [Fact]
    public async Task What_is_not_committed_is_not_in_it_and_is_not_waited_for()
    {
        await using WriteTransaction open = await _database.BeginAsync(Token);
        await open.On.Of("INSERT INTO audit_entry (at, who, what) VALUES (0, 'ada', 'never')").With().RunAsync(Token);
        await _database.BackupAsync(Backup, Token);
        Assert.Equal(0, Count(Backup));
    }

    [Fact]
    public async Task A_backup_is_of_one_moment_while_others_write()
    {
        await FillAsync();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        // Each transaction leaves as many entries as deliveries: a copy of two moments would not.
        Task writing = Task.Run(() => WritePairsAsync(stop.Token), Token);
        for (int i = 0; i < 5; i++)
        {
            string file = _folder.File($"b{i}.db");
            await _database.BackupAsync(file, Token);
            await SqliteDatabase.VerifyAsync(file, Token);
            Assert.Equal(Number(file, "SELECT COUNT(*) FROM credential"), Count(file));
        }
        await stop.CancelAsync();
        await writing;
    }

    [Fact]
    public async Task A_write_between_two_portions_is_not_in_the_copy_and_does_not_start_it_anew()
    {
        await FillAsync();
        // Parts of the copy are made in turn with this flow, which writes after each.
        OneByOne turns = new();
        SynchronizationContext? own = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(turns);
        Task backup = _database.BackupAsync(Backup, Token);
        SynchronizationContext.SetSynchronizationContext(own);
        int writes = 0;
        for (; writes < 50 && turns.RunNext(); writes++) await _store.AuditLog.WriteAsync("ada", "meanwhile", null, null, Token);
        Assert.True(backup.IsCompletedSuccessfully);
        Assert.InRange(writes, 2, 49);
        Assert.Equal(0, Count(Backup));
        await SqliteDatabase.VerifyAsync(Backup, Token);
    }

    [Fact]
    public async Task Who_gives_up_leaves_no_file()
    {
        await FillAsync();
        using CancellationTokenSource giveUp = new();
        OneByOne turns = new();
        SynchronizationContext? own = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(turns);
        Task backup = _database.BackupAsync(Backup, giveUp.Token);
        SynchronizationContext.SetSynchronizationContext(own);
        Assert.False(backup.IsCompleted);
        await giveUp.CancelAsync();
        while (turns.RunNext())
        {
        }
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => backup);
        Assert.Empty(Directory.GetFiles(_folder.File("backups")));
        await _database.BackupAsync(Backup, Token);
    }

    [Fact]
    public async Task A_file_is_never_overwritten()
    {
        File.WriteAllText(_folder.File("mine"), "mine");
        Assert.Equal(StorageProblem.Refused, (await Assert.ThrowsAsync<StorageException>(() => _database.BackupAsync(_folder.File("mine"), Token))).Problem);
        Assert.Equal("mine", File.ReadAllText(_folder.File("mine")));
        Assert.Equal(StorageProblem.Refused, (await Assert.ThrowsAsync<StorageException>(() => _database.BackupAsync(_folder.Path, Token))).Problem);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_said_to_be()
    {
        File.WriteAllText(_folder.File("file"), "");
        Assert.Equal(StorageProblem.Unreachable, (await Assert.ThrowsAsync<StorageException>(() => _database.BackupAsync(_folder.File("file/one.db"), Token))).Problem);
    }

    [Fact]
    public async Task The_hub_itself_can_be_verified_while_it_is_in_use() =>
        Assert.Equal(_database.HubName, (await SqliteDatabase.VerifyAsync(_database.Path, Token)).HubName);

    [Fact]
    public async Task A_backup_of_an_earlier_version_says_so()
    {
        await _database.BackupAsync(Backup, Token);
        Execute(Backup, $"DELETE FROM schema_version WHERE version = {SqliteMigrations.Latest}");
        Assert.Equal(SqliteMigrations.Latest - 1, (await SqliteDatabase.VerifyAsync(Backup, Token)).SchemaVersion);
    }

    [Fact]
    public async Task What_is_no_sound_backup_is_refused()
    {
        await FillAsync();
        await _database.BackupAsync(Backup, Token);
        byte[] whole = await File.ReadAllBytesAsync(Backup, Token);
        await AssertRefusedAsync(StorageProblem.Missing, null);
        await AssertRefusedAsync(StorageProblem.Missing, []);
        await AssertRefusedAsync(StorageProblem.Damaged, whole[..(whole.Length / 2)]);
        await AssertRefusedAsync(StorageProblem.Damaged, new byte[10_000]);
        // Only to read every page finds this one.
        byte[] scratched = [.. whole];
        scratched.AsSpan(whole.Length / 2, 8192).Fill(0xaa);
        await AssertRefusedAsync(StorageProblem.Damaged, scratched);
        Execute(Backup, $"INSERT INTO schema_version (version, applied_at) VALUES ({SqliteMigrations.Latest + 1}, 0)");
        await AssertRefusedAsync(StorageProblem.Newer, await File.ReadAllBytesAsync(Backup, Token));
        Execute(Backup, "PRAGMA application_id = 1");
        await AssertRefusedAsync(StorageProblem.Foreign, await File.ReadAllBytesAsync(Backup, Token));
    }

    private async Task AssertRefusedAsync(StorageProblem expected, byte[]? content)
    {
        string file = _folder.File("refused.db");
        if (content is not null) await File.WriteAllBytesAsync(file, content, Token);
        StorageException error = await Assert.ThrowsAsync<StorageException>(() => SqliteDatabase.VerifyAsync(file, Token));
        Assert.Equal(expected, error.Problem);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
    }

    /// <summary>Some 20 MB, so that a copy takes several portions.</summary>
    private async Task FillAsync()
    {
        for (int i = 0; i < 20; i++) await _store.Inbox.AcceptAsync("crm", $"d{i}", "{}", new byte[1_000_000], Token);
    }

    private async Task WritePairsAsync(CancellationToken stop)
    {
        for (int i = 0; !stop.IsCancellationRequested; i++)
        {
            await using WriteTransaction transaction = await _database.BeginAsync(CancellationToken.None);
            await transaction.On.Of("INSERT INTO audit_entry (at, who, what) VALUES (0, 'ada', 'pair')").With().RunAsync(CancellationToken.None);
            await transaction.On.Of("INSERT INTO credential (connection, setting, cipher, saved_at) VALUES (@i, '', '', 0)").With($"{i}").RunAsync(CancellationToken.None);
            transaction.Commit();
        }
    }

    private static long Count(string file) => Number(file, "SELECT COUNT(*) FROM audit_entry");

    private static long Number(string file, string sql)
    {
        using SqliteHandle onlooker = SqliteHandle.Onlooker(file, TimeSpan.Zero);
        return onlooker.Number(sql);
    }

    private static void Execute(string file, string sql)
    {
        using SqliteConnection connection = new($"Data Source={file};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
