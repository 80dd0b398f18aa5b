using System.Globalization;
using System.Xml.Linq;

namespace Syncline.Cli.Report;

/// <summary>Makes elements of a page. Text becomes text nodes and nothing else, so that no value of a record is ever read as markup.</summary>
internal static class Markup
{
    /// <summary>An element that is never written as <c>&lt;x /&gt;</c>, which HTML would take for an opening tag.</summary>
    public static XElement El(string name, params object?[] content)
    {
        XElement element = new(name, content.Select(Clean));
        if (element.IsEmpty) element.Value = "";
        return element;
    }

    /// <summary>An SVG shape: may be empty.</summary>
    public static XElement Shape(string name, params object?[] content) => new(name, content.Select(Clean));

    public static XAttribute Class(string names) => new("class", names);

    /// <summary>An attribute with a number in at most two decimals.</summary>
    public static XAttribute At(string name, double number) => new(name, number.ToString("0.##", CultureInfo.InvariantCulture));

    public static XAttribute At(string name, string text) => new(name, Clean(text)!);

    /// <param name="rows">Cells by row; a cell is text or an element.</param>
    public static XElement Table(string caption, IReadOnlyList<string> head, IEnumerable<IReadOnlyList<object?>> rows)
    {
        IReadOnlyList<object?>[] all = [.. rows];
        bool[] numeric = [.. head.Select((_, column) => column > 0 && all.Length > 0 && all.All(r => IsNumber(r[column])))];
        return El("div", Class("scroll"), El("table",
            El("caption", caption),
            El("thead", El("tr", head.Select((h, i) => El("th", At("scope", "col"), numeric[i] ? Class("number") : null, h)))),
            El("tbody", all.Select(r => Row(r, numeric)))));
    }

    private static XElement Row(IReadOnlyList<object?> cells, bool[] numeric) => El("tr", cells.Select((cell, i) => i == 0 ? El("th", At("scope", "row"), cell) : El("td", numeric[i] ? Class("number") : null, cell)));

    private static bool IsNumber(object? cell) => cell is string { Length: > 0 } text && (text == "–" || text.All(c => char.IsAsciiDigit(c) || c is '.' or ',' or ' '));

    // XML has no way to write most control characters; a record may hold any.
    private static object? Clean(object? content) => content is string text ? string.Concat(text.EnumerateRunes().Select(r => r.Value is < ' ' and not ('\t' or '\n') or 0xFFFE or 0xFFFF ? "\uFFFD" : r.ToString())) : content;
}
