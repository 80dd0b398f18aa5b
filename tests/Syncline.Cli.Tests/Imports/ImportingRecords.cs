using Syncline.Composition.Imports;
using Syncline.Imports;
using Syncline.Records;
using Syncline.Storage;

namespace Syncline.Cli.Tests.Imports;

public sealed class ImportingRecords : IAsyncLifetime
{
    private readonly InventedBrowser _browser = new();
    private readonly SteppedClock _clock = new();
    private readonly SqliteDatabase _database;
    private GitFolder _folder = null!;

    public ImportingRecords() => _database = SqliteDatabase.Open("unused", _clock, new() { InMemory = true });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IImportIndex Index => new SqliteStore(_database).Imports;

    public async ValueTask InitializeAsync()
    {
        if (!GitFolder.IsThere) return;
        _folder = await GitFolder.CreateAsync();
        _browser.Set("id-1", "Initech", ("description", FieldValue.Of("Software")));
        _browser.Set("id-2", "Globex");
    }

    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        _folder?.Dispose();
        return ValueTask.CompletedTask;
    }

    [GitFact]
    public async Task Chosen_records_become_files_in_one_commit_that_says_what_came()
    {
        ImportOutcome outcome = await ImportAsync("id-1", "id-2");
        Assert.Equal([("attio/company/initech.json", ImportAction.Added), ("attio/company/globex.json", ImportAction.Added)], outcome.Files.Select(f => (f.File, f.Action)));
        Assert.Equal("1", await _folder.RunAsync("rev-list", "--count", "HEAD"));
        Assert.Equal("attio/company/globex.json\nattio/company/initech.json", await _folder.RunAsync("ls-files"));
        string message = await _folder.RunAsync("log", "-1", "--format=%B");
        Assert.StartsWith("Import 2 companies from attio\n", message, StringComparison.Ordinal);
        Assert.Contains("add attio/company/initech.json (Initech)", message, StringComparison.Ordinal);
        Assert.Empty(await _folder.RunAsync("status", "--porcelain"));
    }

    [GitFact]
    public async Task The_index_knows_what_was_imported()
    {
        await ImportAsync("id-1");
        ImportEntry entry = Assert.Single(await Index.ListAsync("attio", null, null, 10, Token));
        Assert.Equal(("id-1", "company", "Initech", "attio/company/initech.json", ImportState.Synced), (entry.Id, entry.Type, entry.Name, entry.File, entry.State));
        Assert.Equal(ImportFolder.DigestOf(await File.ReadAllBytesAsync(_folder.File(entry.File), Token)), entry.Digest);
    }

    [GitFact]
    public async Task The_same_again_changes_no_file_and_makes_no_commit()
    {
        await ImportAsync("id-1");
        string before = _folder.Read("attio/company/initech.json");
        _clock.Now += TimeSpan.FromDays(1);
        ImportOutcome again = await ImportAsync("id-1");
        Assert.Equal((ImportAction.Unchanged, null), (Assert.Single(again.Files).Action, again.Commit));
        Assert.Equal(before, _folder.Read("attio/company/initech.json"));
    }

    [GitFact]
    public async Task A_change_is_shown_field_by_field_and_the_past_stays()
    {
        await ImportAsync("id-1");
        _clock.Now += TimeSpan.FromDays(1);
        _browser.Set("id-1", "Initrode", ("stage", FieldValue.Of("Won")));
        ImportedFile file = Assert.Single((await ImportAsync("id-1")).Files);
        Assert.Equal((ImportAction.Updated, "attio/company/initech.json"), (file.Action, file.File));
        ImportedChange[] changes = [new("attributes.description", "\"Software\"", null), new("attributes.stage", null, "\"Won\""), new("name", "\"Initech\"", "\"Initrode\"")];
        Assert.Equal(changes, file.Changes);
        IReadOnlyList<PastState> past = await new RecordPast(Repository()).OfAsync(file.File, 10, Token);
        Assert.Equal(2, past.Count);
        Assert.Equal(changes, past[0].Changes);
        Assert.All(past[1].Changes, c => Assert.Null(c.Before));
        Assert.Contains("Initech", System.Text.Encoding.UTF8.GetString(past[1].Content!), StringComparison.Ordinal);
        Assert.Equal("Ada Example", past[0].Version.Author);
        Assert.Equal(changes, Assert.Single(await new RecordPast(Repository()).OfAsync(file.File, 1, Token)).Changes);
    }

    [GitFact]
    public async Task Nothing_else_of_the_working_tree_is_committed_and_what_was_staged_stays_staged()
    {
        _folder.Write("notes.txt", "one");
        await _folder.CommitAllAsync("notes");
        _folder.Write("notes.txt", "two");
        _folder.Write("staged.txt", "staged");
        await _folder.RunAsync("add", "staged.txt");
        _folder.Write("attio/company/own.json", "{}");
        await ImportAsync("id-1");
        Assert.Equal("attio/company/initech.json", await _folder.RunAsync("show", "--name-only", "--format="));
        Assert.Equal("A  staged.txt\n M notes.txt\n?? attio/company/own.json", string.Join('\n', (await _folder.Git.RunAsync(["status", "--porcelain"], Token)).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).OrderByDescending(l => l[0] == 'A').ThenByDescending(l => l[1] == 'M')));
    }

    [GitFact]
    public async Task A_repository_that_begins_above_the_folder_will_do()
    {
        Directory.CreateDirectory(_folder.File("crm/data"));
        ImportFolder below = new(_folder.File("crm/data"));
        GitRepository repository = new(new(below.Root));
        RecordImport import = new(_browser, "attio", below, repository, Index, _clock);
        Assert.NotNull((await import.RunAsync("companies", ["id-1"], Token)).Commit);
        _browser.Set("id-1", "Initrode");
        Assert.NotNull((await import.RunAsync("companies", ["id-1"], Token)).Commit);
        Assert.Equal("crm/data/attio/company/initech.json", await _folder.RunAsync("ls-files"));
        Assert.Equal([2, 3], (await new RecordPast(repository).OfAsync("attio/company/initech.json", 9, Token)).Select((s, i) => i + s.Changes.Count(c => c.Field is "name" or "attributes.description")).Order());
    }

    [GitFact]
    public async Task Edits_of_a_person_that_are_in_no_commit_are_not_overwritten()
    {
        await ImportAsync("id-1");
        string edited = _folder.Read("attio/company/initech.json").Replace("Software", "Printers", StringComparison.Ordinal);
        _folder.Write("attio/company/initech.json", edited);
        ImportOutcome outcome = await ImportAsync("id-1", "id-2");
        Assert.Equal([ImportAction.Held, ImportAction.Added], outcome.Files.Select(f => f.Action));
        Assert.Equal(edited, _folder.Read("attio/company/initech.json"));
        Assert.Equal(ImportState.Pending, (await Index.FindAsync("attio", ["id-1"], Token))["id-1"].State);
        await _folder.CommitAllAsync("mine");
        Assert.Equal(ImportAction.Updated, Assert.Single((await ImportAsync("id-1")).Files).Action);
    }

    [GitFact]
    public async Task A_commit_that_failed_is_made_up_for_by_the_next_import()
    {
        _folder.Write(".git/hooks/pre-commit", "#!/bin/sh\necho not today >&2\nexit 1\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_folder.File(".git/hooks/pre-commit"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        GitException refusal = await Assert.ThrowsAsync<GitException>(() => ImportAsync("id-1"));
        Assert.Contains("not today", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(ImportState.Pending, (await Index.FindAsync("attio", ["id-1"], Token))["id-1"].State);
        File.Delete(_folder.File(".git/hooks/pre-commit"));
        _browser.Set("id-1", "Initech", ("description", FieldValue.Of("Changed meanwhile")));
        Assert.NotNull((await ImportAsync("id-1")).Commit);
        Assert.Equal(ImportState.Synced, (await Index.FindAsync("attio", ["id-1"], Token))["id-1"].State);
        Assert.Empty(await _folder.RunAsync("status", "--porcelain"));
    }

    [GitFact]
    public async Task In_the_middle_of_a_merge_nothing_is_read_or_written()
    {
        _folder.Write("a.txt", "a");
        await _folder.CommitAllAsync("a");
        _folder.Write(".git/MERGE_HEAD", await _folder.RunAsync("rev-parse", "HEAD"));
        GitException refusal = await Assert.ThrowsAsync<GitException>(() => ImportAsync("id-1"));
        Assert.Contains("a merge", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0, _browser.Readings);
        Assert.False(Directory.Exists(_folder.File("attio")));
    }

    [GitFact]
    public async Task A_folder_without_a_repository_is_said_to_be_one()
    {
        using GitFolder plain = new();
        GitException refusal = await Assert.ThrowsAsync<GitException>(() => new GitRepository(plain.Git).CheckAsync(Token));
        Assert.Contains("git init", refusal.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_machine_without_git_is_told_so()
    {
        GitRepository repository = new(new(Path.GetTempPath(), "no-such-git-anywhere"));
        Assert.Contains("Install git", (await Assert.ThrowsAsync<GitException>(() => repository.CheckAsync(Token))).Hint, StringComparison.Ordinal);
    }

    [GitFact]
    public async Task An_ignored_folder_is_refused_before_anything_is_written()
    {
        _folder.Write(".gitignore", "attio/\n");
        await Assert.ThrowsAsync<GitException>(() => ImportAsync("id-1"));
        Assert.False(Directory.Exists(_folder.File("attio")));
    }

    [GitFact]
    public async Task A_link_in_the_way_is_not_followed()
    {
        using GitFolder elsewhere = new();
        Directory.CreateDirectory(_folder.File("attio"));
        Directory.CreateSymbolicLink(_folder.File("attio/company"), elsewhere.Path);
        await Assert.ThrowsAsync<IOException>(() => ImportAsync("id-1"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(elsewhere.Path));
    }

    [GitFact]
    public async Task Names_that_look_like_options_or_pathspecs_are_only_names()
    {
        _browser.Set("id-3", "--amend :(glob)** \n\nSigned-off-by: somebody");
        _browser.Set("id-4", "../../../outside");
        ImportOutcome outcome = await ImportAsync("id-3", "id-4");
        Assert.Equal(["attio/company/amend-glob-signed-off-by-somebody.json", "attio/company/outside.json"], outcome.Files.Select(f => f.File));
        Assert.DoesNotContain("\nSigned-off-by", await _folder.RunAsync("log", "-1", "--format=%B"), StringComparison.Ordinal);
    }

    [GitFact]
    public async Task Without_its_database_an_import_goes_on_where_the_files_are()
    {
        await ImportAsync("id-1");
        _browser.Set("id-1", "Initrode");
        using SqliteDatabase fresh = SqliteDatabase.Open("unused", _clock, new() { InMemory = true });
        RecordImport import = new(_browser, "attio", new(_folder.Path), Repository(), new SqliteStore(fresh).Imports, _clock);
        ImportedFile file = Assert.Single((await import.RunAsync("companies", ["id-1"], Token)).Files);
        Assert.Equal((ImportAction.Updated, "attio/company/initech.json"), (file.Action, file.File));
    }

    [GitFact]
    public async Task A_record_that_is_gone_is_told_and_its_file_stays()
    {
        await ImportAsync("id-1");
        _browser.Companies.Remove("id-1");
        ImportOutcome outcome = await ImportAsync("id-1", "id-2");
        Assert.Equal(["id-1"], outcome.Missing);
        Assert.True(File.Exists(_folder.File("attio/company/initech.json")));
        Assert.Equal(ImportState.Error, (await Index.FindAsync("attio", ["id-1"], Token))["id-1"].State);
    }

    [GitFact]
    public async Task A_configured_author_signs()
    {
        GitRepository signed = new(_folder.Git, new("Import Robot", "robot@example.com"));
        await new RecordImport(_browser, "attio", new(_folder.Path), signed, Index, _clock).RunAsync("companies", ["id-1"], Token);
        Assert.Equal("Import Robot <robot@example.com>", await _folder.RunAsync("log", "-1", "--format=%an <%ae>"));
    }

    [GitFact]
    public async Task What_is_no_hash_reads_nothing_from_the_past() =>
        await Assert.ThrowsAsync<GitException>(() => Repository().ReadAsync("--textconv", "attio/company/initech.json", Token));

    private Task<ImportOutcome> ImportAsync(params string[] ids) => new RecordImport(_browser, "attio", new(_folder.Path), Repository(), Index, _clock).RunAsync("companies", ids, Token);

    private GitRepository Repository() => new(_folder.Git);

    private sealed class SteppedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 2, 6, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
