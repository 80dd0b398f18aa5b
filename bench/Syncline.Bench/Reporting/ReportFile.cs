using System.Text;
using System.Text.RegularExpressions;

namespace Syncline.Bench.Reporting;

/// <summary>The committed report: one section a row, so that a row measured alone replaces only its own.</summary>
internal sealed partial class ReportFile
{
    private readonly string _path;
    private readonly Dictionary<string, string> _sections = [];

    private ReportFile(string path) => _path = path;

    public static ReportFile Read()
    {
        ReportFile report = new(Path.Combine(Checkout.Root, "bench", "report.md"));
        if (!File.Exists(report._path)) return report;
        foreach (Match section in Sections().Matches(File.ReadAllText(report._path))) report._sections[section.Groups[1].Value] = section.Groups[2].Value.Trim() + "\n";
        return report;
    }

    public void Put(string row, Section section) => _sections[row] = section.ToMarkdown();

    public void Write(IEnumerable<string> order)
    {
        StringBuilder text = new();
        text.Append("# Measured against the sandbox\n\n");
        text.Append("Written by `dotnet run -c Release --project bench/Syncline.Bench`. No time stands alone: the *floor* is what the provider's published limit needs for the unavoidable writes;\n");
        text.Append("the *plain loop* is a bare HTTP loop that sends the very requests the engine sent (same order, count and bodies) with no engine and no database, paced at the published limits where they are on and flat out where they are off.\n\n");
        text.Append("Machine: ").Append(Machine.Describe()).Append(". It is shared with other work; each row names the load it met.\n");
        foreach (string row in order.Where(_sections.ContainsKey)) text.Append($"\n<!-- row {row} -->\n{_sections[row]}");
        File.WriteAllText(_path, text.ToString());
    }

    [GeneratedRegex(@"<!-- row (\S+) -->\s*\n(.*?)(?=<!-- row |\z)", RegexOptions.Singleline)]
    private static partial Regex Sections();
}
