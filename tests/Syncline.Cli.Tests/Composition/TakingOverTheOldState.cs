using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;
using Syncline.Connectors.HeyReach;
using Syncline.Extraction;
using Syncline.Merging;
using Syncline.Records;
using Syncline.Storage;

namespace Syncline.Cli.Tests.Composition;

public sealed class TakingOverTheOldState : IDisposable
{
    private static readonly StreamId Conversations = new("heyreach", "conversations");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("syncline-old-");
    private readonly SqliteStore _store = new(SqliteDatabase.Open("", TimeProvider.System, new() { InMemory = true }));
    private readonly StringWriter _said = new();

    public void Dispose()
    {
        _store.Database.Dispose();
        _said.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Each_thread_s_pair_becomes_its_known_version()
    {
        await TakeOverAsync("""{"last_sync":"2025-10-01T15:19:23.013Z","threads":{"t-1":{"last_message_at":"2025-10-01T15:05:14.81Z","message_count":4,"last_synced":"2025-10-01T15:19:22.989Z"}},"people":{}}""");
        Assert.Equal(HeyReachVersion.Of(new(2025, 10, 1, 15, 5, 14, 810, TimeSpan.Zero), 4), (await VersionsAsync("t-1"))["t-1"]);
        Assert.Contains("1 conversations", _said.ToString(), StringComparison.Ordinal);
        Assert.Null(await _store.Hub.FindCursorAsync(new("heyreach", "inbox"), CancellationToken.None));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"threads":{"t-1":{"last_message_at":"yesterday","message_count":4}}}""")]
    [InlineData("""{"threads":{"t-1":{"message_count":4}}}""")]
    public async Task A_malformed_file_is_told_and_nothing_is_taken_over(string text)
    {
        await TakeOverAsync(text);
        Assert.Empty(await VersionsAsync("t-1"));
        Assert.Contains("cannot be read", _said.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hub_that_has_read_the_inbox_takes_nothing_over()
    {
        HubChanges read = new();
        read.Cursors.Add((new("heyreach", "inbox"), new Cursor("somewhere")));
        await using (IHubSession session = await _store.Hub.BeginAsync(CancellationToken.None))
        {
            await session.SaveAsync(read, CancellationToken.None);
            await session.CommitAsync(CancellationToken.None);
        }
        await TakeOverAsync("""{"threads":{"t-1":{"last_message_at":"2025-10-01T15:05:14.81Z","message_count":4}}}""");
        Assert.Empty(await VersionsAsync("t-1"));
    }

    private async Task TakeOverAsync(string text)
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, ".sync"));
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, ".sync", "sync_state.json"), text);
        await new OldSyncState(_folder.FullName, new Terminal(TextReader.Null, TextWriter.Null, _said)).TakeOverAsync(_store.Hub, "heyreach", CancellationToken.None);
    }

    private Task<IReadOnlyDictionary<string, string>> VersionsAsync(string id) => _store.Hub.FindAsync(Conversations, [id], CancellationToken.None);
}
