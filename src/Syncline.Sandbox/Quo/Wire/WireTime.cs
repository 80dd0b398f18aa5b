using System.Globalization;

namespace Syncline.Sandbox.Quo.Wire;

/// <summary>ISO 8601 in UTC with milliseconds.</summary>
internal static class WireTime
{
    private static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public static string Write(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static string? Write(DateTimeOffset? time) => time is { } known ? Write(known) : null;

    /// <summary>A date-time with its zone, or null: a date alone is none.</summary>
    public static DateTimeOffset? Read(string text) =>
        text.Length > 19 && DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;
}
