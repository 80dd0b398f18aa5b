using System.CommandLine;
using Syncline.Composition.Configuration;
using Syncline.Composition.Logging;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;

namespace Syncline.Cli.Commands;

/// <summary>One invocation of a command.</summary>
internal sealed class Session : IDisposable
{
    private readonly Lazy<Workspace> _workspace;
    private readonly Lazy<AuditTrail> _audit;

    private Session(CommandHost host, ParseResult parsed)
    {
        Parsed = parsed;
        Surroundings = host.Surroundings;
        IsJson = parsed.GetValue(host.Json);
        _workspace = new(() => new(host.Surroundings, parsed.GetValue(host.Config), parsed.GetValue(host.Data)));
        _audit = new(() => OpenAudit(usesConfiguration: true));
    }

    public ParseResult Parsed { get; }

    public Surroundings Surroundings { get; }

    public Terminal Terminal => Surroundings.Terminal;

    public TimeProvider Clock => Surroundings.Clock;

    public bool IsJson { get; }

    public Workspace Workspace => _workspace.Value;

    public AuditTrail Audit => _audit.Value;

    public static async Task<ExitCode> RunAsync(CommandHost host, string command, ParseResult parsed, Func<Session, CancellationToken, Task<ExitCode>> work, CancellationToken cancellationToken)
    {
        using Session session = new(host, parsed);
        try
        {
            return await work(session, cancellationToken);
        }
        catch (Exception failure) when (ErrorReport.Of(failure) is { } report)
        {
            if (report.Code == ExitCode.Failed) session.Log(audit => audit.Failed(command, report));
            report.Show(session.Terminal, session.IsJson);
            return report.Code;
        }
        catch (Exception failure)
        {
            string log = session.Log(audit => audit.Broke(command, failure)) ?? "(no log could be written)";
            ErrorReport.Unexpected(failure, log).Show(session.Terminal, session.IsJson);
            return ExitCode.Failed;
        }
    }

    /// <summary>Says what is doubtful in the configuration; for commands that act on it.</summary>
    public void Warn()
    {
        foreach (Problem warning in Workspace.Configuration.Warnings) Terminal.Say("Note: " + ConfigurationException.Line(Workspace.Configuration.File, warning));
    }

    /// <summary>Asks, unless <c>--yes</c> was given.</summary>
    /// <exception cref="UsageException">Nobody can be asked.</exception>
    public bool Confirm(string question, bool isGranted)
    {
        if (isGranted) return true;
        if (!Terminal.CanAsk) throw new UsageException($"{question} Nobody can be asked here.", "Add --yes to go on without a question.");
        return Terminal.Confirm(question);
    }

    /// <summary>For commands that write and cannot be planned: what is set to write nothing writes nothing.</summary>
    /// <exception cref="UsageException"><c>AT_DRY_RUN</c> is set.</exception>
    public void RefuseDryRun()
    {
        if (Workspace.ConfigurationOrNone.Defaults.IsDryRun) throw new UsageException("AT_DRY_RUN is set, and this command writes.", "Unset AT_DRY_RUN, in the environment or in .env, and run the command again.");
    }

    public void Dispose()
    {
        if (_audit.IsValueCreated) _audit.Value.Dispose();
        if (_workspace.IsValueCreated) _workspace.Value.Dispose();
    }

    /// <summary>Writes to the log where there is a data folder already; a failed command makes none. Null when it could not be written.</summary>
    private string? Log(Action<AuditTrail> write)
    {
        try
        {
            if (!Directory.Exists(Workspace.DataFolder)) return null;
            using AuditTrail audit = OpenAudit(usesConfiguration: false);
            write(audit);
            return audit.File;
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException or UsageException)
        {
            // The failure itself is being reported; a log that cannot be written must not hide it.
            return null;
        }
    }

    private AuditTrail OpenAudit(bool usesConfiguration)
    {
        LogConfiguration log = usesConfiguration || Workspace.HasReadConfiguration ? Workspace.ConfigurationOrNone.Log : new(null);
        string file = log.File is { } named ? Path.GetFullPath(Path.Combine(Workspace.Folder, named)) : Path.Combine(Workspace.DataFolder, "logs", "syncline.log");
        return new(new(file, log.MaxBytes, log.Keep), Clock);
    }
}
