using System.Runtime.CompilerServices;
using Syncline.Extraction;

namespace Syncline.Bench.Flows;

/// <summary>A file's source in virtual time: the disk answers on another thread, for which this one waits. Reading costs no virtual time.</summary>
internal sealed class StandingStill(ISource source) : ISource
{
    public StreamDescriptor Stream => source.Stream;

    public async IAsyncEnumerable<Page> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using IAsyncEnumerator<Page> pages = source.ReadAsync(request, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (Task.Run(() => pages.MoveNextAsync().AsTask(), cancellationToken).GetAwaiter().GetResult()) yield return pages.Current;
    }
}
