using Syncline.Extraction;
using Syncline.Records;
using Xunit;

namespace Syncline.Conformance.Sources;

/// <summary>What a hub keeps of the pages it is given: the latest of each record, versions, the cursor. A page's order is checked as it is committed.</summary>
/// <param name="otherStreams">Streams that another source of the connection reads first: references to them are not checked.</param>
public sealed class CommittedPages(IReadOnlyCollection<string>? otherStreams = null) : IKnownVersions
{
    private readonly Dictionary<RecordKey, RemoteRecord> _records = [];
    private readonly Dictionary<RecordKey, string> _versions = [];

    public Cursor? Cursor { get; private set; }

    public IReadOnlyDictionary<RecordKey, RemoteRecord> Records => _records;

    /// <summary>Takes in a page as one transaction.</summary>
    public void Commit(Page page)
    {
        foreach (RemoteRecord record in page.Records)
        {
            foreach (RecordKey referred in ReferredBy(record)) Assert.True(_records.ContainsKey(referred), $"{record.Key} refers to {referred}, which has not come before it.");
            _records[record.Key] = record;
        }
        foreach ((RecordKey key, string version) in page.Versions) _versions[key] = version;
        Cursor = page.Next;
    }

    /// <summary>Reads and commits page by page, as a run does.</summary>
    /// <param name="between">What happens at the provider after a page is committed and before the next is asked for; given the number of pages so far.</param>
    public async Task<IReadOnlyList<Page>> RunAsync(ISource source, CancellationToken cancellationToken, ReadRequest? request = null, Func<int, Task>? between = null)
    {
        List<Page> pages = [];
        await foreach (Page page in source.ReadAsync(request ?? Request(), cancellationToken))
        {
            Commit(page);
            pages.Add(page);
            if (between is not null) await between(pages.Count);
        }
        return pages;
    }

    /// <summary>An ordinary reading from where the last committed page ended.</summary>
    public ReadRequest Request() => new(Cursor) { Known = this };

    public Task<IReadOnlyDictionary<string, string>> FindAsync(StreamId stream, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, string>>(
            ids.Distinct().Where(id => _versions.ContainsKey(stream.Key(id))).ToDictionary(id => id, id => _versions[stream.Key(id)]));

    private IEnumerable<RecordKey> ReferredBy(RemoteRecord record) => record.Fields
        .SelectMany(f => f.Value.Items)
        .Where(v => v.Type == FieldType.Reference && otherStreams?.Contains(v.ReferencedScope) != true)
        .Select(v => new RecordKey(record.Key.Connection, v.ReferencedScope, v.ReferencedId));
}
