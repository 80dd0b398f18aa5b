using System.CommandLine;
using System.Text.Json.Nodes;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;
using Syncline.Storage;

namespace Syncline.Cli.Commands;

/// <summary><c>syncline backup</c> and <c>syncline restore</c>.</summary>
internal static class BackupCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string> file = new("FILE") { Description = "Where the copy goes; nothing may be there yet." };
        ExampledCommand command = new(
            "backup", "Copy the database, whole and checked, also while a server or a run works with it.",
            "syncline backup hub-2026-11-22.db",
            "syncline backup /var/backups/hub.db --json") { file };
        host.On(command, async (session, cancellationToken) =>
        {
            if (!session.Workspace.HasDatabase) throw new UsageException($"There is no database at {session.Workspace.DatabaseFile}.", "Say with --data where it is.");
            string path = PathOf(session, session.Parsed.GetRequiredValue(file));
            await session.Workspace.Looking.Database.BackupAsync(path, cancellationToken);
            DatabaseFacts facts = await SqliteDatabase.VerifyAsync(path, cancellationToken);
            Tell(session, path, facts, $"Copied and checked: {path}. Keep {Path.Combine(session.Workspace.DataFolder, "protection.pfx")} as well, and elsewhere: without it the copy opens no stored credential.");
            return ExitCode.Done;
        });
        return command;
    }

    public static Command CreateRestore(CommandHost host)
    {
        Argument<string> file = new("FILE") { Description = "A copy that 'syncline backup' made." };
        Option<bool> yes = CommandHost.YesOption();
        ExampledCommand command = new(
            "restore", "Put a copy in the place of the database; the one that is there now is kept beside it.",
            "syncline restore hub-2026-11-22.db",
            "syncline restore hub-2026-11-22.db --yes") { file, yes };
        host.On(command, async (session, cancellationToken) =>
        {
            string path = PathOf(session, session.Parsed.GetRequiredValue(file)), database = session.Workspace.DatabaseFile;
            DatabaseFacts facts = await SqliteDatabase.VerifyAsync(path, cancellationToken);
            using IDisposable claim = ServerClaim.Take(session.Workspace.DataFolder);
            if (!session.Confirm($"Put {path} in the place of {database}? What was synced after that copy is then looked up at the providers again.", session.Parsed.GetValue(yes))) return ExitCode.Failed;
            string? kept = Replace(path, database, session.Clock.GetUtcNow());
            Tell(session, database, facts, kept is null ? $"Restored: {database}." : $"Restored: {database}. What was there is kept as {kept}.");
            return ExitCode.Done;
        });
        return command;
    }

    /// <returns>Where the former database is kept; null where there was none.</returns>
    private static string? Replace(string copy, string database, DateTimeOffset now)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(database)!);
        string arriving = database + ".restoring";
        File.Copy(copy, arriving, overwrite: true);
        string? kept = File.Exists(database) ? $"{database}.before-{now:yyyyMMddTHHmmss}" : null;
        if (kept is not null)
        {
            // Its log goes with it: pages that were not written back yet are in there.
            foreach (string end in new[] { "", "-wal", "-shm" }.Where(end => File.Exists(database + end))) File.Move(database + end, kept + end);
        }
        File.Move(arriving, database);
        return kept;
    }

    private static string PathOf(Session session, string file) => Path.GetFullPath(Path.Combine(session.Surroundings.WorkingFolder, file));

    private static void Tell(Session session, string path, DatabaseFacts facts, string line)
    {
        if (session.IsJson) session.Terminal.Json(new JsonObject { ["file"] = path, ["hub"] = facts.HubName, ["schema"] = facts.SchemaVersion });
        else session.Terminal.Out.WriteLine(line);
    }
}
