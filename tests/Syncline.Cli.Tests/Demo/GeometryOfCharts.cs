using System.Globalization;
using System.Xml.Linq;
using Syncline.Cli.Report;

namespace Syncline.Cli.Tests.Demo;

public sealed class GeometryOfCharts
{
    [Theory]
    [InlineData(25, 25)]
    [InlineData(26, 30)]
    [InlineData(3, 3)]
    [InlineData(0, 1)]
    [InlineData(103, 120)]
    [InlineData(1000, 1000)]
    public void The_axis_ends_at_the_next_round_value(double highest, double top) => Assert.Equal(top, Plot.TopOf(highest));

    [Fact]
    public void Ticks_begin_at_zero_end_at_the_top_and_are_evenly_spaced() => Assert.Equal([0, 5, 10, 15, 20, 25], new Plot(10, 25).Ticks());

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(500)]
    public void Columns_stay_inside_and_apart(int columns)
    {
        Plot plot = new(columns, 10);
        Box[] boxes = [.. Enumerable.Range(0, columns).Select(i => plot.Bar(i, 0, 10))];
        Assert.True(boxes[0].X >= Plot.Left && boxes[^1].X + boxes[^1].Width <= Plot.Width - Plot.Right + 1e-9);
        Assert.All(boxes.Zip(boxes.Skip(1)), pair => Assert.True(pair.First.X + pair.First.Width < pair.Second.X));
    }

    [Fact]
    public void A_full_column_reaches_from_the_floor_to_the_top()
    {
        Box box = new Plot(3, 25).Bar(1, 0, 25);
        Assert.Equal(Plot.Above, box.Y, 6);
        Assert.Equal(Plot.Bottom, box.Y + box.Height, 6);
    }

    [Fact]
    public void A_stacked_part_begins_where_the_one_below_ends()
    {
        Plot plot = new(1, 10);
        Box lower = plot.Bar(0, 0, 4);
        Box upper = plot.Bar(0, 4, 9);
        Assert.Equal(lower.Y, upper.Y + upper.Height, 6);
    }

    [Fact]
    public void The_limit_line_lies_at_its_value_even_when_all_columns_are_below()
    {
        XElement chart = Charts.Columns("Writes", ["1 s", "2 s"], [new("writes", "one", [4, 2])], (25, "limit"));
        XElement line = chart.Elements("g").Single(g => g.Attribute("class")?.Value == "limit").Element("line")!;
        Assert.Equal(Plot.Above, double.Parse(line.Attribute("y1")!.Value, CultureInfo.InvariantCulture), 2);
    }

    [Fact]
    public void Many_columns_get_no_more_labels_than_fit()
    {
        string[] labels = [.. Enumerable.Range(1, 97).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        XElement chart = Charts.Columns("Writes", labels, [new("writes", "one", [.. labels.Select(_ => 1.0)])]);
        Assert.InRange(chart.Elements("text").Count(), 2, 12);
    }

    [Fact]
    public void The_longest_bar_is_the_whole_width_and_the_others_are_in_proportion()
    {
        XElement bars = Charts.Bars("Outcomes", [new("created", 200), new("updated", 50)]);
        Assert.Equal(["100", "25"], bars.Descendants("rect").Where(r => r.Attribute("class")?.Value == "one").Select(r => r.Attribute("width")!.Value));
    }
}
