using Syncline.Records;

namespace Syncline.Extraction;

/// <summary>A position in a stream, opaque to the engine: only the source that made it can read it.</summary>
public sealed record Cursor(string Text);

/// <summary>What a stream is and how it is swept.</summary>
/// <param name="Id">The connection and the stream's name.</param>
/// <param name="Kinds">The kinds of record its pages may hold.</param>
public sealed record StreamDescriptor(StreamId Id, IReadOnlyList<RecordKind> Kinds)
{
    /// <summary>True when one complete reading shows every record there is: only then can absence mean deletion.</summary>
    public bool IsCensus { get; init; }

    /// <summary>True when each row's text is kept with its link, so that the stream can be written back exactly as it was read.</summary>
    public bool KeepsRows { get; init; }
}

/// <summary>What a run asks of a source.</summary>
/// <param name="After">Where the last committed page ended; null for the first reading and for a full one.</param>
public sealed record ReadRequest(Cursor? After)
{
    /// <summary>Read everything there is, changed or not.</summary>
    public bool IsFull { get; init; }

    /// <summary>Stop after so many people (records of the stream's leading kind); null reads all. The cursor then stays where the reading stopped.</summary>
    public int? MaxRecords { get; init; }

    /// <summary>Stop after so many pages; null reads all.</summary>
    public int? MaxPages { get; init; }

    /// <summary>Versions seen before, to save work on records that have not changed.</summary>
    public required IKnownVersions Known { get; init; }
}

/// <summary>The content versions that were committed with earlier pages.</summary>
public interface IKnownVersions
{
    /// <summary>The committed version of each id that has one. Ids are of one stream name within the source's connection.</summary>
    Task<IReadOnlyDictionary<string, string>> FindAsync(StreamId stream, IReadOnlyCollection<string> ids, CancellationToken cancellationToken);
}

/// <summary>A record the source met and cannot hand on. It is listed for the user, never dropped silently.</summary>
/// <param name="Key">The record, or the line of a file.</param>
/// <param name="Code">A short constant, <c>group-chat</c>.</param>
/// <param name="Reason">One sentence for the user: what is wrong with this record and what can be done. No message body, no secret.</param>
public sealed record Rejection(RecordKey Key, RecordKind Kind, string Code, string Reason)
{
    /// <summary>True for a record that is out of scope by rule (a group chat): counted as skipped, not a dead letter.</summary>
    public bool IsSkip { get; init; }
}

/// <summary>Some remote records, with the position to go on from once they are safe.</summary>
/// <param name="Records">In an order in which a referenced record stands before the ones that refer to it.</param>
/// <param name="Next">Committed in the same transaction as the records.</param>
public sealed record Page(IReadOnlyList<RemoteRecord> Records, Cursor Next)
{
    public IReadOnlyList<Rejection> Rejections { get; init; } = [];

    /// <summary>Content versions to keep for records of this page, by stream name and id.</summary>
    public IReadOnlyList<(RecordKey Key, string Version)> Versions { get; init; } = [];

    /// <summary>Ids of people or threads passed over because nothing about them has changed.</summary>
    public int Unchanged { get; init; }

    /// <summary>How many records of the leading kind the whole reading is expected to hold; null when the provider does not say.</summary>
    public long? Expected { get; init; }

    /// <summary>How many records of the leading kind this page covers, for progress.</summary>
    public int Covered { get; init; }

    /// <summary>True on the first page of a reading from the stream's very start: what earlier readings rejected is void, and rejected anew where it still holds.</summary>
    public bool StartsSweep { get; init; }

    /// <summary>True on the page that completes a reading of the whole stream.</summary>
    public bool CompletesSweep { get; init; }
}

/// <summary>The side that is read.</summary>
/// <remarks>
/// The engine calls <see cref="ReadAsync"/> once a run and takes pages one by one; it commits a page (records and cursor together) before it asks for the next,
/// so a crash repeats one page at the most. A source keeps nothing between runs: all it needs to resume is in the cursor. Failures are
/// <see cref="ProviderException"/>s; a record that cannot be handed on is a <see cref="Rejection"/> in its page.
/// </remarks>
public interface ISource
{
    StreamDescriptor Stream { get; }

    IAsyncEnumerable<Page> ReadAsync(ReadRequest request, CancellationToken cancellationToken);
}
