using Syncline.Extraction;
using Syncline.Records;

namespace Syncline.Conformance.Sources;

/// <summary>A small provider that the suite fills, changes and reads. An adapter to a simulator or a file, made new for each fact.</summary>
/// <remarks>A record here is one of the stream's leading kind with whatever belongs to it: a person with a thread and its messages, a row of a file.</remarks>
public abstract class SourceWorld
{
    /// <summary>A source over this world as it is after a restart: it remembers nothing of another one.</summary>
    /// <param name="pageSize">How many leading records a page may hold.</param>
    public abstract ISource Open(int pageSize);

    /// <summary>The same with a credential that the provider refuses; null when there is no credential.</summary>
    public virtual ISource? OpenWithBadCredential(int pageSize) => null;

    /// <summary>Streams that records here refer to and that another source of the connection reads; it is read before this one.</summary>
    public virtual IReadOnlyCollection<string> OtherStreams => [];

    /// <summary>Adds a record that every reading from now on must show, and returns the key of its leading record.</summary>
    public abstract Task<RecordKey> AddRecordAsync(CancellationToken cancellationToken);

    /// <summary>Changes an added record in a way that an incremental reading can see.</summary>
    /// <returns>The key under which the next reading must show something new: that record's, or one that belongs to it.</returns>
    public abstract Task<RecordKey> ChangeRecordAsync(RecordKey added, CancellationToken cancellationToken);

    /// <summary>Lets the provider's and the source's clock move on.</summary>
    public virtual void Pass(TimeSpan time) { }
}
