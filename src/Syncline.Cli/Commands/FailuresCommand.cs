using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;
using Syncline.Composition.Configuration;
using Syncline.Composition.Telling;
using Syncline.Loading;

namespace Syncline.Cli.Commands;

/// <summary><c>syncline failures</c> and <c>syncline failures retry</c>.</summary>
internal static class FailuresCommand
{
    private const int Most = 1000;

    public static Command Create(CommandHost host)
    {
        Option<string?> sync = new("--sync") { Description = "Only those of this sync.", HelpName = "SYNC" };
        Option<bool> skipped = new("--skipped") { Description = "List what was left out by rule instead, such as group chats." };
        ExampledCommand command = new(
            "failures", "List the records that were set aside, each with its reason.",
            "syncline failures",
            "syncline failures --sync linkedin-to-attio --json",
            "syncline failures retry linkedin-to-attio") { sync, skipped, Retry(host) };
        host.On(command, async (session, cancellationToken) =>
        {
            IReadOnlyList<DeadLetter> letters = await session.Workspace.Looking.Journal.DeadLettersAsync(session.Parsed.GetValue(sync), session.Parsed.GetValue(skipped), Most, cancellationToken);
            if (letters.Count == Most) session.Terminal.Say($"These are the newest {Tables.Number(Most)}; there may be more.");
            if (session.IsJson) session.Terminal.Json(new JsonArray([.. letters.Select(RunJson.Of)]));
            else Show(session.Terminal, letters);
            return ExitCode.Done;
        });
        return command;
    }

    private static ExampledCommand Retry(CommandHost host)
    {
        Argument<string?> sync = host.SyncArgument();
        ExampledCommand command = new(
            "retry", "Try every dead letter of a sync again, due or not. Reads no source.",
            "syncline failures retry linkedin-to-attio") { sync };
        host.On(command, async (session, cancellationToken) =>
        {
            SyncConfiguration chosen = session.Workspace.FindSync(session.Parsed.GetValue(sync));
            session.RefuseDryRun();
            return await RunCommand.RunAsync(session, chosen, new() { RetriesAll = true, OnlyOutbound = true }, cancellationToken);
        });
        return command;
    }

    private static void Show(Terminal terminal, IReadOnlyList<DeadLetter> letters)
    {
        if (letters.Count == 0)
        {
            terminal.Out.WriteLine("None.");
            return;
        }
        Table table = Tables.Of("Sync", "Subject", "Where", "Code", "Reason", "Tries", "Next try");
        foreach (DeadLetter letter in letters)
        {
            table.Row(letter.Key.Sync, letter.Key.Subject, $"{letter.Key.Connection}, {letter.Stage}", letter.Code, letter.Reason, Tables.Number(letter.Attempts), letter.RetryAt is null ? "by hand" : Tables.Time(letter.RetryAt));
        }
        terminal.Show(table);
    }
}
