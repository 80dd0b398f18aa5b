using Microsoft.Extensions.DependencyInjection;
using Quartz;
using Syncline.Composition.Configuration;
using Syncline.Composition.Logging;
using Syncline.Server.Schedules;
using Syncline.Server.Tests.Served;

namespace Syncline.Server.Tests.Schedules;

public sealed class GoingOnAfterAFailure : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("syncline-rounds-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task What_breaks_is_told_of_once_and_ends_nothing()
    {
        string log = Path.Combine(_folder.FullName, "log");
        using AuditTrail trail = new(new(log, 1_000_000, 2), TimeProvider.System);
        Rounds rounds = new(trail);
        foreach (string? trouble in new[] { "the first", "the first", "another", null, "another" }) await rounds.TryAsync("looking", _ => trouble is null ? Task.CompletedTask : throw new ArithmeticException(trouble), TestContext.Current.CancellationToken);
        string[] said = await File.ReadAllLinesAsync(log, TestContext.Current.CancellationToken);
        Assert.Equal(3, said.Length);
        Assert.All(said, line => Assert.Contains("looking ended unexpectedly", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_end_of_the_server_is_no_failure()
    {
        using AuditTrail trail = new(new(Path.Combine(_folder.FullName, "log"), 1_000_000, 2), TimeProvider.System);
        using CancellationTokenSource stopping = new();
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new Rounds(trail).TryAsync("looking", Task.FromCanceled, stopping.Token));
        Assert.False(File.Exists(trail.File));
    }

    [Fact]
    public async Task What_could_not_be_begun_has_not_fired_and_is_made_up_for()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1, "  nightly: { from: [heyreach], to: [attio], cron: \"0 3 29 2 *\" }\n", new() { Port = 0 });
        string file = Path.Combine(served.Folder, "syncline.yaml"), good = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        await served.Server.Services.GetRequiredService<ScheduleKeeper>().AlignAsync(TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(file, good + "nonsense: 1\n", TestContext.Current.CancellationToken);
        await FireAsync(served, "nightly");
        Assert.False((await served.Store.ScheduleStates.GetAllAsync(TestContext.Current.CancellationToken)).ContainsKey("nightly"));
        DateTimeOffset before = new(2020, 2, 29, 3, 0, 0, TimeSpan.Zero);
        await served.Store.ScheduleStates.FiredAsync("nightly", before, TestContext.Current.CancellationToken);
        Task ending = await EndOfAsync(served, "nightly");
        await File.WriteAllTextAsync(file, good, TestContext.Current.CancellationToken);
        await served.Server.Services.GetRequiredService<ScheduleKeeper>().AlignAsync(TestContext.Current.CancellationToken);
        await ending;
        Assert.True((await served.Store.ScheduleStates.GetAllAsync(TestContext.Current.CancellationToken))["nightly"].FiredAt > before);
    }

    [Theory]
    [InlineData("0 0 31 2 *")]
    [InlineData("30 6 31 4,6,9,11 *")]
    public void A_time_that_never_comes_is_a_mistake_of_the_configuration(string cron)
    {
        ConfigurationException refused = Assert.Throws<ConfigurationException>(() => Read(cron));
        Assert.Contains($"never comes: '{cron}'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_leap_day_comes() => Assert.Equal("0 0 29 2 *", Assert.Single(Read("0 0 29 2 *").Syncs).Schedule?.Cron);

    private SynclineConfiguration Read(string cron) => new ConfigurationReader(Composition.Workspaces.Catalogue.Providers(), new(_ => null, Path.Combine(_folder.FullName, ".env")))
        .Read(_folder.FullName, "syncline.yaml", $"connections: {{ leads: {{ provider: leads }}, attio: {{ provider: attio, api_key: k }} }}\nsyncs:\n  daily: {{ from: [leads], to: [attio], cron: \"{cron}\" }}\n");

    private static async Task FireAsync(ServedFolder served, string sync)
    {
        Task ending = await EndOfAsync(served, sync);
        await (await SchedulerOf(served)).TriggerJob(new JobKey(sync), cancellationToken: TestContext.Current.CancellationToken);
        await ending;
    }

    /// <returns>Ends with the sync's next run by its schedule.</returns>
    private static async Task<Task> EndOfAsync(ServedFolder served, string sync)
    {
        Ending ending = new(sync);
        (await SchedulerOf(served)).ListenerManager.AddJobListener(ending);
        return ending.Reached.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    private static ValueTask<IScheduler> SchedulerOf(ServedFolder served) => served.Server.Services.GetRequiredService<ISchedulerFactory>().GetScheduler(TestContext.Current.CancellationToken);

    /// <summary>Waits for the end of a job.</summary>
    private sealed class Ending(string job) : IJobListener
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Name { get; } = Guid.NewGuid().ToString();

        public Task Reached => _reached.Task;

        public ValueTask JobToBeExecuted(IJobExecutionContext context, CancellationToken cancellationToken = default) => default;

        public ValueTask JobExecutionVetoed(IJobExecutionContext context, CancellationToken cancellationToken = default) => default;

        public ValueTask JobWasExecuted(IJobExecutionContext context, JobExecutionException? jobException, CancellationToken cancellationToken = default)
        {
            if (context.JobDetail.Key.Name == job) _reached.TrySetResult();
            return default;
        }
    }
}
