namespace Syncline.Records;

/// <summary>A canonical field that no record holds: the id that the same record has in another stream, <c>id@attio/people</c>. It is known from the identity links.</summary>
public static class IdElsewhere
{
    private const string Prefix = "id@";

    /// <summary>The field's name.</summary>
    public static string In(StreamId stream) => $"{Prefix}{stream}";

    /// <summary>The stream that a canonical field of this sort names; null for any other field.</summary>
    public static StreamId? StreamOf(string canonical) =>
        canonical.StartsWith(Prefix, StringComparison.Ordinal) && canonical[Prefix.Length..].Split('/', 2) is [{ Length: > 0 } connection, { Length: > 0 } stream] ? new(connection, stream) : null;
}
