using System.Text.RegularExpressions;

namespace Acme.Tests;

/// <summary>The code in docs/write-a-connector.md is the code of this sample, word for word. With SYNCLINE_WRITE_DOCS=1 it is written anew instead of compared.</summary>
public sealed partial class SnippetsOfTheWalkThrough
{
    private static readonly string Page = Path.Combine(Repository.Root, "docs", "write-a-connector.md");

    [Fact]
    public void Every_snippet_is_what_stands_in_its_file()
    {
        string text = File.ReadAllText(Page);
        Assert.NotEmpty(InPage.Matches(text));
        string wanted = InPage.Replace(text, m => $"<!-- snippet: {m.Groups[1].Value}#{m.Groups[2].Value} -->\n```csharp\n{Read(m.Groups[1].Value, m.Groups[2].Value)}\n```\n<!-- end-snippet -->");
        if (Environment.GetEnvironmentVariable("SYNCLINE_WRITE_DOCS") == "1") File.WriteAllText(Page, wanted);
        else Assert.Equal(wanted, text);
    }

    [Fact]
    public void Every_snippet_of_the_connector_is_shown()
    {
        string text = File.ReadAllText(Page);
        string[] files = ["samples/Acme/AcmeProvider.cs", "samples/Acme/AcmeContacts.cs"];
        Assert.All(files.SelectMany(f => InFile.Matches(SourceOf(f)), (f, m) => $"<!-- snippet: {f}#{m.Groups[1].Value} -->"), marker => Assert.Contains(marker, text, StringComparison.Ordinal));
    }

    private static string Read(string file, string name)
    {
        Match match = Assert.Single(InFile.Matches(SourceOf(file)), m => m.Groups[1].Value == name);
        string[] lines = match.Groups[2].Value.TrimEnd().Split('\n');
        int margin = lines.Where(l => l.Length > 0).Min(l => l.Length - l.TrimStart().Length);
        return string.Join('\n', lines.Select(l => l.Length > margin ? l[margin..] : ""));
    }

    private static string SourceOf(string file) => File.ReadAllText(Path.Combine(Repository.Root, file)).ReplaceLineEndings("\n");

    [GeneratedRegex(@"<!-- snippet: ([^#\s]+)#([\w-]+) -->\n.*?<!-- end-snippet -->", RegexOptions.Singleline)]
    private static partial Regex InPage { get; }

    [GeneratedRegex(@"^ *// snippet: ([\w-]+)\n(.*?)^ *// end-snippet", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex InFile { get; }
}
