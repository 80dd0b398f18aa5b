using System.CommandLine;
using Syncline.Cli.Output;
using Syncline.Composition.Configuration;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;
using Syncline.Extraction;
using Syncline.Records;
using Syncline.Syncs;

namespace Syncline.Cli.Commands;

/// <summary><c>syncline run</c>.</summary>
internal static class RunCommand
{
    public static Command Create(CommandHost host)
    {
        ReadingOptions reading = new(host);
        Option<bool> retry = new("--retry-failures") { Description = "Try every dead letter again, due or not." };
        Option<string[]> records = new("--record") { Description = "Read only this record again, as connection/stream/id, and write what comes of it. May be given several times.", HelpName = "PLACE" };
        ExampledCommand command = new(
            "run", "Run a sync to its end.",
            "syncline run linkedin-to-attio",
            "syncline run linkedin-to-attio --limit 10",
            "syncline run linkedin-to-attio --full --json",
            "syncline run attio-to-quo --record attio/people/5f0c");
        reading.AddTo(command);
        command.Add(retry);
        command.Add(records);
        host.On(command, async (session, cancellationToken) =>
        {
            (SyncConfiguration chosen, RunOptions options) = reading.Read(session);
            Hint[] hints = [.. (session.Parsed.GetValue(records) ?? []).Select(text => new Hint(PlaceName.Read(text)))];
            options = options with { RetriesAll = session.Parsed.GetValue(retry), Hints = Known(session, chosen, hints) };
            if (session.Workspace.Configuration.Defaults.IsDryRun)
            {
                session.Terminal.Say("AT_DRY_RUN is set: this is a plan, nothing is written.");
                return await PlanCommand.PlanAsync(session, chosen, options, null, cancellationToken);
            }
            return await RunAsync(session, chosen, options, cancellationToken);
        });
        return command;
    }

    /// <exception cref="UsageException">A place that this sync does not read, or of which single records cannot be read.</exception>
    private static Hint[] Known(Session session, SyncConfiguration sync, Hint[] hints)
    {
        if (hints.Length == 0) return hints;
        string[] streams = [.. session.Workspace.EndsOf(sync).Sources.OfType<IPointSource>().Select(s => s.Stream.Id.ToString())];
        if (hints.FirstOrDefault(h => !streams.Contains(new StreamId(h.Key.Connection, h.Key.Stream).ToString())) is not { } foreign) return hints;
        throw new UsageException($"Sync '{sync.Name}' cannot read the single record {foreign.Key}.", streams.Length == 0 ? "None of what it reads can be read record by record." : $"It can read single records of {string.Join(", ", streams)}.");
    }

    public static async Task<ExitCode> RunAsync(Session session, SyncConfiguration sync, RunOptions options, CancellationToken cancellationToken)
    {
        RunRow run = await new SyncExecution(session.Workspace, session.Terminal, session.Audit).RunAsync(sync, options, cancellationToken);
        ExitCode code = Conclude(session, run);
        // Not one of the records that were named is there: what was asked for has not been done.
        if (code == ExitCode.Done && options.Hints.Count > 0 && run.Tally.Seen == 0) code = ExitCode.Failed;
        await BatchNote.SayAsync(session.Workspace, session.Terminal, sync, cancellationToken);
        return code;
    }

    /// <summary>Shows what a run came to, and what the shell is told.</summary>
    public static ExitCode Conclude(Session session, RunRow run)
    {
        if (session.IsJson) session.Terminal.Json(RunJson.Of(run));
        else session.Terminal.Out.WriteLine($"Run {run.Id} of {run.Sync}: {Tables.Word(run.State)}. {Tables.Summary(run.Tally)}.");
        if (run.Detail is not null) session.Terminal.Say(run.Detail);
        if (run.State == RunState.DoneWithDeadLetters) session.Terminal.Say($"'syncline failures --sync \"{run.Sync}\"' lists what was set aside, and why.");
        return run.State switch
        {
            RunState.Done => ExitCode.Done,
            RunState.DoneWithDeadLetters => ExitCode.DoneWithDeadLetters,
            _ => ExitCode.Failed,
        };
    }
}

/// <summary>What is read, and how much of it: the arguments that <c>run</c> and <c>plan</c> share.</summary>
internal sealed class ReadingOptions(CommandHost host)
{
    private readonly Argument<string?> _sync = host.SyncArgument();
    private readonly Option<bool> _full = new("--full") { Description = "Read and compare everything, not only what changed." };
    private readonly Option<int?> _limit = Count.Option("--limit", "Stop reading after so many people.");
    private readonly Option<int?> _maxPages = Count.Option("--max-pages", "Stop reading after so many pages.");

    public void AddTo(Command command)
    {
        command.Add(_sync);
        foreach (Option option in new Option[] { _full, _limit, _maxPages }) command.Add(option);
    }

    /// <summary>The sync that is meant, after a word on what is doubtful in the configuration, and how it is to go.</summary>
    public (SyncConfiguration Sync, RunOptions Options) Read(Session session)
    {
        session.Warn();
        SyncConfiguration sync = session.Workspace.FindSync(session.Parsed.GetValue(_sync));
        return (sync, OptionsOf(session.Parsed, sync, session.Workspace.Configuration.Defaults, session.Workspace.Configuration.Enrichment));
    }

    /// <summary>The command line goes before the environment, the environment before the configuration.</summary>
    private RunOptions OptionsOf(ParseResult parsed, SyncConfiguration sync, RunDefaults defaults, EnrichmentConfiguration enrichment) => new()
    {
        IsFull = parsed.GetValue(_full) || defaults.IsFull || sync.IsFull,
        MaxRecords = parsed.GetValue(_limit) ?? defaults.Limit ?? sync.Limit,
        Enriches = enrichment.OnImport,
        MaxPages = parsed.GetValue(_maxPages) ?? defaults.MaxPages ?? sync.MaxPages,
    };
}
