namespace Syncline.Storage;

/// <summary>The engine's types as columns. Times are Unix milliseconds.</summary>
internal static class Columns
{
    /// <summary>Stands for NUL in keys: Unicode keeps this code point for a program's own use, while SQLite's JSON ends a text at a NUL and PostgreSQL refuses it.</summary>
    private const char Nul = '\uFDD0';

    /// <summary>A remote id or an identity's value as it is stored and looked up.</summary>
    public static string Key(string text) => text.Replace('\0', Nul);

    /// <summary>A stored key as it was given.</summary>
    public static string OriginalKey(string stored) => stored.Replace(Nul, '\0');

    public static long Number(bool flag) => flag ? 1 : 0;

    public static long Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    public static long? MillisecondsOrNull(DateTimeOffset? time) => time?.ToUnixTimeMilliseconds();

    /// <summary>A name as it is compared without regard to case or to how its accents are encoded.</summary>
    public static string Caseless(string name) => name.Normalize().ToUpperInvariant();

    /// <summary>The next full millisecond: what is not to happen before a time does not happen a fraction before it.</summary>
    public static long? MillisecondsAfter(DateTimeOffset? time) => time?.AddTicks(TimeSpan.TicksPerMillisecond - 1).ToUnixTimeMilliseconds();
}
