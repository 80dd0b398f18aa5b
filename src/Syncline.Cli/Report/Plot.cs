namespace Syncline.Cli.Report;

/// <summary>A rectangle in a chart's own units, y growing downwards.</summary>
internal readonly record struct Box(double X, double Y, double Width, double Height);

/// <summary>The geometry of a column chart: where things go, with nothing drawn yet.</summary>
/// <param name="Columns">How many columns share the width.</param>
/// <param name="Top">The value at the upper edge.</param>
internal sealed record Plot(int Columns, double Top)
{
    public const double Width = 720;
    public const double Height = 220;
    public const double Left = 40;
    public const double Right = 12;
    public const double Above = 14;
    public const double Below = 26;

    // Columns wider than this look like blocks.
    private const double WidestColumn = 44;

    // Of a column's place, how much it fills.
    private const double Fill = 0.78;

    public static double Bottom => Height - Below;

    public static double InnerWidth => Width - Left - Right;

    /// <summary>Where a value lies, from top to bottom.</summary>
    public double Y(double value) => Bottom - (value / Top * (Bottom - Above));

    /// <summary>The middle of a column.</summary>
    public double Middle(int column) => Left + (InnerWidth / Columns * (column + 0.5));

    /// <summary>A column's part from one value up to another.</summary>
    public Box Bar(int column, double from, double to)
    {
        double width = Math.Min(WidestColumn, InnerWidth / Columns * Fill);
        return new(Middle(column) - (width / 2), Y(to), width, Y(from) - Y(to));
    }

    /// <summary>The values worth a line: none to six steps of 1, 2 or 5 times a power of ten, 0 first.</summary>
    public IEnumerable<double> Ticks()
    {
        double step = StepOf(Top);
        for (int i = 0; i * step <= Top + (step / 1000); i++) yield return i * step;
    }

    /// <summary>The least round value at or above the highest one, so that the axis ends on a tick.</summary>
    public static double TopOf(double highest)
    {
        if (highest <= 0) return 1;
        double step = StepOf(highest);
        return Math.Ceiling(highest / step) * step;
    }

    /// <summary>Counts are whole: no step is below 1.</summary>
    private static double StepOf(double top)
    {
        double rough = Math.Max(1, top / 6);
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double[] steps = [power, 2 * power, 5 * power, 10 * power];
        return steps.First(s => s >= rough - 1e-9);
    }
}
