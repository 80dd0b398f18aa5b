using System.Text;
using Syncline.Conformance.Stores;

namespace Syncline.Storage.Tests;

public sealed class BindingValues : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteDatabase _database;

    public BindingValues() => _database = SqliteDatabase.Open(_folder.File("hub.db"), new StoreClock());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Statements On => _database.Writer!.On;

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Each_kind_of_value_comes_back_as_it_was_given()
    {
        string longText = new('\u00e9', 100_000);
        Parameter list = Parameter.Document("x", static (json, text) => json.WriteStringValue((string)text));
        (long, string, string, bool, string, string) row = Assert.Single(await On.Of("SELECT @number, @empty, @long, @nothing, @document, @last")
            .With(-5L, "", longText, (string?)null, list, "after").ListAsync(r => (r.GetInt64(0), r.GetString(1), r.GetString(2), r.IsNull(3), r.GetString(4), r.GetString(5)), Token));
        Assert.Equal((-5, "", longText, true, "\"x\"", "after"), row);
    }

    [Fact]
    public async Task An_empty_text_is_not_nothing() =>
        Assert.Equal([(false, true)], await On.Of("SELECT @empty, @nothing").With("", (long?)null).ListAsync(r => (r.IsNull(0), r.IsNull(1)), Token));

    [Fact]
    public async Task A_name_that_stands_twice_is_one_value() =>
        Assert.Equal(12, await On.Of("SELECT @a + @b + @a").With(5L, 2L).NumberAsync(Token));

    [Fact]
    public void Too_few_and_too_many_values_are_refused()
    {
        Assert.Throws<ArgumentException>(() => On.Of("SELECT @a, @b").With(1L));
        Assert.Throws<ArgumentException>(() => On.Of("SELECT @a, @b").With(1L, 2L, 3L));
    }

    [Fact]
    public async Task A_statement_that_failed_can_be_used_again()
    {
        Statement insert = On.Of("INSERT INTO schema_version (version, applied_at) VALUES (@version, 0)");
        await insert.With(90L).RunAsync(Token);
        Assert.Equal(StorageProblem.Refused, (await Assert.ThrowsAsync<StorageException>(() => insert.With(90L).RunAsync(Token))).Problem);
        Assert.Equal(1, await insert.With(91L).RunAsync(Token));
    }

    [Fact]
    public void Names_that_take_the_same_place_stay_apart()
    {
        string[] names = [.. Enumerable.Range(0, 5_000).Select(i => $"field_{i}"), "", new('n', 500)];
        foreach (string name in names.Concat(names)) Assert.Equal(name, SharedNames.Of(Encoding.UTF8.GetBytes(name)));
        Assert.Same(SharedNames.Of("person"u8), SharedNames.Of("person"u8));
    }
}
