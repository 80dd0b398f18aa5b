using System.Globalization;
using Syncline.Mapping;
using Syncline.Merging;
using Syncline.Planning;
using Syncline.Records;
using Syncline.Syncs;

namespace Syncline.Loading;

/// <summary>For whom a loader writes.</summary>
public sealed record LoadContext(string Sync, long RunId)
{
    private long _operations;

    /// <summary>The next operation's id: unique over all runs, and the same for the same run under the same seed.</summary>
    public string NextId() => string.Create(CultureInfo.InvariantCulture, $"{RunId}-{Interlocked.Increment(ref _operations)}");
}

/// <summary>Carries a plan out: intent, call, outcome, for each record on its own.</summary>
public sealed class Loader(IJournal journal, IDestination destination, ChunkPlanner planner, MapSet maps, LoadContext context, TimeProvider clock)
{
    // A record whose outcome stays unknown this often in one run is left for the next one.
    private const int Attempts = 3;

    // Long enough for a provider's bad spell to pass, short enough to be over by the next scheduled run.
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMinutes(15);

    private readonly SettlementBuffer _buffer = new(journal);
    private readonly OutcomeSettler _settler = new(destination.Connection, context, maps);
    private readonly ReadBack _readBack = new(destination, maps);
    private readonly LeftOutValues _leftOut = new(journal, context, destination.Connection, maps);

    /// <summary>Writes what was planned for one stream; returns when every outcome is durable.</summary>
    public async Task<RunTally> LoadAsync(DestinationStream stream, IReadOnlyList<PlannedRecord> planned, CancellationToken cancellationToken) =>
        await LoadAsync(stream, planned, attempt: 1, cancellationToken);

    private async Task<RunTally> LoadAsync(DestinationStream stream, IReadOnlyList<PlannedRecord> planned, int attempt, CancellationToken cancellationToken)
    {
        List<PendingWrite> writes = [];
        HubChanges noted = new();
        RunTally tally = RunTally.Empty;
        foreach (PlannedRecord record in planned) tally = tally.Plus(Sort(stream, record, noted, writes));
        noted.Settled.AddRange(await _leftOut.GoneAsync(stream, planned, cancellationToken));
        if (!noted.IsEmpty) await _buffer.AddAsync(new(null, OperationState.Done, null, null) { Changes = noted }, cancellationToken);
        if (writes.Count == 0) return tally;
        await journal.IntendAsync(context.Sync, context.RunId, [.. writes.SelectMany(w => w.Operations)], cancellationToken);
        await WithdrawAsync(writes, cancellationToken);
        // What is one record too many goes once the other is written: both are planned together, and must not be planned anew while that is under way.
        foreach (IGrouping<bool, PendingWrite> step in writes.GroupBy(w => w.Operation.Verb == Verb.Delete).OrderBy(g => g.Key)) tally = tally.Plus(await WriteAsync(stream, [.. step], attempt, cancellationToken));
        return tally;
    }

    private async Task<RunTally> WriteAsync(DestinationStream stream, IReadOnlyList<PendingWrite> writes, int attempt, CancellationToken cancellationToken)
    {
        RunTally[] done = await Task.WhenAll(writes.Chunk(stream.WriteBatch).Select(batch => WriteBatchAsync(stream, batch, attempt, cancellationToken)));
        return done.Aggregate(RunTally.Empty, (all, one) => all.Plus(one));
    }

    /// <summary>Another process may have made two identities one since the plan was made. It leaves an identity with an open intent alone, so that looking now, with the intents durable, settles who was first.</summary>
    private async Task WithdrawAsync(List<PendingWrite> writes, CancellationToken cancellationToken)
    {
        IReadOnlySet<long> ended = await planner.EndedAsync([.. writes.Select(w => w.Operation.GoldenId)], cancellationToken);
        foreach (PendingWrite write in writes.Where(w => ended.Contains(w.Operation.GoldenId))) await DropAsync(write, "It became part of another record before it was sent.", cancellationToken);
        writes.RemoveAll(w => ended.Contains(w.Operation.GoldenId));
    }

    /// <summary>What needs no call is noted at once; the rest becomes operations.</summary>
    private RunTally Sort(DestinationStream stream, PlannedRecord record, HubChanges noted, List<PendingWrite> writes)
    {
        switch (record)
        {
            case PlannedRecord.Unchanged:
                noted.Settled.Add(_settler.KeyOf(record.Golden));
                return new() { Unchanged = 1 };
            case PlannedRecord.LeftAlone:
                noted.Settled.Add(_settler.KeyOf(record.Golden));
                return new() { Skipped = 1 };
            case PlannedRecord.Settle settle:
                noted.Links.Add(settle.Link);
                noted.Conflicts.AddRange(settle.Waiting.Select(c => c with { RunId = context.RunId }));
                if (settle.Former is { } former) noted.RemovedLinks.Add(former);
                noted.Settled.Add(_settler.KeyOf(settle.Golden));
                return new() { Linked = settle.IsNew ? 1 : 0, Unchanged = settle.IsNew || settle.Link.State == LinkState.Gone ? 0 : 1, Skipped = settle.Link.State == LinkState.Gone ? 1 : 0, Conflicts = settle.Conflicts };
            case PlannedRecord.Stuck stuck:
                noted.DeadLetters.Add(_settler.DeadLetterOf(stuck.Golden, "planning", stuck.Code, stuck.Reason, clock.GetUtcNow(), stuck.RetriesItself ? TimeSpan.Zero : null));
                return new() { Failed = 1 };
            default:
                PendingWrite write = PendingWrite.Of(record, stream, destination.Connection, context.NextId);
                writes.Add(write);
                return new() { Conflicts = write.Conflicts };
        }
    }

    private async Task<RunTally> WriteBatchAsync(DestinationStream stream, PendingWrite[] batch, int attempt, CancellationToken cancellationToken)
    {
        IReadOnlyList<WriteOutcome> outcomes = await SendAsync(stream, batch, cancellationToken);
        if (batch.Length > 1 && outcomes.Any(o => o is WriteOutcome.Refused { IsWholeBatch: true })) return await SplitAsync(stream, batch, attempt, cancellationToken);
        RunTally tally = await SettlePlainAsync(batch, outcomes, cancellationToken);
        for (int i = 0; i < batch.Length; i++)
        {
            if (!IsPlain(batch[i], outcomes[i])) tally = tally.Plus(await SettleAsync(stream, batch[i], outcomes[i], attempt, cancellationToken));
        }
        return tally;
    }

    /// <summary>What one call did becomes durable in one transaction, not in one a record.</summary>
    private async Task<RunTally> SettlePlainAsync(PendingWrite[] batch, IReadOnlyList<WriteOutcome> outcomes, CancellationToken cancellationToken)
    {
        (PendingWrite Write, WriteOutcome Outcome)[] plain = [.. batch.Zip(outcomes).Where(w => IsPlain(w.First, w.Second))];
        if (plain.Length == 0) return RunTally.Empty;
        await _buffer.AddAllAsync([.. plain.Select(p => _settler.Done(p.Write, ((WriteOutcome.Written)p.Outcome).Record))], cancellationToken);
        int created = plain.Count(p => p.Write.Operation.Verb == Verb.Create);
        return new() { Created = created, Updated = plain.Length - created };
    }

    private static bool IsPlain(PendingWrite write, WriteOutcome outcome) => outcome is WriteOutcome.Written && write.Removal is null;

    private async Task<IReadOnlyList<WriteOutcome>> SendAsync(DestinationStream stream, PendingWrite[] batch, CancellationToken cancellationToken)
    {
        try
        {
            return await destination.WriteAsync(stream, [.. batch.Select(w => w.Operation)], cancellationToken);
        }
        catch (ProviderException failure)
        {
            // Thrown means: none of it happened. The intents are closed, so that the next run has nothing to ask after.
            foreach (PendingWrite write in batch) await DropAsync(write, failure.Message, CancellationToken.None);
            throw;
        }
    }

    private async Task<RunTally> SplitAsync(DestinationStream stream, PendingWrite[] batch, int attempt, CancellationToken cancellationToken)
    {
        RunTally first = await WriteBatchAsync(stream, batch[..(batch.Length / 2)], attempt, cancellationToken);
        return first.Plus(await WriteBatchAsync(stream, batch[(batch.Length / 2)..], attempt, cancellationToken));
    }

    private async Task<RunTally> SettleAsync(DestinationStream stream, PendingWrite write, WriteOutcome outcome, int attempt, CancellationToken cancellationToken)
    {
        switch (outcome)
        {
            case WriteOutcome.Written written:
                await _buffer.AddAsync(_settler.Done(write, written.Record), cancellationToken);
                if (write.Removal is { } removal) await RemoveAsync(stream, removal, cancellationToken);
                return write.Operation.Verb == Verb.Create ? new() { Created = 1 } : new() { Updated = 1 };
            case WriteOutcome.Refused { OptionalField: { } field } refused when write.Operation.Fields[field] is not null:
                return await WithoutAsync(stream, write, field, refused, attempt, cancellationToken);
            case WriteOutcome.Refused refused:
                await _buffer.AddAsync(_settler.Refused(write, refused, clock.GetUtcNow()), cancellationToken);
                await DropRemovalAsync(write, refused.Reason, cancellationToken);
                return new() { Failed = 1 };
            case WriteOutcome.Deleted or WriteOutcome.Gone when write.Operation.Verb == Verb.Delete:
                await _buffer.AddAsync(_settler.Removed(write), cancellationToken);
                return new() { Deleted = 1 };
            case WriteOutcome.Gone gone:
                await DropAsync(write, gone.Reason, cancellationToken);
                return await AgainAsync(stream, write, attempt, gone.Reason, cancellationToken);
            case WriteOutcome.Outdated outdated:
                await DropAsync(write, outdated.Reason, cancellationToken);
                return await AgainAsync(stream, write, attempt, outdated.Reason, cancellationToken);
            case WriteOutcome.Unknown unknown:
                return await ReadBackAsync(stream, write, unknown, attempt, cancellationToken);
            default:
                throw new InvalidOperationException($"{outcome.GetType().Name} is no outcome of {write.Operation.Verb}.");
        }
    }

    /// <summary>One bad optional value must not cost the whole record: it is written without, and the value is listed.</summary>
    private async Task<RunTally> WithoutAsync(DestinationStream stream, PendingWrite write, string field, WriteOutcome.Refused refused, int attempt, CancellationToken cancellationToken)
    {
        await _buffer.AddAsync(_settler.FieldRefused(write, field, refused, clock.GetUtcNow()), cancellationToken);
        await DropRemovalAsync(write, refused.Reason, cancellationToken);
        PendingWrite smaller = write.Without(field, context.NextId);
        if (smaller.IsEmpty) return RunTally.Empty;
        await journal.IntendAsync(context.Sync, context.RunId, [.. smaller.Operations], cancellationToken);
        return await WriteBatchAsync(stream, [smaller], attempt, cancellationToken);
    }

    private async Task<RunTally> ReadBackAsync(DestinationStream stream, PendingWrite write, WriteOutcome.Unknown unknown, int attempt, CancellationToken cancellationToken)
    {
        // Repeating an upsert is the surest read-back: it also completes what belongs to the record and a look-up does not show.
        if (ReadBack.CanRepeat(stream, write.Operation) && attempt < Attempts) return await WriteBatchAsync(stream, [write], attempt + 1, cancellationToken);
        if (stream.SettleTime > TimeSpan.Zero) await Task.Delay(stream.SettleTime, clock, cancellationToken);
        if (await _readBack.FindEffectAsync(stream, write.Operation, cancellationToken) is { } record)
        {
            return await SettleAsync(stream, write, new WriteOutcome.Written(record), attempt, cancellationToken);
        }
        await DropAsync(write, unknown.Reason, cancellationToken);
        return await AgainAsync(stream, write, attempt, unknown.Reason, cancellationToken);
    }

    private async Task<RunTally> AgainAsync(DestinationStream stream, PendingWrite write, int attempt, string reason, CancellationToken cancellationToken)
    {
        if (attempt >= Attempts)
        {
            HubChanges changes = new();
            changes.DeadLetters.Add(_settler.DeadLetterOf(write.Golden, "loading", "outcome-unknown", $"Tried {Attempts} times: {reason}", clock.GetUtcNow(), RetryDelay));
            await _buffer.AddAsync(new(null, OperationState.Done, null, null) { Changes = changes }, cancellationToken);
            return new() { Failed = 1 };
        }
        IReadOnlyList<PlannedRecord> planned = await planner.PlanAsync(planner.PlannerOf(stream), stream, [write.Golden.Id], cancellationToken);
        return await LoadAsync(stream, planned, attempt + 1, cancellationToken);
    }

    /// <summary>Takes up an operation of a dead process: an upsert is repeated, anything else is settled by its effect, or dropped for want of one.</summary>
    /// <param name="link">The link of the record that an update changes; null when it has none.</param>
    internal async Task<RunTally> ResumeAsync(DestinationStream stream, Operation operation, Link? link, CancellationToken cancellationToken)
    {
        PendingWrite write = new(operation, null, 0, null);
        if (ReadBack.CanRepeat(stream, operation)) return await WriteBatchAsync(stream, [write], attempt: 1, cancellationToken);
        if (await _readBack.FindEffectAsync(stream, operation, cancellationToken) is not { } record)
        {
            await DropAsync(operation, "Its process ended before it was sent, or before it took effect.", cancellationToken);
            return RunTally.Empty;
        }
        if (link is not null && operation.Verb == Verb.Update) write = write with { Link = link, IsOurs = link.IsOurs };
        await _buffer.AddAsync(_settler.Done(write, record), cancellationToken);
        return operation.Verb == Verb.Create ? new() { Created = 1 } : new() { Updated = 1 };
    }

    /// <summary>Removes what has been replaced.</summary>
    internal async Task RemoveAsync(DestinationStream stream, Operation removal, CancellationToken cancellationToken)
    {
        IReadOnlyList<WriteOutcome> outcomes = await destination.WriteAsync(stream, [removal], cancellationToken);
        if (outcomes[0] is WriteOutcome.Deleted or WriteOutcome.Gone) await _buffer.AddAsync(new(removal.Id, OperationState.Done, removal.RemoteId, null), cancellationToken);
        if (outcomes[0] is WriteOutcome.Refused refused) await _buffer.AddAsync(_settler.RemovalRefused(removal, refused, clock.GetUtcNow()), cancellationToken);
        // Anything else leaves the intent open: the next start removes the old record.
    }

    private async Task DropAsync(PendingWrite write, string reason, CancellationToken cancellationToken)
    {
        foreach (Operation operation in write.Operations) await DropAsync(operation, reason, cancellationToken);
    }

    internal async Task DropAsync(Operation operation, string reason, CancellationToken cancellationToken) =>
        await _buffer.AddAsync(new(operation.Id, OperationState.Dropped, null, reason), cancellationToken);

    /// <summary>What was not replaced is not removed.</summary>
    private async Task DropRemovalAsync(PendingWrite write, string reason, CancellationToken cancellationToken)
    {
        if (write.Removal is { } removal) await DropAsync(removal, reason, cancellationToken);
    }
}
