using System.Globalization;
using Syncline.EndToEnd.Processes;
using Syncline.Storage;

namespace Syncline.EndToEnd.Killing;

/// <summary>What must be true of any run that was killed over and over, once it has ended by itself.</summary>
/// <param name="provider">The one that is written, which is also the connection's name.</param>
internal sealed class Aftermath(SandboxProcess sandbox, Executioner executioner, string folder, string provider)
{
    /// <summary>Each call that a kill cut off was settled by a later process.</summary>
    public async Task NoCallIsLeftOpenAsync(CancellationToken cancellationToken)
    {
        using SqliteDatabase database = SqliteDatabase.OpenReadOnly(Path.Combine(folder, ".syncline", "hub.db"), TimeProvider.System);
        Assert.Empty(await new SqliteStore(database).Journal.OpenIntentsAsync(provider, cancellationToken));
    }

    public async Task AnotherRunWritesNothingAsync(CancellationToken cancellationToken)
    {
        int before = (await sandbox.LedgerAsync(cancellationToken)).Count(s => s.IsWriteTo(provider));
        using CommandProcess again = CommandProcess.Start(folder, "run", "--full", "--json");
        (int code, string output, string error) = await again.EndAsync(cancellationToken);
        Assert.True(code == 0, output + error);
        Assert.Equal(before, (await sandbox.LedgerAsync(cancellationToken)).Count(s => s.IsWriteTo(provider)));
    }

    /// <summary>Times are told, not judged: how long a start takes is the machine's affair as well.</summary>
    public void Tell(ITestOutputHelper output, IReadOnlyList<Seen> ledger)
    {
        Seen[] writes = [.. ledger.Where(s => s.IsWriteTo(provider) && s.At >= executioner.Starts[0])];
        output.WriteLine($"{executioner.Kills} kills in {executioner.Starts.Count} starts, {(ledger[^1].At - executioner.Starts[0]).TotalSeconds:F1} s");
        output.WriteLine($"{writes.Length} writes, busiest second {Pressure.BusiestSecond(writes)}");
        output.WriteLine("start to first call: " + Spread(ledger));
        output.WriteLine("start to first write: " + Spread(writes));
    }

    private string Spread(IReadOnlyList<Seen> requests)
    {
        DateTimeOffset[] ends = [.. executioner.Starts.Skip(1), DateTimeOffset.MaxValue];
        double[] waits = [.. executioner.Starts.Zip(ends, (start, end) => requests.FirstOrDefault(r => r.At >= start && r.At < end) is { } first ? (first.At - start).TotalMilliseconds : -1).Where(w => w >= 0).Order()];
        return waits.Length == 0 ? "none" : string.Create(CultureInfo.InvariantCulture, $"shortest {waits[0]:F0} ms, median {waits[waits.Length / 2]:F0} ms, longest {waits[^1]:F0} ms, of {waits.Length} starts");
    }
}
