using System.CommandLine;
using System.Text.Json.Nodes;
using Syncline.Composition.Telling;
using Syncline.Connectors;
using Syncline.Limits;

namespace Syncline.Cli.Commands;

/// <summary><c>syncline connect</c>.</summary>
internal static class ConnectCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string> name = host.ConnectionArgument();
        ExampledCommand command = new(
            "connect", "Test a connection's credential with one call.",
            "syncline connect attio",
            "syncline connect heyreach --json") { name };
        host.On(command, async (session, cancellationToken) =>
        {
            session.Warn();
            if (!session.Workspace.HasDatabase) session.Workspace.PaceWith(new LocalRateLedger());
            string connection = session.Parsed.GetRequiredValue(name);
            Finding finding = await session.Workspace.Open(connection).Doctor.TestAsync(cancellationToken);
            if (session.IsJson) session.Terminal.Json(Findings.Json(connection, finding));
            else session.Terminal.Out.WriteLine($"{connection}: {finding.Message}{(finding.Remedy is null ? "" : " " + finding.Remedy)}");
            return finding.Severity == Severity.Error ? ExitCode.Failed : ExitCode.Done;
        });
        return command;
    }
}

/// <summary>What the doctor found, shown.</summary>
internal static class Findings
{
    public static JsonObject Json(string connection, Finding finding) => new()
    {
        ["connection"] = connection,
        ["severity"] = Word(finding.Severity),
        ["subject"] = finding.Subject,
        ["message"] = finding.Message,
        ["remedy"] = finding.Remedy,
        ["fix"] = finding.FixDescription,
    };

    public static string Word(Severity severity) => severity switch
    {
        Severity.Good => "good",
        Severity.Advice => "advice",
        Severity.Warning => "warning",
        _ => "error",
    };
}
