using System.Runtime.CompilerServices;
using Syncline.Cli.Tests.Commands;
using Syncline.Composition.Configuration;
using Syncline.Composition.Workspaces;

namespace Syncline.Cli.Tests.Configuration;

public sealed class TheDocumentation
{
    public static TheoryData<string> Commands => HelpTexts.Commands;

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_has_an_example(string command) => Assert.Contains("syncline " + command, Page("cli.md"), StringComparison.Ordinal);

    [Fact]
    public void Every_key_and_every_setting_is_listed()
    {
        string page = Page("configuration.md");
        IEnumerable<string> keys = new[] { Keys.Root, Keys.Connection, Keys.Sync, Keys.Rule, Keys.Enrichment, Keys.Alert, Keys.Log }.SelectMany(k => k).Select(k => k.Name);
        Assert.All(keys.Concat(Catalogue.Providers().SelectMany(p => p.Settings.Select(s => s.Name))), key => Assert.Matches($@"\b{key}\b", page));
    }

    private static string Page(string name, [CallerFilePath] string here = "") => File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs", name));
}
