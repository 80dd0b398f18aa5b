using Syncline.EndToEnd.Processes;

namespace Syncline.EndToEnd.Killing;

/// <summary>Starts a run again and again and kills each at a moment of its own: while it starts, between two calls, between two writes; the last one is let live.</summary>
/// <param name="most">So many calls, or writes, a process may make before its moment has come; a sync that writes by the batch makes few.</param>
internal sealed class Executioner(SandboxProcess sandbox, string folder, string provider, int seed, (int Calls, int Writes)? most = null)
{
    private readonly Random _random = new(seed);
    private long _seen;

    /// <summary>When each process was started, the surviving one last.</summary>
    public List<DateTimeOffset> Starts { get; } = [];

    public int Kills { get; private set; }

    /// <returns>The exit code and output of the first process that ended by itself.</returns>
    public async Task<(int Code, string Output, string Error)> RunAsync(int kills, CancellationToken cancellationToken)
    {
        while (true)
        {
            await CountNewAsync(_ => true, cancellationToken);
            using CommandProcess run = CommandProcess.Start(folder, "run", "--json");
            Starts.Add(run.StartedAt);
            if (Kills < kills) await WaitForTheMomentAsync(run, cancellationToken);
            if (Kills >= kills || run.HasEnded) return await run.EndAsync(cancellationToken);
            run.Kill();
            Kills++;
        }
    }

    // Most moments follow what the provider has seen, so that a slow machine moves them along with the run.
    private async Task WaitForTheMomentAsync(CommandProcess run, CancellationToken cancellationToken)
    {
        (Func<Seen, bool> counts, int least) = _random.Next(10) switch
        {
            < 2 => (_ => true, 0),
            < 6 => (_ => true, _random.Next(1, 1 + (most?.Calls ?? 25))),
            _ => ((Func<Seen, bool>)(s => s.IsWriteTo(provider)), _random.Next(1, 1 + (most?.Writes ?? 18))),
        };
        int milliseconds = least == 0 ? _random.Next(700) : _random.Next(60);
        for (int seen = 0; seen < least && !run.HasEnded; seen += await CountNewAsync(counts, cancellationToken)) await Task.Delay(5, cancellationToken);
        await Task.Delay(milliseconds, cancellationToken);
    }

    private async Task<int> CountNewAsync(Func<Seen, bool> counts, CancellationToken cancellationToken)
    {
        IReadOnlyList<Seen> fresh = await sandbox.SinceAsync(_seen, cancellationToken);
        if (fresh.Count > 0) _seen = fresh[^1].Sequence;
        return fresh.Count(counts);
    }
}
