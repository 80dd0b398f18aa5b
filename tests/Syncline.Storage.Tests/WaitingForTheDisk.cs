using Syncline.Loading;
using Syncline.Records;

namespace Syncline.Storage.Tests;

public sealed class WaitingForTheDisk : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("syncline-disk-").FullName;

    [Fact]
    public async Task An_intent_is_on_the_disk_before_its_call_leaves_and_nothing_else_waits_for_it()
    {
        using SqliteDatabase database = SqliteDatabase.Open(Path.Combine(_folder, "hub.db"), TimeProvider.System);
        SqliteStore store = new(database);
        Assert.Equal(1, database.Writer!.Number("PRAGMA synchronous"));
        await store.Journal.IntendAsync("sync", 1, [new("1-1", new("crm", "people"), RecordKind.Person, 1, Verb.Create, FieldSet.Empty)], TestContext.Current.CancellationToken);
        Assert.Equal(2, database.Writer.Number("PRAGMA synchronous"));
        await store.Journal.SaveOffsetAsync("reader", 1, TestContext.Current.CancellationToken);
        Assert.Equal(1, database.Writer.Number("PRAGMA synchronous"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
