using System.Data.Common;

namespace Syncline.Storage;

/// <summary>Columns as the engine's types. Times are Unix milliseconds.</summary>
internal static class Columns
{
    /// <summary>Stands for NUL in keys: Unicode keeps this code point for a program's own use, while SQLite's JSON ends a text at a NUL and PostgreSQL refuses it.</summary>
    private const char Nul = '\uFDD0';

    extension(DbDataReader row)
    {
        /// <summary>A key as it was given to <see cref="Key"/>.</summary>
        public string Key(int column) => row.GetString(column).Replace(Nul, '\0');

        public string? TextOrNull(int column) => row.IsDBNull(column) ? null : row.GetString(column);

        public long? NumberOrNull(int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

        public bool Flag(int column) => row.GetInt64(column) != 0;

        public DateTimeOffset Time(int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

        public DateTimeOffset? TimeOrNull(int column) => row.IsDBNull(column) ? null : row.Time(column);

        public T Named<T>(int column)
            where T : struct, Enum => Enum.Parse<T>(row.GetString(column));
    }

    /// <summary>A remote id or an identity's value as it is stored and looked up.</summary>
    public static string Key(string text) => text.Replace('\0', Nul);

    public static object Number(bool flag) => flag ? 1L : 0L;

    public static long Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    /// <summary>The next full millisecond: what is not to happen before a time does not happen a fraction before it.</summary>
    public static object? MillisecondsAfter(DateTimeOffset? time) =>
        time is null ? null : time.Value.AddTicks(TimeSpan.TicksPerMillisecond - 1).ToUnixTimeMilliseconds();
}
