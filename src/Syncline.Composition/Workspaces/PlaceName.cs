using Syncline.Composition.Telling;
using Syncline.Records;

namespace Syncline.Composition.Workspaces;

/// <summary>A remote record as a person types it: connection/stream/id. An id may hold slashes, a connection and a stream may not.</summary>
internal static class PlaceName
{
    /// <exception cref="UsageException">The text names no place.</exception>
    public static RecordKey Read(string text) => text.Split('/', 3) is [{ Length: > 0 } connection, { Length: > 0 } stream, { Length: > 0 } id]
        ? new(connection, stream, id)
        : throw new UsageException($"'{text}' is no place.", "Write it as connection/stream/id; 'syncline show' lists a record's places.");
}
