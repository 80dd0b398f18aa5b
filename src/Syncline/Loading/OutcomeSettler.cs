using Syncline.Mapping;
using Syncline.Merging;
using Syncline.Records;

namespace Syncline.Loading;

/// <summary>Turns outcomes into what is to be made durable. Pure.</summary>
internal sealed class OutcomeSettler(string connection, LoadContext context, MapSet maps)
{
    public DeadLetterKey KeyOf(GoldenRecord golden) => new(context.Sync, connection, golden.Reference.Text);

    public DeadLetter DeadLetterOf(GoldenRecord golden, string stage, string code, string reason, DateTimeOffset now, TimeSpan? retryAfter) =>
        new(KeyOf(golden), golden.Kind, stage, code, reason, context.RunId) { GoldenId = golden.Id, At = now, RetryAt = now + retryAfter };

    /// <summary>The link with its new base.</summary>
    public Settlement Done(PendingWrite write, RemoteRecord record)
    {
        Operation operation = write.Operation;
        Link link = new(record.Key, operation.Kind, operation.GoldenId)
        {
            Sent = operation.Desired,
            Answered = AnsweredOf(write, record),
            Seen = maps.ToCanonical(record),
            IsOurs = write.IsOurs,
        };
        Settlement settlement = new(operation.Id, OperationState.Done, record.Key.Id, null);
        settlement.Changes.Links.Add(link);
        settlement.Changes.Settled.Add(KeyOf(write.Golden));
        if (write.Removal is not null) settlement.Changes.RemovedLinks.Add(operation.Stream.Key(operation.RemoteId!));
        return settlement;
    }

    /// <summary>A field we did not write keeps the answer of its last write: what a person put there since stays visible as a move.</summary>
    private static FieldSet AnsweredOf(PendingWrite write, RemoteRecord record)
    {
        if (write.Diff is null || write.Removal is not null) return record.Fields.Where(name => write.Operation.Desired[name] is not null);
        FieldSet answered = write.Diff.Answered;
        foreach (Planning.FieldWrite field in write.Diff.Writes) answered = answered.With(field.Remote, record.Fields[field.Remote]);
        return answered;
    }

    public Settlement Refused(PendingWrite write, WriteOutcome.Refused refused, DateTimeOffset now)
    {
        Settlement settlement = new(write.Operation.Id, OperationState.Refused, null, refused.Code);
        // A value that clashes with another record may be found by the next look-up; anything else needs a person or a new value.
        TimeSpan? retry = refused.ConflictingId is null ? null : TimeSpan.Zero;
        settlement.Changes.DeadLetters.Add(DeadLetterOf(write.Golden, "loading", refused.Code, refused.Reason, now, retry));
        return settlement;
    }

    public Settlement FieldRefused(PendingWrite write, string field, WriteOutcome.Refused refused, DateTimeOffset now)
    {
        Settlement settlement = new(write.Operation.Id, OperationState.Refused, null, refused.Code);
        DeadLetterKey key = KeyOf(write.Golden) with { Subject = $"{write.Golden.Reference.Text}#{field}" };
        settlement.Changes.DeadLetters.Add(new(key, write.Operation.Kind, "loading", refused.Code, $"Written without {field}: {refused.Reason}", context.RunId) { At = now });
        return settlement;
    }
}
