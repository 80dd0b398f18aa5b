using System.Globalization;
using System.Xml.Linq;
using Syncline.Composition.Telling;
using static Syncline.Cli.Report.Markup;

namespace Syncline.Cli.Report;

/// <summary>One series of a column chart.</summary>
/// <param name="Class">Its colour in the style sheet.</param>
internal sealed record Series(string Name, string Class, IReadOnlyList<double> Values);

/// <summary>Draws charts as SVG. Each has its figures in words for those who do not see it.</summary>
internal static class Charts
{
    // As many labels as fit under a chart.
    private const int MostLabels = 12;

    /// <summary>Columns, the series stacked on each other; with a line at the limit when there is one.</summary>
    /// <param name="labels">One for each column.</param>
    public static XElement Columns(string description, IReadOnlyList<string> labels, IReadOnlyList<Series> series, (double Value, string Text)? limit = null)
    {
        double highest = Enumerable.Range(0, labels.Count).Select(i => series.Sum(s => s.Values[i])).DefaultIfEmpty(0).Max();
        Plot plot = new(Math.Max(1, labels.Count), Plot.TopOf(Math.Max(highest, limit?.Value ?? 0)));
        return Shape("svg", At("viewBox", $"0 0 {Plot.Width:0} {Plot.Height:0}"), At("role", "img"), At("aria-label", description),
            plot.Ticks().Select(t => Tick(plot, t)),
            Enumerable.Range(0, labels.Count).SelectMany(i => Stack(plot, i, labels[i], series)),
            Labels(plot, labels),
            limit is { } line ? Limit(plot, line.Value, line.Text) : null);
    }

    /// <summary>Bars that lie, one a name, with the count and its share behind.</summary>
    public static XElement Bars(string description, IReadOnlyList<Share> shares)
    {
        long most = Math.Max(1, shares.Max(s => s.Count));
        long all = Math.Max(1, shares.Sum(s => s.Count));
        return El("dl", Class("bars"), At("aria-label", description), shares.SelectMany(s => new[]
        {
            El("dt", s.Name),
            El("dd",
                Shape("svg", At("viewBox", "0 0 100 10"), At("preserveAspectRatio", "none"), At("aria-hidden", "true"),
                    Shape("rect", Class("track"), At("width", 100), At("height", 10)), Shape("rect", Class("one"), At("width", 100.0 * s.Count / most), At("height", 10))),
                El("span", Tables.Number(s.Count), El("small", (s.Count / (double)all).ToString(" 0%", CultureInfo.InvariantCulture)))),
        }));
    }

    public static XElement Legend(IReadOnlyList<Series> series) =>
        El("p", Class("legend"), series.Select(s => El("span", El("i", Class(s.Class)), s.Name)));

    private static XElement Tick(Plot plot, double value) => Shape("g", Class("tick"),
        Shape("line", At("x1", Plot.Left), At("x2", Plot.Width - Plot.Right), At("y1", plot.Y(value)), At("y2", plot.Y(value))),
        El("text", At("x", Plot.Left - 8), At("y", plot.Y(value) + 4), At("text-anchor", "end"), Tables.Number((long)value)));

    private static IEnumerable<XElement> Stack(Plot plot, int column, string label, IReadOnlyList<Series> series)
    {
        double from = 0;
        foreach (Series one in series)
        {
            double value = one.Values[column];
            if (value <= 0) continue;
            Box box = plot.Bar(column, from, from += value);
            yield return Shape("rect", Class(one.Class), At("x", box.X), At("y", box.Y), At("width", box.Width), At("height", box.Height), At("rx", 1.5),
                El("title", $"{label}: {Tables.Number((long)value)} {one.Name}"));
        }
    }

    private static IEnumerable<XElement> Labels(Plot plot, IReadOnlyList<string> labels)
    {
        int every = Math.Max(1, (labels.Count + MostLabels - 1) / MostLabels);
        for (int i = 0; i < labels.Count; i += every) yield return El("text", Class("label"), At("x", plot.Middle(i)), At("y", Plot.Height - 8), At("text-anchor", "middle"), labels[i]);
    }

    private static XElement Limit(Plot plot, double value, string text) => Shape("g", Class("limit"),
        Shape("line", At("x1", Plot.Left), At("x2", Plot.Width - Plot.Right), At("y1", plot.Y(value)), At("y2", plot.Y(value))),
        El("text", At("x", Plot.Width - Plot.Right), At("y", plot.Y(value) - 5), At("text-anchor", "end"), text));
}
