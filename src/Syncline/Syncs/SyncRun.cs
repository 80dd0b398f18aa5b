using Syncline.Enriching;
using Syncline.Extraction;
using Syncline.Limits;
using Syncline.Loading;
using Syncline.Merging;
using Syncline.Planning;
using Syncline.Records;

namespace Syncline.Syncs;

/// <summary>One run under way: the sources are read, what they bring is enriched, and each destination is brought up to date.</summary>
internal sealed class SyncRun(RunStores stores, SyncDefinition sync, SyncEnds ends, RunOptions options, long runId, Action<RunProgress> report, TimeProvider clock)
{
    private readonly RunFigures _figures = new(stores.Runs, ends.Permits, runId, report, clock);

    // One for all destinations: it numbers the operations of the run.
    private readonly LoadContext _context = new(sync.Name, runId);
    private readonly DateTimeOffset _startedAt = clock.GetUtcNow();
    private readonly List<Outbound> _outbound = [];
    private readonly IReadOnlyList<ISource> _sources = ends.SourcesFor(sync);
    private readonly InboundPipeline _inbound = new(stores.Hub, ends.Maps, clock);
    private readonly HashSet<string> _retried = new(StringComparer.Ordinal), _collected = new(StringComparer.Ordinal);
    private readonly MapChanges _mapChanges = new(stores.Journal, sync.Name);

    // Connections that are read, or written, whole because their maps are new.
    private readonly HashSet<string> _newInward = new(StringComparer.Ordinal), _newOutward = new(StringComparer.Ordinal);
    private volatile TaskCompletionSource _page = new();

    // A source may have been stopped by a limit of the run before its end.
    private volatile bool _isCut;

    private InboundRequest Request => new(sync.Name, runId, sync.Policies) { IsFull = options.IsFull, MaxRecords = options.MaxRecords, MaxPages = options.MaxPages, Deletes = sync.Deletes };

    public RunTally Tally => _figures.Tally;

    /// <summary>What was to be read again and is not there, for the user; null when all was.</summary>
    public string? Missed => _inbound.Absent.Count == 0 ? null : $"There is no {string.Join(", no ", _inbound.Absent)} (any more): nothing was read of it.";

    /// <summary>One account's records need not wait for one another: they are written while the rest is read. A full comparison and several accounts are read to their end first, so that nothing is written twice.</summary>
    private bool WritesWhileReading => !options.IsFull && _newInward.Count == 0 && !options.OnlyOutbound && options.Hints.Count == 0 && _sources.Count > 0 && _sources.All(s => s.Stream.Id.Connection == _sources[0].Stream.Id.Connection);

    /// <summary>All there was to read is read and written.</summary>
    public bool IsWhole => options is { OnlyOutbound: false, Writes: true, Hints.Count: 0 } && !_isCut;

    public void Add(RunTally tally) => _figures.Add(tally);

    public async Task GoAsync(CancellationToken cancellationToken)
    {
        foreach (IDestination destination in ends.Destinations) _outbound.Add(await PrepareAsync(destination, cancellationToken));
        await CompareMapsAsync(cancellationToken);
        if (options.Hints.Count > 0) await RereadAsync(cancellationToken);
        else if (!options.OnlyOutbound) await ReadAllAsync(cancellationToken);
        await FollowMergesAsync(cancellationToken);
        _figures.Show(RunPhase.Enriching, SyncScope.Derived, 0, null);
        await BringUpToDateAsync(isLast: true, cancellationToken);
        await NoteMapsAsync(cancellationToken);
    }

    private async Task CompareMapsAsync(CancellationToken cancellationToken)
    {
        foreach (string connection in _sources.Select(s => s.Stream.Id.Connection).Distinct(StringComparer.Ordinal))
        {
            if (await _mapChanges.AreNewInwardAsync(connection, ends.Maps.Of(connection), cancellationToken)) _newInward.Add(connection);
        }
        foreach (Outbound outbound in _outbound)
        {
            string connection = outbound.Destination.Connection;
            if (await _mapChanges.AreNewOutwardAsync(connection, outbound.Maps.Of(connection), cancellationToken)) _newOutward.Add(connection);
        }
    }

    /// <summary>A run that read or wrote only a part leaves the rest of a new map's work to the next one.</summary>
    private async Task NoteMapsAsync(CancellationToken cancellationToken)
    {
        bool isWhole = options is { OnlyOutbound: false, Hints.Count: 0, MaxRecords: null, MaxPages: null };
        foreach (string connection in isWhole ? _sources.Select(s => s.Stream.Id.Connection).Distinct(StringComparer.Ordinal) : []) await _mapChanges.NoteInwardAsync(connection, ends.Maps.Of(connection), cancellationToken);
        foreach (Outbound outbound in options.Writes ? _outbound : []) await _mapChanges.NoteOutwardAsync(outbound.Destination.Connection, outbound.Maps.Of(outbound.Destination.Connection), cancellationToken);
    }

    private async Task ReadAllAsync(CancellationToken cancellationToken)
    {
        foreach (ISource source in WritesWhileReading ? _sources.SkipLast(1) : _sources) await ReadAsync(source, cancellationToken);
        if (WritesWhileReading) await ReadWhileWritingAsync(_sources[^1], cancellationToken);
    }

    private async Task RereadAsync(CancellationToken cancellationToken)
    {
        foreach (IGrouping<StreamId, Hint> stream in options.Hints.GroupBy(h => new StreamId(h.Key.Connection, h.Key.Stream)))
        {
            // Word of a stream that the sync does not read is for another one.
            if (_sources.FirstOrDefault(s => s.Stream.Id == stream.Key) is not IPointSource source) continue;
            _figures.Show(RunPhase.Reading, stream.Key.Connection, 0, stream.Count());
            Add(await _inbound.RereadAsync(source, [.. stream], Request, cancellationToken));
        }
    }

    /// <summary>Between reading and the last writing, when no write is under way that was planned for an identity which is about to end.</summary>
    private async Task FollowMergesAsync(CancellationToken cancellationToken)
    {
        RemoteMerges merges = new(stores.Hub, stores.Journal, _inbound, clock);
        Suspicion[] suspicions = [.. _inbound.Suspicions];
        foreach (IPointSource source in _sources.OfType<IPointSource>()) await merges.FollowAsync(source, suspicions, Request, cancellationToken);
    }

    private async Task<Outbound> PrepareAsync(IDestination destination, CancellationToken cancellationToken)
    {
        _figures.Show(RunPhase.Preparing, destination.Connection, 0, null);
        Outbound outbound = await Outbound.PrepareAsync(stores.Hub, destination, ends.Maps, sync, options, clock, isDryRun: false, cancellationToken);
        return outbound.WithLoader(stores.Journal, _context, clock);
    }

    private async Task ReadWhileWritingAsync(ISource source, CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task reading = ReadAsync(source, stop.Token);
        try
        {
            while (await Task.WhenAny(_page.Task, reading) != reading)
            {
                _page = new();
                await BringUpToDateAsync(isLast: false, cancellationToken);
            }
        }
        finally
        {
            // A failure on one side stops the other at its next page or batch; neither goes on behind the run's back.
            if (!reading.IsCompleted) await stop.CancelAsync();
            await reading.ContinueWith(static t => t.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
        await reading;
    }

    private async Task ReadAsync(ISource source, CancellationToken cancellationToken)
    {
        long covered = 0, seen = 0, pages = 0;
        _figures.Show(RunPhase.Reading, source.Stream.Id.Connection, 0, null);
        await _figures.SaveIfDueAsync(cancellationToken);
        await _inbound.RunAsync(source, Request with { IsFull = options.IsFull || _newInward.Contains(source.Stream.Id.Connection) }, (tally, page) =>
        {
            Add(tally);
            covered += page.Covered;
            seen += tally.Seen;
            pages++;
            _figures.Show(RunPhase.Reading, source.Stream.Id.Connection, covered, page.Expected);
            _page.TrySetResult();
        }, cancellationToken);
        if (seen >= options.MaxRecords || pages >= options.MaxPages) _isCut = true;
        await _figures.SaveAsync(cancellationToken);
    }

    private async Task BringUpToDateAsync(bool isLast, CancellationToken cancellationToken)
    {
        (long enriched, bool isMore) = await EnrichAsync(cancellationToken);
        // Slow enrichers do not keep what they have answered from being written.
        for (; isMore; (enriched, isMore) = await EnrichAsync(cancellationToken)) await WriteAllAsync(isLast: false, enriched, cancellationToken);
        await WriteAllAsync(isLast, isLast ? null : enriched, cancellationToken);
    }

    private async Task WriteAllAsync(bool isLast, long? until, CancellationToken cancellationToken)
    {
        if (!options.Writes) return;
        foreach (Outbound outbound in _outbound) await WriteAsync(outbound, isLast, until, cancellationToken);
    }

    /// <returns>The place in the feed up to which every record has all that is to be added to it: what comes behind is not written yet. And whether enrichers have more to do before they are through.</returns>
    private async Task<(long Reached, bool IsMore)> EnrichAsync(CancellationToken cancellationToken)
    {
        bool isMore = false;
        long reached = await new EngagementEnrichment(stores.Hub, stores.Journal, clock).RunAsync(sync.Name, runId, sync.Policies, sync.WithNotes, cancellationToken);
        if (options.Enriches && stores.Enrichments is { } cache)
        {
            foreach (Enrichment enrichment in ends.Enrichments)
            {
                // What goes as a batch waits for those before it: few large batches, and each question whole.
                if (isMore && GoesInBatches(enrichment)) continue;
                EnrichmentReport report = await AskAsync(enrichment, cache, reached, cancellationToken);
                reached = report.Reached ?? reached;
                isMore |= report.IsMore;
            }
        }
        if (sync.IsEnriched) await new QualityEnrichment(stores.Hub, stores.Journal, clock).RunAsync(sync.Name, runId, sync.Policies, cancellationToken);
        return (reached, isMore);
    }

    private bool GoesInBatches(Enrichment enrichment) => stores.Batches is not null && enrichment.Enricher is IBatchEnricher able && (options.InBatches || able.BatchFrom is not null);

    private async Task<EnrichmentReport> AskAsync(Enrichment enrichment, IEnrichmentCache cache, long until, CancellationToken cancellationToken)
    {
        _figures.Show(RunPhase.Enriching, enrichment.Enricher.Connection, 0, null);
        // Whether a batch has ended is asked once a run: nothing of a run waits for one.
        RecordEnrichment asking = new(stores.Hub, stores.Journal, cache, enrichment, clock) { Batches = stores.Batches, InBatches = options.InBatches, Collects = _collected.Add(enrichment.Enricher.Connection) };
        EnrichmentReport report = await asking.RunAsync(sync.Name, runId, sync.Policies, new(sync.From), until, options.RetriesAll && _retried.Add(enrichment.Enricher.Connection), cancellationToken);
        Add(new() { Failed = report.Failed, Enriched = RunTally.Empty.Enriched.Add(enrichment.Enricher.Connection, new(report.Kept, report.Asked, report.Missed, report.Failed, report.Spent, enrichment.Enricher.Unit)) });
        return report;
    }

    private async Task WriteAsync(Outbound outbound, bool isLast, long? until, CancellationToken cancellationToken)
    {
        Add(await outbound.Resumption!.RunOnceAsync(_startedAt, cancellationToken));
        OutboundPipeline pipeline = new(stores.Hub, stores.Journal, outbound.Destination, outbound.Planner, clock);
        OutboundRequest request = new(sync.Name, runId, new(sync.From)) { IsFull = options.IsFull || (isLast && _newOutward.Contains(outbound.Destination.Connection)), RetriesAll = options.RetriesAll, RetriesDue = isLast, Until = until };
        long done = _figures.WrittenTo(outbound.Destination.Connection);
        await pipeline.RunAsync(request, LoadAsync, checkpoints: true, progress =>
        {
            Add(progress.Tally);
            _figures.Show(RunPhase.Writing, outbound.Destination.Connection, done + progress.Done, done + progress.Total, isTotalOpen: !isLast);
        }, cancellationToken);

        async Task<RunTally> LoadAsync(DestinationStream stream, IReadOnlyList<PlannedRecord> planned, CancellationToken token)
        {
            _figures.BeginLoading();
            await _figures.SaveIfDueAsync(token);
            RunTally written = await outbound.Loader!.LoadAsync(stream, planned, token);
            await _figures.SaveIfDueAsync(token);
            return written;
        }
    }
}
