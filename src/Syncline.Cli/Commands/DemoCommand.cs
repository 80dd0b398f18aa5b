using System.CommandLine;
using System.Net.Http;
using Syncline.Cli.Demo;
using Syncline.Cli.Report;
using Syncline.Composition.Telling;

namespace Syncline.Cli.Commands;

/// <summary><c>syncline demo</c>.</summary>
internal static class DemoCommand
{
    private const string UsualPage = "syncline-demo.html";

    public static Command Create(CommandHost host)
    {
        Option<int> people = new("--people") { Description = "How many leads the invented inbox has.", DefaultValueFactory = _ => DemoOptions.UsualPeople, HelpName = "N" };
        Option<int> seed = new("--seed") { Description = "The same seed invents the same world.", DefaultValueFactory = _ => 1, HelpName = "N" };
        Option<string> page = new("--report") { Description = "Where the page that shows it all is written.", DefaultValueFactory = _ => UsualPage, HelpName = "FILE" };
        Option<bool> noPage = new("--no-report") { Description = "Write no page." };
        Option<bool> fast = new("--fast") { Description = "Without the providers' limits: seconds instead of most of a minute." };
        ExampledCommand command = new("demo", "See a whole sync, from an empty workspace on, without a key or an account.", "syncline demo", "syncline demo --people 40 --report out.html", "syncline demo --fast --json --no-report") { people, seed, page, noPage, fast };
        host.On(command, async (session, cancellationToken) =>
        {
            int count = session.Parsed.GetValue(people);
            if (count is < 10 or > DemoOptions.MostPeople) throw new UsageException($"--people {count} is out of range.", $"Give a number from 10 to {DemoOptions.MostPeople}.");
            string? file = session.Parsed.GetValue(noPage) ? null : Path.GetFullPath(Path.Combine(session.Surroundings.WorkingFolder, session.Parsed.GetValue(page)!));
            if (file is not null && !Directory.Exists(Path.GetDirectoryName(file))) throw new UsageException($"There is no folder {Path.GetDirectoryName(file)} for the page.", "Make it, or name another file with --report.");
            using DemoFolder folder = DemoFolder.Open(DataFolder(session, host));
            return await ShowAsync(session, new(count, session.Parsed.GetValue(seed), session.Parsed.GetValue(fast), folder.Path), file, cancellationToken);
        });
        return command;
    }

    private static async Task<ExitCode> ShowAsync(Session session, DemoOptions options, string? file, CancellationToken cancellationToken)
    {
        DemoTalk talk = new(session.Terminal, session.IsJson);
        await using DemoSandbox sandbox = await DemoSandbox.StartAsync(options, session.Clock, cancellationToken);
        using HttpMessageHandler handler = session.Surroundings.Http();
        using DemoEngine engine = DemoEngine.Open(options, sandbox.Address, handler, session.Clock);
        RunReport report = await new DemoPlay(sandbox, engine, options, talk, session.Clock).PlayAsync(cancellationToken);
        if (file is not null) await File.WriteAllTextAsync(file, ReportPage.Of(report), cancellationToken);
        if (session.IsJson) session.Terminal.Json(DemoJson.Of(report, file));
        talk.Closing(report, file);
        return report.Checks.All(c => c.IsTrue) ? ExitCode.Done : ExitCode.Failed;
    }

    /// <summary>Null for a temporary one. The demo's invented people must never get into somebody's own hub.</summary>
    private static string? DataFolder(Session session, CommandHost host)
    {
        if (session.Parsed.GetValue(host.Data) is not { } named) return null;
        string folder = Path.GetFullPath(Path.Combine(session.Surroundings.WorkingFolder, named));
        return File.Exists(Path.Combine(folder, "hub.db")) ? throw new UsageException($"{folder} holds a hub already.", "Name a folder that is empty or not there: the demo fills it with invented people.") : folder;
    }
}
