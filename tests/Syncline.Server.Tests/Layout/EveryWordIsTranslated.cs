using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Syncline.Server.Tests.Layout;

public sealed partial class EveryWordIsTranslated
{
    private static readonly string Source = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../../src/Syncline.Server"));

    public static TheoryData<string> Lists => [.. Directory.EnumerateFiles(Source, "*Words.cs", SearchOption.AllDirectories).Where(f => File.ReadAllText(f).Contains("internal sealed class", StringComparison.Ordinal) && !f.Contains("/obj/", StringComparison.Ordinal)).Select(f => Path.GetRelativePath(Source, f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Lists))]
    public void French_and_Arabic_have_the_same_words(string list)
    {
        Dictionary<string, string> french = Read(list, "fr"), arabic = Read(list, "ar");
        Assert.Equal(french.Keys.Order(StringComparer.Ordinal), arabic.Keys.Order(StringComparer.Ordinal));
        Assert.All(french.Concat(arabic), w => Assert.Equal(Places(w.Key), Places(w.Value)));
        Assert.All(arabic.Values.Where(v => v.Any(char.IsLetter)), v => Assert.Contains(v, c => c is >= '\u0600' and <= '\u06FF'));
    }

    [Fact]
    public void Every_word_a_page_asks_for_is_there()
    {
        List<string> missing = [];
        foreach (string page in Directory.EnumerateFiles(Source, "*.razor", SearchOption.AllDirectories).Where(f => !f.Contains("/obj/", StringComparison.Ordinal)))
        {
            string text = File.ReadAllText(page);
            foreach (Match injected in Injected().Matches(text))
            {
                string list = Directory.EnumerateFiles(Source, injected.Groups["list"].Value + ".cs", SearchOption.AllDirectories).Single();
                Dictionary<string, string> words = Read(Path.GetRelativePath(Source, list), "fr");
                missing.AddRange(Regex.Matches(text, @"\b" + injected.Groups["name"].Value + "\\[\"(?<word>(?:[^\"\\\\]|\\\\.)*)\"").Select(m => Regex.Unescape(m.Groups["word"].Value)).Where(w => !words.ContainsKey(w)).Select(w => $"{Path.GetFileName(page)}: {w}"));
            }
        }
        Assert.Empty(missing);
    }

    private static Dictionary<string, string> Read(string list, string language) =>
        XDocument.Load(Path.Combine(Source, Path.ChangeExtension(list, $".{language}.resx"))).Root!.Elements("data").ToDictionary(d => (string)d.Attribute("name")!, d => (string)d.Element("value")!, StringComparer.Ordinal);

    private static string Places(string text) => string.Concat(Place().Matches(text).Select(m => m.Value).Order(StringComparer.Ordinal));

    private static string Here([CallerFilePath] string file = "") => file;

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"@inject IStringLocalizer<(?<list>\w+)> (?<name>\w+)")]
    private static partial Regex Injected();
}
