using Syncline.Connectors;
using Syncline.Imports;
using Syncline.Records;

namespace Syncline.Cli.Tests.Imports;

/// <summary>Companies that live in memory.</summary>
internal sealed class InventedBrowser : IRecordBrowser
{
    public Dictionary<string, ImportedRecord> Companies { get; } = [];

    public int Readings { get; private set; }

    /// <summary>Happens at each reading of whole records.</summary>
    public Action? WhenRead { get; set; }

    public void Set(string id, string name, params (string, FieldValue?)[] attributes) => Companies[id] = new("attio", "company", id, name)
    {
        WebUrl = "https://app.example.com/company/" + id, Attributes = FieldSet.Of(attributes),
    };

    public Task<IReadOnlyList<BrowsedList>> ListsAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<BrowsedList>>([new("prospects", "Prospects", "companies")]);

    public Task<BrowsePage> BrowseAsync(BrowseQuery query, CancellationToken cancellationToken)
    {
        ImportedRecord[] found = [.. Companies.Values.Where(c => query.Search is null || c.Name.Contains(query.Search, StringComparison.OrdinalIgnoreCase)).OrderBy(c => c.Id, StringComparer.Ordinal)];
        return Task.FromResult(new BrowsePage([.. found.Skip(query.Offset).Take(query.Limit).Select(c => new BrowsedRow(c.Id, c.Name, c.WebUrl, c.Attributes))], found.Length > query.Offset + query.Limit));
    }

    public Task<IReadOnlyList<ImportedRecord>> ReadAsync(string place, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        Readings++;
        WhenRead?.Invoke();
        return Task.FromResult<IReadOnlyList<ImportedRecord>>([.. ids.Where(Companies.ContainsKey).Select(id => Companies[id])]);
    }
}
