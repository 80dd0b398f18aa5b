using System.Net.Http;
using Syncline.Connectors.Csv;
using Syncline.Extraction;
using Syncline.Limits;
using Syncline.Records;

namespace Syncline.Connectors.Tests.Csv;

public sealed class CsvAsAConnection : IDisposable
{
    private readonly CsvScratch _file = new("First Name,Email\nAda,ada@example.com\n");
    private readonly HttpMessageInvoker _nobody = new(new HttpClientHandler());

    public void Dispose()
    {
        _file.Dispose();
        _nobody.Dispose();
    }

    [Fact]
    public async Task A_file_is_read_and_never_written()
    {
        Connection connection = Open(("path", _file.Options.Path));
        Assert.Equal(new StreamId("file", "people"), Assert.Single(connection.Sources).Stream.Id);
        Assert.Null(connection.Destination);
        Assert.Equal(Severity.Good, (await connection.Doctor.TestAsync(TestContext.Current.CancellationToken)).Severity);
    }

    [Fact]
    public void A_missing_file_is_named() => Assert.Contains("nowhere.csv", Assert.Throws<ProviderException>(() => Open(("path", "nowhere.csv"))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("kind", "persons")]
    [InlineData("kind", "message")]
    [InlineData("key", "No such column")]
    [InlineData("encoding", "klingon")]
    [InlineData("delimiter", "::")]
    [InlineData("delimiter", "\"")]
    [InlineData("delimiter", "\n")]
    public void A_setting_that_cannot_be_used_is_refused(string name, string value) =>
        Assert.Equal(Recovery.StopRun, Assert.Throws<ProviderException>(() => Open(("path", _file.Options.Path), (name, value))).Recovery);

    [Fact]
    public void A_delimiter_that_cannot_be_one_is_told_what_could() =>
        Assert.Equal($"connections.file.delimiter must be {CsvDelimiter.Allowed}.", Assert.Throws<ProviderException>(() => Open(("path", _file.Options.Path), ("delimiter", "semicolon"))).Message);

    [Theory]
    [InlineData("tab", '\t')]
    [InlineData("^", '^')]
    public async Task A_delimiter_that_no_guess_would_find_can_be_named(string setting, char delimiter)
    {
        _file.Write($"First Name{delimiter}Email, and more, with commas\nAda{delimiter}ada@example.com\n");
        ISource rows = Open(("path", _file.Options.Path), ("delimiter", setting), ("kind", "person")).Sources.Single();
        List<Page> pages = await rows.ReadAsync(new(null) { Known = null! }, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal("Ada", pages.SelectMany(p => p.Records).Single().Fields["First Name"]!.Text);
    }

    [Fact]
    public async Task An_encoding_that_no_guess_would_find_can_be_named()
    {
        _file.Write("First Name,Email\nZo\u00eb,zoe@example.com\n", new System.Text.UnicodeEncoding(bigEndian: true, byteOrderMark: false));
        ISource rows = Open(("path", _file.Options.Path), ("encoding", "utf-16be")).Sources.Single();
        List<Page> pages = await rows.ReadAsync(new(null) { Known = null! }, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal("Zo\u00eb", pages.SelectMany(p => p.Records).Single().Fields["First Name"]!.Text);
    }

    private Connection Open(params (string Name, string Value)[] settings)
    {
        Dictionary<string, string> all = settings.ToDictionary(s => s.Name, s => s.Value);
        return new CsvProvider().Open(new("file", all.GetValueOrDefault), new(_nobody, TimeProvider.System, new Governor(TimeProvider.System, new LocalRateLedger()), Priority.Manual));
    }
}
