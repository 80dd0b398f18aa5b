using System.Text.RegularExpressions;
using Syncline.Tests.Architecture;

namespace Syncline.Tests.Docs;

/// <summary>What the pages name exists: a page that points at nothing is worse than none.</summary>
public sealed partial class NothingIsMissing
{
    /// <summary>The page that a reader of the walk-through would write.</summary>
    private static readonly string[] Expected = ["docs/providers/acme.md"];

    [Fact]
    public void There_are_pages() => Assert.Contains(Pages.All, p => p.Name == "README.md");

    [Fact]
    public void Every_relative_link_leads_to_a_file() =>
        Assert.Empty(Pages.All.SelectMany(p => p.Links.Where(l => !IsThere(l.Target)).Select(l => $"{p.Name}: {l.Target}")));

    [Fact]
    public void Every_heading_that_is_linked_to_is_there()
    {
        Dictionary<string, HashSet<string>> anchors = Pages.All.ToDictionary(p => p.Name, p => p.Anchors.ToHashSet());
        Assert.Empty(Pages.All.SelectMany(p => p.Links
            .Where(l => l.Heading.Length > 0 && anchors.TryGetValue(l.Target, out HashSet<string>? there) && !there.Contains(l.Heading))
            .Select(l => $"{p.Name}: {l.Target}#{l.Heading}")));
    }

    [Fact]
    public void Every_path_in_the_source_tree_is_there() =>
        Assert.Empty(Pages.All.SelectMany(p => p.Words.Where(w => SourcePath.IsMatch(w) && !IsThere(w.TrimEnd('/'))).Select(w => $"{p.Name}: {w}")));

    [Fact]
    public void Every_test_that_is_named_is_there()
    {
        string tests = string.Join('\n', Projects.Sources("tests").Select(s => s.Text));
        Assert.Empty(Pages.All.SelectMany(p => p.Words.Where(w => Sentence.IsMatch(w) && !tests.Contains($" {w}(", StringComparison.Ordinal)).Select(w => $"{p.Name}: {w}")));
    }

    private static bool IsThere(string name) => Pages.Exists(name) || Expected.Contains(name);

    /// <summary>A path with a star or a placeholder in it is none.</summary>
    [GeneratedRegex(@"^(src|tests|bench|samples|docs|\.ci)/[\w./-]+$")]
    private static partial Regex SourcePath { get; }

    /// <summary>A test's name: a sentence with underscores. Constants in capitals are none.</summary>
    [GeneratedRegex(@"^[A-Z]\w*[a-z]\w*_\w+_\w+$")]
    private static partial Regex Sentence { get; }
}
