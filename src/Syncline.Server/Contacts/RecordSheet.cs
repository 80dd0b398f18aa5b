using Syncline.Loading;
using Syncline.Merging;
using Syncline.Records;
using Syncline.Storage.Serving;

namespace Syncline.Server.Contacts;

/// <summary>One remote record of a golden one.</summary>
/// <param name="ReadAt">When something that it showed last changed the hub.</param>
/// <param name="WrittenAt">When it was last written from here.</param>
/// <param name="Page">Where people see it in a browser; null where that is not known.</param>
internal sealed record Place(Link Link, DateTimeOffset? ReadAt, DateTimeOffset? WrittenAt, string? Page)
{
    public static Place Of(Link link, IReadOnlyList<FeedEntry> history, IReadOnlyList<JournalEntry> writes, string? page) => new(
        link,
        history.LastOrDefault(e => e.Change.Fields.Any(f => f.Origin.Source == link.Key))?.At,
        writes.LastOrDefault(w => w.State == OperationState.Done && w.Operation.Stream == new StreamId(link.Key.Connection, link.Key.Stream) && w.RemoteId == link.Key.Id)?.At,
        page);
}

/// <summary>All that the hub knows of one record.</summary>
/// <param name="History">Newest first.</param>
internal sealed record RecordSheet(GoldenRecord Golden, IReadOnlyList<Place> Places, IReadOnlyList<FeedEntry> History, IReadOnlyList<NumberedLetter> Letters, IReadOnlyList<Conflict> Conflicts);
