using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;
using Syncline.Extraction;
using Syncline.Limits;
using Syncline.Server.Connections;
using Syncline.Server.Hosting;
using Syncline.Server.Webhooks;

namespace Syncline.Server.Tests.Hosting;

public sealed class LookingAtTheConfiguration : IDisposable
{
    private const string Leads = "connections: { ours: { provider: leads } }\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("syncline-premises-");
    private readonly Dictionary<string, string> _environment = [];

    private string Usual => Path.Combine(_folder.FullName, "syncline.yaml");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_file_that_is_made_while_the_server_runs_is_seen()
    {
        using Premises premises = Open();
        Assert.Empty(NamesIn(premises));
        File.WriteAllText(Usual, Leads);
        Assert.Equal(["ours"], NamesIn(premises));
    }

    [Fact]
    public void A_file_that_is_gone_for_a_moment_leaves_everything_as_it_was()
    {
        File.WriteAllText(Usual, Leads);
        (_environment["HR_API_KEY"], _environment["ATTIO_API_KEY"]) = ("a-key", "another-key");
        using Premises premises = Open();
        Assert.Equal(["ours"], NamesIn(premises));
        File.Move(Usual, Usual + ".away");
        Assert.Equal(["ours"], NamesIn(premises));
        premises.Reload();
        Assert.Equal(["ours"], NamesIn(premises));
        Assert.Throws<UsageException>(() => premises.Open(Priority.Manual));
        File.Move(Usual + ".away", Usual);
        Assert.Equal(["ours"], NamesIn(premises));
        File.WriteAllText(Usual, Leads.Replace("ours", "theirs", StringComparison.Ordinal));
        Assert.Equal(["theirs"], NamesIn(premises));
    }

    [Fact]
    public void A_named_file_that_is_not_there_cannot_be_read_and_breaks_nothing()
    {
        string named = Path.Combine(_folder.FullName, "prod.yaml");
        File.WriteAllText(named, Leads);
        using Premises premises = Open("prod.yaml");
        File.Delete(named);
        Assert.IsType<UsageException>(premises.TryConfiguration().Problem);
        File.WriteAllText(named, Leads);
        Assert.Equal(["ours"], NamesIn(premises));
    }

    [Fact]
    public void What_webhooks_brought_waits_while_nothing_is_configured()
    {
        using Premises premises = Open();
        SyncRouting routing = new(premises);
        Hint[] hints = [new(new("attio", "people", "1"))];
        Assert.Throws<UsageException>(() => routing.SyncsFor(hints));
        File.WriteAllText(Usual, Leads);
        Assert.Empty(routing.SyncsFor(hints));
    }

    [Fact]
    public async Task A_connection_never_hides_those_of_the_environment()
    {
        (_environment["HR_API_KEY"], _environment["ATTIO_API_KEY"]) = ("a-key", "another-key");
        using Premises premises = Open();
        UsageException refused = await Assert.ThrowsAsync<UsageException>(() => AddAsync(premises));
        Assert.Contains("syncline init", refused.Hint, StringComparison.Ordinal);
        Assert.False(File.Exists(Usual));
    }

    [Fact]
    public async Task Where_nothing_is_configured_the_first_connection_makes_the_file()
    {
        using Premises premises = Open();
        await AddAsync(premises);
        Assert.Equal(["ours"], NamesIn(premises));
        Assert.True(File.Exists(Usual));
    }

    private Premises Open(string? configFile = null) =>
        new(new(Catalogue.Providers) { WorkingFolder = _folder.FullName, Variable = _environment.GetValueOrDefault, Terminal = new(TextReader.Null, TextWriter.Null, TextWriter.Null) }, configFile, null);

    // No webhook is asked for.
    private static Task AddAsync(Premises premises) => new ConnectionDesk(premises, webhooks: null!).AddAsync("ours", "leads", new Dictionary<string, string>(), "somebody", TestContext.Current.CancellationToken);

    private static IEnumerable<string> NamesIn(Premises premises) => premises.Current.ConfigurationOrNone.Connections.Select(c => c.Name);
}
