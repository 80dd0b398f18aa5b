using Syncline.Storage.Sqlite;

namespace Syncline.Storage;

/// <summary>A turn at writing. Disposed without a commit, nothing has happened; the next in the queue goes on inside that disposal.</summary>
internal sealed class WriteTransaction(SqliteDatabase database, SqliteHandle writer) : IAsyncDisposable
{
    private bool _isEnded;
    private bool _isCommitted;

    /// <summary>The statements of the transaction; refused once it is over, so that nothing is ever written outside it.</summary>
    public Statements On => !_isEnded && !_isCommitted && writer.IsInTransaction ? writer.On : throw Over();

    public void Commit()
    {
        if (_isEnded || _isCommitted || !writer.IsInTransaction) throw Over();
        writer.Commit();
        _isCommitted = true;
    }

    public ValueTask DisposeAsync()
    {
        if (_isEnded) return ValueTask.CompletedTask;
        _isEnded = true;
        database.End(writer);
        return ValueTask.CompletedTask;
    }

    private Exception Over() => writer.IsOpen ? new InvalidOperationException("The transaction is over: it was committed, rolled back, or ended by an error.") : database.ClosedError();
}
