using System.Globalization;

namespace Syncline.Bench.Reporting;

/// <summary>Numbers as the report shows them.</summary>
internal static class Figure
{
    public static string Seconds(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0##} s");

    public static string Milliseconds(double milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0} ms");

    public static string Ratio(double value, double of) => of <= 0 ? "–" : string.Create(CultureInfo.InvariantCulture, $"{value / of:0.00}");

    public static string Count(double count) => string.Create(CultureInfo.InvariantCulture, $"{count:#,##0}");

    public static string Amount(decimal amount) => string.Create(CultureInfo.InvariantCulture, $"{amount:0.##}");

    public static string PerSecond(double count, double seconds) => seconds <= 0 ? "–" : Count(count / seconds);

    public static string Verdict(bool reached) => reached ? "reached" : "missed";
}
