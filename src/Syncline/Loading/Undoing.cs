using Syncline.Mapping;
using Syncline.Merging;
using Syncline.Records;

namespace Syncline.Loading;

/// <summary>What could and could not be taken back.</summary>
/// <param name="Kept">Records left as they are, each with the reason.</param>
public sealed record UndoReport(long Removed, long Restored, IReadOnlyList<(string Record, string Reason)> Kept)
{
    public static UndoReport Empty { get; } = new(0, 0, []);

    public UndoReport Plus(UndoReport other) => new(Removed + other.Removed, Restored + other.Restored, [.. Kept, .. other.Kept]);
}

/// <summary>Takes journalled writes back at their destination, as long as nobody has changed the record since.</summary>
public sealed class Undoing(IHub hub, IJournal journal, IDestination destination, MapSet maps, LoadContext context)
{
    // Bounds what is in memory and in flight; the governor sets the pace.
    private const int Chunk = 50;

    /// <summary>Takes the entries back in the order given (newest first), chunk by chunk.</summary>
    /// <param name="onlyRemovals">True for a clean-up: what was updated stays.</param>
    /// <param name="force">True also removes what people changed after we made it.</param>
    public async Task<UndoReport> TakeBackAsync(IAsyncEnumerable<JournalEntry> entries, bool onlyRemovals, bool force, Action<UndoReport> report, CancellationToken cancellationToken)
    {
        UndoReport all = UndoReport.Empty;
        List<JournalEntry> chunk = [];
        await foreach (JournalEntry entry in entries.WithCancellation(cancellationToken))
        {
            bool isOurs = entry.Operation.Stream.Connection == destination.Connection && entry is { State: OperationState.Done, RemoteId: not null };
            if (!isOurs || (onlyRemovals && entry.Operation.Verb is Verb.Update or Verb.Delete)) continue;
            chunk.Add(entry);
            if (chunk.Count < Chunk) continue;
            report(all = all.Plus(await TakeBackAsync(chunk, force, cancellationToken)));
            chunk.Clear();
        }
        return all.Plus(await TakeBackAsync(chunk, force, cancellationToken));
    }

    private async Task<UndoReport> TakeBackAsync(List<JournalEntry> chunk, bool force, CancellationToken cancellationToken)
    {
        UndoReport all = UndoReport.Empty;
        foreach (IGrouping<string, JournalEntry> stream in chunk.GroupBy(e => e.Operation.Stream.Name))
        {
            DestinationStream? known = destination.Streams.FirstOrDefault(s => s.Stream == stream.Key);
            all = all.Plus(known is null ? Unknown([.. stream]) : await TakeBackAsync(known, [.. stream], force, cancellationToken));
        }
        return all;
    }

    private static UndoReport Unknown(JournalEntry[] entries) =>
        new(0, 0, [.. entries.Select(e => (e.Operation.Stream.Key(e.RemoteId!).ToString(), "The destination no longer has this stream in the configuration."))]);

    private async Task<UndoReport> TakeBackAsync(DestinationStream stream, JournalEntry[] entries, bool force, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, RemoteRecord> now = await destination.ReadAsync(stream, [.. entries.Select(e => e.RemoteId!).Distinct()], cancellationToken);
        IReadOnlyDictionary<RecordKey, Link> links = await hub.FindLinksAsync([.. entries.Select(e => e.Operation.Stream.Key(e.RemoteId!))], cancellationToken);
        List<(JournalEntry Entry, Reversal Reversal)> reversals = [.. entries.Select(e => (e, Reversal.Of(e, links.GetValueOrDefault(e.Operation.Stream.Key(e.RemoteId!)), now.GetValueOrDefault(e.RemoteId!), force, context.NextId)))];
        await journal.IntendAsync(context.Sync, context.RunId, [.. reversals.Select(r => r.Reversal.Operation).OfType<Operation>()], cancellationToken);
        UndoReport[] done = await Task.WhenAll(reversals.Select(r => CarryOutAsync(stream, r.Entry, r.Reversal, links, cancellationToken)));
        return done.Aggregate(UndoReport.Empty, (all, one) => all.Plus(one));
    }

    private async Task<UndoReport> CarryOutAsync(DestinationStream stream, JournalEntry entry, Reversal reversal, IReadOnlyDictionary<RecordKey, Link> links, CancellationToken cancellationToken)
    {
        RecordKey key = entry.Operation.Stream.Key(entry.RemoteId!);
        if (reversal.KeptBecause is { } reason) return new(0, 0, [(key.ToString(), reason)]);
        Settlement undone = new(entry.Operation.Id, OperationState.Undone, entry.RemoteId, $"Taken back by run {context.RunId}.");
        if (reversal.Operation is not { } operation)
        {
            undone.Changes.RemovedLinks.Add(key);
            await journal.SettleAsync([undone], cancellationToken);
            return UndoReport.Empty with { Removed = 1 };
        }
        WriteOutcome outcome = (await destination.WriteAsync(stream, [operation], cancellationToken))[0];
        return await SettleAsync(operation, outcome, undone, links.GetValueOrDefault(key), cancellationToken);
    }

    private async Task<UndoReport> SettleAsync(Operation operation, WriteOutcome outcome, Settlement undone, Link? link, CancellationToken cancellationToken)
    {
        RecordKey key = operation.Stream.Key(operation.RemoteId ?? undone.RemoteId!);
        switch (outcome)
        {
            case WriteOutcome.Written again when operation.Verb == Verb.Create:
                undone.Changes.Links.Add(new(again.Record.Key, operation.Kind, operation.GoldenId) { Sent = operation.Desired, Answered = again.Record.Fields.Where(name => operation.Desired[name] is not null), Seen = maps.ToCanonical(again.Record), IsOurs = true });
                await journal.SettleAsync([new(operation.Id, OperationState.Done, again.Record.Key.Id, null), undone], cancellationToken);
                return UndoReport.Empty with { Restored = 1 };
            case WriteOutcome.Deleted or WriteOutcome.Gone when operation.Verb == Verb.Delete:
                undone.Changes.RemovedLinks.Add(key);
                await journal.SettleAsync([new(operation.Id, OperationState.Done, operation.RemoteId, null), undone], cancellationToken);
                return UndoReport.Empty with { Removed = 1 };
            case WriteOutcome.Written written:
                if (link is not null) undone.Changes.Links.Add(link with { Answered = Restored(link.Answered, operation, written.Record), Seen = maps.ToCanonical(written.Record) });
                await journal.SettleAsync([new(operation.Id, OperationState.Done, operation.RemoteId, null), undone], cancellationToken);
                return UndoReport.Empty with { Restored = 1 };
            default:
                string reason = outcome switch { WriteOutcome.Refused r => r.Reason, WriteOutcome.Unknown u => $"{u.Reason} Run the undo again.", WriteOutcome.Gone g => g.Reason, WriteOutcome.Outdated o => o.Reason, _ => "It could not be written." };
                await journal.SettleAsync([new(operation.Id, OperationState.Dropped, operation.RemoteId, reason)], cancellationToken);
                return new(0, 0, [(key.ToString(), reason)]);
        }
    }

    private static FieldSet Restored(FieldSet answered, Operation operation, RemoteRecord record)
    {
        foreach (string name in operation.Fields.Select(f => f.Name).Concat(operation.Cleared)) answered = answered.With(name, record.Fields[name]);
        return answered;
    }

    /// <summary>The write that takes another back, or why there is none.</summary>
    /// <param name="Operation">Null when nothing is left to be written.</param>
    private sealed record Reversal(Operation? Operation, string? KeptBecause)
    {
        public static Reversal Of(JournalEntry entry, Link? link, RemoteRecord? now, bool force, Func<string> nextId)
        {
            Operation done = entry.Operation;
            bool isCreation = done.Verb is Verb.Create or Verb.Replace;
            if (done.Verb == Verb.Delete && done.Desired.Count > 0) return now is null ? new(done with { Id = nextId(), Verb = Verb.Create, RemoteId = null, Fields = done.Desired, Before = FieldSet.Empty }, null) : new(null, "It is there.");
            if (now is null) return isCreation ? new(null, null) : new(null, "The record is not there any more.");
            string[] changed = link is null ? [] : [.. done.Fields.Select(f => f.Name).Where(name => link.Answered[name] != now.Fields[name])];
            if (changed.Length > 0 && !force) return new(null, $"Somebody has changed {string.Join(", ", changed)} since.");
            return isCreation ? new(done with { Id = nextId(), Verb = Verb.Delete, RemoteId = entry.RemoteId, Fields = FieldSet.Empty, Desired = FieldSet.Empty, Before = now.Fields }, null) : new(Restore(entry, now, nextId), null);
        }

        private static Operation Restore(JournalEntry entry, RemoteRecord now, Func<string> nextId)
        {
            Operation done = entry.Operation;
            string[] touched = [.. done.Fields.Select(f => f.Name).Concat(done.Cleared)];
            return done with
            {
                Id = nextId(),
                Fields = done.Before,
                Before = now.Fields.Where(touched.Contains),
                Cleared = [.. touched.Where(name => done.Before[name] is null)],
                RemovesListValues = done.Fields.Any(f => f.Value.Type == FieldType.List),
            };
        }
    }
}
