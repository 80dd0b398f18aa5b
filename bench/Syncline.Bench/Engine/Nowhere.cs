using System.Globalization;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Bench.Engine;

/// <summary>A destination that holds nothing, takes everything and answers at once.</summary>
internal sealed class Nowhere : IDestination
{
    private const string StreamName = "contacts";

    private long _last;

    public static FieldMap Map { get; } = new(RecordKind.Person, StreamName,
    [
        Out("first_name"), Out("last_name"), Out("full_name"), Out("email"), Out("linkedin"), Out("job_title"), Out("company_name"), Out("location"), Out("headline"), Out("tags"), Out("syncline_id"),
    ]);

    public string Connection => "nowhere";

    public IReadOnlyList<DestinationStream> Streams { get; } = [new(RecordKind.Person, StreamName, ["syncline_id", "email", "linkedin"]) { WriteBatch = 100 }];

    public Task<IReadOnlyList<Unavailable>> PrepareAsync(IReadOnlyList<FieldMap> maps, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Unavailable>>([]);

    public Task<IReadOnlyList<Found>> FindAsync(DestinationStream stream, IReadOnlyList<Wanted> wanted, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Found>>([]);

    public Task<IReadOnlyDictionary<string, RemoteRecord>> ReadAsync(DestinationStream stream, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("Nothing that was written here is asked for again in a first run.");

    public Task<IReadOnlyList<WriteOutcome>> WriteAsync(DestinationStream stream, IReadOnlyList<Operation> batch, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<WriteOutcome>>([.. batch.Select(o => new WriteOutcome.Written(new(new(Connection, stream.Stream, NextId()), o.Kind, o.Fields)))]);

    private string NextId() => Interlocked.Increment(ref _last).ToString(CultureInfo.InvariantCulture);

    private static FieldRule Out(string field) => new(field, field) { Direction = MapDirection.Out };
}
