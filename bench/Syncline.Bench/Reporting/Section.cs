using System.Globalization;
using System.Text;

namespace Syncline.Bench.Reporting;

/// <summary>One row of the report: a table and what must be known to read it.</summary>
internal sealed class Section(string title, params string[] columns)
{
    private readonly List<string[]> _lines = [];
    private readonly List<string> _notes = [];
    private readonly string _began = Machine.Load();

    public Section Line(params string[] cells)
    {
        _lines.Add(cells);
        return this;
    }

    public Section Note(string text)
    {
        _notes.Add(text);
        return this;
    }

    public string ToMarkdown()
    {
        StringBuilder text = new();
        text.Append("## ").Append(title).Append("\n\n");
        text.Append("| ").AppendJoin(" | ", columns).Append(" |\n|").Insert(text.Length, "---|", columns.Length).Append('\n');
        foreach (string[] line in _lines) text.Append("| ").AppendJoin(" | ", line).Append(" |\n");
        text.Append('\n');
        foreach (string note in _notes) text.Append(note).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"Measured on {DateTime.UtcNow:yyyy-MM-dd}; load average {_began} when it began, {Machine.Load()} when it ended.\n");
        return text.ToString();
    }
}
