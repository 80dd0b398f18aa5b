using System.Text;
using Syncline.Connectors.Csv;
using Syncline.Extraction;
using Syncline.Records;

namespace Syncline.Connectors.Tests.Csv;

/// <summary>A CSV file that lives as long as its test.</summary>
internal sealed class CsvScratch : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public CsvScratch(string text, Encoding? encoding = null) => Write(text, encoding);

    public CsvScratch(byte[] bytes) => File.WriteAllBytes(_path, bytes);

    public CsvOptions Options => new("scratch", _path);

    public byte[] Bytes => File.ReadAllBytes(_path);

    public void Write(string text, Encoding? encoding = null) => File.WriteAllText(_path, text, encoding ?? new UTF8Encoding(false));

    public void Dispose() => File.Delete(_path);

    public Task<List<Page>> ReadAsync(Func<CsvOptions, CsvOptions>? with = null, Cursor? after = null, Func<ReadRequest, ReadRequest>? ask = null) =>
        ReadAsync(with is null ? Options : with(Options), after, ask);

    public static async Task<List<Page>> ReadAsync(CsvOptions options, Cursor? after = null, Func<ReadRequest, ReadRequest>? ask = null)
    {
        CsvSource source = await CsvSource.OpenAsync(options, TestContext.Current.CancellationToken);
        ReadRequest request = new(after) { Known = new NothingKnown() };
        List<Page> pages = [];
        await foreach (Page page in source.ReadAsync(ask is null ? request : ask(request), TestContext.Current.CancellationToken)) pages.Add(page);
        return pages;
    }

    /// <summary>The records in canonical words, by the maps that ship with the source.</summary>
    public static async Task<List<(RecordKey Key, FieldSet Fields)>> MappedAsync(CsvOptions options)
    {
        CsvSource source = await CsvSource.OpenAsync(options, TestContext.Current.CancellationToken);
        return [.. (await ReadAsync(options)).SelectMany(p => p.Records).Select(r => (r.Key, source.Maps.Single(m => m.Stream == r.Key.Stream).ToCanonical(r.Fields)))];
    }

    /// <summary>Imports and exports again.</summary>
    public static async Task<byte[]> RoundTripAsync(CsvOptions options)
    {
        CsvSource source = await CsvSource.OpenAsync(options, TestContext.Current.CancellationToken);
        List<Page> pages = await ReadAsync(options);
        IEnumerable<FieldSet> rows = pages.SelectMany(p => p.Records).Where(r => r.Key.Stream == source.Stream.Id.Name).Select(r => r.Fields);
        using MemoryStream target = new();
        await CsvExport.WriteRowsAsync(target, CsvFormat.Of(pages[^1].Next), rows.ToAsyncEnumerable(), TestContext.Current.CancellationToken);
        return target.ToArray();
    }

    private sealed class NothingKnown : IKnownVersions
    {
        public Task<IReadOnlyDictionary<string, string>> FindAsync(StreamId stream, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string>());
    }
}
