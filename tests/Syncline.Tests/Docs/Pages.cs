using System.Text.RegularExpressions;
using Syncline.Tests.Architecture;

namespace Syncline.Tests.Docs;

/// <summary>The repository's pages for people.</summary>
internal static partial class Pages
{
    /// <summary>Every Markdown file, by its path below the root with forward slashes.</summary>
    public static IReadOnlyList<Page> All { get; } =
    [
        .. Directory.EnumerateFiles(Projects.Root, "*.md", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden })
            .Select(path => Path.GetRelativePath(Projects.Root, path).Replace('\\', '/'))
            .Where(name => !Made.IsMatch(name)).Order(StringComparer.Ordinal)
            .Select(name => new Page(name, File.ReadAllText(Path.Combine(Projects.Root, name)))),
    ];

    /// <summary>True for a file or folder below the root.</summary>
    public static bool Exists(string name) => Path.Exists(Path.Combine(Projects.Root, name));

    [GeneratedRegex("(^|/)(bin|obj|artifacts|node_modules|TestResults)/")]
    private static partial Regex Made { get; }
}

/// <summary>One page.</summary>
internal sealed partial record Page(string Name, string Text)
{
    /// <summary>The text without code blocks: a bracket in code is no link.</summary>
    private string Prose { get; } = Blocks.Replace(Text, "");

    /// <summary>Relative links, each as the path below the root and the heading, either of which may be empty.</summary>
    public IEnumerable<(string Target, string Heading)> Links => Link.Matches(Prose).Select(m => m.Groups["to"].Value).Where(to => !to.Contains("://", StringComparison.Ordinal) && !to.StartsWith("mailto:", StringComparison.Ordinal)).Select(Resolve);

    /// <summary>What stands between single backticks.</summary>
    public IEnumerable<string> Words => Code.Matches(Prose).Select(m => m.Groups["word"].Value);

    /// <summary>The anchors of its headings, as code hosts make them.</summary>
    public IEnumerable<string> Anchors => Heading.Matches(Prose).Select(m => Dropped.Replace(m.Groups["title"].Value.ToLowerInvariant(), "").Replace(' ', '-'));

    private (string Target, string Heading) Resolve(string to)
    {
        string[] parts = to.Split('#', 2);
        string heading = parts.Length > 1 ? parts[1] : "";
        if (parts[0].Length == 0) return (Name, heading);
        string path = Path.GetFullPath(Path.Combine(Projects.Root, Path.GetDirectoryName(Name)!, Uri.UnescapeDataString(parts[0])));
        return (Path.GetRelativePath(Projects.Root, path).Replace('\\', '/'), heading);
    }

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks { get; }

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)")]
    private static partial Regex Link { get; }

    [GeneratedRegex("`(?<word>[^`\n]+)`")]
    private static partial Regex Code { get; }

    [GeneratedRegex(@"^#+ (?<title>.+?)\s*$", RegexOptions.Multiline)]
    private static partial Regex Heading { get; }

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex Dropped { get; }
}
