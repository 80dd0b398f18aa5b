using System.Globalization;
using Spectre.Console;
using Syncline.Cli.Report;
using Syncline.Composition.Telling;
using Syncline.Syncs;

namespace Syncline.Cli.Demo;

/// <summary>What the demo says on the way. With <c>--json</c> only the progress is told, beside the data.</summary>
internal sealed class DemoTalk(Terminal terminal, bool isJson)
{
    private const int BodyWidth = 90;

    public void Opening(DemoSandbox sandbox, DemoOptions options, IReadOnlyList<string> made)
    {
        terminal.Say($"HeyReach and Attio are simulated at {sandbox.Address} with {Tables.Number(options.People)} invented leads (seed {options.Seed.ToString(CultureInfo.InvariantCulture)}).");
        terminal.Say($"Attio was as a new workspace is, with {Tables.Number(sandbox.TypedIn.Count)} people typed in by hand; the doctor has made the {Tables.Number(made.Count)} objects, attributes and options that were missing.");
    }

    public Task<RunRow> WatchAsync(string name, RunGauge gauge, Func<Action<RunProgress>, CancellationToken, Task<RunRow>> run, TimeProvider clock, CancellationToken cancellationToken)
    {
        terminal.Say(name);
        return new RunDisplay(terminal, () => gauge, clock).ShowAsync(run, cancellationToken);
    }

    public void AfterFirst(RunReport report)
    {
        if (isJson) return;
        RunFigures run = report.Runs[0];
        Run(run);
        Table figures = Tables.Of("Created", "Updated", "Linked", "Skipped", "Set aside", "Reads", "Writes", "Seconds", "Floor", "Ratio", "Refused (429)");
        terminal.Show(figures.Row(
            Tables.Number(run.Tally.Created), Tables.Number(run.Tally.Updated), Tables.Number(run.Tally.Linked), Tables.Number(run.Tally.Skipped), Tables.Number(run.Tally.DeadLetters),
            Tables.Number(run.Reads), Tables.Number(run.Writes), Decimal(run.Seconds, "0.0"), Decimal(run.FloorSeconds, "0.0"), Decimal(run.Ratio, "0.00"), Tables.Number(report.Pace!.Refused)));
        Tell(report.Person!);
        Tell(report.Message!);
        foreach (IGrouping<string, SetAside> alike in report.SetAside.GroupBy(a => a.Code)) terminal.Out.WriteLine($"{(alike.First().IsSkip ? "Skipped" : "Set aside")}, {Tables.Number(alike.Count())} × {alike.Key}: {alike.First().Reason}");
    }

    public void Life(IReadOnlyList<LifeEvent> events)
    {
        if (isJson) return;
        terminal.Out.WriteLine();
        terminal.Out.WriteLine("Meanwhile:");
        foreach (LifeEvent happened in events) terminal.Out.WriteLine($"  {happened.Where}: {happened.What}");
    }

    public void Run(RunFigures run)
    {
        if (isJson) return;
        terminal.Out.WriteLine($"{run.Name}: {Tables.Summary(run.Tally)}; {Tables.Number(run.Writes)} writes, {Tables.Number(run.Reads)} reads, {Decimal(run.Seconds, "0.0")} s.");
    }

    /// <summary>The verdict, and where the page is.</summary>
    public void Closing(RunReport report, string? page)
    {
        if (!isJson)
        {
            Table checks = Tables.Of("", "Looked up at the providers", "Expected", "Found");
            foreach (Check check in report.Checks) checks.Row(check.IsTrue ? "true" : "FALSE", check.What, check.Expected, check.Found);
            terminal.Out.WriteLine();
            terminal.Show(checks);
            if (page is not null) terminal.Out.WriteLine($"All of this as a page: {page}");
        }
        foreach (Check check in report.Checks.Where(c => !c.IsTrue)) terminal.Say($"Not as it should be: {check.What}: expected {check.Expected}, found {check.Found}.");
    }

    private void Tell(PersonStory person)
    {
        terminal.Out.WriteLine($"{person.Name} in Attio, before and after{(person.WasThere ? " (somebody had typed this person in)" : " (was not there)")}:");
        Table fields = Tables.Of("Attribute", "Before", "After", "From", "Rule");
        foreach (FieldStory field in person.Fields) fields.Row(field.Attribute, field.Before ?? "–", field.After ?? "–", field.Source, field.Rule);
        terminal.Show(fields);
    }

    private void Tell(MessageStory message)
    {
        string body = message.Body.ReplaceLineEndings(" ");
        terminal.Out.WriteLine($"One message: {message.Direction}, {Tables.Time(message.SentAt)}: \"{(body.Length > BodyWidth ? body[..BodyWidth] + "…" : body)}\"");
        terminal.Out.WriteLine($"  message {message.RecordId} names {message.PersonName}: {YesNo(message.NamesPerson)}; {message.PersonName} ({message.PersonId}) lists the message: {YesNo(message.ListedByPerson)}");
    }

    private static string YesNo(bool isSo) => isSo ? "yes" : "no";

    private static string Decimal(double? number, string format) => number?.ToString(format, CultureInfo.InvariantCulture) ?? "–";
}
