using System.Text.Json;
using SQLitePCL;
using Syncline.Storage.Json;

namespace Syncline.Storage;

/// <summary>One value on its way into a statement: a number, a text, a JSON document that is written when it is bound, bytes, or nothing.</summary>
internal readonly struct Parameter
{
    private readonly object? _content;
    private readonly Action<Utf8JsonWriter, object>? _write;
    private readonly long? _number;

    private Parameter(object? content, Action<Utf8JsonWriter, object>? write, long? number)
    {
        _content = content;
        _write = write;
        _number = number;
    }

    public static implicit operator Parameter(string? text) => new(text, null, null);

    public static implicit operator Parameter(long number) => new(null, null, number);

    public static implicit operator Parameter(long? number) => new(null, null, number);

    /// <param name="write">Writes the content; it goes into the statement as it stands then, without a text between.</param>
    public static Parameter Document(object content, Action<Utf8JsonWriter, object> write) => new(content, write, null);

    public static Parameter Bytes(ReadOnlyMemory<byte> bytes) => new(bytes, null, null);

    /// <returns>SQLite's result code.</returns>
    public int BindTo(sqlite3_stmt statement, int index) => this switch
    {
        { _number: { } number } => raw.sqlite3_bind_int64(statement, index, number),
        { _write: { } write } => BindBytes(statement, index, Utf8Scratch.Write(_content!, write)),
        // No bytes at all would be bound as nothing, which an empty text is not.
        { _content: string { Length: > 0 } text } => BindBytes(statement, index, Utf8Scratch.Write(text)),
        { _content: string } => raw.sqlite3_bind_text(statement, index, ""),
        { _content: ReadOnlyMemory<byte> { Length: > 0 } bytes } => raw.sqlite3_bind_blob(statement, index, bytes.Span),
        { _content: ReadOnlyMemory<byte> } => raw.sqlite3_bind_zeroblob(statement, index, 0),
        _ => raw.sqlite3_bind_null(statement, index),
    };

    /// <summary>SQLite takes a copy, so that the scratch space is free again.</summary>
    private static int BindBytes(sqlite3_stmt statement, int index, ReadOnlySpan<byte> text) => raw.sqlite3_bind_text(statement, index, text);
}
