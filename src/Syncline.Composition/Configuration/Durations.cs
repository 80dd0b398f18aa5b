using System.Globalization;
using System.Text.RegularExpressions;
using Syncline.Limits;

namespace Syncline.Composition.Configuration;

/// <summary>Durations and rates as configuration writes them.</summary>
internal static partial class Durations
{
    /// <summary>Reads <c>30s</c>, <c>15m</c>, <c>2h</c>, <c>1d</c>; null for anything else, and for nothing at all.</summary>
    public static TimeSpan? Read(string text) =>
        Duration().Match(text.Trim()) is { Success: true } match && UnitOf(match.Groups[2].Value) is { } unit && long.TryParse(match.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out long count) && count is > 0 and < 100_000
            ? count * unit
            : null;

    /// <summary>A key's duration; null where it is not there, and, with a problem, where something else stands there.</summary>
    public static TimeSpan? Read(YamlSection section, string key)
    {
        if (section.Text(key) is not { } text) return null;
        if (Read(text) is { } duration) return duration;
        section.Wrong(key, $"is no duration: '{text}'. Write a number with its unit, as 30s, 15m, 2h or 1d");
        return null;
    }

    /// <summary>Reads <c>10/s</c>, <c>300/min</c>, <c>8/2s</c>: so many calls in any window of that length.</summary>
    public static RateBudget? ReadRate(string name, string text)
    {
        if (Rate().Match(text.Trim()) is not { Success: true } match || UnitOf(match.Groups[3].Value) is not { } unit) return null;
        if (!int.TryParse(match.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int permits) || permits == 0) return null;
        int length = match.Groups[2].Value is { Length: > 0 and < 6 } given ? int.Parse(given, CultureInfo.InvariantCulture) : 1;
        return length == 0 ? null : new(name, permits, length * unit);
    }

    public static string Write(TimeSpan span) => span.TotalSeconds switch
    {
        < 1 => "less than a second",
        < 120 => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0} s"),
        < 7200 => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0.#} h"),
    };

    private static TimeSpan? UnitOf(string unit) => unit switch
    {
        "s" => TimeSpan.FromSeconds(1),
        "m" or "min" => TimeSpan.FromMinutes(1),
        "h" => TimeSpan.FromHours(1),
        "d" => TimeSpan.FromDays(1),
        _ => null,
    };

    [GeneratedRegex(@"^(\d{1,6})(s|m|h|d)$")]
    private static partial Regex Duration();

    [GeneratedRegex(@"^(\d{1,9})\s*/\s*(\d*)\s*(s|m|min|h|d)$")]
    private static partial Regex Rate();
}
