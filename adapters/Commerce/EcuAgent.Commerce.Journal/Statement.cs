using Microsoft.Data.Sqlite;

namespace EcuAgent.Commerce.Journal;

/// <summary>One statement, compiled once and run many times. Not thread-safe.</summary>
internal sealed class Statement : IDisposable
{
    private readonly SqliteCommand _command;

    /// <param name="connection">An open connection.</param>
    /// <param name="sql">The statement.</param>
    /// <param name="parameters">Names of its parameters, in the order in which values are given.</param>
    /// <exception cref="SqliteException">It cannot be compiled.</exception>
    internal Statement(SqliteConnection connection, string sql, params ReadOnlySpan<string> parameters)
    {
        _command = new SqliteCommand(sql, connection);
        foreach (var name in parameters)
        {
            _command.Parameters.Add(new SqliteParameter { ParameterName = name });
        }

        _command.Prepare();
    }

    public void Dispose() => _command.Dispose();

    internal void Execute(params ReadOnlySpan<object> values)
    {
        Bind(values);
        _command.ExecuteNonQuery();
    }

    /// <summary>How many rows were changed.</summary>
    internal int Change(params ReadOnlySpan<object> values)
    {
        Bind(values);
        return _command.ExecuteNonQuery();
    }

    /// <summary>The number in the first column of the first row; null where there is no row or none in it.</summary>
    internal long? Number(params ReadOnlySpan<object> values)
    {
        Bind(values);
        return _command.ExecuteScalar() as long?;
    }

    internal SqliteDataReader Read(params ReadOnlySpan<object> values)
    {
        Bind(values);
        return _command.ExecuteReader();
    }

    private void Bind(ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            _command.Parameters[i].Value = values[i];
        }
    }
}
