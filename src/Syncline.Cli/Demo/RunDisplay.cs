using Spectre.Console;
using Spectre.Console.Rendering;
using Syncline.Composition.Telling;
using Syncline.Syncs;

namespace Syncline.Cli.Demo;

/// <summary>Shows a run while it goes: a bar on a screen, a line every two seconds elsewhere.</summary>
internal sealed class RunDisplay(Terminal terminal, Func<RunGauge> gaugeOfARun, TimeProvider clock)
{
    private static readonly TimeSpan LiveEvery = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan PlainEvery = TimeSpan.FromSeconds(2);

    public async Task<RunRow> ShowAsync(Func<Action<RunProgress>, CancellationToken, Task<RunRow>> run, CancellationToken cancellationToken)
    {
        RunGauge gauge = gaugeOfARun();
        Task<RunRow> running = run(gauge.Report, cancellationToken);
        if (terminal.IsLive) await ShowBarAsync(gauge, running);
        else await ShowLinesAsync(gauge, running);
        return await running;
    }

    private async Task ShowLinesAsync(RunGauge gauge, Task running)
    {
        while (await Task.WhenAny(running, Task.Delay(PlainEvery, clock)) != running)
        {
            Reading reading = gauge.Read();
            terminal.Say($"  {reading.Verb()}  {reading.Figures()}");
        }
    }

    private Task ShowBarAsync(RunGauge gauge, Task running)
    {
        IAnsiConsole console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(terminal.Error), ColorSystem = terminal.HasColour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors });
        Reading reading = gauge.Read();
        Progress progress = console.Progress().AutoClear(true).HideCompleted(false).Columns(
            new SpinnerColumn(Spinner.Known.Dots), new TextOf(() => reading.Verb()), new ProgressBarColumn { Width = 30 }, new TextOf(() => reading.Figures()));
        return progress.StartAsync(async context =>
        {
            ProgressTask bar = context.AddTask("run");
            do
            {
                reading = gauge.Read();
                bar.IsIndeterminate = reading.Total is null;
                bar.MaxValue = Math.Max(1, reading.Total ?? 1);
                bar.Value = reading.Total is null ? 0 : reading.Done;
            }
            while (await Task.WhenAny(running, Task.Delay(LiveEvery, clock)) != running);
        });
    }

    /// <summary>A column whose text is asked for at each drawing.</summary>
    private sealed class TextOf(Func<string> text) : ProgressColumn
    {
        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Text(text());
    }
}
