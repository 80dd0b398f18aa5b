using System.Runtime.CompilerServices;
using Syncline.Extraction;

namespace Syncline.Connectors;

/// <summary>A source whose next page is read while the present one is being committed: for what is read on this machine, where reading costs as much of a processor as saving does.</summary>
/// <remarks>
/// One page ahead, on a thread of the pool. The cursor that is committed is still that of its own page: a crash costs the page ahead, which nobody has seen. Not for a source that asks for
/// <see cref="ReadRequest.Known"/>, because it would ask before the page before is committed.
/// </remarks>
public sealed class ReadAhead(ISource source) : ISource
{
    public StreamDescriptor Stream => source.Stream;

    public async IAsyncEnumerable<Page> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using IAsyncEnumerator<Page> pages = source.ReadAsync(request, stop.Token).GetAsyncEnumerator(stop.Token);
        Task<bool> next = NextAsync(pages);
        try
        {
            while (await next)
            {
                Page page = pages.Current;
                next = NextAsync(pages);
                yield return page;
            }
        }
        finally
        {
            // Whoever stops in between must not leave a reader behind that still holds the file. What the page ahead came to is of no interest then.
            await stop.CancelAsync();
            await Task.WhenAny(next);
        }
    }

    private static Task<bool> NextAsync(IAsyncEnumerator<Page> pages) => Task.Run(() => pages.MoveNextAsync().AsTask(), CancellationToken.None);
}
