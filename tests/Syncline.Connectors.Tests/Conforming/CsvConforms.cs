using System.Globalization;
using System.Text;
using Syncline.Conformance.Sources;
using Syncline.Connectors.Csv;
using Syncline.Connectors.Tests.Csv;
using Syncline.Extraction;
using Syncline.Records;

namespace Syncline.Connectors.Tests.Conforming;

public sealed class CsvConforms : SourceConformance, IDisposable
{
    private readonly List<FileOfPeople> _files = [];

    public void Dispose() => _files.ForEach(f => f.Dispose());

    protected override Task<SourceWorld> NewWorldAsync()
    {
        FileOfPeople file = new();
        _files.Add(file);
        return Task.FromResult<SourceWorld>(file);
    }
}

/// <summary>A file that somebody keeps editing.</summary>
internal sealed class FileOfPeople : SourceWorld, IDisposable
{
    private readonly List<(string Email, string Title)> _rows = [];
    private readonly CsvScratch _file = new("Email,Title\r\n");

    public override ISource Open(int pageSize) => CsvSource.OpenAsync(_file.Options with { PageSize = pageSize, KeyColumn = "Email" }, CancellationToken.None).GetAwaiter().GetResult();

    public override Task<RecordKey> AddRecordAsync(CancellationToken cancellationToken)
    {
        _rows.Add((string.Create(CultureInfo.InvariantCulture, $"ada{_rows.Count}@example.com"), "Engineer"));
        Save();
        return Task.FromResult(KeyOf(_rows[^1].Email));
    }

    public override Task<RecordKey> ChangeRecordAsync(RecordKey added, CancellationToken cancellationToken)
    {
        int at = _rows.FindIndex(r => KeyOf(r.Email) == added);
        _rows[at] = _rows[at] with { Title = _rows[at].Title + " and more" };
        Save();
        return Task.FromResult(added);
    }

    public void Dispose() => _file.Dispose();

    private RecordKey KeyOf(string email) => ((CsvSource)Open(1)).Stream.Id.Key(email);

    private void Save() => _file.Write(_rows.Aggregate(new StringBuilder("Email,Title\r\n"), (text, r) => text.Append(r.Email).Append(',').Append(r.Title).Append("\r\n")).ToString());
}
