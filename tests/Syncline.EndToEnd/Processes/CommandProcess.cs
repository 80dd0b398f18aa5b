using System.Diagnostics;

namespace Syncline.EndToEnd.Processes;

/// <summary>The built command as a process of its own.</summary>
internal sealed class CommandProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _error;

    private CommandProcess(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync();
    }

    public DateTimeOffset StartedAt { get; } = DateTimeOffset.UtcNow;

    public TextReader Output => _process.StandardOutput;

    public bool HasEnded => _process.HasExited;

    public static CommandProcess Start(string folder, params string[] arguments)
    {
        string host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        ProcessStartInfo start = new(host, [Path.Combine(AppContext.BaseDirectory, "syncline.dll"), .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Names of an earlier script in the developer's own environment would lead a run elsewhere.
        foreach (string name in start.Environment.Keys.Where(n => n.StartsWith("HR_", StringComparison.Ordinal) || n.StartsWith("AT_", StringComparison.Ordinal) || n is "MAX_LEADS" or "OUTPUT_DIR" or "CONCURRENCY" or "ATTIO_API_KEY").ToArray()) start.Environment.Remove(name);
        return new(Process.Start(start) ?? throw new InvalidOperationException("The command could not be started."));
    }

    /// <summary>Waits for its own end.</summary>
    public async Task<(int Code, string Output, string Error)> EndAsync(CancellationToken cancellationToken)
    {
        string output = await _process.StandardOutput.ReadToEndAsync(cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
        return (_process.ExitCode, output, await _error);
    }

    /// <summary>SIGKILL: the process gets no chance to do anything more.</summary>
    public void Kill()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }
}
