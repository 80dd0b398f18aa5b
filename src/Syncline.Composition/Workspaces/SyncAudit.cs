using System.Collections.Immutable;
using Syncline.Composition.Configuration;
using Syncline.Extraction;
using Syncline.Limits;
using Syncline.Mapping;
using Syncline.Records;
using Syncline.Syncs;

namespace Syncline.Composition.Workspaces;

/// <summary>Looks whether a sync has everything; writes nothing but, of a comparison, its row of the run log.</summary>
internal sealed class SyncAudit(Workspace workspace)
{
    /// <summary>Whether somebody is told of a count that differs so; nobody, unless it is said.</summary>
    public Func<AuditCount, bool> IsToldOf { get; init; } = static _ => false;

    /// <summary>The completeness certificate: every source read whole, every record looked up.</summary>
    public IAsyncEnumerable<StreamAudit> CertifyAsync(SyncConfiguration sync, CancellationToken cancellationToken) =>
        new Audit(workspace.Store.Hub, workspace.Store.Journal).RunAsync(sync.Name, workspace.EndsOf(sync).Sources, cancellationToken);

    /// <summary>Compares counts both ways, and keeps what came of it. To be called by whoever holds the sync's lock.</summary>
    /// <param name="readUntil">When the last run that ended well began: what changed from then on, the next one brings.</param>
    public async Task<RunRow> CompareAsync(SyncConfiguration sync, DateTimeOffset readUntil, CancellationToken cancellationToken)
    {
        IRunLog runs = workspace.Store.Runs;
        SyncEnds ends = workspace.EndsOf(sync);
        await runs.CloseAbandonedAsync(sync.Name, cancellationToken);
        long run = await runs.StartAsync(sync.Name, RunRow.Audit, cancellationToken);
        (RunState state, AuditCount? count, string? detail) = (RunState.Failed, null, null);
        try
        {
            count = await new Audit(workspace.Store.Hub, workspace.Store.Journal) { ReadUntil = readUntil, FindsAbsent = true }.CompareAsync(sync.Name, ends.SourcesFor(sync.ToDefinition()), WrittenBy(sync, ends), cancellationToken);
            // Kept with what was found: the next one is no news to whoever heard of this one, and is to all others.
            count = count with { IsTold = IsToldOf(count) };
            state = RunState.Done;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            state = RunState.Cancelled;
        }
        catch (ProviderException failure)
        {
            detail = failure.Hint is null ? failure.Message : $"{failure.Message} {failure.Hint}";
        }
        finally
        {
            await runs.FinishAsync(run, state, new() { Audited = count, Calls = CallsOf(ends.Permits) }, detail, CancellationToken.None);
        }
        return await runs.FindAsync(run, CancellationToken.None) ?? throw new InvalidOperationException($"Run {run} is not in the run log.");
    }

    /// <summary>What reads the streams that the sync writes; a stream that its connection cannot list is not compared.</summary>
    private IReadOnlyList<ISource> WrittenBy(SyncConfiguration sync, SyncEnds ends)
    {
        bool isWritten(ISource source) => ends.Maps.Of(source.Stream.Id.Connection).Any(m => m.Stream == source.Stream.Id.Name && (sync.Kinds.Count == 0 || sync.Kinds.Contains(m.Kind)));
        return [.. ends.Destinations.SelectMany(d => workspace.Open(d.Connection).Sources.Where(s => d.Streams.Any(w => w.Stream == s.Stream.Id.Name))).Where(isWritten)];
    }

    private static ImmutableSortedDictionary<string, CallCount> CallsOf(IReadOnlyDictionary<string, CallPermits> permits) => RunTally.Empty.Calls.AddRange(permits.Select(p => KeyValuePair.Create(p.Key, p.Value.Calls)));
}
