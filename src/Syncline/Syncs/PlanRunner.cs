using Syncline.Enriching;
using Syncline.Extraction;
using Syncline.Loading;
using Syncline.Merging;
using Syncline.Planning;
using Syncline.Records;

namespace Syncline.Syncs;

/// <summary>Finds out what a run would do. To be given a scratch copy of the hub: reading the sources fills it, and nothing of that should stay.</summary>
public sealed class PlanRunner(IHub hub, IJournal journal, TimeProvider clock)
{
    /// <param name="sink">Told every planned record of every stream, for showing or for writing to files.</param>
    public async Task<Forecast> RunAsync(SyncDefinition sync, SyncEnds ends, RunOptions options, Func<string, DestinationStream, PlannedRecord, CancellationToken, Task> sink, Action<RunProgress> report, CancellationToken cancellationToken)
    {
        List<Outbound> outbound = [];
        foreach (IDestination destination in ends.Destinations) outbound.Add(await Outbound.PrepareAsync(hub, destination, ends.Maps, sync, options, clock, isDryRun: true, cancellationToken));
        RunTally read = RunTally.Empty;
        foreach (ISource source in ends.SourcesFor(sync)) read = read.Plus(await ReadAsync(source, sync, ends, options, report, cancellationToken));
        await new EngagementEnrichment(hub, journal, clock).RunAsync(sync.Name, 0, sync.Policies, sync.WithNotes, cancellationToken);
        Forecast forecast = Forecast.Empty with { Tally = read };
        foreach (Outbound destination in outbound) forecast = await PlanAsync(destination, forecast, sync, ends, options, sink, report, cancellationToken);
        return forecast;
    }

    private async Task<RunTally> ReadAsync(ISource source, SyncDefinition sync, SyncEnds ends, RunOptions options, Action<RunProgress> report, CancellationToken cancellationToken)
    {
        RunTally tally = RunTally.Empty;
        long covered = 0;
        InboundRequest request = new(sync.Name, 0, sync.Policies) { IsFull = options.IsFull, MaxRecords = options.MaxRecords, MaxPages = options.MaxPages };
        await new InboundPipeline(hub, ends.Maps, clock).RunAsync(source, request, (page, read) =>
        {
            tally = tally.Plus(page);
            report(new(RunPhase.Reading, source.Stream.Id.Connection, covered += read.Covered, read.Expected, tally));
        }, cancellationToken);
        return tally;
    }

    private async Task<Forecast> PlanAsync(Outbound outbound, Forecast forecast, SyncDefinition sync, SyncEnds ends, RunOptions options, Func<string, DestinationStream, PlannedRecord, CancellationToken, Task> sink, Action<RunProgress> report, CancellationToken cancellationToken)
    {
        string connection = outbound.Destination.Connection;
        OutboundRequest request = new(sync.Name, 0, new(sync.From)) { IsFull = options.IsFull };
        OutboundPipeline pipeline = new(hub, journal, outbound.Destination, outbound.Planner, clock);
        await pipeline.RunAsync(request, CountAsync, checkpoints: false, p => report(new(RunPhase.Writing, connection, p.Done, p.Total, forecast.Tally)), cancellationToken);
        return forecast;

        async Task<RunTally> CountAsync(DestinationStream stream, IReadOnlyList<PlannedRecord> planned, CancellationToken token)
        {
            forecast = forecast.Plus(connection, stream, planned, ends.Permits.GetValueOrDefault(connection)?.RateOf(stream.WriteBudget));
            foreach (PlannedRecord record in planned) await sink(connection, stream, record, token);
            return RunTally.Empty;
        }
    }
}
