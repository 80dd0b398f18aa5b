using System.Globalization;

namespace Syncline.Sandbox.HubSpot.Wire;

/// <summary>Times as HubSpot reads and writes them. Inside, a time is milliseconds since 1970, UTC.</summary>
internal static class WireTime
{
    /// <summary>The longest text: <c>2026-05-04T09:30:00.250Z</c>.</summary>
    public const int Length = 24;

    private static readonly string[] IsoForms =
        ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd"];

    /// <summary>ISO 8601 in UTC; milliseconds are left out where they are zero.</summary>
    public static string Write(long milliseconds)
    {
        Span<char> text = stackalloc char[Length];
        return Write(milliseconds, text).ToString();
    }

    public static ReadOnlySpan<char> Write(long milliseconds, Span<char> text)
    {
        DateTime time = DateTime.UnixEpoch.AddMilliseconds(milliseconds);
        time.TryFormat(text, out int written, milliseconds % 1000 == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        return text[..written];
    }

    public static string WriteDate(long milliseconds) => DateTime.UnixEpoch.AddMilliseconds(milliseconds).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>ISO 8601 (without a zone: UTC) or epoch milliseconds; null for anything else.</summary>
    public static long? Read(string text) => ReadNumber(text) ?? ReadIso(text);

    public static long? ReadNumber(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) && Math.Abs(number) < 253_402_300_800_000 ? number : null;

    public static long? ReadIso(string text) =>
        DateTimeOffset.TryParseExact(text, IsoForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time.ToUnixTimeMilliseconds() : null;
}
