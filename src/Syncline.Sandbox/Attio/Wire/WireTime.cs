using System.Globalization;
using System.Text.RegularExpressions;

namespace Syncline.Sandbox.Attio.Wire;

/// <summary>Attio's time texts: written in UTC with nine fraction digits, read in any ISO-8601 form down to a bare year.</summary>
internal static partial class WireTime
{
    public const int Length = 30;

    // .NET counts in 100 ns, so the last two of the nine digits are always zero here.
    public static string Write(DateTime time)
    {
        Span<char> text = stackalloc char[Length];
        return new string(Write(time, text));
    }

    /// <summary>Into a buffer of <see cref="Length"/>: an answer of 500 records holds ten thousand times.</summary>
    public static ReadOnlySpan<char> Write(DateTime time, Span<char> into)
    {
        DateTime utc = DateTime.SpecifyKind(time, DateTimeKind.Utc);
        utc.TryFormat(into, out int written, "O", CultureInfo.InvariantCulture);
        "00Z".CopyTo(into[(written - 1)..]);
        return into[..Length];
    }

    /// <summary>A moment in UTC; a text without a zone is UTC already. Null when the text is no time.</summary>
    /// <param name="needsTimeOfDay">True in filters, where a date alone is refused.</param>
    public static DateTime? Read(string text, bool needsTimeOfDay = false)
    {
        Match match = Pattern().Match(text);
        if (!match.Success || (needsTimeOfDay && !match.Groups["hour"].Success)) return null;
        int month = Number(match, "month", 1), day = Number(match, "day", 1), year = Number(match, "year", 1);
        int hour = Number(match, "hour", 0), minute = Number(match, "minute", 0), second = Number(match, "second", 0);
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return null;
        if (hour > 23 || minute > 59 || second > 59) return null;
        long ticks = new DateTime(year, month, day, hour, minute, second).Ticks + FractionTicks(match) - Offset(match.Groups["zone"].Value).Ticks;
        // A zone can push the first and last day out of the calendar.
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? new DateTime(ticks, DateTimeKind.Utc) : null;
    }

    /// <summary>Milliseconds, the precision in which the service takes its own times.</summary>
    public static DateTime Now(TimeProvider clock)
    {
        DateTime now = clock.GetUtcNow().UtcDateTime;
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
    }

    private static int Number(Match match, string group, int otherwise) =>
        match.Groups[group].Success ? int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture) : otherwise;

    private static long FractionTicks(Match match) =>
        match.Groups["fraction"].Success
            ? long.Parse(match.Groups["fraction"].Value.PadRight(7, '0')[..7], CultureInfo.InvariantCulture)
            : 0;

    private static TimeSpan Offset(string zone)
    {
        if (zone is "" or "Z" or "z") return TimeSpan.Zero;
        string digits = zone[1..].Replace(":", "", StringComparison.Ordinal).PadRight(4, '0');
        TimeSpan offset = new(int.Parse(digits[..2], CultureInfo.InvariantCulture), int.Parse(digits[2..], CultureInfo.InvariantCulture), 0);
        return zone[0] == '-' ? -offset : offset;
    }

    [GeneratedRegex(@"^(?<year>\d{4})(-(?<month>\d{2})(-(?<day>\d{2})([Tt ](?<hour>\d{2})(:(?<minute>\d{2})(:(?<second>\d{2})([.,](?<fraction>\d{1,9}))?)?)?(?<zone>[Zz]|[+-]\d{2}(:?\d{2})?)?)?)?)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
