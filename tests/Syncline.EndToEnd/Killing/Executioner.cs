using Syncline.EndToEnd.Processes;

namespace Syncline.EndToEnd.Killing;

/// <summary>Starts a run again and again and kills each at a moment of its own, some while it starts, most between two requests; the last one is let live.</summary>
internal sealed class Executioner(SandboxProcess sandbox, string folder, int seed)
{
    // Four fifths of the kills follow what the provider has seen, so that a slow machine moves them along with the run.
    private const double ShareWhileStarting = 0.2;
    private const int MostRequests = 36;

    private readonly Random _random = new(seed);

    /// <summary>When each process was started, the surviving one last.</summary>
    public List<DateTimeOffset> Starts { get; } = [];

    public int Kills { get; private set; }

    /// <returns>The exit code and output of the first process that ended by itself.</returns>
    public async Task<(int Code, string Output, string Error)> RunAsync(int kills, CancellationToken cancellationToken)
    {
        while (true)
        {
            long before = await sandbox.CountAsync(cancellationToken);
            using CommandProcess run = CommandProcess.Start(folder, "run", "--json");
            Starts.Add(run.StartedAt);
            if (Kills < kills) await WaitForTheMomentAsync(run, before, cancellationToken);
            if (Kills >= kills || run.HasEnded) return await run.EndAsync(cancellationToken);
            run.Kill();
            Kills++;
        }
    }

    private async Task WaitForTheMomentAsync(CommandProcess run, long before, CancellationToken cancellationToken)
    {
        bool whileStarting = _random.NextDouble() < ShareWhileStarting;
        (int requests, int milliseconds) = (_random.Next(1, MostRequests + 1), whileStarting ? _random.Next(700) : _random.Next(60));
        while (!whileStarting && !run.HasEnded && await sandbox.CountAsync(cancellationToken) < before + requests) await Task.Delay(5, cancellationToken);
        await Task.Delay(milliseconds, cancellationToken);
    }
}
