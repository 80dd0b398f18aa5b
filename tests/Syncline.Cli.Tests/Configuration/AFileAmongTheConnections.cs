using Syncline.Composition.Configuration;
using Syncline.Composition.Workspaces;

namespace Syncline.Cli.Tests.Configuration;

public sealed class AFileAmongTheConnections : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("syncline-csv-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_file_is_read_and_never_written()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "people.csv"), "First Name,Email\nAda,ada@example.com\n");
        Assert.Empty(Read("people.csv", "").Warnings);
        Assert.Contains("only read, never written", Assert.Throws<ConfigurationException>(() => Read("people.csv", "syncs: { s: { from: [hub], to: [file] } }")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_a_mistake_of_the_configuration() =>
        Assert.Contains("nowhere.csv", Assert.Throws<ConfigurationException>(() => Read("nowhere.csv", "")).Message, StringComparison.Ordinal);

    private SynclineConfiguration Read(string csv, string more)
    {
        string file = Path.Combine(_folder.FullName, "syncline.yaml");
        File.WriteAllText(file, $"connections: {{ file: {{ provider: csv, path: '{Path.Combine(_folder.FullName, csv)}' }} }}\n{more}\n");
        return new ConfigurationReader(Catalogue.Providers(), new(_ => null, file + ".env")).Read(_folder.FullName, file);
    }
}
