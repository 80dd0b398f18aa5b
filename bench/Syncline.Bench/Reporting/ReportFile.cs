using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Syncline.Bench.Reporting;

/// <summary>The committed report: one section a row, so that a row measured alone replaces only its own.</summary>
internal static partial class ReportFile
{
    private static readonly string Path = System.IO.Path.Combine(Checkout.Root, "bench", "report.md");

    /// <param name="order">The names of all rows, as the report lists them.</param>
    public static void Put(string row, Section section, IEnumerable<string> order)
    {
        // Read again each time: a row of a quarter of an hour may have been overtaken by others.
        Dictionary<string, string> sections = File.Exists(Path) ? Sections().Matches(File.ReadAllText(Path)).ToDictionary(s => s.Groups[1].Value, s => s.Groups[2].Value.Trim() + "\n") : [];
        sections[row] = section.ToMarkdown();
        File.WriteAllText(Path, TextOf(sections, order));
    }

    private static string TextOf(Dictionary<string, string> sections, IEnumerable<string> order)
    {
        StringBuilder text = new();
        text.Append("# Measured against the sandbox\n\n");
        text.Append("Written by `dotnet run -c Release --project bench/Syncline.Bench`. No time stands alone: the *floor* is what the provider's published limit needs for the unavoidable writes;\n");
        text.Append("the *plain loop* is a bare HTTP loop that sends the very requests the engine sent (same count and bodies; reads, then people, then messages) with no engine and no database, paced at the published limits where they are on and flat out where they are off.\n\n");
        text.Append("Machine: ").Append(Machine.Describe()).Append(". It is shared with other work; each row names the load it met.\n");
        foreach (string row in order.Where(sections.ContainsKey)) text.Append(CultureInfo.InvariantCulture, $"\n<!-- row {row} -->\n{sections[row]}");
        return text.ToString();
    }

    [GeneratedRegex(@"<!-- row (\S+) -->\s*\n(.*?)(?=<!-- row |\z)", RegexOptions.Singleline)]
    private static partial Regex Sections();
}
