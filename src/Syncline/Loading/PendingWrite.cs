using Syncline.Merging;
using Syncline.Planning;
using Syncline.Records;

namespace Syncline.Loading;

/// <summary>A planned write on its way out.</summary>
/// <param name="Diff">Null for a create, and for a write that was taken over from an earlier process.</param>
/// <param name="Removal">The removal of the record this one replaces.</param>
internal sealed record PendingWrite(Operation Operation, RecordDiff? Diff, int Conflicts, Operation? Removal)
{
    public IEnumerable<Operation> Operations => Removal is null ? [Operation] : [Operation, Removal];

    public GoldenRecord Golden => new(Operation.GoldenId, Operation.Kind, FieldSet.Empty);

    /// <summary>The record's link as it was before this write; null when there was none.</summary>
    public Link? Link { get; init; }

    /// <summary>Fields of the record that wait for a person, while the others are written.</summary>
    public IReadOnlyList<Conflict> Waiting { get; init; } = [];

    /// <summary>The remote fields this write sets or empties.</summary>
    public IEnumerable<string> Names => Operation.Fields.Select(f => f.Name).Concat(Operation.Cleared);

    /// <summary>True when there is nothing left to be changed.</summary>
    public bool IsEmpty => Operation.Verb == Verb.Update && !Names.Any();

    /// <summary>True when the remote record was ours before this write, or is made by it.</summary>
    public bool IsOurs { get; init; } = Operation.Verb is Verb.Create or Verb.Replace;

    public static PendingWrite Of(PlannedRecord planned, DestinationStream stream, string connection, Func<string> nextId)
    {
        StreamId id = new(connection, stream.Stream);
        return planned switch
        {
            PlannedRecord.Create create => new(new(nextId(), id, create.Golden.Kind, create.Golden.Id, Verb.Create, create.Fields) { Desired = create.Fields }, null, 0, null),
            PlannedRecord.Delete delete => Removing(delete, id, nextId),
            PlannedRecord.Update { Replaces: true } replace => Replacement(replace, id, nextId),
            PlannedRecord.Update update => Change(update, id, nextId),
            _ => throw new InvalidOperationException($"{planned.GetType().Name} needs no write."),
        };
    }

    /// <summary>The same write without one field, under a new name.</summary>
    public PendingWrite Without(string field, Func<string> nextId) => this with
    {
        Operation = Operation with { Id = nextId(), Fields = Operation.Fields.With(field, null), Desired = Operation.Desired.With(field, null) },
        Removal = Removal is null ? null : Removal with { Id = nextId() },
    };

    private static PendingWrite Removing(PlannedRecord.Delete delete, StreamId stream, Func<string> nextId)
    {
        Operation operation = new(nextId(), stream, delete.Golden.Kind, delete.Golden.Id, Verb.Delete, FieldSet.Empty) { RemoteId = delete.Link.Key.Id, Desired = delete.Link.Sent, Before = delete.Before };
        return new(operation, null, 0, null) { Link = delete.Link };
    }

    private static PendingWrite Change(PlannedRecord.Update update, StreamId stream, Func<string> nextId)
    {
        RecordDiff diff = update.Diff;
        Operation operation = new(nextId(), stream, update.Golden.Kind, update.Golden.Id, Verb.Update, diff.Fields)
        {
            RemoteId = update.RemoteId,
            Desired = diff.Sent,
            Before = diff.Before,
            Cleared = diff.Cleared,
            RemovesListValues = diff.RemovesListValues,
        };
        return new(operation, diff, diff.Conflicts, null) { IsOurs = update.Link?.IsOurs ?? false, Link = update.Link, Waiting = update.Waiting };
    }

    private static PendingWrite Replacement(PlannedRecord.Update update, StreamId stream, Func<string> nextId)
    {
        Operation operation = new(nextId(), stream, update.Golden.Kind, update.Golden.Id, Verb.Replace, update.Diff.Sent) { RemoteId = update.RemoteId, Desired = update.Diff.Sent, Before = update.Diff.Before };
        Operation removal = new(nextId(), stream, update.Golden.Kind, update.Golden.Id, Verb.Delete, FieldSet.Empty) { RemoteId = update.RemoteId, Before = update.Diff.Before };
        return new(operation, update.Diff, update.Diff.Conflicts, removal) { Link = update.Link };
    }
}
