using System.Globalization;
using System.Reflection;

namespace Syncline.Storage.Sqlite;

/// <summary>Brings a database to this program's version, one transaction a step.</summary>
internal static class SqliteMigrations
{
    /// <summary>"Sync" in ASCII, in the file's header: tells our databases from those of other programs.</summary>
    public const long ApplicationId = 0x53796e63;

    private const string NameLetters = "abcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly (long Version, string Resource)[] Steps = [.. Find().OrderBy(s => s.Version)];

    public static long Latest => Steps[^1].Version;

    /// <summary>Looks at an existing file without a chance to change it: its version, 0 when it is empty still.</summary>
    /// <exception cref="StorageException">When it is not ours, damaged, or of a newer version.</exception>
    public static long Check(SqliteHandle onlooker)
    {
        long application = onlooker.Number("PRAGMA application_id");
        if (application == 0 && onlooker.Number("SELECT COUNT(*) FROM sqlite_master") == 0) return 0;
        if (application != ApplicationId) throw Foreign(onlooker.Path);
        long version = VersionOf(onlooker);
        if (version == 0) throw SqliteErrors.Damaged(onlooker.Path, null);
        return version <= Latest ? version : throw Newer(onlooker.Path, version);
    }

    public static void Apply(SqliteHandle writer, TimeProvider clock, Random random)
    {
        foreach ((long version, string resource) in Steps)
        {
            if (VersionOf(writer) < version) Apply(writer, version, resource, clock, random);
        }
    }

    private static void Apply(SqliteHandle writer, long version, string resource, TimeProvider clock, Random random)
    {
        writer.Run("BEGIN IMMEDIATE");
        try
        {
            // Another process may have been quicker.
            if (VersionOf(writer) < version) Execute(writer, version, resource, clock, random);
            writer.Commit();
        }
        finally
        {
            writer.RollBack();
        }
    }

    private static void Execute(SqliteHandle writer, long version, string resource, TimeProvider clock, Random random)
    {
        writer.Run(TextOf(resource));
        writer.Run(string.Create(CultureInfo.InvariantCulture, $"INSERT INTO schema_version (version, applied_at) VALUES ({version}, {clock.GetUtcNow().ToUnixTimeMilliseconds()})"));
        if (version > 1) return;
        writer.Run(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}"));
        writer.Run($"INSERT INTO hub (name) VALUES ('{NewName(random)}')");
    }

    private static long VersionOf(SqliteHandle handle) =>
        handle.Number("SELECT COUNT(*) FROM sqlite_master WHERE name = 'schema_version'") == 0 ? 0 : handle.Number("SELECT MAX(version) FROM schema_version");

    private static string NewName(Random random) => new([.. Enumerable.Range(0, 6).Select(_ => NameLetters[random.Next(NameLetters.Length)])]);

    private static IEnumerable<(long Version, string Resource)> Find()
    {
        const string prefix = "Syncline.Storage.Migrations.";
        return Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(n => n.StartsWith(prefix, StringComparison.Ordinal) && n.EndsWith(".sqlite.sql", StringComparison.Ordinal))
            .Select(n => (long.Parse(n.AsSpan(prefix.Length, 4), CultureInfo.InvariantCulture), n));
    }

    private static string TextOf(string resource)
    {
        using StreamReader reader = new(Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }

    private static StorageException Foreign(string path) =>
        new(StorageProblem.Foreign, $"The file {path} is a database of another program.") { Hint = "It was left as it is. Choose another folder with --data." };

    private static StorageException Newer(string path, long version) =>
        new(StorageProblem.Newer, $"The database {path} has version {version}; this program knows versions up to {Latest}.") { Hint = "It was left as it is. A newer Syncline made it: use that one, or choose another folder with --data." };
}
