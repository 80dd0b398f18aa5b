using System.Diagnostics;
using Syncline.Extraction;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Merging;
using Syncline.Planning;
using Syncline.Storage;
using Syncline.Syncs;

namespace Syncline.Bench.Engine;

/// <summary>How fast something went.</summary>
/// <param name="Processor">Processor time of the whole process meanwhile, seconds: what other work on the machine cannot stretch.</param>
/// <param name="Bytes">Allocated in the whole process meanwhile.</param>
internal sealed record Speed(long Records, double Seconds, double Processor, long Bytes, Stages Stages)
{
    public double PerSecond => Records / Seconds;

    public double PerProcessorSecond => Records / Processor;

    public double BytesPerRecord => Bytes / (double)Records;

    public double ShareOf(long ticks) => ticks / (double)Stopwatch.Frequency / Seconds;
}

/// <summary>The engine on a database file, with sources and a destination that cost nothing.</summary>
internal sealed class EngineUnderTest : IDisposable
{
    private const string Sync = "bench";

    private readonly string _folder = Directory.CreateTempSubdirectory("syncline-bench-").FullName;
    private readonly SqliteDatabase _database;
    private readonly SqliteStore _store;

    public EngineUnderTest()
    {
        _database = SqliteDatabase.Open(Path.Combine(_folder, "hub.db"), TimeProvider.System);
        _store = new(_database);
    }

    /// <summary>Reads these sources to their ends, all at a time.</summary>
    public async Task<Speed> ReadAsync(IReadOnlyList<People> sources)
    {
        Stages stages = new();
        long seen = 0;
        return await MeasureAsync(stages, async () =>
        {
            await Task.WhenAll(sources.Select(source => Task.Run(() => ReadAsync(source, stages, count => Interlocked.Add(ref seen, count)))));
            return seen;
        });
    }

    /// <summary>Plans everything in the hub for an empty destination, without writing.</summary>
    public Task<Speed> PlanAsync(IReadOnlyList<string> from) => MeasureAsync(new(), () => WriteAsync(from, (_, _, _, _) => Task.FromResult(RunTally.Empty), checkpoints: false));

    /// <summary>Plans and writes everything: intent, call, outcome.</summary>
    public Task<Speed> LoadAsync(IReadOnlyList<string> from) => MeasureAsync(new(), () => WriteAsync(from, (loader, stream, planned, token) => loader.LoadAsync(stream, planned, token), checkpoints: true));

    public void Dispose()
    {
        _database.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task ReadAsync(People source, Stages stages, Action<long> seen)
    {
        MapSet maps = new MapSet().Add(source.Stream.Id.Connection, [People.Map]);
        InboundPipeline pipeline = new(new TimedHub(_store.Hub, stages), maps, TimeProvider.System);
        await pipeline.RunAsync(source, new(Sync, 1, new()), (tally, _) => seen(tally.Seen), CancellationToken.None);
    }

    private async Task<long> WriteAsync(IReadOnlyList<string> from, Func<Loader, DestinationStream, IReadOnlyList<PlannedRecord>, CancellationToken, Task<RunTally>> carryOut, bool checkpoints)
    {
        Nowhere nowhere = new();
        MapSet maps = new MapSet().Add(nowhere.Connection, [Nowhere.Map]);
        SyncScope scope = new(from);
        ChunkPlanner planner = new(_store.Hub, nowhere, maps, scope);
        Loader loader = new(_store.Journal, nowhere, planner, maps, new(Sync, 1), TimeProvider.System);
        long done = 0;
        await new OutboundPipeline(_store.Hub, _store.Journal, nowhere, planner, TimeProvider.System).RunAsync(
            new(Sync, 1, scope), (stream, planned, token) => carryOut(loader, stream, planned, token), checkpoints, progress => done = progress.Done, CancellationToken.None);
        return done;
    }

    private static async Task<Speed> MeasureAsync(Stages stages, Func<Task<long>> work)
    {
        GC.Collect();
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        Stopwatch watch = Stopwatch.StartNew();
        long records = await work();
        return new(records, watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalSeconds, GC.GetTotalAllocatedBytes(precise: true) - allocated, stages);
    }
}
