using Syncline.Connectors;
using Syncline.Imports;
using Syncline.Server.Imports;

namespace Syncline.Server.Tests.Imports;

public sealed class ReadingChosenRecords
{
    private static readonly string[] Ids = [.. Enumerable.Range(0, 120).Select(i => $"id-{i}")];

    [Fact]
    public async Task All_are_read_in_order_and_each_step_is_told()
    {
        Counted account = new();
        List<int> told = [];
        IReadOnlyList<ImportedRecord> records = await new WatchedBrowser(account, told.Add, TestContext.Current.CancellationToken).ReadAsync("companies", Ids, TestContext.Current.CancellationToken);
        Assert.Equal(Ids, records.Select(r => r.Id));
        Assert.Equal([50, 100, 120], told);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(120)]
    public async Task One_who_cancels_gets_nothing_half_done(int after)
    {
        Counted account = new();
        using CancellationTokenSource stop = new();
        WatchedBrowser browser = new(account, done => { if (done == after) stop.Cancel(); }, stop.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => browser.ReadAsync("companies", Ids, CancellationToken.None));
        Assert.Equal(after, account.Read);
    }

    /// <summary>Has every record that is asked for.</summary>
    private sealed class Counted : IRecordBrowser
    {
        public int Read { get; private set; }

        public Task<IReadOnlyList<BrowsedList>> ListsAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<BrowsePage> BrowseAsync(BrowseQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<ImportedRecord>> ReadAsync(string place, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Read += ids.Count;
            return Task.FromResult<IReadOnlyList<ImportedRecord>>([.. ids.Select(id => new ImportedRecord("attio", "company", id, id))]);
        }
    }
}
