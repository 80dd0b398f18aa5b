using SQLitePCL;
using Syncline.Storage.Serving;

namespace Syncline.Storage.Tests.Serving;

public sealed class AcceptingDeliveries : ServingTables
{
    private static readonly byte[] Body = [0, 1, 0xff, 0];

    private Inbox Inbox => Store.Inbox;

    [Fact]
    public async Task A_delivery_is_kept_with_its_body_byte_for_byte()
    {
        (long id, bool isNew) = await Inbox.AcceptAsync("crm", "d\0 1", """{"stream":"people"}""", Body, Token);
        Assert.True(isNew);
        InboxRow row = (await Inbox.FindAsync(id, Token))!;
        Assert.Equal(new(id, "crm", "d\0 1", Clock.Now, InboxState.Pending, 0, null, null, null, """{"stream":"people"}""", row.Body), row);
        Assert.Equal(Body, row.Body.ToArray());
        Assert.Null(await Inbox.FindAsync(id + 1, Token));
    }

    [Fact]
    public async Task An_empty_body_is_a_body()
    {
        (long id, _) = await Inbox.AcceptAsync("crm", "1", "{}", default, Token);
        Assert.True((await Inbox.FindAsync(id, Token))!.Body.IsEmpty);
    }

    [Fact]
    public async Task The_same_delivery_of_one_connection_is_one_row()
    {
        (long id, _) = await Inbox.AcceptAsync("crm", "1", "{}", Body, Token);
        Assert.Equal((id, false), await Inbox.AcceptAsync("crm", "1", """{"other":1}""", default, Token));
        Assert.True((await Inbox.AcceptAsync("crm2", "1", "{}", Body, Token)).IsNew);
        await Inbox.DoneAsync([id], Token);
        Assert.Equal((id, false), await Inbox.AcceptAsync("crm", "1", "{}", Body, Token));
        Assert.Equal(("{}", InboxState.Done), ((await Inbox.FindAsync(id, Token))!.HintsJson, (await Inbox.FindAsync(id, Token))!.State));
    }

    [Fact]
    public async Task A_burst_is_kept_whole_by_few_transactions()
    {
        int commits = CountCommits(out Func<int> now);
        WriteTransaction other = await Database.BeginAsync(Token);
        Task<(long Id, bool IsNew)>[] burst = [.. Enumerable.Range(0, 1_000).Select(i => Inbox.AcceptAsync("crm", $"d{i}", "{}", BitConverter.GetBytes(i), Token))];
        Assert.DoesNotContain(burst, t => t.IsCompleted);
        await other.DisposeAsync();
        (long Id, bool IsNew)[] kept = await Task.WhenAll(burst);
        Assert.Equal(2, now() - commits);
        Assert.All(kept, k => Assert.True(k.IsNew));
        Assert.Equal(1_000, kept.Select(k => k.Id).Distinct().Count());
        foreach (int i in new[] { 0, 499, 500, 999 }) Assert.Equal(i, BitConverter.ToInt32((await Inbox.FindAsync(kept[i].Id, Token))!.Body.Span));
        Assert.Equal([new("crm", InboxState.Pending, 1_000)], await Inbox.CountsAsync(Token));
    }

    [Fact]
    public async Task Who_sends_many_without_waiting_has_them_kept_together_though_nobody_else_writes()
    {
        int commits = CountCommits(out Func<int> now);
        OneByOne turns = new();
        SynchronizationContext? own = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(turns);
        Task<(long Id, bool IsNew)>[] burst = [.. Enumerable.Range(0, 300).Select(i => Inbox.AcceptAsync("crm", $"d{i}", "{}", Body, Token))];
        SynchronizationContext.SetSynchronizationContext(own);
        while (turns.RunNext())
        {
        }
        await Task.WhenAll(burst);
        Assert.Equal(1, now() - commits);
    }

    [Fact]
    public async Task A_burst_over_threads_and_with_repetitions_is_kept_once()
    {
        int fresh = 0;
        await Parallel.ForAsync(0, 1_000, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Token }, async (i, token) =>
        {
            if ((await Inbox.AcceptAsync("crm", $"d{i % 250}", "{}", Body, token)).IsNew) Interlocked.Increment(ref fresh);
        });
        Assert.Equal(250, fresh);
        Assert.Equal(250, Assert.Single(await Inbox.CountsAsync(Token)).Count);
    }

    [Fact]
    public async Task Repetitions_within_one_transaction_are_told_apart()
    {
        WriteTransaction other = await Database.BeginAsync(Token);
        Task<(long Id, bool IsNew)>[] burst = [.. Enumerable.Range(0, 3).Select(_ => Inbox.AcceptAsync("crm", "1", "{}", Body, Token))];
        await other.DisposeAsync();
        (long Id, bool IsNew)[] kept = await Task.WhenAll(burst);
        Assert.Equal([true, false, false], kept.Select(k => k.IsNew));
        Assert.Single(kept.Select(k => k.Id).Distinct());
    }

    [Fact]
    public async Task Another_process_finds_what_was_accepted_before_a_kill()
    {
        using TemporaryFolder folder = new();
        SqliteDatabase killed = SqliteDatabase.Open(folder.File("hub.db"), Clock);
        (long id, _) = await new SqliteStore(killed).Inbox.AcceptAsync("crm", "1", "{}", Body, Token);
        killed.Abort();
        using SqliteDatabase next = SqliteDatabase.Open(folder.File("hub.db"), Clock);
        Assert.Equal(Body, (await new SqliteStore(next).Inbox.FindAsync(id, Token))!.Body.ToArray());
    }

    [Fact]
    public async Task Whoever_is_not_kept_is_told_and_the_next_are_kept_again()
    {
        long pages = Database.Writer!.Number("PRAGMA page_count");
        Database.Writer.Run($"PRAGMA max_page_count = {pages}");
        Task<(long, bool)>[] burst = [.. Enumerable.Range(0, 40).Select(i => Inbox.AcceptAsync("crm", $"d{i}", "{}", new byte[100_000], Token))];
        foreach (Task<(long, bool)> one in burst) Assert.Equal(StorageProblem.Full, (await Assert.ThrowsAsync<StorageException>(() => one)).Problem);
        Database.Writer.Run("PRAGMA max_page_count = 1000000");
        Assert.True((await Inbox.AcceptAsync("crm", "d0", "{}", Body, Token)).IsNew);
        Assert.Equal(1, Assert.Single(await Inbox.CountsAsync(Token)).Count);
    }

    [Fact]
    public async Task A_closed_database_tells_everybody_who_stands_in_the_queue()
    {
        WriteTransaction other = await Database.BeginAsync(Token);
        Task<(long, bool)>[] burst = [.. Enumerable.Range(0, 1_200).Select(i => Inbox.AcceptAsync("crm", $"d{i}", "{}", Body, Token))];
        Database.Dispose();
        await other.DisposeAsync();
        foreach (Task<(long, bool)> one in burst) Assert.Equal(StorageProblem.Closed, (await Assert.ThrowsAsync<StorageException>(() => one)).Problem);
    }

    [Fact]
    public async Task Who_gave_up_before_is_not_kept()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Inbox.AcceptAsync("crm", "1", "{}", Body, new(canceled: true)));
        Assert.Empty(await Inbox.CountsAsync(Token));
    }

    private int CountCommits(out Func<int> now)
    {
        int commits = 0;
        raw.sqlite3_commit_hook(Database.Writer!.Connection.Handle, _ => Interlocked.Increment(ref commits) * 0, null!);
        now = () => commits;
        return commits;
    }
}
