using Syncline.Conformance.Stores;
using Syncline.Imports;

namespace Syncline.Storage.Tests;

public sealed class KeepingImports : IDisposable
{
    private readonly StoreClock _clock = new();
    private readonly SqliteDatabase _database;
    private readonly IImportIndex _index;

    public KeepingImports()
    {
        _database = SqliteDatabase.Open("unused", _clock, new() { InMemory = true });
        _index = new SqliteStore(_database).Imports;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task What_was_saved_is_found_by_its_id_with_all_it_has()
    {
        ImportEntry entry = Entry("1") with { WebUrl = "https://app.example.com/1", List = "prospects" };
        await _index.SaveAsync([entry, Entry("2")], Token);
        Assert.Equal(entry, Assert.Single(await _index.FindAsync("attio", ["1", "3"], Token)).Value);
    }

    [Fact]
    public async Task Saving_again_replaces()
    {
        await _index.SaveAsync([Entry("1")], Token);
        ImportEntry renamed = Entry("1") with { Name = "Renamed", State = ImportState.Pending, Digest = "other", ImportedAt = _clock.Now.AddDays(1) };
        await _index.SaveAsync([renamed], Token);
        Assert.Equal([renamed], await _index.ListAsync("attio", null, null, 10, Token));
    }

    [Fact]
    public async Task Connections_keep_apart()
    {
        await _index.SaveAsync([Entry("1"), Entry("1") with { Connection = "attio-eu", Name = "Other" }], Token);
        Assert.Equal("Other", (await _index.FindAsync("attio-eu", ["1"], Token))["1"].Name);
        Assert.Single(await _index.ListAsync("attio", null, null, 10, Token));
    }

    [Fact]
    public async Task A_listing_goes_by_file_and_goes_on_after_one()
    {
        await _index.SaveAsync([Entry("b"), Entry("c"), Entry("a"), Entry("p") with { Type = "person", File = "attio/person/p.json" }], Token);
        Assert.Equal(["a", "b"], (await _index.ListAsync("attio", "company", null, 2, Token)).Select(e => e.Id));
        Assert.Equal(["c", "p"], (await _index.ListAsync("attio", null, "attio/company/b.json", 9, Token)).Select(e => e.Id));
        Assert.Equal(["p"], (await _index.ListAsync("attio", "person", null, 9, Token)).Select(e => e.Id));
    }

    private ImportEntry Entry(string id) => new("attio", "company", id, "Company " + id)
    {
        File = $"attio/company/{id}.json", Digest = "d" + id, ImportedAt = _clock.Now, State = ImportState.Synced,
    };
}
