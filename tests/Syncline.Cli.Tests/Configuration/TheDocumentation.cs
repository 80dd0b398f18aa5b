using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Syncline.Cli.Tests.Commands;
using Syncline.Composition.Configuration;
using Syncline.Composition.Workspaces;

namespace Syncline.Cli.Tests.Configuration;

public sealed partial class TheDocumentation : IDisposable
{
    /// <summary>What an excerpt without connections names: each provider under its own name.</summary>
    private const string Connections = """
        connections:
          heyreach: { provider: heyreach, api_key: "${HR_API_KEY}" }
          attio: { provider: attio, api_key: "${ATTIO_API_KEY}" }
          quo: { provider: quo, api_key: "${QUO_API_KEY}" }
          hubspot: { provider: hubspot, token: "${HUBSPOT_TOKEN}" }
          lemlist: { provider: lemlist, api_key: "${LEMLIST_API_KEY}" }
          explorium: { provider: explorium, api_key: "${EXPLORIUM_API_KEY}" }
          claude: { provider: claude, api_key: "${ANTHROPIC_API_KEY}" }

        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("syncline-docs-");

    public static TheoryData<string> Commands => HelpTexts.Commands;

    /// <summary>By page and number, from one.</summary>
    public static TheoryData<string, int> Excerpts
    {
        get
        {
            TheoryData<string, int> all = [];
            foreach (string page in Directory.EnumerateFiles(Docs(), "*.md", SearchOption.AllDirectories).Append(Docs("../README.md")).Order(StringComparer.Ordinal))
            {
                int count = Excerpt().Count(File.ReadAllText(page));
                for (int i = 1; i <= count; i++) all.Add(Path.GetRelativePath(Docs(), page), i);
            }
            return all;
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Excerpts))]
    public void Every_configuration_that_is_shown_is_read_without_a_word(string page, int number)
    {
        string file = Path.Combine(_folder.FullName, ConfigurationReader.FileName);
        File.WriteAllText(Path.Combine(_folder.FullName, "leads.csv"), "First Name,Email\nAda,ada@example.com\n");
        string text = Whole(Excerpt().Matches(Page(page))[number - 1].Groups[1].Value);
        File.WriteAllText(file, text);
        SynclineConfiguration read = new ConfigurationReader(Catalogue.Providers(), new(name => text.Contains($"${{{name}}}", StringComparison.Ordinal) ? new('0', 64) : null, file + ".env")).Read(_folder.FullName, file);
        Assert.Empty(read.Warnings);
    }

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

    /// <summary>An excerpt with what stands around it in a file.</summary>
    private static string Whole(string shown)
    {
        if (shown.StartsWith(' ')) shown = $"syncs:\n  shown:\n    from: [attio]\n    to: [hubspot]\n{shown}";
        return shown.Contains("connections:", StringComparison.Ordinal) ? shown : Connections + shown;
    }

    private static string Page(string name) => File.ReadAllText(Docs(name));

    private static string Docs(string name = "", [CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs", name));

    [GeneratedRegex(@"^```yaml\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Excerpt();
}
