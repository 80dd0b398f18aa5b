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

    [Fact]
    public void A_page_that_reads_the_configuration_does_not_wait_for_itself()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "people.csv"), "First Name,Email\nAda,ada@example.com\n");
        SynclineConfiguration? read = null;
        Thread page = new(() =>
        {
            SynchronizationContext.SetSynchronizationContext(new Busy());
            read = Read("people.csv", "");
        }) { IsBackground = true };
        page.Start();
        Assert.True(page.Join(TimeSpan.FromSeconds(30)));
        Assert.NotNull(read);
    }

    /// <summary>A page at work takes up nothing else.</summary>
    private sealed class Busy : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
            // What is posted would run once the page is done.
        }
    }

    private SynclineConfiguration Read(string csv, string more)
    {
        string file = Path.Combine(_folder.FullName, "syncline.yaml");
        File.WriteAllText(file, $"connections: {{ file: {{ provider: csv, path: '{csv}' }} }}\n{more}\n");
        return new ConfigurationReader(Catalogue.Providers(), new(_ => null, file + ".env")).Read(_folder.FullName, file);
    }
}
