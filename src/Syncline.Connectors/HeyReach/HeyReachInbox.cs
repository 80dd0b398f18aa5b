using System.Runtime.CompilerServices;
using Syncline.Extraction;
using Syncline.Records;

namespace Syncline.Connectors.HeyReach;

/// <summary>The inbox: people, conversations and messages, newest conversation first.</summary>
/// <remarks>
/// An incremental reading asks for what moved since the last sweep began, less an overlap; once a day the overlap is 7 days. A thread whose last message and
/// number of messages are both as committed is passed over. An edit of a message's body changes neither, and a change of the profile neither: a full reading
/// shows those. A run that first finishes an interrupted sweep goes on with what moved since that one began.
/// </remarks>
internal sealed class HeyReachInbox(string connection, HeyReachApi api, HeyReachOptions options, TimeProvider clock) : IPointSource
{
    public const string Name = "inbox";

    public StreamDescriptor Stream { get; } = new(new(connection, Name), [RecordKind.Person, RecordKind.Conversation, RecordKind.Message]);

    public async IAsyncEnumerable<Page> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HeyReachReading reading = new(api, options, connection, request);
        HeyReachCursor cursor = request.IsFull ? HeyReachCursor.None : HeyReachCursor.Read(request.After);
        bool isResumed = cursor.Sweep is not null;
        do
        {
            cursor = cursor.Begin(clock.GetUtcNow(), options.Overlap, request.IsFull);
            while (cursor.Sweep is not null)
            {
                if (reading.IsAtLimit) yield break;
                cancellationToken.ThrowIfCancellationRequested();
                (Page page, cursor) = await reading.NextAsync(cursor, cancellationToken);
                yield return page;
            }
            (bool goesOn, isResumed) = (isResumed, false);
            if (!goesOn) yield break;
        }
        while (true);
    }

    /// <param name="ids">As <see cref="HeyReachThreadId"/> writes them. Their records are of the streams that a reading brings: people, conversations and messages.</param>
    public Task<IReadOnlyList<RemoteRecord>> FetchAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        new HeyReachPoints(api, options, connection).FetchAsync(ids.Select(HeyReachThreadId.Read).OfType<HeyReachThreadId>(), cancellationToken);
}
