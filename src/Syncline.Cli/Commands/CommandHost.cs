using System.CommandLine;
using System.CommandLine.Completions;
using Syncline.Composition.Configuration;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;

namespace Syncline.Cli.Commands;

/// <summary>A command whose help shows how it is used.</summary>
internal sealed class ExampledCommand(string name, string description, params IReadOnlyList<string> examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples { get; } = examples;
}

/// <summary>What every command is made with: the surroundings and the options that all of them take.</summary>
internal sealed class CommandHost(Surroundings surroundings)
{
    public Surroundings Surroundings { get; } = surroundings;

    public Option<string?> Config { get; } = new("--config") { Description = "The configuration file; syncline.yaml in this folder when left out.", Recursive = true, HelpName = "FILE" };

    public Option<string?> Data { get; } = new("--data") { Description = "Where the database and the log live; .syncline beside the configuration when left out.", Recursive = true, HelpName = "FOLDER" };

    public Option<bool> Json { get; } = new("--json") { Description = "Answer in JSON on standard output.", Recursive = true };

    /// <summary>A sync's name that may be left out; for most commands where only one is configured.</summary>
    public Argument<string?> SyncArgument(string description = "A sync of the configuration; may be left out when there is only one.")
    {
        Argument<string?> sync = new("SYNC") { Description = description, Arity = ArgumentArity.ZeroOrOne, HelpName = "SYNC" };
        sync.CompletionSources.Add(context => Complete(context, c => c.Syncs.Select(s => s.Name)));
        return sync;
    }

    public Argument<string> ConnectionArgument()
    {
        Argument<string> connection = new("NAME") { Description = "A connection of the configuration.", HelpName = "NAME" };
        connection.CompletionSources.Add(context => Complete(context, c => c.Connections.Select(s => s.Name)));
        return connection;
    }

    /// <summary>A record of the hub, by any of its names.</summary>
    public static Argument<string> RecordArgument() => new("RECORD") { Description = "person/42, or an e-mail address, a LinkedIn address or slug, a domain." };

    public static Option<bool> YesOption() => new("--yes") { Description = "Do not ask." };

    /// <summary>The address under which the world reaches the server, as an option gave it; null where it gave none.</summary>
    /// <exception cref="UsageException">It is no address of the web.</exception>
    public static Uri? PublicUrlOf(string? text) => text switch
    {
        null => null,
        _ when Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out Uri? url) && url.Scheme is "https" or "http" => url,
        _ => throw new UsageException($"'{text}' is no web address.", "Give it as https://syncline.example.com."),
    };

    public Option<string?> ConnectionOption(string description)
    {
        Option<string?> connection = new("--connection") { Description = description, HelpName = "NAME" };
        connection.CompletionSources.Add(context => Complete(context, c => c.Connections.Select(s => s.Name)));
        return connection;
    }

    /// <summary>Gives the command its work. Expected failures are reported and turned into exit codes here, for all commands alike.</summary>
    public void On(ExampledCommand command, Func<Session, CancellationToken, Task<ExitCode>> work) =>
        command.SetAction(async (parsed, cancellationToken) => (int)await Session.RunAsync(this, command.Name, parsed, work, cancellationToken));

    private IEnumerable<CompletionItem> Complete(CompletionContext context, Func<SynclineConfiguration, IEnumerable<string>> names)
    {
        try
        {
            using Workspace workspace = new(Surroundings, context.ParseResult.GetValue(Config), context.ParseResult.GetValue(Data));
            return [.. names(workspace.Configuration).Select(n => new CompletionItem(n))];
        }
        catch (Exception broken) when (ErrorReport.Of(broken) is not null)
        {
            // The shell is in the middle of a line: a configuration that cannot be read offers nothing.
            return [];
        }
    }
}
