using System.Runtime.CompilerServices;
using Syncline.Extraction;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Simulation.Worlds;

/// <summary>A destination that only passes on.</summary>
internal abstract class PassThroughDestination(IDestination inner) : IDestination
{
    public string Connection => inner.Connection;

    public virtual IReadOnlyList<DestinationStream> Streams => inner.Streams;

    public Task<IReadOnlyList<Unavailable>> PrepareAsync(IReadOnlyList<FieldMap> maps, CancellationToken cancellationToken) => inner.PrepareAsync(maps, cancellationToken);

    public virtual Task<IReadOnlyList<Found>> FindAsync(DestinationStream stream, IReadOnlyList<Wanted> wanted, CancellationToken cancellationToken) => inner.FindAsync(stream, wanted, cancellationToken);

    public virtual Task<IReadOnlyDictionary<string, RemoteRecord>> ReadAsync(DestinationStream stream, IReadOnlyList<string> ids, CancellationToken cancellationToken) => inner.ReadAsync(stream, ids, cancellationToken);

    public virtual Task<IReadOnlyList<WriteOutcome>> WriteAsync(DestinationStream stream, IReadOnlyList<Operation> batch, CancellationToken cancellationToken) => inner.WriteAsync(stream, batch, cancellationToken);
}

/// <summary>A source whose pages are changed on their way.</summary>
internal sealed class AlteredSource(ISource inner, Func<Page, Page> alter) : ISource
{
    public StreamDescriptor Stream => inner.Stream;

    public async IAsyncEnumerable<Page> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (Page page in inner.ReadAsync(request, cancellationToken)) yield return alter(page);
    }
}
