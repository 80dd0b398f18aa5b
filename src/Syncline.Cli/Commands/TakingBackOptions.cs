using System.CommandLine;
using Syncline.Composition.Configuration;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;
using Syncline.Storage;
using Syncline.Syncs;

namespace Syncline.Cli.Commands;

/// <summary>How much is taken back: the options that <c>undo</c> and <c>cleanup</c> share.</summary>
internal sealed class TakingBackOptions(string forceDescription)
{
    private readonly Option<bool> _yes = CommandHost.YesOption();
    private readonly Option<bool> _force = new("--force") { Description = forceDescription };

    public void AddTo(Command command)
    {
        command.Add(_yes);
        command.Add(_force);
    }

    /// <exception cref="UsageException">There is nothing that could be taken back, or nothing is to be written.</exception>
    public static SqliteStore StoreOf(Session session)
    {
        if (!session.Workspace.HasDatabase) throw new UsageException("Nothing has run yet.", "'syncline run' runs a sync.");
        session.RefuseDryRun();
        return session.Workspace.Store;
    }

    public bool Confirm(Session session, string question) => session.Confirm(question, session.Parsed.GetValue(_yes));

    /// <param name="take">Given what takes back, and whether people's changes go too.</param>
    public async Task<ExitCode> GoAsync(Session session, Func<TakingBack, bool, CancellationToken, Task<RunRow>> take, CancellationToken cancellationToken) =>
        RunCommand.Conclude(session, await take(new(session.Workspace, session.Terminal, session.Audit), session.Parsed.GetValue(_force), cancellationToken));
}
