using Syncline.Cli.Tests.Invented;
using Syncline.Composition.Workspaces;

namespace Syncline.Cli.Tests.Commands;

public sealed class BackingUp : IDisposable
{
    private readonly Rehearsal _here = new();

    public BackingUp() => _here.Left.With("a", "ada@example.com");

    public void Dispose() => _here.Dispose();

    [Fact]
    public async Task A_copy_that_is_put_back_holds_what_the_hub_held()
    {
        await _here.RunAsync("run");
        Assert.Equal(0, await _here.RunAsync("backup", "copy.db", "--json"));
        Assert.Equal(_here.PathOf("copy.db"), (string?)_here.Json["file"]);
        _here.Left.With("b", "bob@example.com");
        await _here.RunAsync("run");
        Assert.Equal(2, await PeopleAsync());
        Assert.Equal(0, await _here.RunAsync("restore", "copy.db", "--yes"));
        Assert.Equal(1, await PeopleAsync());
        Assert.Single(Directory.EnumerateFiles(_here.PathOf(".syncline"), "hub.db.before-*"), f => !f.EndsWith("-wal", StringComparison.Ordinal) && !f.EndsWith("-shm", StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_a_restore_nothing_is_written_twice()
    {
        await _here.RunAsync("run");
        await _here.RunAsync("backup", "copy.db");
        _here.Left.With("b", "bob@example.com");
        await _here.RunAsync("run");
        await _here.RunAsync("restore", "copy.db", "--yes");
        Assert.Equal(0, await _here.RunAsync("run", "--json"));
        Assert.Equal((0, 1), ((int)_here.Json["created"]!, (int)_here.Json["linked"]!));
    }

    [Fact]
    public async Task A_file_that_is_no_hub_or_is_cut_short_is_refused_and_changes_nothing()
    {
        await _here.RunAsync("run");
        await _here.RunAsync("backup", "copy.db");
        byte[] whole = await File.ReadAllBytesAsync(_here.PathOf("copy.db"), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(_here.PathOf("cut.db"), whole[..(whole.Length / 2)], TestContext.Current.CancellationToken);
        _here.Write("words.db", "no database at all");
        foreach (string file in new[] { "cut.db", "words.db", "nowhere.db" }) Assert.NotEqual(0, await _here.RunAsync("restore", file, "--yes"));
        Assert.Equal(1, await PeopleAsync());
    }

    [Fact]
    public async Task Nothing_is_put_back_under_a_server_or_over_an_older_copy()
    {
        await _here.RunAsync("run");
        await _here.RunAsync("backup", "copy.db");
        Assert.NotEqual(0, await _here.RunAsync("backup", "copy.db"));
        using IDisposable server = ServerClaim.Take(_here.PathOf(".syncline"));
        Assert.Equal(2, await _here.RunAsync("restore", "copy.db", "--yes"));
        Assert.Contains("server", _here.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_database_there_is_nothing_to_copy()
    {
        Assert.Equal(2, await _here.RunAsync("backup", "copy.db"));
        Assert.False(File.Exists(_here.PathOf("copy.db")));
    }

    private async Task<int> PeopleAsync()
    {
        Assert.Equal(0, await _here.RunAsync("status", "--json"));
        return (int)_here.Json["hub"]!["person"]!;
    }
}
