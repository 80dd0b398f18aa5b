using System.Net.Http;
using Syncline.Connectors.Csv;
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
    public void A_setting_that_cannot_be_used_is_refused(string name, string value) =>
        Assert.Equal(Recovery.StopRun, Assert.Throws<ProviderException>(() => Open(("path", _file.Options.Path), (name, value))).Recovery);

    private Connection Open(params (string Name, string Value)[] settings)
    {
        Dictionary<string, string> all = settings.ToDictionary(s => s.Name, s => s.Value);
        return new CsvProvider().Open(new("file", all.GetValueOrDefault), new(_nobody, TimeProvider.System, new Governor(TimeProvider.System, new LocalRateLedger()), Priority.Manual));
    }
}
