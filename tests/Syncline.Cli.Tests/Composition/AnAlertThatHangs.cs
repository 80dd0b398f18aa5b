using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http;
using Syncline.Cli.Tests.Invented;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;

namespace Syncline.Cli.Tests.Composition;

public sealed class AnAlertThatHangs : IDisposable
{
    private static readonly TimeSpan Safety = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("syncline-alarm-");
    private readonly Hourglasses _clock = new();
    private readonly Listener _webhook = new();

    public void Dispose()
    {
        _webhook.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_command_without_end_is_ended_and_the_webhook_is_told_all_the_same()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The command is one of a shell.");
        string pid = Path.Combine(_folder.FullName, "pid");
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "syncline.yaml"), $"alert: {{ command: 'echo $$ > {pid}.new; mv {pid}.new {pid}; while true; do sleep 1000; done', webhook: 'https://hooks.example.com/a' }}\n", TestContext.Current.CancellationToken);
        using FileSystemWatcher watcher = new(_folder.FullName, "pid") { EnableRaisingEvents = true };
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        watcher.Renamed += (_, _) => begun.TrySetResult();
        await using StringWriter said = new();
        using Workspace workspace = new(new(() => [new InventedProvider("lefty")]) { WorkingFolder = _folder.FullName, Variable = _ => null, Terminal = new(TextReader.Null, said, said), Clock = _clock, Http = () => _webhook }, null, null);

        Task raising = new Alarm(workspace, new(TextReader.Null, said, said)).RaiseAsync(Alert.OfStale("daily", null), TestContext.Current.CancellationToken);
        await begun.Task.WaitAsync(Safety, TestContext.Current.CancellationToken);
        _clock.RunOut();
        await raising.WaitAsync(Safety, TestContext.Current.CancellationToken);

        Assert.Equal("https://hooks.example.com/a", _webhook.Address);
        Assert.Contains("The alert command failed: it was not over after 30 seconds.", said.ToString(), StringComparison.Ordinal);
        await EndOfAsync(int.Parse(await File.ReadAllTextAsync(pid, TestContext.Current.CancellationToken), CultureInfo.InvariantCulture)).WaitAsync(Safety, TestContext.Current.CancellationToken);
    }

    private static async Task EndOfAsync(int id)
    {
        try
        {
            using Process process = Process.GetProcessById(id);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        catch (ArgumentException)
        {
            // There is none of that number any more.
        }
    }

    /// <summary>Time in which nothing runs out before it is told to; then, what was begun by that moment.</summary>
    private sealed class Hourglasses : TimeProvider
    {
        private readonly List<Action> _begun = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            lock (_begun) _begun.Add(() => callback(state));
            return new Still();
        }

        public void RunOut()
        {
            Action[] now;
            lock (_begun) now = [.. _begun];
            foreach (Action end in now) end();
        }

        private sealed class Still : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => default;
        }
    }

    private sealed class Listener : HttpMessageHandler
    {
        public string? Address { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Address = request.RequestUri!.ToString();
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
        }
    }
}
