using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;

namespace Syncline.Cli.Commands;

/// <summary>All commands, and the way into them.</summary>
internal static class CommandTree
{
    // A run that is stopped waits for the calls that are under way, so that none is left without its outcome.
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(60);

    public static RootCommand Create(Surroundings surroundings)
    {
        CommandHost host = new(surroundings);
        RootCommand root = new("Keeps a go-to-market stack in step: one local record per real person, written everywhere else once.")
        {
            InitCommand.Create(host), ConnectCommand.Create(host), ConnectCommand.CreateDisconnect(host), DoctorCommand.Create(host),
            PlanCommand.Create(host), RunCommand.Create(host), AuditCommand.Create(host),
            BrowseCommand.Create(host), ImportCommand.Create(host), ExportCommand.Create(host),
            EnrichCommand.Create(host), ContactsCommand.Create(host), LeadsCommand.Create(host),
            StatusCommand.Create(host), RunsCommand.Create(host), ShowCommand.Create(host), WhyCommand.Create(host), FailuresCommand.Create(host), DuplicatesCommand.Create(host),
            MergeCommand.Create(host), SplitCommand.Create(host), ConflictsCommand.Create(host), OverrideCommand.Create(host),
            UndoCommand.Create(host), CleanupCommand.Create(host),
            ServeCommand.Create(host), BackupCommand.Create(host), BackupCommand.CreateRestore(host), SandboxCommand.Create(host), DemoCommand.Create(host), CompletionCommand.Create(host),
        };
        foreach (Option option in new Option[] { host.Config, host.Data, host.Json }) root.Options.Add(option);
        foreach (HelpOption help in root.Options.OfType<HelpOption>()) help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return root;
    }

    public static async Task<int> InvokeAsync(Surroundings surroundings, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        ParseResult parsed = Create(surroundings).Parse(arguments);
        if (parsed.Action is ParseErrorAction mistake) mistake.ShowHelp = false;
        InvocationConfiguration invocation = new()
        {
            // What is said about a mistyped command line is talk, the nearest names included.
            Output = parsed.Action is ParseErrorAction ? surroundings.Terminal.Error : surroundings.Terminal.Out,
            Error = surroundings.Terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = StopPatience,
        };
        int code = await parsed.InvokeAsync(invocation, cancellationToken);
        return parsed.Action is ParseErrorAction ? (int)ExitCode.Usage : code;
    }

    /// <summary>The usual help, then the command's examples.</summary>
    private sealed class HelpWithExamples(HelpAction usual) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            int code = usual.Invoke(parseResult);
            if (parseResult.CommandResult.Command is not ExampledCommand { Examples.Count: > 0 } command) return code;
            TextWriter output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (string example in command.Examples) output.WriteLine("  " + example);
            output.WriteLine();
            return code;
        }
    }
}
