using Microsoft.Data.Sqlite;
using Syncline.Conformance.Stores;
using Syncline.Storage.Sqlite;

namespace Syncline.Storage.Tests;

public sealed class OpeningADatabase : IDisposable
{
    private const string DropServing = """
        DROP TABLE user_account; DROP TABLE api_token; DROP TABLE audit_entry; DROP TABLE credential; DROP TABLE protection_key; DROP TABLE inbox; DROP TABLE webhook_subscription;
        DROP TABLE idempotent_answer; DROP TABLE schedule_state; DROP TABLE experiment; DROP TABLE experiment_record
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly StoreClock _clock = new();

    private string Path => _folder.File("hub.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_folder_and_the_file_are_made()
    {
        string path = _folder.File("a/b/hub.db");
        using SqliteDatabase database = SqliteDatabase.Open(path, _clock);
        Assert.True(File.Exists(path));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder.File("a/b")));
    }

    [Fact]
    public void An_empty_file_becomes_a_database()
    {
        File.WriteAllBytes(Path, []);
        using SqliteDatabase database = SqliteDatabase.Open(Path, _clock);
        Assert.Equal(SqliteMigrations.Latest, database.Writer!.Number("SELECT MAX(version) FROM schema_version"));
    }

    [Fact]
    public void The_name_comes_from_the_given_random_source()
    {
        using SqliteDatabase one = SqliteDatabase.Open(Path, _clock, new() { Random = new(7) });
        using SqliteDatabase two = SqliteDatabase.Open(_folder.File("two.db"), _clock, new() { Random = new(7) });
        using SqliteDatabase three = SqliteDatabase.Open(_folder.File("three.db"), _clock, new() { Random = new(8) });
        Assert.Equal(one.HubName, two.HubName);
        Assert.NotEqual(one.HubName, three.HubName);
    }

    [Theory]
    [InlineData("not a database at all, but long enough to have a header of a hundred bytes .....................................")]
    [InlineData("x")]
    public void A_file_that_is_no_database_is_refused_and_left_alone(string content)
    {
        File.WriteAllText(Path, content);
        AssertRefused(StorageProblem.Damaged);
    }

    [Fact]
    public void A_database_cut_short_is_refused_and_left_alone()
    {
        SqliteDatabase.Open(Path, _clock).Dispose();
        using (FileStream file = File.OpenWrite(Path)) file.SetLength(file.Length / 2);
        AssertRefused(StorageProblem.Damaged);
    }

    [Fact]
    public void A_database_with_a_broken_schema_page_is_refused_and_left_alone()
    {
        SqliteDatabase.Open(Path, _clock).Dispose();
        using (FileStream file = File.OpenWrite(Path))
        {
            file.Position = 100;
            file.Write(new byte[1_000]);
        }
        AssertRefused(StorageProblem.Damaged);
    }

    [Fact]
    public async Task A_database_of_the_first_version_is_brought_up_with_all_it_holds()
    {
        SqliteDatabase.Open(Path, _clock).Dispose();
        Execute($$$"""
            {{{DropServing}}};
            DROP TABLE enrichment_answer;
            DROP TABLE enrichment_question;
            DROP TABLE enrichment_cost;
            DROP TABLE conflict;
            DROP TABLE enrichment_batch;
            DROP TABLE enrichment_batch_record;
            DROP TABLE imported_record;
            DROP TABLE lead;
            DELETE FROM sequence WHERE name = 'lead';
            DROP INDEX dead_letter_golden;
            DROP INDEX version_missed;
            ALTER TABLE version DROP COLUMN run_id;
            ALTER TABLE version DROP COLUMN missed;
            ALTER TABLE link DROP COLUMN is_deletion_proven;
            ALTER TABLE run DROP COLUMN position;
            DELETE FROM schema_version WHERE version > 1;
            INSERT INTO version (connection, stream, id, version) VALUES ('acme', 'people', '"1"', 'v1');
            INSERT INTO run (sync, kind, state, started_at, tally) VALUES ('daily', 'sync', 'Done', 0, '{"calls":{}}')
            """);
        using SqliteDatabase database = SqliteDatabase.Open(Path, _clock);
        Assert.Equal(SqliteMigrations.Latest, database.Writer!.Number("SELECT MAX(version) FROM schema_version"));
        Assert.Equal(1, database.Writer!.Number("SELECT COUNT(*) FROM version WHERE run_id = 0 AND missed = 0"));
        Assert.Equal(1, database.Writer!.Number("SELECT COUNT(*) FROM run WHERE position IS NULL"));
        Assert.Empty((await new SqliteStore(database).Runs.FindAsync(1, TestContext.Current.CancellationToken))!.Tally.Enriched);
    }

    [Fact]
    public async Task A_database_from_before_the_server_gets_its_tables_and_keeps_its_own()
    {
        using (SqliteDatabase made = SqliteDatabase.Open(Path, _clock)) await new SqliteStore(made).Runs.StartAsync("daily", "sync", TestContext.Current.CancellationToken);
        Execute($"{DropServing}; DELETE FROM schema_version WHERE version > 6");
        using SqliteDatabase database = SqliteDatabase.Open(Path, _clock);
        SqliteStore store = new(database);
        Assert.Equal(SqliteMigrations.Latest, database.Writer!.Number("SELECT MAX(version) FROM schema_version"));
        Assert.NotNull(await store.Runs.FindAsync(1, TestContext.Current.CancellationToken));
        Assert.NotNull(await store.Users.AddAsync("ada", "admin", null, "stamp", TestContext.Current.CancellationToken));
        Assert.True((await store.Inbox.AcceptAsync("crm", "1", "{}", default, TestContext.Current.CancellationToken)).IsNew);
        Assert.NotNull(await store.Experiments.CreateAsync("first", null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_database_of_a_newer_version_is_refused_and_left_alone()
    {
        SqliteDatabase.Open(Path, _clock).Dispose();
        Execute($"INSERT INTO schema_version (version, applied_at) VALUES ({SqliteMigrations.Latest + 1}, 0)");
        AssertRefused(StorageProblem.Newer);
    }

    [Fact]
    public void A_database_of_another_program_is_refused_and_left_alone()
    {
        SqliteLibrary.Load();
        Execute("CREATE TABLE golden (id INTEGER)");
        AssertRefused(StorageProblem.Foreign);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_said_to_be()
    {
        File.WriteAllText(_folder.File("file"), "");
        StorageException error = Assert.Throws<StorageException>(() => SqliteDatabase.Open(_folder.File("file/hub.db"), _clock));
        Assert.Equal(StorageProblem.Unreachable, error.Problem);
        Assert.Contains(_folder.File("file"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_in_the_place_of_the_file_is_said_to_be()
    {
        Directory.CreateDirectory(Path);
        Assert.Equal(StorageProblem.Unreachable, Assert.Throws<StorageException>(() => SqliteDatabase.Open(Path, _clock)).Problem);
    }

    [Fact]
    public void To_look_at_an_empty_database_finds_none()
    {
        File.WriteAllBytes(Path, []);
        Assert.Equal(StorageProblem.Missing, Assert.Throws<StorageException>(() => SqliteDatabase.OpenReadOnly(Path, _clock)).Problem);
        SqliteLibrary.Load();
        Execute("PRAGMA journal_mode = WAL");
        Assert.Equal(StorageProblem.Missing, Assert.Throws<StorageException>(() => SqliteDatabase.OpenReadOnly(Path, _clock)).Problem);
    }

    [Fact]
    public void To_look_at_a_database_that_is_not_there_makes_none()
    {
        Assert.Equal(StorageProblem.Missing, Assert.Throws<StorageException>(() => SqliteDatabase.OpenReadOnly(Path, _clock)).Problem);
        Assert.False(File.Exists(Path));
    }

    private void AssertRefused(StorageProblem expected)
    {
        byte[] before = File.ReadAllBytes(Path);
        foreach (Action open in (Action[])[() => SqliteDatabase.Open(Path, _clock).Dispose(), () => SqliteDatabase.OpenReadOnly(Path, _clock).Dispose()])
        {
            StorageException error = Assert.Throws<StorageException>(open);
            Assert.Equal(expected, error.Problem);
            Assert.Contains(Path, error.Message, StringComparison.Ordinal);
            Assert.NotEmpty(error.Hint);
        }
        Assert.Equal(before, File.ReadAllBytes(Path));
    }

    private void Execute(string sql)
    {
        using SqliteConnection connection = new($"Data Source={Path};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
