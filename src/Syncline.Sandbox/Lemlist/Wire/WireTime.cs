using System.Globalization;

namespace Syncline.Sandbox.Lemlist.Wire;

/// <summary>Times as lemlist writes and reads them.</summary>
internal static class WireTime
{
    /// <summary>ISO 8601 in UTC with exactly three fraction digits.</summary>
    public static string Write(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The text of JavaScript's Date: <c>Tue Feb 16 2021 09:02:42 GMT+0000 (Coordinated Universal Time)</c>.</summary>
    public static string Human(DateTimeOffset time) =>
        time.UtcDateTime.ToString("ddd MMM dd yyyy HH:mm:ss 'GMT+0000 (Coordinated Universal Time)'", CultureInfo.InvariantCulture);

    /// <summary>ISO 8601 or Unix seconds; null for anything else.</summary>
    public static DateTimeOffset? Read(string text)
    {
        // The last second DateTimeOffset can hold; milliseconds of today lie far beyond it and are refused.
        const long mostSeconds = 253_402_300_799;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)) return seconds <= mostSeconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
        return text.Length >= 10 && char.IsAsciiDigit(text[0]) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;
    }
}
