using System.Diagnostics;
using Syncline.Syncs;

namespace Syncline.Storage.Tests;

public abstract class RunLocksSuite
{
    protected abstract IRunLocks Locks { get; }

    [Fact]
    public void A_second_taker_gets_nothing_until_the_first_lets_go()
    {
        IDisposable first = Locks.TryTake("daily")!;
        Assert.NotNull(first);
        Assert.Null(Locks.TryTake("daily"));
        first.Dispose();
        using IDisposable? second = Locks.TryTake("daily");
        Assert.NotNull(second);
        first.Dispose();
        Assert.Null(Locks.TryTake("daily"));
    }

    [Theory]
    [InlineData("daily", "weekly")]
    [InlineData("a/b", "a_b")]
    [InlineData("Ä", "Ö")]
    [InlineData("../../up", "..")]
    [InlineData("x", "X")]
    public void Syncs_of_different_names_do_not_disturb_each_other(string one, string other)
    {
        using IDisposable? first = Locks.TryTake(one);
        using IDisposable? second = Locks.TryTake(other);
        Assert.NotNull(first);
        Assert.NotNull(second);
    }
}

public sealed class LockingRunsInMemory : RunLocksSuite
{
    protected override IRunLocks Locks { get; } = new MemoryRunLocks();
}

public sealed class LockingRunsByFile : RunLocksSuite, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public LockingRunsByFile() => Locks = new FileRunLocks(_folder.File("locks"));

    protected override IRunLocks Locks { get; }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_lock_file_stays_in_its_folder()
    {
        using IDisposable? held = Locks.TryTake("../../" + new string('x', 300));
        Assert.NotNull(held);
        Assert.Equal(2, Directory.GetFiles(_folder.File("locks")).Length);
    }

    [Fact]
    public void The_holder_is_known_by_its_process()
    {
        FileRunLocks locks = (FileRunLocks)Locks;
        Assert.Null(locks.FindHolder("daily"));
        using IDisposable? held = locks.TryTake("daily");
        Assert.Equal(Environment.ProcessId, locks.FindHolder("daily"));
    }

    [Fact]
    public async Task A_lock_of_another_process_is_respected_and_ends_with_it()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/flock"), "Needs the flock command to play the other process.");
        Locks.TryTake("daily")!.Dispose();
        string file = Directory.GetFiles(_folder.File("locks"), "*.lock").Single();
        using Process other = Process.Start(new ProcessStartInfo("/usr/bin/flock", ["--no-fork", file, "sh", "-c", "echo held; exec cat"]) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
        await other.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.Null(Locks.TryTake("daily"));
        other.Kill();
        await other.WaitForExitAsync(TestContext.Current.CancellationToken);
        using IDisposable? mine = Locks.TryTake("daily");
        Assert.NotNull(mine);
    }
}
