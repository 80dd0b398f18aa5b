using System.Data.Common;
using System.Text.RegularExpressions;

namespace Syncline.Storage;

/// <summary>One prepared statement of one connection. Its parameters are given in the order in which their names first stand in the text.</summary>
/// <remarks>Not for use by two flows at a time: whoever holds the connection holds its statements.</remarks>
internal sealed partial class Statement : IDisposable
{
    private readonly DbCommand _command;
    private readonly Func<DbException, StorageException> _explain;

    public Statement(DbConnection connection, string sql, Func<DbException, StorageException> explain)
    {
        _explain = explain;
        _command = connection.CreateCommand();
        _command.CommandText = sql;
        foreach (string name in Names().Matches(sql).Select(m => m.Value).Distinct()) AddParameter(name);
    }

    public Statement With(params ReadOnlySpan<object?> values)
    {
        if (values.Length != _command.Parameters.Count) throw new ArgumentException($"{_command.Parameters.Count} values are needed, {values.Length} were given: {_command.CommandText}", nameof(values));
        for (int i = 0; i < values.Length; i++) _command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return this;
    }

    /// <summary>Compiles it now rather than at every use.</summary>
    public Statement Prepared()
    {
        try
        {
            _command.Prepare();
            return this;
        }
        catch (DbException e)
        {
            throw _explain(e);
        }
    }

    /// <summary>The number of rows it touched.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (DbException e)
        {
            throw _explain(e);
        }
    }

    public async Task<List<T>> ListAsync<T>(Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        try
        {
            List<T> rows = [];
            await using DbDataReader reader = await _command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken)) rows.Add(read(reader));
            return rows;
        }
        catch (DbException e)
        {
            throw _explain(e);
        }
    }

    /// <summary>The first row, or the default when there is none.</summary>
    public async Task<T?> FirstAsync<T>(Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        List<T> rows = await ListAsync(read, cancellationToken);
        return rows.Count == 0 ? default : rows[0];
    }

    /// <summary>The one number the statement answers.</summary>
    public Task<long> NumberAsync(CancellationToken cancellationToken) => FirstAsync(static r => r.GetInt64(0), cancellationToken);

    public void Dispose() => _command.Dispose();

    private void AddParameter(string name)
    {
        DbParameter parameter = _command.CreateParameter();
        parameter.ParameterName = name;
        _command.Parameters.Add(parameter);
    }

    [GeneratedRegex("@[a-z_]+")]
    private static partial Regex Names();
}

/// <summary>The statements of one connection, each compiled once.</summary>
/// <remarks>
/// The texts are meant for SQLite and PostgreSQL alike. One word differs: <c>json_each(@keys)</c> is <c>json_array_elements(CAST(@keys AS json))</c> there; both give rows with a column <c>value</c>
/// of which <c>-&gt;&gt;</c> takes parts. It is how any number of keys becomes one statement.
/// </remarks>
internal sealed class Statements(DbConnection connection, Func<DbException, StorageException> explain) : IDisposable
{
    private readonly Dictionary<string, Statement> _prepared = [];

    public Statement Of(string sql)
    {
        if (_prepared.TryGetValue(sql, out Statement? known)) return known;
        Statement made = new Statement(connection, sql, explain).Prepared();
        _prepared.Add(sql, made);
        return made;
    }

    public void Dispose()
    {
        foreach (Statement statement in _prepared.Values) statement.Dispose();
        _prepared.Clear();
    }
}
