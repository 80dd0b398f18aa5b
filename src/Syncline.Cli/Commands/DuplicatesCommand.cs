using System.CommandLine;
using Syncline.Cli.Output;
using Syncline.Composition.Configuration;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;
using Syncline.Loading;
using Syncline.Matching;
using Syncline.Planning;
using Syncline.Records;
using Syncline.Storage;

namespace Syncline.Cli.Commands;

/// <summary><c>syncline duplicates</c>.</summary>
internal static class DuplicatesCommand
{
    // A shared mailbox may stand for thousands of rows: the first ones show why.
    private const int ShownRecords = 20;

    public static Command Create(CommandHost host)
    {
        Argument<string?> sync = host.SyncArgument("Only what this sync reads, and its open questions.");
        Option<string?> connection = host.ConnectionOption("Only records of this connection or import.");
        Option<string?> kind = new("--kind") { Description = "Only this kind of record.", HelpName = "KIND" };
        kind.AcceptOnlyFromAmong([.. Keys.Kinds]);
        ExampledCommand command = new(
            "duplicates", "Show what was unified and by which keys, and which identities wait for a decision. Asks no provider.",
            "syncline duplicates",
            "syncline duplicates linkedin-to-attio --kind person",
            "syncline duplicates --connection crm-export --json") { sync, connection, kind };
        host.On(command, async (session, cancellationToken) =>
        {
            SyncConfiguration? chosen = session.Parsed.GetValue(sync) is { } name ? session.Workspace.FindSync(name) : null;
            RecordKind? only = session.Parsed.GetValue(kind) is { } about ? new RecordKind(about) : null;
            string? of = session.Parsed.GetValue(connection);
            IUnifications unifications = session.Workspace.Looking.Unifications;
            UnifiedScope scope = new(Scope(await unifications.SourcesAsync(cancellationToken), chosen, of, session.Workspace), only);
            return await ReportAsync(session, unifications, scope, unifications.ProblemsAsync(chosen?.Name, of, only, cancellationToken), cancellationToken);
        });
        return command;
    }

    /// <summary>The source connections that are meant.</summary>
    private static string[] Scope(IReadOnlyList<string> read, SyncConfiguration? sync, string? connection, Workspace workspace)
    {
        string[] known = [.. read.Union(workspace.ConfigurationOrNone.Connections.Select(c => c.Name))];
        if (connection is not null && !known.Contains(connection)) throw new UsageException($"There is no connection '{connection}'.", Suggestion.For(connection, known).Trim());
        bool takesAll = sync is null || sync.From.Contains(SyncScope.WholeHub);
        return [.. read.Where(name => (connection is null || name == connection) && (takesAll || sync!.From.Contains(name)))];
    }

    private static async Task<ExitCode> ReportAsync(Session session, IUnifications unifications, UnifiedScope scope, IAsyncEnumerable<DeadLetter> problems, CancellationToken cancellationToken)
    {
        IReadOnlyList<KindCount> counts = await unifications.CountAsync(scope, cancellationToken);
        using IDuplicatesReport report = session.IsJson ? new DuplicatesJson(session.Terminal) : new DuplicatesText(session.Terminal);
        report.Begin(counts);
        await foreach (Unification one in unifications.ListAsync(scope, ShownRecords, cancellationToken))
        {
            report.Add(one, await NameOfAsync(session.Workspace.Looking, one.GoldenId, cancellationToken));
            if (!report.TakesUnified) break;
        }
        ExitCode code = ExitCode.Done;
        await foreach (DeadLetter letter in problems)
        {
            report.Add(letter);
            code = ExitCode.DoneWithDeadLetters;
        }
        report.End();
        return code;
    }

    private static async Task<string> NameOfAsync(SqliteStore store, long goldenId, CancellationToken cancellationToken) =>
        (await store.Hub.LoadAsync([goldenId], cancellationToken)).GetValueOrDefault(goldenId) is { } golden ? RecordName.Of(golden.Fields) : "";
}
