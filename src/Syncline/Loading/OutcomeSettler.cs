using Syncline.Mapping;
using Syncline.Merging;
using Syncline.Records;

namespace Syncline.Loading;

/// <summary>Turns outcomes into what is to be made durable. Pure.</summary>
internal sealed class OutcomeSettler(string connection, LoadContext context, MapSet maps)
{
    public DeadLetterKey KeyOf(GoldenRecord golden) => new(context.Sync, connection, golden.Reference.Text);

    /// <summary>The key of a value that was left out of a record.</summary>
    private DeadLetterKey KeyOf(GoldenRecord golden, string field) => KeyOf(golden) with { Subject = $"{golden.Reference.Text}#{field}" };

    public DeadLetter DeadLetterOf(GoldenRecord golden, string stage, string code, string reason, DateTimeOffset now, TimeSpan? retryAfter) =>
        new(KeyOf(golden), golden.Kind, stage, code, reason, context.RunId) { GoldenId = golden.Id, At = now, RetryAt = now + retryAfter };

    /// <summary>The link with its new base.</summary>
    public Settlement Done(PendingWrite write, RemoteRecord record)
    {
        Operation operation = write.Operation;
        Link link = (write.Link ?? new(record.Key, operation.Kind, operation.GoldenId)) with
        {
            Key = record.Key,
            Sent = operation.Desired,
            Answered = AnsweredOf(write, record),
            Seen = SeenOf(write, record),
            State = LinkState.Live,
            IsOurs = write.IsOurs,
        };
        Settlement settlement = new(operation.Id, OperationState.Done, record.Key.Id, null);
        settlement.Changes.Links.Add(link);
        settlement.Changes.Conflicts.AddRange(write.Waiting.Select(c => c with { RunId = context.RunId }));
        settlement.Changes.Settled.Add(KeyOf(write.Golden));
        settlement.Changes.Settled.AddRange(write.Names.Where(name => write.Link is { } known && known.Sent[name] is null).Select(name => KeyOf(write.Golden, name)));
        // The record this one replaces, or was merged into.
        RecordKey[] former = [.. new[] { write.Link?.Key, operation.Verb == Verb.Replace ? operation.Stream.Key(operation.RemoteId!) : null }.OfType<RecordKey>().Distinct().Where(key => key != record.Key)];
        settlement.Changes.RemovedLinks.AddRange(former);
        return settlement;
    }

    /// <summary>A field we did not write keeps the answer of its last write: what a person put there since stays visible as a move.</summary>
    private static FieldSet AnsweredOf(PendingWrite write, RemoteRecord record)
    {
        FieldSet desired = write.Operation.Desired;
        if (write.Operation.Verb != Verb.Update) return record.Fields.Where(name => desired[name] is not null);
        // Without a diff the write was taken over from an earlier process: what is as we want it there is agreed.
        FieldSet answered = write.Diff?.Answered ?? (write.Link?.Answered ?? FieldSet.Empty).With(record.Fields.Where(name => record.Fields[name] == desired[name]));
        foreach (string name in write.Names) answered = answered.With(name, record.Fields[name]);
        return answered;
    }

    /// <summary>Reading back what we wrote is no news to the destination as a source; what stands beside it may be.</summary>
    private FieldSet SeenOf(PendingWrite write, RemoteRecord record)
    {
        FieldSet canonical = maps.ToCanonical(record);
        if (write.Operation.Verb != Verb.Update) return canonical;
        HashSet<string> written = [.. write.Names];
        FieldSet seen = write.Link?.Seen ?? FieldSet.Empty, ours = maps.ToCanonical(record with { Fields = write.Operation.Desired });
        foreach (FieldRule rule in maps.Find(record.Key.Connection, record.Key.Stream)?.Rules ?? [])
        {
            if (rule.Direction != MapDirection.Out && written.Contains(rule.Remote)) seen = seen.With(rule.Canonical, WithoutNews(canonical[rule.Canonical], ours[rule.Canonical], seen[rule.Canonical]));
        }
        return seen;
    }

    /// <summary>A record that we removed is forgotten: should what it came from be there again one day, it is made anew.</summary>
    public Settlement Removed(PendingWrite write)
    {
        Settlement settlement = new(write.Operation.Id, OperationState.Done, write.Operation.RemoteId, null);
        settlement.Changes.RemovedLinks.Add(write.Operation.Stream.Key(write.Operation.RemoteId!));
        settlement.Changes.Settled.Add(KeyOf(write.Golden));
        return settlement;
    }

    /// <summary>A list that was written may hold what somebody put there since it was last read: that has not been taken in yet.</summary>
    private static FieldValue? WithoutNews(FieldValue? answered, FieldValue? ours, FieldValue? seen) => answered?.Type != FieldType.List
        ? answered
        : FieldValue.List(answered.Items.Where(item => (ours?.Items ?? []).Contains(item) || (seen?.Items ?? []).Contains(item)));

    public Settlement Refused(PendingWrite write, WriteOutcome.Refused refused, DateTimeOffset now)
    {
        Settlement settlement = new(write.Operation.Id, OperationState.Refused, null, refused.Code);
        // A value that clashes with another record may be found by the next look-up; anything else needs a person or a new value.
        TimeSpan? retry = refused.ConflictingId is null ? null : TimeSpan.Zero;
        settlement.Changes.DeadLetters.Add(DeadLetterOf(write.Golden, "loading", refused.Code, refused.Reason, now, retry));
        return settlement;
    }

    public Settlement RemovalRefused(Operation removal, WriteOutcome.Refused refused, DateTimeOffset now)
    {
        Settlement settlement = new(removal.Id, OperationState.Refused, removal.RemoteId, refused.Code);
        GoldenRecord golden = new(removal.GoldenId, removal.Kind, FieldSet.Empty);
        string reason = $"Its new version is written, but the old one, {removal.Stream.Key(removal.RemoteId!)}, could not be removed: {refused.Reason} Delete it there by hand.";
        settlement.Changes.DeadLetters.Add(DeadLetterOf(golden, "loading", refused.Code, reason, now, null));
        return settlement;
    }

    public Settlement FieldRefused(PendingWrite write, string field, WriteOutcome.Refused refused, DateTimeOffset now)
    {
        Settlement settlement = new(write.Operation.Id, OperationState.Refused, null, refused.Code);
        settlement.Changes.DeadLetters.Add(new(KeyOf(write.Golden, field), write.Operation.Kind, refused.IsByRule ? DeadLetter.SkippedStage : "loading", refused.Code, $"Written without {field}: {refused.Reason}", context.RunId) { At = now });
        return settlement;
    }
}
