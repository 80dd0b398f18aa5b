namespace Syncline.Records;

/// <summary>One kind of record in one connection: <c>heyreach/messages</c>. Its cursor and its records belong to it alone.</summary>
public readonly record struct StreamId(string Connection, string Name)
{
    public RecordKey Key(string id) => new(Connection, Name, id);

    public override string ToString() => $"{Connection}/{Name}";
}

/// <summary>The identity a remote record has in its own system.</summary>
/// <param name="Connection">The connection's name in the configuration, not the provider's.</param>
/// <param name="Stream">The stream within it, <c>people</c>.</param>
/// <param name="Id">The provider's id, opaque.</param>
public readonly record struct RecordKey(string Connection, string Stream, string Id)
{
    /// <summary>Of the id alone: keys are looked up by the million, and those of one page differ in it.</summary>
    public override int GetHashCode() => Id is null ? 0 : Id.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => $"{Connection}/{Stream}/{Id}";
}
