using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Tests.InMemory;

/// <summary>A destination of dictionaries whose answers can be scripted, and whose searches may lag its writes.</summary>
internal sealed class MemoryDestination(TimeProvider clock, List<string> trace, params DestinationStream[] streams) : IDestination
{
    private readonly Dictionary<RecordKey, DateTimeOffset> _visibleFrom = [];
    private int _made;

    public string Connection => "crm";

    public IReadOnlyList<DestinationStream> Streams => streams;

    public Dictionary<RecordKey, RemoteRecord> Records { get; } = [];

    /// <summary>How long a new record cannot be found by a key; by its id it is there at once.</summary>
    public TimeSpan Lag { get; set; }

    /// <summary>What a batch is answered instead of being carried out; null carries it out. Asked once a call.</summary>
    public Func<IReadOnlyList<Operation>, IReadOnlyList<WriteOutcome>?> Instead { get; set; } = _ => null;

    /// <summary>What is answered after a batch was carried out; null answers the truth.</summary>
    public Func<IReadOnlyList<Operation>, IReadOnlyList<WriteOutcome>?> Afterwards { get; set; } = _ => null;

    /// <summary>How this provider writes a value down.</summary>
    public Func<string, FieldValue, FieldValue?> Normalise { get; set; } = (_, value) => value;

    public RemoteRecord Put(string stream, string id, params ReadOnlySpan<(string, FieldValue?)> fields) =>
        Records[new(Connection, stream, id)] = new(new(Connection, stream, id), streams.First(s => s.Stream == stream).Kind, FieldSet.Of(fields));

    public Task<IReadOnlyList<Unavailable>> PrepareAsync(IReadOnlyList<FieldMap> maps, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Unavailable>>([]);

    public Task<IReadOnlyList<Found>> FindAsync(DestinationStream stream, IReadOnlyList<Wanted> wanted, CancellationToken cancellationToken)
    {
        trace.Add($"find {string.Join(' ', wanted.Select(w => w.GoldenId))}");
        return Task.FromResult<IReadOnlyList<Found>>([.. wanted.SelectMany(w => Visible(stream).SelectMany(r => Match(stream, w, r)))]);
    }

    public Task<IReadOnlyDictionary<string, RemoteRecord>> ReadAsync(DestinationStream stream, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        trace.Add($"read {string.Join(' ', ids)}");
        return Task.FromResult<IReadOnlyDictionary<string, RemoteRecord>>(Records.Values.Where(r => r.Key.Stream == stream.Stream && ids.Contains(r.Key.Id)).ToDictionary(r => r.Key.Id));
    }

    public async Task<IReadOnlyList<WriteOutcome>> WriteAsync(DestinationStream stream, IReadOnlyList<Operation> batch, CancellationToken cancellationToken)
    {
        trace.Add($"write {string.Join(' ', batch.Select(o => $"{o.Verb} {o.GoldenId}"))}");
        await Task.Yield();
        if (Instead(batch) is { } instead) return instead;
        WriteOutcome[] outcomes = [.. batch.Select(Write)];
        return Afterwards(batch) ?? outcomes;
    }

    private IEnumerable<RemoteRecord> Visible(DestinationStream stream) =>
        Records.Values.Where(r => r.Key.Stream == stream.Stream && _visibleFrom.GetValueOrDefault(r.Key) <= clock.GetUtcNow());

    private static IEnumerable<Found> Match(DestinationStream stream, Wanted wanted, RemoteRecord record) =>
        stream.MatchFields.Where(f => wanted.Fields[f] is { } value && record.Fields[f] is { } held && value.Items.Intersect(held.Items).Any()).Take(1).Select(f => new Found(wanted.GoldenId, record, f));

    private WriteOutcome Write(Operation operation)
    {
        RecordKey key = operation.Stream.Key(operation.Verb is Verb.Create or Verb.Replace ? $"r{++_made}" : operation.RemoteId!);
        if (operation.Verb == Verb.Delete) return Records.Remove(key) ? new WriteOutcome.Deleted() : new WriteOutcome.Gone("It is not there.");
        if (operation.Verb == Verb.Update && !Records.ContainsKey(key)) return new WriteOutcome.Gone("It is not there.");
        if (operation.Verb != Verb.Update) _visibleFrom[key] = clock.GetUtcNow() + Lag;
        FieldSet fields = operation.Verb == Verb.Update ? Records[key].Fields : FieldSet.Empty;
        foreach (Field field in operation.Fields) fields = fields.With(field.Name, Normalise(field.Name, field.Value));
        foreach (string name in operation.Cleared) fields = fields.With(name, null);
        return new WriteOutcome.Written(Records[key] = new(key, operation.Kind, fields));
    }
}
