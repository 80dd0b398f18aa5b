using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Syncline.Storage;

namespace Syncline.Bench.Children;

/// <summary>What SQLite alone needs for the rows of a file: once as one plain table, once as the rows that an import of it left in the hub.</summary>
internal static class BulkInsert
{
    private const int RowsACommit = 250;

    private static readonly string[] HubTables = ["golden", "relation", "link", "identity_key", "feed", "dead_letter", "cursor", "run"];

    /// <summary>Prints both in seconds.</summary>
    public static void Run(string file, string hub, string folder)
    {
        string copy = Path.Combine(folder, "copy.db");
        // Makes the hub's tables and indices, and binds the library.
        using (SqliteDatabase.Open(copy, TimeProvider.System)) { }
        Stopwatch watch = Stopwatch.StartNew();
        Plain(file, Path.Combine(folder, "plain.db"));
        double plain = watch.Elapsed.TotalSeconds;
        watch.Restart();
        Copy(hub, copy);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{plain} {watch.Elapsed.TotalSeconds}"));
    }

    /// <summary>The file has no quotes: its lines are split at their commas.</summary>
    private static void Plain(string file, string database)
    {
        using SqliteConnection connection = Open(database);
        int columns = File.ReadLines(file).First().Split(',').Length;
        Execute(connection, $"CREATE TABLE person ({string.Join(", ", Enumerable.Range(0, columns).Select(c => $"c{c} TEXT{(c == 2 ? " UNIQUE" : "")}"))})");
        using SqliteCommand insert = connection.CreateCommand();
        insert.CommandText = $"INSERT INTO person VALUES ({string.Join(", ", Enumerable.Range(0, columns).Select(c => $"@c{c}"))})";
        for (int c = 0; c < columns; c++) insert.Parameters.Add(new($"@c{c}", ""));
        foreach (string[] lines in File.ReadLines(file).Skip(1).Chunk(RowsACommit))
        {
            using SqliteTransaction transaction = connection.BeginTransaction();
            insert.Transaction = transaction;
            foreach (string line in lines)
            {
                foreach ((int c, string cell) in line.Split(',').Index()) insert.Parameters[c].Value = cell;
                insert.ExecuteNonQuery();
            }
            transaction.Commit();
        }
    }

    private static void Copy(string hub, string into)
    {
        using SqliteConnection connection = Open(into);
        Execute(connection, $"ATTACH '{hub}' AS hub");
        foreach (string table in HubTables) Execute(connection, $"INSERT INTO main.{table} SELECT * FROM hub.{table}");
    }

    private static SqliteConnection Open(string database)
    {
        SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = database, Pooling = false }.ToString());
        connection.Open();
        Execute(connection, "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
