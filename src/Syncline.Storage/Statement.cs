using SQLitePCL;
using Syncline.Storage.Sqlite;

namespace Syncline.Storage;

/// <summary>One compiled statement of one connection. Its parameters are given in the order in which their names first stand in the text.</summary>
/// <remarks>
/// It goes past the ADO.NET provider, which finds each parameter by its name and copies each text twice: that was a fifth of the time of saving.
/// Not for use by two flows at a time: whoever holds the connection holds its statements.
/// </remarks>
internal sealed class Statement : IDisposable
{
    private readonly SqliteHandle _handle;
    private readonly string _sql;
    private readonly sqlite3_stmt _compiled;
    private readonly int _parameters;

    public Statement(SqliteHandle handle, string sql)
    {
        _handle = handle;
        _sql = sql;
        Check(raw.sqlite3_prepare_v2(handle.Connection.Handle, sql, out _compiled));
        _parameters = raw.sqlite3_bind_parameter_count(_compiled);
    }

    public Statement With(params ReadOnlySpan<Parameter> values)
    {
        if (values.Length != _parameters) throw new ArgumentException($"{_parameters} values are needed, {values.Length} were given: {_sql}", nameof(values));
        for (int i = 0; i < values.Length; i++) Check(values[i].BindTo(_compiled, i + 1));
        return this;
    }

    /// <summary>The number of rows it touched.</summary>
    public Task<int> RunAsync(CancellationToken cancellationToken)
    {
        Walk(static _ => { }, cancellationToken);
        return Task.FromResult(raw.sqlite3_changes(_handle.Connection.Handle));
    }

    public Task<List<T>> ListAsync<T>(Func<Row, T> read, CancellationToken cancellationToken)
    {
        List<T> rows = [];
        Walk(row => rows.Add(read(row)), cancellationToken);
        return Task.FromResult(rows);
    }

    /// <summary>The rows by key; of several with one key, the last.</summary>
    public Task<Dictionary<TKey, TValue>> ByKeyAsync<TKey, TValue>(Func<Row, (TKey Key, TValue Value)> read, CancellationToken cancellationToken)
        where TKey : notnull
    {
        Dictionary<TKey, TValue> rows = [];
        Walk(row => Keep(read(row)), cancellationToken);
        return Task.FromResult(rows);

        void Keep((TKey Key, TValue Value) row) => rows[row.Key] = row.Value;
    }

    /// <summary>The first row, or the default when there is none.</summary>
    public async Task<T?> FirstAsync<T>(Func<Row, T> read, CancellationToken cancellationToken)
    {
        List<T> rows = await ListAsync(read, cancellationToken);
        return rows.Count == 0 ? default : rows[0];
    }

    /// <summary>The one number the statement answers.</summary>
    public Task<long> NumberAsync(CancellationToken cancellationToken) => FirstAsync(static r => r.GetInt64(0), cancellationToken);

    public void Dispose() => _compiled.Dispose();

    private void Walk(Action<Row> take, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            while (Step()) take(new(_compiled));
        }
        finally
        {
            // Ends the statement, and with it a reader's view of the database.
            raw.sqlite3_reset(_compiled);
        }
    }

    /// <summary>False after the last row.</summary>
    private bool Step()
    {
        int code = raw.sqlite3_step(_compiled);
        if (code == raw.SQLITE_ROW) return true;
        return code == raw.SQLITE_DONE ? false : throw _handle.Error(code);
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK) throw _handle.Error(code);
    }
}

/// <summary>The statements of one connection, each compiled once.</summary>
/// <remarks>
/// The texts are meant for SQLite and PostgreSQL alike. One word differs: <c>json_each(@keys)</c> is <c>json_array_elements(CAST(@keys AS json))</c> there; both give rows with a column <c>value</c>
/// of which <c>-&gt;&gt;</c> takes parts. It is how any number of keys becomes one statement.
/// </remarks>
internal sealed class Statements(SqliteHandle handle) : IDisposable
{
    private readonly Dictionary<string, Statement> _compiled = new(ReferenceEqualityComparer.Instance);

    /// <param name="sql">A constant: known again by its place in memory, because hashing its text would take longer than binding its values.</param>
    public Statement Of(string sql)
    {
        if (_compiled.TryGetValue(sql, out Statement? known)) return known;
        Statement made = new(handle, sql);
        _compiled.Add(sql, made);
        return made;
    }

    public void Dispose()
    {
        foreach (Statement statement in _compiled.Values) statement.Dispose();
        _compiled.Clear();
    }
}
