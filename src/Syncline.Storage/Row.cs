using System.Text;
using SQLitePCL;

namespace Syncline.Storage;

/// <summary>The row a statement stands on. Times are Unix milliseconds.</summary>
internal readonly struct Row(sqlite3_stmt statement)
{
    public long GetInt64(int column) => raw.sqlite3_column_int64(statement, column);

    public string GetString(int column) => Encoding.UTF8.GetString(Utf8(column));

    /// <summary>The text as it is stored; gone with the next row.</summary>
    public ReadOnlySpan<byte> Utf8(int column) => raw.sqlite3_column_blob(statement, column);

    public byte[] Bytes(int column) => Utf8(column).ToArray();

    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    /// <summary>A text that many rows share: a kind, a connection, a stream.</summary>
    public string Name(int column) => SharedNames.Of(Utf8(column));

    /// <summary>A key as it was given to <see cref="Columns.Key"/>.</summary>
    public string Key(int column) => Columns.OriginalKey(GetString(column));

    public string? TextOrNull(int column) => IsNull(column) ? null : GetString(column);

    public long? NumberOrNull(int column) => IsNull(column) ? null : GetInt64(column);

    public bool Flag(int column) => GetInt64(column) != 0;

    public DateTimeOffset Time(int column) => DateTimeOffset.FromUnixTimeMilliseconds(GetInt64(column));

    public DateTimeOffset? TimeOrNull(int column) => IsNull(column) ? null : Time(column);

    public T Named<T>(int column)
        where T : struct, Enum => Enum.Parse<T>(Name(column));
}
