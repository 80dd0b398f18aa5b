using Microsoft.Data.Sqlite;
using Syncline.Conformance.Stores;
using Syncline.Merging;
using Syncline.Records;

namespace Syncline.Storage.Tests;

public sealed class UsingADatabase : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StoreClock _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Path => _folder.File("hub.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_full_disk_is_said_to_be_full_and_what_was_committed_stays()
    {
        using SqliteDatabase database = SqliteDatabase.Open(Path, _clock);
        IHub hub = new SqliteStore(database).Hub;
        await SaveAsync(hub, 1, 10);
        database.Writer!.Run($"PRAGMA max_page_count = {database.Writer.Number("PRAGMA page_count") + 2}");
        StorageException error = await Assert.ThrowsAsync<StorageException>(() => SaveAsync(hub, 11, 10_000));
        Assert.Equal(StorageProblem.Full, error.Problem);
        Assert.Contains(Path, error.Message, StringComparison.Ordinal);
        Assert.Equal(10, (await hub.LoadAsync([.. Enumerable.Range(1, 100).Select(i => (long)i)], Token)).Count);
    }

    [Fact]
    public async Task After_a_failed_save_a_session_writes_and_commits_nothing()
    {
        using SqliteDatabase database = SqliteDatabase.Open(Path, _clock);
        IHub hub = new SqliteStore(database).Hub;
        database.Writer!.Run($"PRAGMA max_page_count = {database.Writer.Number("PRAGMA page_count") + 2}");
        await using (IHubSession session = await hub.BeginAsync(Token))
        {
            await Assert.ThrowsAsync<StorageException>(() => session.SaveAsync(People(1, 10_000), Token));
            await Assert.ThrowsAsync<InvalidOperationException>(() => session.CommitAsync(Token));
        }
        database.Writer.Run("PRAGMA max_page_count = 1000000");
        Assert.Empty(await hub.LoadAsync([1], Token));
        await SaveAsync(hub, 1, 1);
        Assert.Single(await hub.LoadAsync([1], Token));
    }

    [Fact]
    public async Task A_lock_held_too_long_by_another_process_is_said_to_be()
    {
        using SqliteDatabase holder = SqliteDatabase.Open(Path, _clock), waiter = SqliteDatabase.Open(Path, new ImpatientClock());
        await using IHubSession session = await new SqliteStore(holder).Hub.BeginAsync(Token);
        StorageException error = await Assert.ThrowsAsync<StorageException>(() => new SqliteStore(waiter).Hub.BeginAsync(Token));
        Assert.Equal(StorageProblem.Locked, error.Problem);
        Assert.Contains("60 s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_waiting_in_vain_the_next_try_succeeds()
    {
        using SqliteDatabase holder = SqliteDatabase.Open(Path, _clock), waiter = SqliteDatabase.Open(Path, new ImpatientClock());
        IHubSession session = await new SqliteStore(holder).Hub.BeginAsync(Token);
        await Assert.ThrowsAsync<StorageException>(() => new SqliteStore(waiter).Hub.BeginAsync(Token));
        await session.DisposeAsync();
        await SaveAsync(new SqliteStore(waiter).Hub, 1, 1);
    }

    [Fact]
    public async Task An_onlooker_sees_what_a_running_process_commits_and_can_change_nothing()
    {
        using SqliteDatabase database = SqliteDatabase.Open(Path, _clock), onlooker = SqliteDatabase.OpenReadOnly(Path, _clock);
        await SaveAsync(new SqliteStore(database).Hub, 1, 5);
        IHub seen = new SqliteStore(onlooker).Hub;
        Assert.Equal(5, (await seen.LoadAsync([1, 2, 3, 4, 5], Token)).Count);
        Assert.Equal(database.HubName, seen.Name);
        Assert.Equal(StorageProblem.ReadOnly, (await Assert.ThrowsAsync<StorageException>(() => seen.BeginAsync(Token))).Problem);
    }

    [Fact]
    public async Task An_onlooker_sees_what_a_killed_process_committed()
    {
        SqliteDatabase database = SqliteDatabase.Open(Path, _clock);
        await SaveAsync(new SqliteStore(database).Hub, 1, 5);
        database.Abort();
        using SqliteDatabase onlooker = SqliteDatabase.OpenReadOnly(Path, _clock);
        Assert.Equal(5, (await new SqliteStore(onlooker).Hub.LoadAsync([1, 2, 3, 4, 5], Token)).Count);
    }

    [Fact]
    public async Task A_copy_holds_what_is_committed_and_goes_its_own_way()
    {
        using SqliteDatabase database = SqliteDatabase.Open(Path, _clock);
        IHub hub = new SqliteStore(database).Hub;
        await SaveAsync(hub, 1, 5);
        database.CopyTo(_folder.File("scratch/copy.db"));
        using SqliteDatabase copy = SqliteDatabase.Open(_folder.File("scratch/copy.db"), _clock);
        await SaveAsync(new SqliteStore(copy).Hub, 6, 1);
        Assert.Equal((5, 6), ((await hub.LoadAsync([1, 2, 3, 4, 5, 6], Token)).Count, (await new SqliteStore(copy).Hub.LoadAsync([1, 2, 3, 4, 5, 6], Token)).Count));
        Assert.Equal(database.HubName, copy.HubName);
    }

    [Fact]
    public void A_copy_never_overwrites_a_file()
    {
        using SqliteDatabase database = SqliteDatabase.Open(Path, _clock);
        File.WriteAllText(_folder.File("mine"), "mine");
        Assert.Throws<StorageException>(() => database.CopyTo(_folder.File("mine")));
        Assert.Equal("mine", File.ReadAllText(_folder.File("mine")));
    }

    [Fact]
    public async Task A_closed_database_tells_whoever_waits_or_comes_later()
    {
        SqliteDatabase database = SqliteDatabase.Open(Path, _clock);
        IHub hub = new SqliteStore(database).Hub;
        IHubSession open = await hub.BeginAsync(Token);
        Task<IHubSession> waiting = hub.BeginAsync(Token);
        database.Dispose();
        await open.DisposeAsync();
        Assert.Equal(StorageProblem.Closed, (await Assert.ThrowsAsync<StorageException>(() => waiting)).Problem);
        Assert.Equal(StorageProblem.Closed, (await Assert.ThrowsAsync<StorageException>(() => hub.BeginAsync(Token))).Problem);
        Assert.Equal(StorageProblem.Closed, (await Assert.ThrowsAsync<StorageException>(() => hub.LastSequenceAsync(Token))).Problem);
    }

    [Fact]
    public async Task Who_waits_in_a_killed_process_never_goes_on()
    {
        SqliteDatabase database = SqliteDatabase.Open(Path, _clock);
        IHub hub = new SqliteStore(database).Hub;
        IHubSession open = await hub.BeginAsync(Token);
        Task<IHubSession> waiting = hub.BeginAsync(Token);
        database.Abort();
        await open.DisposeAsync();
        Assert.False(waiting.IsCompleted);
    }

    [Fact]
    public async Task A_database_in_memory_is_a_whole_one_and_leaves_nothing_behind()
    {
        SqliteDatabase database = SqliteDatabase.Open("unused", _clock, new() { InMemory = true });
        IHub hub = new SqliteStore(database).Hub;
        await using (IHubSession session = await hub.BeginAsync(Token))
        {
            await session.SaveAsync(People(1, 1), Token);
            Assert.Empty(await hub.LoadAsync([1], Token));
            await session.CommitAsync(Token);
        }
        Assert.Single(await hub.LoadAsync([1], Token));
        database.Dispose();
        Assert.False(File.Exists(database.Path) || Directory.Exists(System.IO.Path.GetDirectoryName(database.Path)));
        Assert.False(File.Exists("unused"));
    }

    [Fact]
    public async Task Uncontended_work_never_leaves_its_thread()
    {
        using SqliteDatabase database = SqliteDatabase.Open(Path, _clock);
        SqliteStore store = new(database);
        int before = Environment.CurrentManagedThreadId;
        await SaveAsync(store.Hub, 1, 100);
        Task<IHubSession> begun = store.Hub.BeginAsync(Token);
        Assert.True(begun.IsCompletedSuccessfully);
        await (await begun).DisposeAsync();
        Assert.True(store.Rates.ReserveAsync("b", 1, TimeSpan.Zero, _clock.Now, Token).IsCompletedSuccessfully);
        Assert.True(store.Hub.LoadAsync([1], Token).IsCompletedSuccessfully);
        Assert.Equal(before, Environment.CurrentManagedThreadId);
    }

    [Fact]
    public async Task Threads_may_read_while_others_write()
    {
        using SqliteDatabase database = SqliteDatabase.Open(Path, TimeProvider.System, new() { Synchronous = Synchronous.Off });
        SqliteStore store = new(database);
        await Parallel.ForEachAsync(Enumerable.Range(0, 200), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Token }, async (i, token) =>
        {
            if (i % 2 == 0) await SaveAsync(store.Hub, (i * 10) + 1, 10);
            else await store.Hub.ReadFeedAsync(0, 100, token);
        });
        Assert.Equal(1_000, (await store.Hub.LoadAsync([.. Enumerable.Range(1, 2_000).Select(i => (long)i)], Token)).Count);
    }

    [Fact]
    public async Task Many_may_make_the_database_at_the_same_time()
    {
        SqliteDatabase[] opened = new SqliteDatabase[8];
        await Parallel.ForAsync(0, opened.Length, Token, (i, _) =>
        {
            opened[i] = SqliteDatabase.Open(Path, TimeProvider.System);
            return ValueTask.CompletedTask;
        });
        Assert.Single(opened.Select(d => d.HubName).Distinct());
        foreach (SqliteDatabase database in opened) database.Dispose();
    }

    [Fact]
    public async Task Several_processes_write_at_once_without_losing_anything()
    {
        SqliteDatabase.Open(Path, _clock).Dispose();
        await Parallel.ForAsync(0, 3, Token, async (process, _) =>
        {
            using SqliteDatabase database = SqliteDatabase.Open(Path, TimeProvider.System, new() { Synchronous = Synchronous.Off });
            IHub hub = new SqliteStore(database).Hub;
            for (int i = 0; i < 40; i++) await SaveAsync(hub, (process * 1_000) + (i * 10) + 1, 10);
        });
        using SqliteDatabase after = SqliteDatabase.Open(Path, _clock);
        Assert.Equal(1_200, after.Writer!.Number("SELECT COUNT(*) FROM golden"));
        Assert.Equal("ok", after.Writer.Scalar("PRAGMA integrity_check"));
    }

    [Theory]
    [InlineData("SELECT 1 FROM link WHERE connection = 'a' AND (CAST(NULL AS text) IS NULL OR stream = 'b') AND ordinal > 5 ORDER BY ordinal LIMIT 9", "link_connection")]
    [InlineData("SELECT 1 FROM operation AS o WHERE o.connection = 'a' AND o.state = 'Intended' ORDER BY o.ordinal", "operation_open")]
    [InlineData("SELECT 1 FROM operation AS o WHERE o.run_id = 4 AND o.ordinal < 9 ORDER BY o.ordinal DESC LIMIT 9", "operation_run")]
    [InlineData("SELECT 1 FROM operation AS o WHERE o.sync = 'a' AND o.verb IN ('Create', 'Replace') AND o.state = 'Done' AND o.ordinal < 9 ORDER BY o.ordinal DESC LIMIT 9", "operation_created")]
    [InlineData("SELECT 1 FROM operation AS d WHERE d.connection = 'a' AND d.stream = 'b' AND d.target_id = 'c' AND d.verb IN ('Delete', 'Replace') AND d.state = 'Done' AND d.ordinal > 4", "operation_removed")]
    public void A_walk_uses_its_index_and_sorts_nothing(string sql, string index)
    {
        using SqliteDatabase database = SqliteDatabase.Open(Path, _clock);
        List<string> plan = [];
        using SqliteCommand command = database.Writer!.Connection.CreateCommand();
        command.CommandText = $"EXPLAIN QUERY PLAN {sql}";
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read()) plan.Add(reader.GetString(3));
        Assert.Contains(index, Assert.Single(plan), StringComparison.Ordinal);
    }

    private static HubChanges People(int first, int count)
    {
        HubChanges changes = new();
        changes.Golden.AddRange(Enumerable.Range(first, count).Select(i => new GoldenRecord(i, RecordKind.Person, FieldSet.Of(("name", FieldValue.Of($"Person {i}"))))));
        changes.Feed.Add(new(first, RecordKind.Person, 1, []));
        return changes;
    }

    private static async Task SaveAsync(IHub hub, int first, int count)
    {
        await using IHubSession session = await hub.BeginAsync(Token);
        await session.SaveAsync(People(first, count), Token);
        await session.CommitAsync(Token);
    }
}
