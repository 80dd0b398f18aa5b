using Syncline.Connectors;
using Syncline.Imports;

namespace Syncline.Server.Imports;

/// <summary>Reads chosen records few by few, and says after each how many have been asked for.</summary>
/// <param name="read">Takes how many of the chosen ones are done.</param>
/// <param name="stopping">Stops the reading alone: what comes after it, files and their commit, is done whole or not at all.</param>
internal sealed class WatchedBrowser(IRecordBrowser browser, Action<int> read, CancellationToken stopping) : IRecordBrowser
{
    // One page of a provider's answer, so that telling costs no call.
    private const int AtOnce = 50;

    public Task<IReadOnlyList<BrowsedList>> ListsAsync(CancellationToken cancellationToken) => browser.ListsAsync(cancellationToken);

    public Task<BrowsePage> BrowseAsync(BrowseQuery query, CancellationToken cancellationToken) => browser.BrowseAsync(query, cancellationToken);

    public async Task<IReadOnlyList<ImportedRecord>> ReadAsync(string place, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        List<ImportedRecord> records = [];
        int done = 0;
        foreach (string[] some in ids.Distinct(StringComparer.OrdinalIgnoreCase).Chunk(AtOnce))
        {
            stopping.ThrowIfCancellationRequested();
            records.AddRange(await browser.ReadAsync(place, some, stopping));
            read(done += some.Length);
        }
        stopping.ThrowIfCancellationRequested();
        return records;
    }
}
