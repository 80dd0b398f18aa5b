using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Merging;
using Syncline.Planning;

namespace Syncline.Syncs;

/// <summary>One destination of a run, made ready: its maps without the fields it has no place for, its streams without the kinds the sync leaves out.</summary>
internal sealed record Outbound(IDestination Destination, ChunkPlanner Planner, MapSet Maps, IReadOnlyList<Unavailable> Unavailable)
{
    public Loader? Loader { get; init; }

    public Resumption? Resumption { get; init; }

    public static async Task<Outbound> PrepareAsync(IHub hub, IDestination destination, MapSet maps, SyncDefinition sync, RunOptions options, TimeProvider clock, bool isDryRun, CancellationToken cancellationToken)
    {
        IReadOnlyList<FieldMap> wanted = [.. maps.Of(destination.Connection).Where(m => sync.Kinds.Count == 0 || sync.Kinds.Contains(m.Kind))];
        IReadOnlyList<Unavailable> missing = await destination.PrepareAsync(wanted, cancellationToken);
        MapSet usable = new MapSet().Add(destination.Connection, wanted.Select(m => m with { Rules = [.. m.Rules.Where(r => !missing.Any(u => u.Kind == m.Kind && u.Remote == r.Remote))] }));
        SelectedStreams selected = new(new SettledReads(destination, clock), [.. destination.Streams.Where(s => wanted.Any(m => m.Stream == s.Stream))]);
        return new(selected, new(hub, selected, usable, new(sync.From)) { IsDryRun = isDryRun, IsFull = options.IsFull, Deletes = sync.Deletes }, usable, missing);
    }

    public Outbound WithLoader(IJournal journal, LoadContext context, TimeProvider clock)
    {
        Loader loader = new(journal, Destination, Planner, Maps, context, clock);
        return this with { Loader = loader, Resumption = new(journal, Destination, Planner, loader, context, clock) };
    }

    /// <summary>A destination of which only some streams are written.</summary>
    private sealed class SelectedStreams(IDestination whole, IReadOnlyList<DestinationStream> streams) : IDestination
    {
        public string Connection => whole.Connection;

        public IReadOnlyList<DestinationStream> Streams => streams;

        public Task<IReadOnlyList<Unavailable>> PrepareAsync(IReadOnlyList<FieldMap> maps, CancellationToken cancellationToken) => whole.PrepareAsync(maps, cancellationToken);

        public Task<IReadOnlyList<Found>> FindAsync(DestinationStream stream, IReadOnlyList<Wanted> wanted, CancellationToken cancellationToken) => whole.FindAsync(stream, wanted, cancellationToken);

        public Task<IReadOnlyDictionary<string, Records.RemoteRecord>> ReadAsync(DestinationStream stream, IReadOnlyList<string> ids, CancellationToken cancellationToken) => whole.ReadAsync(stream, ids, cancellationToken);

        public Task<IReadOnlyList<WriteOutcome>> WriteAsync(DestinationStream stream, IReadOnlyList<Operation> batch, CancellationToken cancellationToken) => whole.WriteAsync(stream, batch, cancellationToken);
    }
}
