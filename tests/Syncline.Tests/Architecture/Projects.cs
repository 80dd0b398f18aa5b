using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Syncline.Tests.Architecture;

/// <summary>The repository's projects as they lie on disk, for rules that reflection cannot see.</summary>
internal static partial class Projects
{
    public static string Root { get; } = FindRoot();

    /// <summary>The projects a project file names, without their folders.</summary>
    public static IReadOnlyList<string> ReferencesOf(string project) =>
        [.. XDocument.Load(Path.Combine(Root, "src", project, $"{project}.csproj")).Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension((string)r.Attribute("Include")!))];

    public static IReadOnlyList<string> PackagesOf(string project) =>
        [.. XDocument.Load(Path.Combine(Root, "src", project, $"{project}.csproj")).Descendants("PackageReference").Select(r => (string)r.Attribute("Include")!)];

    public static IReadOnlyList<string> All(string under) => [.. Directory.EnumerateDirectories(Path.Combine(Root, under)).Where(d => Directory.EnumerateFiles(d, "*.csproj").Any()).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    public static bool Exists(string project) => Directory.Exists(Path.Combine(Root, "src", project));

    public static IReadOnlyList<string> FoldersOf(string project) =>
        [.. Directory.EnumerateDirectories(Path.Combine(Root, "src", project)).Select(d => Path.GetFileName(d)!).Where(d => d is not ("bin" or "obj")).Order(StringComparer.Ordinal)];

    /// <summary>Source files below <c>src</c> or <c>tests</c>, generated ones left out.</summary>
    public static IEnumerable<SourceText> Sources(string under)
    {
        string folder = Path.Combine(Root, under);
        foreach (string path in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string name = Path.GetRelativePath(folder, path).Replace('\\', '/');
            if (!Generated.IsMatch(name)) yield return new(name, File.ReadAllText(path));
        }
    }

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Syncline.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"No Syncline.slnx above {AppContext.BaseDirectory}.");
    }

    [GeneratedRegex("(^|/)(bin|obj)/")]
    private static partial Regex Generated { get; }
}

/// <summary>One source file.</summary>
/// <param name="Name">Its path below the folder that was asked for, with forward slashes.</param>
internal sealed partial record SourceText(string Name, string Text)
{
    public string Folder => Name.Contains('/', StringComparison.Ordinal) ? Name[..Name.IndexOf('/', StringComparison.Ordinal)] : "";

    /// <summary>The text without comments: what the compiler sees. Text in quotes stays.</summary>
    public string Code => Comments.Replace(Text, m => m.Value.StartsWith('/') ? "" : m.Value);

    // Quoted text first, so that two slashes in an address begin no comment.
    [GeneratedRegex("\"\"\"[\\s\\S]*?\"\"\"|@\"(?:[^\"]|\"\")*\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])+'|//[^\\n]*|/\\*[\\s\\S]*?\\*/")]
    private static partial Regex Comments { get; }
}
